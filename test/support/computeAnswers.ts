import { armId, clusterId } from "../../src/core/armId";
import { aWorkspaceId } from "./builders";

const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-ml";
export const trainIdentity = armId(`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/train`);
export const deployIdentity = armId(`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deploy`);

const uuid = (digit: number): string => "00000000-0000-0000-0000-000000000000".replaceAll("0", String(digit));

/** `identity` as GET answers it. */
export const answeredIdentities = {
  none: undefined,
  system: { type: "SystemAssigned", principalId: uuid(3), tenantId: uuid(4) },
  user: {
    type: "UserAssigned",
    userAssignedIdentities: { [trainIdentity]: { principalId: uuid(5), clientId: uuid(6) } },
  },
  users: {
    type: "UserAssigned",
    userAssignedIdentities: {
      [trainIdentity]: { principalId: uuid(5), clientId: uuid(6) },
      [deployIdentity]: { principalId: uuid(7), clientId: uuid(8) },
    },
  },
};

/**
 * A GET's answer for a cluster that has everything set, in the shape of the recordings (nulls, upper-case size, values that the
 * specification lacks).
 */
export function aComputeAnswer(identity?: object) {
  const id = clusterId(aWorkspaceId, "gpu-train");
  return {
    id,
    name: "gpu-train",
    type: "Microsoft.MachineLearningServices/workspaces/computes",
    location: "westeurope",
    tags: { team: "vision", "cost-center": "42" },
    ...(identity === undefined ? {} : { identity }),
    properties: {
      createdOn: "2026-05-04T09:40:51.9013157+00:00",
      modifiedOn: "2026-05-04T09:41:02.3494433+00:00",
      disableLocalAuth: true,
      description: "Trains the models of team vision",
      resourceId: null,
      computeType: "AmlCompute",
      computeLocation: "northeurope",
      provisioningState: "Succeeded",
      provisioningErrors: null,
      provisioningWarnings: {},
      isAttachedCompute: false,
      properties: {
        vmSize: "STANDARD_NC24S_V3",
        vmPriority: "LowPriority",
        scaleSettings: { maxNodeCount: 8, minNodeCount: 1, nodeIdleTimeBeforeScaleDown: "PT30M" },
        subnet: { id: `${group}/providers/Microsoft.Network/virtualNetworks/vnet-ml/subnets/clusters` },
        currentNodeCount: 2,
        targetNodeCount: 2,
        nodeStateCounts: {
          preparingNodeCount: 0,
          runningNodeCount: 2,
          idleNodeCount: 0,
          unusableNodeCount: 0,
          leavingNodeCount: 0,
          preemptedNodeCount: 0,
        },
        allocationState: "Steady",
        allocationStateTransitionTime: "2026-05-04T10:00:00.538+00:00",
        errors: null,
        remoteLoginPortPublicAccess: "Enabled",
        osType: "Linux",
        virtualMachineImage: null,
        isolatedNetwork: false,
        enableNodePublicIp: false,
        enableBatchPrivateLink: false,
        userAccountCredentials: { adminUserName: "azureuser", adminUserSshPublicKey: null, adminUserPassword: null },
        propertyBag: {},
      },
    },
  };
}
