import { type ArmId, armKey, sameArmId } from "../core/armId";
import { type ComputeCluster } from "../core/cluster";
import { type ClusterHistory } from "../core/diagnosis/facts";
import { type ClusterObserver, type Observation } from "./clusterObserver";

const mostPreemptions = 50;

/** What this window saw of each cluster, in Azure's clock, for diagnosis. */
export class ClusterHistories {
  readonly #known = new Map<string, ClusterHistory>();
  readonly #listening: { dispose(): void };

  constructor(observer: ClusterObserver) {
    this.#listening = observer.onDidObserve((observation) => this.#observe(observation));
  }

  of(cluster: ArmId): ClusterHistory | undefined {
    return this.#known.get(armKey(cluster));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #observe({ before, after, times }: Observation): void {
    for (const cluster of after) {
      const earlier = before?.find(({ id }) => sameArmId(id, cluster.id));
      this.#known.set(armKey(cluster.id), nextHistory(this.of(cluster.id), earlier, cluster, times.after));
    }
  }
}

function nextHistory(
  history: ClusterHistory | undefined,
  before: ComputeCluster | undefined,
  after: ComputeCluster,
  at: number,
): ClusterHistory {
  const taken = before === undefined ? 0 : after.nodeCounts.preempted - before.nodeCounts.preempted;
  const preemptions = history?.preemptions ?? [];
  return {
    watchedSince: history?.watchedSince ?? at,
    resizingSince: after.allocationState === "resizing" ? (history?.resizingSince ?? at) : undefined,
    preemptions: taken > 0 ? [...preemptions, { at, nodes: taken }].slice(-mostPreemptions) : preemptions,
  };
}
