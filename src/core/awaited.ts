import { type ComputeCluster, conditionOf } from "./cluster";

/** Something that a person wants to be told of once. */
export type Awaited =
  { readonly kind: "reachesNodes"; readonly nodes: number } | { readonly kind: "idle" } | { readonly kind: "gone" };

/**
 * Where a wait stands, given the cluster or, when a whole listing no longer has it, undefined. `hopeless`: it will not come
 * without somebody changing the cluster. Nodes count when they can take a job: idle or running. `reachesNodes` with 0 waits
 * for the last node to go; `idle` for the end of all jobs, whether nodes stay up or not.
 */
export function checkAwaited(awaited: Awaited, cluster: ComputeCluster | undefined): "waiting" | "met" | "hopeless" {
  if (cluster === undefined) return awaited.kind === "gone" ? "met" : "hopeless";
  if (awaited.kind === "gone") return "waiting";
  const condition = conditionOf(cluster);
  if (condition === "failed" || condition === "deleting") return "hopeless";
  const { idle, running, preparing, leaving } = cluster.nodeCounts;
  if (awaited.kind === "idle") return condition === "idle" || condition === "asleep" ? "met" : "waiting";
  if (awaited.nodes === 0) {
    return cluster.currentNodeCount === 0 && preparing + leaving === 0 && cluster.allocationState === "steady"
      ? "met"
      : "waiting";
  }
  if (idle + running >= awaited.nodes) return "met";
  return awaited.nodes > cluster.scaleSettings.maxNodeCount ? "hopeless" : "waiting";
}
