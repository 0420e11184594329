import { type ArmId, armKey } from "../core/armId";
import { type ComputeCluster } from "../core/cluster";
import { type ClusterStore } from "./clusterStore";
import { type Memory } from "./ports";
import { type Sessions, type SignedIn } from "./session";

/** What we have seen of one cluster's nodes over time, in Azure's clock (ms since the epoch). */
export interface SeenSpending {
  /** Nodes up and no job seen since then. */
  readonly idleSince?: number | undefined;
  /** Unusable nodes at each look since then. */
  readonly unusableSince?: number | undefined;
  /** Nodes that were seen to be taken back, as long as we know the cluster. */
  readonly preemptions: number;
  /** Preempted nodes at the last look, so that they are counted once. */
  readonly preemptedNow: number;
}

/** Clusters that are gone leave with the oldest entries. */
const mostKept = 1000;

/**
 * Since when clusters pay for nodes that do nothing. The service does not tell, so this is what we saw: what happened while
 * nobody looked is not in it, and texts say "seen". Kept over windows.
 */
export class SpendingLog {
  #seen = new Map<string, SeenSpending>();
  readonly #listening: readonly { dispose(): void }[];

  constructor(
    private readonly sessions: Sessions,
    private readonly store: ClusterStore,
    private readonly memory: Memory,
  ) {
    this.#listening = [
      sessions.onDidChange((session) => {
        this.#seen = session.kind === "signedIn" ? this.#load(session) : new Map<string, SeenSpending>();
      }),
      store.onDidChange(() => this.#look()),
    ];
  }

  of(cluster: ArmId): SeenSpending | undefined {
    return this.#seen.get(armKey(cluster));
  }

  dispose(): void {
    for (const listener of this.#listening) listener.dispose();
  }

  #look(): void {
    const { current } = this.sessions;
    if (current.kind !== "signedIn") return;
    const now = current.azureMl.serviceNow();
    let changed = false;
    for (const cluster of this.store.allClusters()) {
      const before = this.of(cluster.id);
      const after = nextSeen(before, cluster, now);
      if (before !== undefined && sameSeen(before, after)) continue;
      this.#seen.delete(armKey(cluster.id));
      this.#seen.set(armKey(cluster.id), after);
      changed = true;
    }
    if (changed) void this.memory.set(memoryKey(current), [...this.#seen].slice(-mostKept));
  }

  #load(session: SignedIn): Map<string, SeenSpending> {
    const stored = this.memory.get(memoryKey(session));
    return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
  }
}

function nextSeen(before: SeenSpending | undefined, cluster: ComputeCluster, now: number): SeenSpending {
  const { idle, running, unusable, preempted } = cluster.nodeCounts;
  const taken = Math.max(0, preempted - (before?.preemptedNow ?? 0));
  return {
    idleSince: idle > 0 && running === 0 ? (before?.idleSince ?? now) : undefined,
    unusableSince: unusable > 0 ? (before?.unusableSince ?? now) : undefined,
    preemptions: (before?.preemptions ?? 0) + taken,
    preemptedNow: preempted,
  };
}

function sameSeen(a: SeenSpending, b: SeenSpending): boolean {
  return (
    a.idleSince === b.idleSince &&
    a.unusableSince === b.unusableSince &&
    a.preemptions === b.preemptions &&
    a.preemptedNow === b.preemptedNow
  );
}

function memoryKey({ source }: SignedIn): string {
  return `seenSpending.${source}`;
}

/** What some version wrote to the disk. */
function isEntry(entry: unknown): entry is [string, SeenSpending] {
  if (!Array.isArray(entry) || typeof entry[0] !== "string") return false;
  const seen: unknown = entry[1];
  const isTime = (value: unknown): boolean => value === undefined || value === null || typeof value === "number";
  return (
    typeof seen === "object" &&
    seen !== null &&
    "preemptions" in seen &&
    typeof seen.preemptions === "number" &&
    "preemptedNow" in seen &&
    typeof seen.preemptedNow === "number" &&
    (!("idleSince" in seen) || isTime(seen.idleSince)) &&
    (!("unusableSince" in seen) || isTime(seen.unusableSince))
  );
}
