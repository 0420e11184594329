import { armId, clusterId } from "../../src/core/armId";
import { type ComputeCluster, type NodeCounts } from "../../src/core/cluster";
import { type ComputeListing } from "../../src/core/compute";
import { type ClusterDraft, emptyDraft } from "../../src/core/draft";
import { type SavedForm } from "../../src/protocol/createCluster";
import { type VmSize } from "../../src/core/vmSize";
import { type Workspace } from "../../src/core/workspace";

export const aSubscriptionId = armId("/subscriptions/11111111-1111-1111-1111-111111111111");
export const aWorkspaceId = armId(
  `${aSubscriptionId}/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ml-west`,
);

export function aWorkspace(over: Partial<Workspace> = {}): Workspace {
  return {
    id: aWorkspaceId,
    name: "ml-west",
    resourceGroup: "rg-ml",
    location: "westeurope",
    kind: "Default",
    managedNetworkIsolation: "Disabled",
    publicNetworkAccess: "Enabled",
    privateEndpointCount: 0,
    provisioningState: "Succeeded",
    tags: {},
    ...over,
  };
}

export function nodeCounts(over: Partial<NodeCounts> = {}): NodeCounts {
  return { idle: 0, running: 0, preparing: 0, unusable: 0, leaving: 0, preempted: 0, ...over };
}

/** A steady dedicated cluster without nodes, unless told otherwise. */
export function aCluster(over: Partial<ComputeCluster> = {}): ComputeCluster {
  const name = over.name ?? "gpu-train";
  return {
    id: clusterId(aWorkspaceId, name),
    name,
    location: "westeurope",
    workspaceLocation: "westeurope",
    tags: {},
    provisioningState: "Succeeded",
    provisioningErrors: [],
    vmSize: "Standard_DS3_v2",
    vmPriority: "dedicated",
    scaleSettings: { minNodeCount: 0, maxNodeCount: 4, idleSecondsBeforeScaleDown: 120 },
    allocationState: "steady",
    currentNodeCount: 0,
    targetNodeCount: 0,
    nodeCounts: nodeCounts(),
    errors: [],
    identity: { kind: "none" },
    remoteLogin: "disabled",
    nodePublicIp: true,
    localAuthDisabled: false,
    ...over,
  };
}

export function aListing(...clusters: ComputeCluster[]): ComputeListing {
  return { clusters, others: {}, names: clusters.map((cluster) => cluster.name) };
}

export function aDraft(over: Partial<ClusterDraft> = {}): ClusterDraft {
  return { ...emptyDraft("westeurope"), name: "gpu-train", vmSize: "Standard_DS3_v2", ...over };
}

export function aVmSize(over: Partial<VmSize> = {}): VmSize {
  return {
    name: "Standard_DS3_v2",
    family: "standardDSv2Family",
    vCpus: 4,
    gpus: 0,
    memoryGb: 14,
    diskGb: 28,
    lowPriorityCapable: true,
    supportsClusters: true,
    ...over,
  };
}

/** A create form as it was left: some of it typed, some of it nonsense. */
export function aSavedForm(over: Partial<SavedForm> = {}): SavedForm {
  return {
    version: 2,
    workspace: aWorkspaceId,
    texts: {
      name: "gpu-train",
      location: "westeurope",
      vmSize: "Standard_DS3_v2",
      vmPriority: "dedicated",
      minNodeCount: "0",
      maxNodeCount: "four",
      idleSecondsBeforeScaleDown: "",
      description: "",
      tags: "team=vision",
      "ssh.enabled": "false",
      "ssh.adminUserName": "azureuser",
      "ssh.method": "publicKey",
      "ssh.key": "",
      "ssh.password": "",
      network: "",
      nodePublicIp: "true",
      identity: "none",
      "identity.ids": "",
      localAuthDisabled: "false",
    },
    touched: ["name"],
    advancedOpen: false,
    scrollTop: 12.5,
    savedAt: 1_700_000_000_000,
    ...over,
  };
}
