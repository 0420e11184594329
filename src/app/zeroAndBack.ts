import { type ArmId, armId, armKey, isArmId, workspaceOf } from "../core/armId";
import { type ComputeCluster, type ScaleSettings } from "../core/cluster";
import { asAzureMlError, isAbort } from "../core/errors";
import { type ClusterChanges } from "./clusterChanges";
import { type ClusterStore } from "./clusterStore";
import { Emitter } from "./emitter";
import { type Clock, type Logger, type Memory } from "./ports";
import { type Sessions } from "./session";
import { type Watcher } from "./watcher";

/** What a cluster gets back, and since when it has been on its way down (this machine's clock, ms). */
interface Journey {
  readonly cluster: ArmId;
  readonly back: ScaleSettings;
  readonly since: number;
}

/** How it ended. Absent `error`: the cluster has its old settings again. */
export interface JourneyEnd {
  readonly cluster: ArmId;
  readonly error?: Error | undefined;
}

/** Whoever has not come down by then gets its settings back all the same. */
const patienceMs = 15 * 60_000;
const lookMs = 5_000;

/**
 * The settings on the way: no node is kept, and queued work pulls none up, while nodes with a job keep theirs. Azure may not
 * take a maximum of 0 (not recorded), so it is 1 at least.
 */
export function downSettings(cluster: ComputeCluster): ScaleSettings {
  return {
    ...cluster.scaleSettings,
    minNodeCount: 0,
    maxNodeCount: Math.max(1, Math.min(cluster.nodeCounts.running, cluster.scaleSettings.maxNodeCount)),
  };
}

/**
 * Takes a cluster to no nodes and back to its settings, the known way out of a resize that hangs (microsoftarchive/BatchAI#19,
 * 2018). Its old settings are remembered over a window reload until it has them again.
 */
export class ZeroAndBack {
  readonly #ended = new Emitter<JourneyEnd>();
  readonly onDidEnd = this.#ended.event;

  constructor(
    private readonly sessions: Sessions,
    private readonly store: ClusterStore,
    private readonly changes: ClusterChanges,
    private readonly watcher: Watcher,
    private readonly clock: Clock,
    private readonly memory: Memory,
    private readonly log: Logger,
  ) {}

  isUnderWay(cluster: ArmId): boolean {
    return this.#remembered().some((journey) => armKey(journey.cluster) === armKey(cluster));
  }

  /** Returns when Azure has accepted the first step. @throws AzureMlError when it refuses. */
  async start(cluster: ComputeCluster): Promise<void> {
    const journey = { cluster: cluster.id, back: cluster.scaleSettings, since: this.clock.now() };
    const known = this.#remembered().find((other) => armKey(other.cluster) === armKey(cluster.id));
    if (known !== undefined) return;
    // Remembered before anything is sent: a window that closes in between must not leave the cluster at 0.
    await this.#remember([...this.#remembered(), journey]);
    try {
      await this.changes.scale(cluster.id, downSettings(cluster));
    } catch (error) {
      await this.#drop(journey);
      throw error;
    }
    void this.#follow(journey);
  }

  /** Takes up what an earlier window began. Call after signing in, when pending changes have been taken up. */
  resume(): void {
    for (const journey of this.#remembered()) void this.#follow(journey);
  }

  async #follow(journey: Journey): Promise<void> {
    const session = this.sessions.current;
    const workspace = workspaceOf(journey.cluster);
    const following = this.watcher.follow(workspace);
    try {
      while (this.sessions.current === session && !this.#isDown(journey)) await this.clock.sleep(lookMs);
      if (this.sessions.current !== session) return;
      await this.changes.scale(journey.cluster, journey.back);
      await this.#drop(journey);
      this.log.info(`Zero and back ${journey.cluster}: done.`);
      this.#ended.fire({ cluster: journey.cluster });
    } catch (error) {
      if (isAbort(error) || this.sessions.current !== session) return;
      await this.#drop(journey);
      this.#ended.fire({ cluster: journey.cluster, error: asAzureMlError(error) });
    } finally {
      following.dispose();
    }
  }

  #isDown({ cluster: id, since }: Journey): boolean {
    const cluster = this.store.cluster(id);
    if (this.store.pending(id) !== undefined) return false;
    if (this.clock.now() - since > patienceMs) return true;
    return cluster?.allocationState === "steady" && cluster.currentNodeCount <= Math.max(0, cluster.nodeCounts.running);
  }

  async #drop(journey: Journey): Promise<void> {
    await this.#remember(this.#remembered().filter((other) => armKey(other.cluster) !== armKey(journey.cluster)));
  }

  #remembered(): readonly Journey[] {
    const stored = this.memory.get(this.#key());
    return Array.isArray(stored)
      ? stored.filter(isJourney).map((one) => ({ ...one, cluster: armId(one.cluster) }))
      : [];
  }

  async #remember(journeys: readonly Journey[]): Promise<void> {
    await this.memory.set(this.#key(), journeys);
  }

  #key(): string {
    const { current } = this.sessions;
    return `zeroAndBack.${current.kind === "signedIn" ? current.source : "none"}`;
  }
}

function isJourney(value: unknown): value is Journey {
  const { cluster, back, since } = (value ?? {}) as Partial<Record<keyof Journey, unknown>>;
  return (
    typeof cluster === "string" &&
    isArmId(cluster) &&
    typeof back === "object" &&
    back !== null &&
    typeof since === "number"
  );
}
