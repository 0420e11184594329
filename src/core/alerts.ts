import { type ArmId, armKey } from "./armId";
import { type ComputeCluster, conditionOf } from "./cluster";
import { symptomsOf } from "./diagnosis/symptoms";

export type AlertKind = "clusterFailed" | "nodeUnusable" | "nodePreempted" | "resizeFailed" | "stuck";

/** Something that just happened to a cluster and that a person should know. */
export interface Alert {
  readonly kind: AlertKind;
  readonly cluster: ArmId;
  readonly name: string;
  /** How many nodes it is about; 0 where it is about the cluster. */
  readonly nodes: number;
  /** The same for the same event, whoever sees it and how often: tell it once. */
  readonly eventKey: string;
}

/** When both listings were answered, in Azure's clock (ms since the epoch). */
export interface AlertTimes {
  readonly before: number;
  readonly after: number;
}

/**
 * What happened between two listings of a workspace, at most one alert per kind and cluster. Without a listing before
 * (`undefined`) nothing is news. A cluster that is new may have failed already; one that is gone or being deleted is silent.
 */
export function alertsBetween(
  before: readonly ComputeCluster[] | undefined,
  after: readonly ComputeCluster[],
  times: AlertTimes,
): readonly Alert[] {
  if (before === undefined) return [];
  const earlier = new Map(before.map((cluster) => [armKey(cluster.id), cluster]));
  return after.flatMap((cluster) => alertsOf(earlier.get(armKey(cluster.id)), cluster, times));
}

function alertsOf(before: ComputeCluster | undefined, after: ComputeCluster, times: AlertTimes): readonly Alert[] {
  if (conditionOf(after) === "deleting") return [];
  if (hasFailed(after))
    return before !== undefined && hasFailed(before) ? [] : [alert("clusterFailed", after, 0, times.after)];
  const rise = (state: "unusable" | "preempted"): number => after.nodeCounts[state] - (before?.nodeCounts[state] ?? 0);
  const unusable = rise("unusable");
  const preempted = rise("preempted");
  // Nodes that were taken back leave the cluster below its target: that is the same event.
  const resizeFailed =
    isResizeFailed(after) &&
    !(before !== undefined && isResizeFailed(before) && !hasNewResize(before, after)) &&
    !(preempted > 0 && after.errors.length === 0);
  const stuck = isStuck(after, times.after) && !(before !== undefined && isStuck(before, times.before));
  return [
    ...(unusable > 0 ? [alert("nodeUnusable", after, unusable, times.after)] : []),
    ...(preempted > 0 ? [alert("nodePreempted", after, preempted, times.after)] : []),
    ...(resizeFailed
      ? [alert("resizeFailed", after, Math.max(0, after.targetNodeCount - after.currentNodeCount), times.after)]
      : []),
    ...(stuck ? [alert("stuck", after, 0, times.after)] : []),
  ];
}

function hasFailed(cluster: ComputeCluster): boolean {
  return conditionOf(cluster) === "failed";
}

/** A resize that fails leaves the cluster steady with errors or below its target (azure-facts 2.6). */
function isResizeFailed(cluster: ComputeCluster): boolean {
  return (
    cluster.allocationState === "steady" &&
    (cluster.errors.length > 0 || cluster.currentNodeCount < cluster.targetNodeCount)
  );
}

function hasNewResize(before: ComputeCluster, after: ComputeCluster): boolean {
  return before.allocationStateTransitionTime !== after.allocationStateTransitionTime;
}

function isStuck(cluster: ComputeCluster, now: number): boolean {
  return symptomsOf(cluster, now).some(({ kind }) => kind === "stuckResizing" || kind === "stuckProvisioning");
}

/** Windows that ask on their own see one event within minutes of each other. */
const sameEventMs = 10 * 60_000;

/**
 * A node's trouble can come twice in one allocation, since Azure repairs nodes without resizing: its count and its time tell
 * events apart. All else happens once per change of the allocation.
 */
function alert(kind: AlertKind, cluster: ComputeCluster, nodes: number, at: number): Alert {
  const since = cluster.allocationStateTransitionTime ?? cluster.modifiedOn ?? "";
  const { unusable, preempted } = cluster.nodeCounts;
  const ofNode = `#${kind === "nodeUnusable" ? unusable : preempted}@${Math.floor(at / sameEventMs)}`;
  const which = kind === "nodeUnusable" || kind === "nodePreempted" ? since + ofNode : since;
  return { kind, cluster: cluster.id, name: cluster.name, nodes, eventKey: `${kind}:${armKey(cluster.id)}:${which}` };
}
