import { type ArmId, armKey, sameArmId, workspaceOf } from "../core/armId";
import { type ComputeCluster, isInTransition } from "../core/cluster";
import { AzureMlError } from "../core/errors";
import { type ClusterStore } from "./clusterStore";
import { type Disposable } from "./emitter";
import { Poller, backoff } from "./poller";
import { type Clock } from "./ports";
import { type Refresher } from "./refresher";

/** `always`: open rows, seen or not · `whenVisible`: open rows while their view is seen · `manual`: never by itself. */
export type PollingMode = "always" | "whenVisible" | "manual";

/** Cadence (azure-facts 2.11): seconds while nodes come and go, a minute when all is steady. Milliseconds. */
export const cadence = {
  changing: 5_000,
  steady: 60_000,
  /** How long after a write of ours to look often, because a resize shows only some seconds after it was accepted. */
  afterWrite: 60_000,
  failure: { baseMs: 5_000, maxMs: 300_000 },
} as const;

interface Watched {
  readonly workspace: ArmId;
  readonly poller: Poller;
  watchers: number;
  /** Held while the poller may run. */
  running: Disposable | undefined;
  readonly openClusters: Map<string, { readonly id: ArmId; watchers: number }>;
  fastUntil: number;
}

/**
 * Keeps what people look at fresh: one list call per open workspace and run, and listNodes only for open clusters.
 * Knows nothing of views: those say what they show (`watchWorkspace`, `watchNodes`) and whether they are seen.
 */
export class Watcher {
  readonly #watched = new Map<string, Watched>();
  #visible = false;
  #mode: PollingMode;

  constructor(
    private readonly refresher: Refresher,
    private readonly store: ClusterStore,
    private readonly clock: Clock,
    private readonly random: () => number,
    mode: PollingMode = "whenVisible",
  ) {
    this.#mode = mode;
  }

  setMode(mode: PollingMode): void {
    this.#mode = mode;
    this.#startAndStop();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#startAndStop();
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

  /** Refreshes a workspace's clusters and the nodes of its open ones, whatever the mode. */
  async refreshNow(workspace: ArmId): Promise<void> {
    await this.#entry(workspace).poller.pollAgain();
  }

  /** A write of ours was accepted: look at once and often for a while. */
  expectChange(workspace: ArmId): void {
    const watched = this.#entry(workspace);
    watched.fastUntil = this.clock.now() + cadence.afterWrite;
    void watched.poller.pollNow();
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
      fastUntil: 0,
    };
    this.#watched.set(key, watched);
    return watched;
  }

  #startAndStop(): void {
    const allowed = this.#mode === "always" || (this.#mode === "whenVisible" && this.#visible);
    for (const watched of this.#watched.values()) {
      const shouldRun = allowed && watched.watchers > 0;
      if (shouldRun) watched.running ??= watched.poller.watch();
      else {
        watched.running?.dispose();
        watched.running = undefined;
      }
    }
  }

  /** @returns milliseconds to rest. @throws AzureMlError when the list could not be had. */
  async #poll(watched: Watched): Promise<number> {
    const computes = await this.refresher.computes(watched.workspace);
    if (computes.error !== undefined) throw computes.error;
    const clusters = computes.value?.clusters ?? [];
    await Promise.all(
      [...watched.openClusters.values()]
        .filter(({ id }) => clusters.some((cluster) => sameArmId(cluster.id, id)))
        .map(({ id }) => this.refresher.nodes(id)),
    );
    const changing = clusters.some((cluster: ComputeCluster) => isInTransition(cluster) || this.#isPending(cluster));
    return changing || this.clock.now() < watched.fastUntil ? cadence.changing : cadence.steady;
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
