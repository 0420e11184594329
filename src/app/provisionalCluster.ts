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
    tags: {},
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
    identity: { kind: "none" },
    remoteLogin: "disabled",
    nodePublicIp: true,
    localAuthDisabled: false,
  };
}
