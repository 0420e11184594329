import { type AlertTimes } from "../core/alerts";
import { type ArmId, armKey } from "../core/armId";
import { type ComputeCluster } from "../core/cluster";
import { type ClusterStore } from "./clusterStore";
import { Emitter } from "./emitter";
import { type Clock } from "./ports";
import { type Sessions } from "./session";

/** A workspace's list as it came, beside the one before. */
export interface Observation {
  readonly workspace: ArmId;
  /** Undefined for the first list of a session: nothing in it is news. */
  readonly before: readonly ComputeCluster[] | undefined;
  readonly after: readonly ComputeCluster[];
  /** When both were answered, in Azure's clock (ms since the epoch). */
  readonly times: AlertTimes;
  /** The same in this machine's clock. */
  readonly at: number;
}

/** Holds each list against the one before, for all who want to know what happened: alerts, timeline, diagnosis. */
export class ClusterObserver {
  readonly #observed = new Emitter<Observation>();
  readonly onDidObserve = this.#observed.event;
  readonly #last = new Map<string, { readonly clusters: readonly ComputeCluster[]; readonly at: number }>();
  readonly #listening: readonly { dispose(): void }[];

  constructor(
    private readonly store: ClusterStore,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {
    this.#listening = [
      store.onDidAnswer((workspace) => this.#answered(workspace)),
      sessions.onDidChange(() => this.#last.clear()),
    ];
  }

  dispose(): void {
    for (const listener of this.#listening) listener.dispose();
  }

  #answered(workspace: ArmId): void {
    const session = this.sessions.current;
    const after = this.store.computes(workspace).value?.clusters;
    if (session.kind !== "signedIn" || after === undefined) return;
    const serviceNow = session.azureMl.serviceNow();
    const last = this.#last.get(armKey(workspace));
    this.#last.set(armKey(workspace), { clusters: after, at: serviceNow });
    const times = { before: last?.at ?? serviceNow, after: serviceNow };
    this.#observed.fire({ workspace, before: last?.clusters, after, times, at: this.clock.now() });
  }
}
