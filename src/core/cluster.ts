import { type ArmId } from "./armId";
import { type ClusterIdentity } from "./identity";

export type VmPriority = "dedicated" | "lowPriority";

export interface ScaleSettings {
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
  /** Azure's default is 120 when nothing was sent (recorded as `PT2M`). */
  readonly idleSecondsBeforeScaleDown: number;
}

/** `nodeStateCounts` of the service. */
export interface NodeCounts {
  readonly idle: number;
  readonly running: number;
  readonly preparing: number;
  readonly unusable: number;
  readonly leaving: number;
  readonly preempted: number;
}

/** One leaf of `errors` or `provisioningErrors`, with the codes above it from the outside in. */
export interface ClusterError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** A compute of type AmlCompute. Values are what GET or list said last; a write's own answer is never shown. */
export interface ComputeCluster {
  readonly id: ArmId;
  readonly name: string;
  /** The cluster's region (`computeLocation`, else `location`). */
  readonly location: string;
  readonly workspaceLocation: string;
  readonly description?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Unknown, Updating, Creating, Deleting, Succeeded, Failed, Canceled, Provisioning or something new. */
  readonly provisioningState: string;
  readonly provisioningErrors: readonly ClusterError[];
  readonly createdOn?: string | undefined;
  readonly modifiedOn?: string | undefined;
  /** In the catalogue's spelling where known; the service answers in upper case. Compare without case. */
  readonly vmSize: string;
  readonly vmPriority: VmPriority;
  readonly scaleSettings: ScaleSettings;
  /** `steady`, `resizing`, or `unknown` while the service says nothing (right after create). */
  readonly allocationState: "steady" | "resizing" | "unknown";
  /** ISO 8601, in the service's clock. */
  readonly allocationStateTransitionTime?: string | undefined;
  readonly currentNodeCount: number;
  readonly targetNodeCount: number;
  readonly nodeCounts: NodeCounts;
  /** Why nodes could not be added or started. */
  readonly errors: readonly ClusterError[];
  readonly identity: ClusterIdentity;
  readonly subnetId?: ArmId | undefined;
  /** Whether SSH is open on the nodes' public addresses: `remoteLoginPortPublicAccess`. */
  readonly remoteLogin: "enabled" | "disabled" | "notSpecified";
  readonly adminUserName?: string | undefined;
  readonly nodePublicIp: boolean;
  readonly localAuthDisabled: boolean;
}

export type NodeState = "idle" | "running" | "preparing" | "unusable" | "leaving" | "preempted" | "unknown";

export interface ClusterNode {
  readonly nodeId: string;
  readonly state: NodeState;
  readonly privateIpAddress?: string | undefined;
  readonly publicIpAddress?: string | undefined;
  /** SSH port on the public address. */
  readonly port?: number | undefined;
  readonly runId?: string | undefined;
}

/** Our one-word summary of a cluster; derived, never stored. */
export type ClusterCondition =
  "creating" | "updating" | "deleting" | "failed" | "resizing" | "troubled" | "running" | "idle" | "asleep" | "unknown";

/**
 * The first that applies: being created, changed or deleted; failed; adding or removing nodes; troubled (has errors,
 * unusable nodes, or rests below its target: azure-facts 2.6, resize failures leave the pool steady); running a job;
 * nodes up without work; no nodes.
 */
export function conditionOf(cluster: ComputeCluster): ClusterCondition {
  switch (cluster.provisioningState.toLowerCase()) {
    case "creating":
    case "provisioning":
      return "creating";
    case "updating":
      return "updating";
    case "deleting":
      return "deleting";
    case "failed":
    case "canceled":
      return "failed";
    default:
      break;
  }
  if (cluster.allocationState === "resizing") return "resizing";
  if (isTroubled(cluster)) return "troubled";
  if (cluster.nodeCounts.running > 0) return "running";
  if (cluster.currentNodeCount > 0) return "idle";
  return cluster.allocationState === "unknown" ? "unknown" : "asleep";
}

function isTroubled(cluster: ComputeCluster): boolean {
  return (
    cluster.errors.length > 0 ||
    cluster.nodeCounts.unusable > 0 ||
    (cluster.allocationState === "steady" && cluster.currentNodeCount < cluster.targetNodeCount)
  );
}

/** Whether the cluster will look different soon without anybody doing anything: poll faster. */
export function isInTransition(cluster: ComputeCluster): boolean {
  const { preparing, leaving } = cluster.nodeCounts;
  const condition = conditionOf(cluster);
  return (
    condition === "creating" ||
    condition === "updating" ||
    condition === "deleting" ||
    condition === "resizing" ||
    preparing + leaving > 0
  );
}

/** Only one write at a time: what the service says of a second is unknown (azure-api/NOTES 8). */
export function isBusy(cluster: ComputeCluster): boolean {
  return ["creating", "updating", "deleting"].includes(conditionOf(cluster));
}
