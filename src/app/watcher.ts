import { type ArmId, armKey, sameArmId, workspaceOf } from "../core/armId";
import { type ComputeCluster, isInTransition } from "../core/cluster";
import { AzureMlError, isAbort } from "../core/errors";
import { type ClusterStore } from "./clusterStore";
import { type Disposable } from "./emitter";
import { Poller, backoff } from "./poller";
import { type Clock } from "./ports";
import { type Refresher } from "./refresher";
import { type Cost } from "./requestBudget";
import { type Freshness } from "./sharedAnswers";

/** `always`: open rows, seen or not · `whenVisible`: open rows while their view is seen · `manual`: never by itself. */
export type PollingMode = "always" | "whenVisible" | "manual";

/** Cadence (azure-facts 2.11): seconds while nodes come and go, a minute when all is steady. Milliseconds. */
export const cadence = {
  changing: 5_000,
  steady: 60_000,
  /** How long after a write of ours to look often, because a resize shows only some seconds after it was accepted. */
  afterWrite: 60_000,
  /** Rests after a write of ours: looks at 2, 5, 10 and 20 s (azure-facts 2.11), then every `afterBurst`. */
  burst: [2_000, 3_000, 5_000, 10_000],
  afterBurst: 20_000,
  /** What changes while nobody looks. */
  hidden: 15_000,
  /** A change of ours that has not ended by then is left alone until somebody looks. */
  followLimit: 30 * 60_000,
  /** Rests are longer by up to this part, so that many rows and windows do not ask in step. */
  jitter: 0.1,
  failure: { baseMs: 5_000, maxMs: 300_000 },
} as const;

interface Watched {
  readonly workspace: ArmId;
  readonly poller: Poller;
  watchers: number;
  /** Held while the poller may run. */
  running: Disposable | undefined;
  readonly openClusters: Map<string, { readonly id: ArmId; watchers: number }>;
  /** Somebody waits for something here, seen or not. */
  followers: number;
  /** When a write of ours was last accepted; its end is followed, seen or not. */
  writtenAt: number | undefined;
  /** Looks since then. */
  looks: number;
  /** Milliseconds that were rested before this look: another window's answer may be almost as old. */
  restedMs: number;
  /** How many asked in person: what waits for the budget goes at once. */
  urgent: number;
  readonly waiting: Set<AbortController>;
}

/** Lets a poll through when the request budget allows. @throws an AbortError when `signal` fires before. */
export type Gate = (workspace: ArmId, cost: Cost, work: () => Promise<number>, signal: AbortSignal) => Promise<number>;

/**
 * Keeps what people look at fresh: one list call per open workspace and run, and listNodes only for open clusters.
 * Knows nothing of views: those say what they show (`watchWorkspace`, `watchNodes`) and whether they are seen.
 */
export class Watcher {
  readonly #watched = new Map<string, Watched>();
  #viewVisible = false;
  readonly #seen = new Set<string>();
  #focused = true;
  #mode: PollingMode;

  constructor(
    private readonly refresher: Refresher,
    private readonly store: ClusterStore,
    private readonly clock: Clock,
    private readonly random: () => number,
    mode: PollingMode = "whenVisible",
    private readonly gate: Gate = (_workspace, _cost, work) => work(),
  ) {
    this.#mode = mode;
  }

  /** Whether anything may be asked that nobody asked for. */
  get mayAskUnasked(): boolean {
    return this.#mode !== "manual";
  }

  setMode(mode: PollingMode): void {
    this.#mode = mode;
    this.#startAndStop();
  }

  /** Whether the view with the rows is seen. */
  setVisible(visible: boolean): void {
    this.#viewVisible = visible;
    this.#startAndStop();
  }

  /** A window in the background rests like a hidden view. */
  setFocused(focused: boolean): void {
    this.#focused = focused;
    this.#startAndStop();
  }

  /** Something beside the view shows clusters, until disposed. */
  seen(what: string): Disposable {
    this.#seen.add(what);
    this.#startAndStop();
    return once(() => {
      this.#seen.delete(what);
      this.#startAndStop();
    });
  }

