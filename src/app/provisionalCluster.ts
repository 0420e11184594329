import { type ArmId } from "../core/armId";
import { type ComputeCluster } from "../core/cluster";
import { type ClusterDraft } from "../core/draft";
import { type Workspace } from "../core/workspace";

/** What a cluster that is being created looks like until Azure's list has it. */
export function provisionalCluster(id: ArmId, workspace: Workspace, draft: ClusterDraft): ComputeCluster {
  return {
    id,
    name: draft.name,
    location: draft.location,
    workspaceLocation: workspace.location,
    description: draft.description === "" ? undefined : draft.description,
    tags: draft.tags,
    provisioningState: "Creating",
    provisioningErrors: [],
    vmSize: draft.vmSize,
    vmPriority: draft.vmPriority,
    scaleSettings: {
      minNodeCount: draft.minNodeCount,
      maxNodeCount: draft.maxNodeCount,
      idleSecondsBeforeScaleDown: draft.idleSecondsBeforeScaleDown,
    },
    allocationState: "unknown",
    currentNodeCount: 0,
    targetNodeCount: 0,
    nodeCounts: { idle: 0, running: 0, preparing: 0, unusable: 0, leaving: 0, preempted: 0 },
    errors: [],
    identity:
      draft.identity.kind === "userAssigned"
        ? { kind: "userAssigned", identities: draft.identity.ids.map((identity) => ({ id: identity })) }
        : draft.identity,
    subnetId: draft.network.kind === "subnet" ? draft.network.subnetId : undefined,
    remoteLogin: draft.ssh.enabled ? "enabled" : "disabled",
    adminUserName: draft.ssh.enabled ? draft.ssh.adminUserName : undefined,
    nodePublicIp: draft.nodePublicIp,
    localAuthDisabled: draft.localAuthDisabled,
  };
}
