import { type ArmId, armId } from "../../src/core/armId";
import { type ClusterError, type ComputeCluster } from "../../src/core/cluster";
import { type ResourceLock, type Subnet, type VirtualNetwork } from "../../src/core/compute";
import { diagnose } from "../../src/core/diagnosis/diagnose";
import { type Cause } from "../../src/core/diagnosis/cause";
import { type DiagnosisFacts } from "../../src/core/diagnosis/facts";
import { type RegionQuota } from "../../src/core/quota";
import { familyKey } from "../../src/core/vmSize";
import { aCluster, aSubscriptionId, aVmSize, aWorkspace } from "./builders";

export const now = Date.UTC(2026, 10, 23, 12);
export const aGroupId = armId(`${aSubscriptionId}/resourceGroups/rg-ml`);
export const aNetworkGroupId = armId(`${aSubscriptionId}/resourceGroups/rg-net`);
export const aNetworkId = armId(`${aNetworkGroupId}/providers/Microsoft.Network/virtualNetworks/vnet`);
export const aSubnetId = armId(`${aNetworkId}/subnets/nodes`);

/** The service's time that many minutes ago. */
export function minutesAgo(minutes: number): string {
  return new Date(now - minutes * 60_000).toISOString();
}

/** Facts with only what is given, all of it read. */
export function facts(cluster: Partial<ComputeCluster> = {}, over: Partial<DiagnosisFacts> = {}): DiagnosisFacts {
  return { cluster: aCluster(cluster), serviceNow: now, ...over };
}

/** Everything read and in order: only what a test changes can be a cause. */
export function wholeFacts(cluster: Partial<ComputeCluster> = {}, over: Partial<DiagnosisFacts> = {}): DiagnosisFacts {
  return facts(cluster, {
    workspace: aWorkspace({ createdAt: "2024-01-01T00:00:00Z" }),
    nodes: [],
    locks: [],
    networkLocks: [],
    quota: aQuota(),
    workspaceLimits: {},
    vmSizes: [aVmSize()],
    virtualNetworks: [aNetwork()],
    permissions: [{ actions: ["*"], notActions: [] }],
    ...over,
  });
}

export const stuckAtZero: Partial<ComputeCluster> = {
  allocationState: "resizing",
  allocationStateTransitionTime: minutesAgo(48),
};
export const belowTarget: Partial<ComputeCluster> = { currentNodeCount: 1, targetNodeCount: 3 };

export function anError(code: string, message = "It did not work.", path: readonly string[] = []): ClusterError {
  return { code, message, path };
}

export function aFailedCluster(...errors: ClusterError[]): Partial<ComputeCluster> {
  return { provisioningState: "Failed", provisioningErrors: errors, allocationState: "unknown" };
}

export function aLock(scope: ArmId, over: Partial<ResourceLock> = {}): ResourceLock {
  const name = over.name ?? "keep";
  return {
    id: armId(`${scope}/providers/Microsoft.Authorization/locks/${name}`),
    name,
    level: "canNotDelete",
    scope,
    notes: "",
    ...over,
  };
}

/** vCPUs of the default size's family and of the totals, all roomy unless given. */
export function aQuota(
  over: Partial<RegionQuota> & { readonly family?: readonly [used: number, limit: number] } = {},
): RegionQuota {
  const { family = [0, 400], ...rest } = over;
  return {
    totalClusters: { used: 3, limit: 200 },
    totalDedicatedCores: { used: 0, limit: 400 },
    totalLowPriorityCores: { used: 0, limit: 400 },
    dedicatedFamilies: {
      [familyKey(aVmSize().family)]: { used: family[0], limit: family[1], displayName: "DSv2" },
    },
    lowPriorityFamilies: { [familyKey(aVmSize().family)]: { used: 0, limit: undefined, displayName: "DSv2" } },
    ...rest,
  };
}

export function aSubnet(over: Partial<Subnet> = {}): Subnet {
  return {
    id: aSubnetId,
    name: "nodes",
    addressPrefixes: ["10.0.0.0/24"],
    delegations: [],
    usedAddresses: 0,
    privateEndpointNetworkPolicies: "Disabled",
    privateLinkServiceNetworkPolicies: "Disabled",
    ...over,
  };
}

export function aNetwork(subnet: Partial<Subnet> = {}, over: Partial<VirtualNetwork> = {}): VirtualNetwork {
  return {
    id: aNetworkId,
    name: "vnet",
    resourceGroup: "rg-net",
    location: "westeurope",
    subnets: [aSubnet(subnet)],
    ...over,
  };
}

export function rulesOf(given: DiagnosisFacts): readonly string[] {
  return diagnose(given).map((cause) => cause.rule);
}

/** The cause that a rule gives. @throws when it gives none: the test expects one. */
export function causeOf(given: DiagnosisFacts, rule: string): Cause {
  const cause = diagnose(given).find((candidate) => candidate.rule === rule);
  if (cause === undefined) throw new Error(`No ${rule} among ${rulesOf(given).join(", ")}`);
  return cause;
}

export function kindsOf(cause: Cause): readonly string[] {
  return cause.remedies.map((remedy) => remedy.kind);
}