  get #visible(): boolean {
    return this.#viewVisible || (this.#focused && this.#seen.size > 0);
  }

  watchWorkspace(workspace: ArmId): Disposable {
    const watched = this.#entry(workspace);
    watched.watchers += 1;
    this.#startAndStop();
    return once(() => {
      watched.watchers -= 1;
      this.#startAndStop();
    });
  }

  /** Its workspace must be watched too. */
  watchNodes(cluster: ArmId): Disposable {
    const { openClusters } = this.#entry(workspaceOf(cluster));
    const open = openClusters.get(armKey(cluster)) ?? { id: cluster, watchers: 0 };
    open.watchers += 1;
    openClusters.set(armKey(cluster), open);
    return once(() => {
      open.watchers -= 1;
      if (open.watchers === 0) openClusters.delete(armKey(cluster));
    });
  }

  /** Keeps a workspace fresh also while nobody sees it, except in `manual`. */
  follow(workspace: ArmId): Disposable {
    const watched = this.#entry(workspace);
    watched.followers += 1;
    this.#startAndStop();
    return once(() => {
      watched.followers -= 1;
      this.#startAndStop();
    });
  }

  /** Workspaces that somebody looks at. */
  get watchedWorkspaces(): readonly ArmId[] {
    return [...this.#watched.values()].filter(({ watchers }) => watchers > 0).map(({ workspace }) => workspace);
  }

  /** Refreshes a workspace's clusters and the nodes of its open ones, whatever the mode. */
  async refreshNow(workspace: ArmId): Promise<void> {
    const watched = this.#entry(workspace);
    await this.#hurry(watched, () => watched.poller.pollAgain());
  }

  /** A write of ours was accepted: look at once and often for a while, and until what it began has ended. */
  expectChange(workspace: ArmId): void {
    const watched = this.#entry(workspace);
    watched.writtenAt = this.clock.now();
    watched.looks = 0;
    void this.#hurry(watched, () => watched.poller.pollNow());
    this.#startAndStop();
  }

  /** Lets go of everything, as at sign-out. */
  clear(): void {
    for (const watched of this.#watched.values()) watched.running?.dispose();
    this.#watched.clear();
  }

  #entry(workspace: ArmId): Watched {
    const key = armKey(workspace);
    const known = this.#watched.get(key);
    if (known !== undefined) return known;
    const poller = new Poller(
      () => this.#poll(watched),
      (failures, error) => restAfterFailure(failures, error, this.random()),
      this.clock,
    );
    const watched: Watched = {
      workspace,
      poller,
      watchers: 0,
      running: undefined,
      openClusters: new Map(),
      followers: 0,
      writtenAt: undefined,
      looks: 0,
      restedMs: 0,
      urgent: 0,
      waiting: new Set(),
    };
    this.#watched.set(key, watched);
    return watched;
  }

  #startAndStop(): void {
    const seen = this.#mode === "always" || (this.#mode === "whenVisible" && this.#visible);
    for (const watched of this.#watched.values()) {
      const followed = watched.followers > 0 || watched.writtenAt !== undefined;
      const shouldRun = (seen && watched.watchers > 0) || (this.#mode !== "manual" && followed);
      if (shouldRun) watched.running ??= watched.poller.watch();
      else {
        watched.running?.dispose();
        watched.running = undefined;
      }
    }
  }

  /** @returns milliseconds to rest. @throws AzureMlError when the list could not be had. */
  async #poll(watched: Watched): Promise<number> {
    if (watched.urgent > 0) return this.#look(watched, undefined);
    const waiting = new AbortController();
    watched.waiting.add(waiting);
    // A page per list and per open cluster; longer lists show in what the answers say is left.
    const cost = { read: 1, write: watched.openClusters.size };
    const maxAgeMs = watched.writtenAt === undefined ? watched.restedMs * 0.8 : 0;
    try {
      const look = (): Promise<number> => {
        watched.waiting.delete(waiting);
        return this.#look(watched, { maxAgeMs });
      };
      return await this.gate(watched.workspace, cost, look, waiting.signal);
    } catch (error) {
      if (isAbort(error) && waiting.signal.aborted) return await this.#look(watched, undefined);
      throw error;
    } finally {
      watched.waiting.delete(waiting);
    }
  }

  /** @param freshness undefined: somebody asked in person, so Azure is asked. */
  async #look(watched: Watched, freshness: Freshness | undefined): Promise<number> {
    const computes = await this.refresher.computes(watched.workspace, freshness);
    if (computes.error !== undefined) throw computes.error;
    const clusters = computes.value?.clusters ?? [];
    await Promise.all(
      [...watched.openClusters.values()]
        .filter(({ id }) => clusters.some((cluster) => sameArmId(cluster.id, id)))
        .map(({ id }) => this.refresher.nodes(id, freshness)),
    );
    const changing = clusters.some((cluster: ComputeCluster) => isInTransition(cluster) || this.#isPending(cluster));
    const rest = this.#restAfter(watched, changing);
    watched.restedMs = Math.round(rest * (1 + cadence.jitter * this.random()));
    return watched.restedMs;
  }

  #restAfter(watched: Watched, changing: boolean): number {
    const { writtenAt } = watched;
    const usual = changing ? (this.#visible ? cadence.changing : cadence.hidden) : cadence.steady;
    if (writtenAt === undefined) return usual;
    const burst = cadence.burst[watched.looks];
    watched.looks += 1;
    const since = this.clock.now() - writtenAt;
    if (since < cadence.afterWrite) return burst ?? Math.min(usual, cadence.afterBurst);
    if (!changing || since > cadence.followLimit) {
      watched.writtenAt = undefined;
      this.#startAndStop();
    }
    return usual;
  }

  async #hurry(watched: Watched, poll: () => Promise<void>): Promise<void> {
    watched.urgent += 1;
    for (const waiting of watched.waiting) waiting.abort();
    try {
      await poll();
    } finally {
      watched.urgent -= 1;
    }
  }

  #isPending(cluster: ComputeCluster): boolean {
    return this.store.pending(cluster.id) !== undefined;
  }
}

function restAfterFailure(failures: number, error: unknown, spread: number): number {
  const retryAfter = error instanceof AzureMlError ? error.retryAfterMs : undefined;
  return Math.max(retryAfter ?? 0, backoff(failures, cadence.failure, spread));
}

function once(action: () => void): Disposable {
  let done = false;
  return {
    dispose: () => {
      if (done) return;
      done = true;
      action();
    },
  };
}
