import { type ArmId, armKey, isArmId } from "../core/armId";
import { type ComputeCluster } from "../core/cluster";
import { type OperationKind } from "../core/operation";
import { type NodeSample, type TimelineEntry, type TimelineEvent, eventsBetween } from "../core/timeline";
import { type ClusterObserver, type Observation } from "./clusterObserver";
import { Emitter } from "./emitter";
import { type Clock } from "./ports";

/** Where the timeline outlives the window. */
export interface TimelineStorage {
  load(): Promise<unknown>;
  /** Saves in a moment; many calls in a row save once. */
  saveSoon(snapshot: () => unknown): void;
}

/** What is kept: the oldest goes first. Some 150 bytes each, so a few hundred kB at most. */
export const limits = { entriesPerCluster: 200, samplesPerCluster: 300, clusters: 100, days: 30 } as const;

interface Record {
  entries: readonly TimelineEntry[];
  samples: readonly NodeSample[];
}

/** What this extension saw of each cluster and did to it, kept on disk within limits. */
export class Timeline {
  readonly #changed = new Emitter<ArmId>();
  readonly onDidChange = this.#changed.event;
  readonly #records = new Map<string, Record>();
  readonly #listening: { dispose(): void };
  /** What another window or an earlier one had kept; read once. */
  readonly loaded: Promise<void>;

  constructor(
    observer: ClusterObserver,
    private readonly storage: TimelineStorage,
    private readonly clock: Clock,
  ) {
    this.#listening = observer.onDidObserve((observation) => this.#observe(observation));
    this.loaded = this.#load();
  }

  entries(cluster: ArmId): readonly TimelineEntry[] {
    return this.#records.get(armKey(cluster))?.entries ?? [];
  }

  samples(cluster: ArmId): readonly NodeSample[] {
    return this.#records.get(armKey(cluster))?.samples ?? [];
  }

  /** A change made here has begun or ended. */
  changed(cluster: ArmId, change: OperationKind, step: "begun" | "done" | "failed"): void {
    this.#add({ at: this.clock.now(), cluster, event: { kind: "change", change, step } });
    this.#save();
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #observe({ before, after, at }: Observation): void {
    let news = false;
    for (const entry of eventsBetween(before, after, at)) {
      this.#add(entry);
      news = true;
    }
    for (const cluster of after) news = this.#sample(cluster, at) || news;
    if (news) this.#save();
  }

  #add(entry: TimelineEntry): void {
    const record = this.#record(entry.cluster);
    record.entries = [...record.entries, entry].slice(-limits.entriesPerCluster);
    this.#changed.fire(entry.cluster);
  }

  #sample(cluster: ComputeCluster, at: number): boolean {
    const record = this.#record(cluster.id);
    const last = record.samples.at(-1);
    if (last !== undefined && JSON.stringify(last.counts) === JSON.stringify(cluster.nodeCounts)) return false;
    record.samples = [...record.samples, { at, counts: cluster.nodeCounts }].slice(-limits.samplesPerCluster);
    this.#changed.fire(cluster.id);
    return true;
  }

  #record(cluster: ArmId): Record {
    const key = armKey(cluster);
    const known = this.#records.get(key) ?? { entries: [], samples: [] };
    // The one touched last goes to the end: the longest untouched is dropped first.
    this.#records.delete(key);
    this.#records.set(key, known);
    for (const oldest of this.#records.keys()) {
      if (this.#records.size <= limits.clusters) break;
      this.#records.delete(oldest);
    }
    return known;
  }

  #save(): void {
    // Not before what was kept is known: it would be lost.
    void this.loaded.then(() =>
      this.storage.saveSoon(() => ({ version: 1, clusters: Object.fromEntries(this.#records) })),
    );
  }

  async #load(): Promise<void> {
    const stored = (await this.storage.load().catch(() => undefined)) as
      { version?: unknown; clusters?: unknown } | undefined;
    if (stored?.version !== 1 || typeof stored.clusters !== "object" || stored.clusters === null) return;
    const oldest = this.clock.now() - limits.days * 24 * 3_600_000;
    for (const [key, value] of Object.entries(stored.clusters)) {
      const { entries, samples } = (value ?? {}) as { entries?: unknown; samples?: unknown };
      if (!isArmId(key)) continue;
      const now = this.#records.get(key);
      const kept = {
        entries: [...recent(entries, oldest).filter(isEntry), ...(now?.entries ?? [])],
        samples: [...recent(samples, oldest).filter(isSample), ...(now?.samples ?? [])],
      };
      if (kept.entries.length + kept.samples.length > 0) this.#records.set(key, kept);
    }
  }
}

/** What was written by this version; something else in the file is left out. */
function recent(value: unknown, oldest: number): readonly Dated[] {
  return Array.isArray(value) ? (value as unknown[]).filter((one): one is Dated => isRecent(one, oldest)) : [];
}

interface Dated {
  readonly at: number;
}

function isRecent(value: unknown, oldest: number): boolean {
  const at = typeof value === "object" && value !== null && "at" in value ? value.at : undefined;
  return typeof at === "number" && at >= oldest;
}

function isEntry(value: Dated): value is TimelineEntry {
  const { cluster, event } = value as Partial<TimelineEntry>;
  return typeof cluster === "string" && typeof (event as Partial<TimelineEvent> | undefined)?.kind === "string";
}

function isSample(value: Dated): value is NodeSample {
  const counts: unknown = (value as Partial<NodeSample>).counts;
  return typeof counts === "object" && counts !== null;
}
