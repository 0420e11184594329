import { formatTime, tenantOf } from "./computeBody";
import { nameOf } from "./ids";
import { type OtherComputeState, type WorldState } from "./model";
import { guidOf } from "./random";

/** A compute instance or an attached Kubernetes cluster, key by key as recorded (instances) or specified (Kubernetes). */
export function otherComputeBody(state: WorldState, compute: OtherComputeState): Record<string, unknown> {
  const created = formatTime(compute.createdOn, "0000+00:00");
  const instance = compute.computeType === "ComputeInstance";
  return {
    id: compute.id,
    name: nameOf(compute.id),
    type: "Microsoft.MachineLearningServices/workspaces/computes",
    location: compute.location,
    tags: {},
    ...(instance
      ? {
          identity: {
            type: "SystemAssigned",
            principalId: guidOf(`principal ${compute.id}`),
            tenantId: tenantOf(state, compute.id),
          },
        }
      : {}),
    properties: {
      createdOn: created,
      modifiedOn: created,
      disableLocalAuth: false,
      description: null,
      resourceId: instance ? null : kubernetesId(compute),
      computeType: compute.computeType,
      computeLocation: compute.location,
      provisioningState: "Succeeded",
      provisioningErrors: null,
      provisioningWarnings: {},
      isAttachedCompute: !instance,
      properties: instance ? instanceProperties(state, compute) : kubernetesProperties(compute),
    },
  };
}

function instanceProperties(state: WorldState, compute: OtherComputeState): Record<string, unknown> {
  const host = `https://${nameOf(compute.id)}.${compute.location}.instances.azureml.ms`;
  return {
    vmSize: (compute.vmSize ?? "").toUpperCase(),
    imageVersion: null,
    subnet: null,
    sshSettings: { sshPublicAccess: "Disabled", adminUserName: "azureuser", sshPort: 50_000, adminPublicKey: null },
    autologgerSettings: null,
    errors: [],
    connectivityEndpoints: { publicIpAddress: "203.0.113.21", privateIpAddress: "10.0.0.4" },
    applications: [
      { displayName: "Jupyter", endpointUri: `${host}/tree/` },
      { displayName: "Jupyter Lab", endpointUri: `${host}/lab` },
    ],
    state: compute.running ? "Running" : "Stopped",
    lastOperation: {
      operationName: compute.running ? "Start" : "Stop",
      operationTime: formatTime(compute.createdOn, "+00:00"),
      operationStatus: "Succeeded",
      operationTrigger: "User",
    },
    createdBy: { userOrgId: tenantOf(state, compute.id), userId: state.person.objectId },
    applicationSharingPolicy: "Shared",
    computeInstanceAuthorizationType: null,
    personalComputeInstanceSettings: null,
    setupScripts: null,
    schedules: { computeStartStop: [] },
    enableNodePublicIp: true,
    enableBatchPrivateLink: false,
    enableOSPatching: false,
    releaseQuotaOnStop: false,
    enableSSO: true,
    dataMounts: null,
    dataDisks: null,
    containers: null,
    updateStatus: null,
    versions: { runtime: "3.0.02755.0006" },
    customServices: [],
    osImageMetadata: {
      currentImageVersion: "24.06.10",
      latestImageVersion: "24.06.10",
      isLatestOsImageVersion: true,
      osPatchingStatus: null,
    },
  };
}

function kubernetesId(compute: OtherComputeState): string {
  const group = compute.id.split("/").slice(0, 5).join("/");
  return `${group}/providers/Microsoft.ContainerService/managedClusters/${nameOf(compute.id)}`;
}

function kubernetesProperties(compute: OtherComputeState): Record<string, unknown> {
  return {
    namespace: "default",
    defaultInstanceType: "defaultinstancetype",
    vcName: null,
    extensionPrincipalId: guidOf(`extension ${compute.id}`),
    instanceTypes: {
      defaultinstancetype: {
        nodeSelector: null,
        resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { cpu: "2", memory: "8Gi" } },
      },
    },
  };
}
