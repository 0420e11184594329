import { day, hour, networkIn, type WorldBuilder } from "./builder";

/** Workspaces whose networks and locks make trouble: hub and project, managed network, private endpoint, locked group. */
export function seedNetworked(builder: WorldBuilder, subscription: string): void {
  seedGenerative(builder, subscription);
  seedSecure(builder, subscription);
  seedLocked(builder, subscription);
}

function seedGenerative(builder: WorldBuilder, subscription: string): void {
  const group = builder.group(subscription, "rg-genai", "swedencentral");
  const hub = builder.workspace(group, "genai-hub", "swedencentral", {
    kind: "Hub",
    friendlyName: "Generative AI hub",
    isolationMode: "AllowInternetOutbound",
  });
  const project = builder.workspace(group, "genai-assistant", "swedencentral", {
    kind: "Project",
    friendlyName: "Assistant",
    hubId: hub,
    isolationMode: "AllowInternetOutbound",
  });
  builder.cluster(project, "fine-tune", "Standard_NC24ads_A100_v4", { max: 2, sinceMs: 8 * hour });
  builder.other(hub, "shared-aks", { computeType: "Kubernetes" });
}

function seedSecure(builder: WorldBuilder, subscription: string): void {
  const group = builder.group(subscription, "rg-secure", "westeurope");
  const managed = builder.workspace(group, "ml-managed-net", "westeurope", {
    isolationMode: "AllowOnlyApprovedOutbound",
    publicNetworkAccess: "Disabled",
  });
  const secure = builder.workspace(group, "ml-private", "westeurope", {
    privateLinkCount: 1,
    publicNetworkAccess: "Disabled",
  });
  builder.cluster(managed, "cpu-secure", "Standard_D4s_v3", { nodePublicIp: false, max: 4, sinceMs: 30 * hour });
  const open = { privateEndpointNetworkPolicies: "Disabled", privateLinkServiceNetworkPolicies: "Disabled" } as const;
  const network = networkIn(builder, group, "vnet-ml", "westeurope", [
    // /29 leaves three addresses: too few for the cluster's minimum.
    { name: "snet-training", addressPrefix: "10.20.1.0/29", otherAddresses: 0, ...open },
    { name: "snet-batch", addressPrefix: "10.20.2.0/24", otherAddresses: 12, ...open },
    {
      name: "snet-containers",
      addressPrefix: "10.20.3.0/24",
      delegation: "Microsoft.App/environments",
      otherAddresses: 0,
      ...open,
    },
    {
      name: "snet-endpoints",
      addressPrefix: "10.20.4.0/27",
      otherAddresses: 4,
      privateEndpointNetworkPolicies: "Enabled",
      privateLinkServiceNetworkPolicies: "Enabled",
    },
  ]);
  networkIn(builder, group, "vnet-tokyo", "japaneast", [
    { name: "default", addressPrefix: "10.30.0.0/24", otherAddresses: 3, ...open },
  ]);
  const subnetId = `${network}/subnets/snet-training`;
  builder.cluster(secure, "private-train", "Standard_D8s_v3", {
    nodes: { idle: 3 },
    min: 4,
    max: 8,
    target: 4,
    subnetId,
    nodePublicIp: false,
    identity: { type: "SystemAssigned", userAssignedIds: [] },
    errors: [
      {
        code: "InsufficientSubnetAddresses",
        message: `The subnet '${subnetId}' has too few free IP addresses for 1 more nodes.`,
      },
    ],
    retryAt: builder.state.now + 5 * 60_000,
    sinceMs: 2 * hour,
  });
  builder.cluster(secure, "batch-private", "Standard_DS3_v2", { subnetId: `${network}/subnets/snet-batch`, max: 10 });
}

/** The documented trap: a delete lock on the workspace's group leaves clusters at resizing 0 → 0. */
function seedLocked(builder: WorldBuilder, subscription: string): void {
  const group = builder.group(subscription, "rg-audited", "westeurope");
  const workspace = builder.workspace(group, "ml-audited", "westeurope", { tags: { compliance: "audited" } });
  builder.lock(group, "keep-for-audit", "CanNotDelete", "Kept for the audit. Ask the platform team before removing.");
  const since = builder.state.now - 3 * day;
  builder.cluster(workspace, "audit-cpu", "Standard_DS3_v2", {
    allocationState: "Resizing",
    allocationStateSince: since,
    cleanup: "blocked",
    sinceMs: 3 * day,
  });
  builder.cluster(workspace, "audit-reports", "Standard_D2s_v3", { nodes: { running: 1 }, max: 2, sinceMs: hour });
}
