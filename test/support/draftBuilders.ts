import { type ClusterDraft } from "../../src/core/draft";
import { emptyAdvancedDraft } from "../../src/core/advancedDraft";
import { armId } from "../../src/core/armId";
import { type Subnet, type VirtualNetwork } from "../../src/core/compute";
import { type RegionQuota } from "../../src/core/quota";
import { familyKey } from "../../src/core/vmSize";
import { aDraft, aSubscriptionId, aVmSize } from "./builders";

export const aNetworkId = armId(
  `${aSubscriptionId}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-ml`,
);
export const aSubnetId = armId(`${aNetworkId}/subnets/nodes`);
export const anIdentityId = armId(
  `${aSubscriptionId}/resourceGroups/rg-ml/providers/Microsoft.ManagedIdentity/userAssignedIdentities/trainer`,
);

/** A valid draft with nothing advanced in it. */
export function aFullDraft(over: Partial<ClusterDraft> = {}): ClusterDraft {
  return { ...aDraft(), ...emptyAdvancedDraft(), ...over };
}

/** A subnet of 251 usable addresses that a cluster can have. */
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

export function aNetwork(over: Partial<VirtualNetwork> = {}): VirtualNetwork {
  return {
    id: aNetworkId,
    name: "vnet-ml",
    resourceGroup: "rg-net",
    location: "westeurope",
    subnets: [aSubnet()],
    ...over,
  };
}

/** Quota of one region: that many dedicated and low priority vCPUs for `aVmSize()`, all of them left. */
export function aQuota(dedicated: number, lowPriority = dedicated): RegionQuota {
  return {
    dedicatedFamilies: { [familyKey(aVmSize().family)]: { used: 0, limit: dedicated, displayName: "DSv2" } },
    lowPriorityFamilies: {},
    totalLowPriorityCores: { used: 0, limit: lowPriority },
  };
}
