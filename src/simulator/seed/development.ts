import { groupIdOf } from "../ids";
import { type ErrorDetail } from "../model";
import { guidOf } from "../random";
import { day, hour, minute, type WorldBuilder } from "./builder";

const gpuFamilies = {
  "Standard NCASv3_T4 Family": 96,
  StandardNCADSA100v4Family: 48,
  StandardNCadsH100v5Family: 0,
  standardNCSv3Family: 24,
  standardNDSv2Family: 0,
  "Standard NDASv4_A100 Family": 0,
  "standard NDAMSv4_A100Family": 0,
  standardNDv5H100Family: 0,
  standardNVSv3Family: 0,
  standardMSFamily: 0,
  standardMSv2Family: 0,
  standardHBrsv2Family: 0,
  standardHBv3Family: 0,
  standardHCSFamily: 0,
};

/** Workspaces without special networks: plain, two of one name, one that is slow, one that is empty. */
export function seedDevelopment(builder: WorldBuilder, subscription: string): void {
  for (const region of [
    "westeurope",
    "eastus",
    "westus2",
    "northeurope",
    "swedencentral",
    "japaneast",
    "southeastasia",
  ]) {
    builder.quota(subscription, region, {
      total: region === "eastus" ? 1000 : 350,
      lowPriority: 300,
      others: 100,
      families: { ...gpuFamilies, standardDSv3Family: region === "eastus" ? 600 : 100 },
    });
  }
  seedWest(builder, builder.group(subscription, "rg-ml-west", "westeurope"));
  seedVision(builder, subscription);
  const sandbox = builder.group(subscription, "rg-sandbox", "northeurope");
  builder.workspace(sandbox, "ml-sandbox", "northeurope", { createdAt: builder.state.now - day });
  const tokyo = builder.group(subscription, "rg-ml-tokyo", "japaneast");
  const slow = builder.workspace(tokyo, "ml-tokyo", "japaneast", { slow: true });
  builder.cluster(slow, "forecast-cpu", "Standard_E4s_v3", { nodes: { idle: 1 }, min: 1, max: 6, sinceMs: 2 * hour });
}

/** The plain workspace of the screenshots. */
function seedWest(builder: WorldBuilder, group: string): void {
  const { now } = builder.state;
  const workspace = builder.workspace(group, "ml-west", "westeurope", {
    tags: { team: "research" },
    registryId: `${group}/providers/Microsoft.ContainerRegistry/registries/crmlwest`,
  });
  const data = builder.identity(group, "id-training-data", "westeurope");
  const pull = builder.identity(group, "id-registry-pull", "westeurope");
  builder.grant(group, "Storage Blob Data Reader", guidOf(`principal ${data}`));
  builder.grant(group, "AcrPull", guidOf(`principal ${pull}`));
  builder.cluster(workspace, "cpu-pipelines", "Standard_DS3_v2", { max: 8, sinceMs: 9 * hour });
  builder.cluster(workspace, "etl-nightly", "Standard_D4s_v3", {
    nodes: { running: 3 },
    max: 6,
    identity: { type: "SystemAssigned", userAssignedIds: [] },
    sinceMs: 40 * minute,
  });
  const train = builder.cluster(workspace, "gpu-train", "Standard_NC8as_T4_v3", {
    nodes: { running: 2, allocating: 2 },
    allocationState: "Resizing",
    allocationStateSince: now - minute,
    identity: { type: "UserAssigned", userAssignedIds: [data] },
    tags: { team: "research", project: "segmentation" },
    sinceMs: hour,
  });
  train.jobs.push({ id: "demo_segmentation", nodes: 2, seconds: 2 * 3_600 });
  builder.cluster(workspace, "gpu-a100-dev", "Standard_NC24ads_A100_v4", {
    nodes: { idle: 1 },
    min: 1,
    max: 2,
    sinceMs: 4 * day,
  });
  const scoring = builder.cluster(workspace, "batch-scoring", "Standard_F8s_v2", {
    lowPriority: true,
    nodes: { running: 4, preempted: 2 },
    max: 10,
    capacityReturnsAt: now + 2 * day,
    sinceMs: 25 * minute,
  });
  // Somebody submitted the preempted work again: it waits for the machines to come back.
  scoring.jobs.push({ id: "demo_scoring_again", nodes: 2, seconds: 4 * 3_600 });
  builder.cluster(workspace, "gpu-h100", "Standard_NC40ads_H100_v5", {
    provisioningState: "Failed",
    provisioningErrors: [quotaFailure],
    sinceMs: 5 * hour,
  });
  builder.other(workspace, "aiko-notebook", { vmSize: "Standard_DS3_v2" });
  builder.other(workspace, "ren-notebook", { vmSize: "Standard_D4s_v3", running: false });
}

/** As the service words it for a family without quota (users' reports). */
const quotaFailure: ErrorDetail = {
  code: "ClusterMinNodesExceedCoreQuota",
  message:
    "The specified subscription has a Standard NCadsH100v5 family vCPU quota of 0 and cannot accomodate for at least 1 " +
    "requested managed compute nodes which maps to 40 vCPUs. Talk to your Subscription Admin or refer to " +
    "https://docs.microsoft.com/azure/machine-learning/how-to-manage-quotas#request-quota-increases to increase the family quota",
};

/** Two workspaces of the same name; the first has the many nodes and the broken ones. */
function seedVision(builder: WorldBuilder, subscription: string): void {
  const { now } = builder.state;
  const vision = builder.workspace(builder.group(subscription, "rg-vision", "eastus"), "vision", "eastus");
  const staging = builder.workspace(builder.group(subscription, "rg-vision-staging", "westus2"), "vision", "westus2");
  builder.cluster(vision, "grid-search", "Standard_D4s_v3", {
    nodes: { running: 118, idle: 2 },
    min: 120,
    max: 140,
    jobs: 12,
  });
  builder.cluster(vision, "physics-sim", "Standard_F16s_v2", {
    nodes: { running: 2, unusable: 1 },
    max: 4,
    sinceMs: 6 * hour,
  });
  builder.cluster(vision, "render", "Standard_D8s_v3", {
    nodes: { idle: 1, leaving: 3 },
    min: 1,
    max: 6,
    allocationState: "Resizing",
    allocationStateSince: now - minute,
  });
  builder.cluster(vision, "legacy-k80", "STANDARD_NC6", {
    max: 2,
    sinceMs: 400 * day,
    createdOn: now - 1300 * day,
    // Deleted long ago; the cluster still names it.
    identity: {
      type: "UserAssigned",
      userAssignedIds: [`${groupIdOf(vision)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-retired`],
    },
  });
  builder.cluster(vision, "debug-ssh", "Standard_D2s_v3", {
    nodes: { idle: 1 },
    min: 1,
    max: 1,
    remoteLogin: "Enabled",
    adminUserName: "azureuser",
    sinceMs: 20 * minute,
  });
  builder.cluster(staging, "gpu-eval", "Standard_NC4as_T4_v3", { max: 2, sinceMs: 3 * day });
  const creating = builder.cluster(staging, "cpu-smoke", "Standard_DS2_v2", {
    provisioningState: "Creating",
    tags: null,
    createdOn: now - 5_000,
    modifiedOn: now - 5_000,
  });
  builder.state.operations.push({
    id: "11111111-2222-4333-a444-555555555555",
    kind: "create",
    computeId: creating.id,
    location: "westus2",
    startedAt: now - 5_000,
    // Long enough to be seen in a demo that runs fast.
    endsAt: now + 30 * minute,
    status: "InProgress",
  });
}
