import { type ClusterState, type ErrorDetail, type IdentitySetting, type WorldState } from "./model";
import { guidOf } from "./random";
import { nodeCounts, visibleNodes } from "./nodes";
import { sameId, subscriptionIdOf } from "./ids";
import { type Switches } from "./switches";

const computeType = "Microsoft.MachineLearningServices/workspaces/computes";

/** A cluster as GET answers it, key by key as recorded 2025-11. */
export function clusterBody(
  state: WorldState,
  cluster: ClusterState,
  switches: Switches,
  form: "get" | "list" = "get",
): Record<string, unknown> {
  const started = cluster.provisioningState !== "Creating" && cluster.provisioningState !== "Failed";
  const allocation = switches.stateCase === "lower" ? cluster.allocationState.toLowerCase() : cluster.allocationState;
  const withCounts = started && (form === "get" || switches.listHasNodeCounts);
  return {
    ...envelope(state, cluster),
    properties: {
      ...outerProperties(cluster),
      provisioningWarnings: cluster.provisioningState === "Creating" ? null : {},
      isAttachedCompute: false,
      properties: {
        vmSize: cluster.vmSize.toUpperCase(),
        vmPriority: cluster.lowPriority ? "LowPriority" : "Dedicated",
        scaleSettings: {
          maxNodeCount: cluster.scale.max,
          minNodeCount: cluster.scale.min,
          nodeIdleTimeBeforeScaleDown: cluster.scale.idle,
        },
        subnet: cluster.subnetId === undefined ? null : { id: cluster.subnetId },
        currentNodeCount: started ? visibleNodes(cluster).length : 0,
        targetNodeCount: cluster.target,
        nodeStateCounts: withCounts ? nodeCounts(cluster) : null,
        allocationState: started ? allocation : null,
        ...(started ? { allocationStateTransitionTime: formatTime(cluster.allocationStateSince, "+00:00") } : {}),
        errors: cluster.errors.length === 0 ? null : cluster.errors.map(wrapError),
        remoteLoginPortPublicAccess: cluster.remoteLogin,
        ...credentials(cluster),
        osType: cluster.osType,
        virtualMachineImage: null,
        isolatedNetwork: cluster.isolatedNetwork,
        enableNodePublicIp: cluster.nodePublicIp,
        enableBatchPrivateLink: false,
        propertyBag: {},
      },
    },
  };
}

/** What a write echoes beside the cluster: the sent values, not the state. */
export interface WriteEcho {
  readonly provisioningState: "Creating" | "Updating";
  readonly vmSize: string;
  readonly max: number;
  readonly min: number;
  /** As sent; null when it was not. */
  readonly idle: string | null;
  readonly remoteLogin: string;
  /** The cluster was there before: `resourceId` names the inner cluster, priority and region are known. */
  readonly existing: boolean;
}

/** The body of a PUT's or PATCH's answer: a projection, full of nulls (recorded 2025-11). Only GET tells the truth. */
export function writeBody(state: WorldState, cluster: ClusterState, echo: WriteEcho): Record<string, unknown> {
  const outer = outerProperties(cluster);
  return {
    ...envelope(state, cluster),
    properties: {
      createdOn: outer["createdOn"],
      modifiedOn: outer["modifiedOn"],
      disableLocalAuth: cluster.localAuthDisabled,
      description: cluster.description,
      resourceId: echo.existing ? innerClusterId(cluster) : null,
      computeType: "AmlCompute",
      ...(echo.existing ? { computeLocation: cluster.location } : {}),
      provisioningState: echo.provisioningState,
      provisioningErrors: null,
      provisioningWarnings: echo.existing ? {} : null,
      isAttachedCompute: false,
      properties: {
        vmSize: echo.vmSize.toUpperCase(),
        vmPriority: echo.existing || cluster.lowPriority ? (cluster.lowPriority ? "LowPriority" : "Dedicated") : null,
        scaleSettings: { maxNodeCount: echo.max, minNodeCount: echo.min, nodeIdleTimeBeforeScaleDown: echo.idle },
        subnet: cluster.subnetId === undefined ? null : { id: cluster.subnetId },
        currentNodeCount: null,
        targetNodeCount: null,
        nodeStateCounts: null,
        allocationState: null,
        errors: null,
        remoteLoginPortPublicAccess: echo.remoteLogin,
        ...credentials(cluster),
        osType: cluster.osType,
        virtualMachineImage: null,
        isolatedNetwork: cluster.isolatedNetwork,
        enableNodePublicIp: cluster.nodePublicIp,
        enableBatchPrivateLink: false,
      },
    },
  };
}

function envelope(state: WorldState, cluster: ClusterState): Record<string, unknown> {
  return {
    id: cluster.id,
    name: cluster.id.slice(cluster.id.lastIndexOf("/") + 1),
    type: computeType,
    location: cluster.workspaceLocation,
    tags: cluster.tags,
    ...(cluster.identity === undefined ? {} : { identity: identityBody(state, cluster.id, cluster.identity) }),
  };
}

function outerProperties(cluster: ClusterState): Record<string, unknown> {
  return {
    createdOn: formatTime(cluster.createdOn, "0000+00:00"),
    modifiedOn: formatTime(cluster.modifiedOn, "0000+00:00"),
    disableLocalAuth: cluster.localAuthDisabled,
    description: cluster.description,
    resourceId: null,
    computeType: "AmlCompute",
    computeLocation: cluster.location,
    provisioningState: cluster.provisioningState,
    provisioningErrors: cluster.provisioningErrors.length === 0 ? null : cluster.provisioningErrors.map(wrapError),
  };
}

function wrapError(error: ErrorDetail): unknown {
  return { error };
}

/** The user name comes back, its password or key never does. */
function credentials(cluster: ClusterState): Record<string, unknown> {
  if (cluster.adminUserName === undefined) return {};
  return { userAccountCredentials: { adminUserName: cluster.adminUserName } };
}

/** `identity` of a compute; ids of principals follow from the resource, unless one was switched on anew. */
export function identityBody(state: WorldState, ownerId: string, identity: IdentitySetting): Record<string, unknown> {
  if (identity.type === "SystemAssigned") {
    const principalId = identity.principalId ?? guidOf(`principal ${ownerId}`);
    return { type: "SystemAssigned", principalId, tenantId: tenantOf(state, ownerId) };
  }
  const assigned = identity.userAssignedIds.map((id) => [
    id,
    { principalId: guidOf(`principal ${id}`), clientId: guidOf(`client ${id}`) },
  ]);
  return { type: "UserAssigned", userAssignedIdentities: Object.fromEntries(assigned) };
}

export function tenantOf(state: WorldState, id: string): string {
  const subscriptionId = subscriptionIdOf(id);
  return state.subscriptions.find((one) => sameId(one.subscriptionId, subscriptionId))?.tenantId ?? "";
}

function innerClusterId(cluster: ClusterState): string {
  return cluster.id
    .replace(/Microsoft\.MachineLearningServices/i, "Microsoft.BatchAI")
    .replace(/\/computes\//i, "/clusters/");
}

/** `2025-11-04T09:41:02.349` + what the field's form adds. */
export function formatTime(ms: number, ending: string): string {
  return new Date(ms).toISOString().replace("Z", ending);
}
