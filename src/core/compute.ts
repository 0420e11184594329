import { type ArmId } from "./armId";
import { type ClusterNode, type ComputeCluster } from "./cluster";

/** Everything that one list call on a workspace tells. */
export interface ComputeListing {
  readonly clusters: readonly ComputeCluster[];
  /** Computes of other types, which this extension counts but does not manage: type → how many. */
  readonly others: Readonly<Record<string, number>>;
  /** Names of every compute, clusters or not: a name may be used once per workspace. */
  readonly names: readonly string[];
}

export interface NodeListing {
  readonly nodes: readonly ClusterNode[];
}

export interface ResourceLock {
  readonly id: ArmId;
  readonly name: string;
  readonly level: "canNotDelete" | "readOnly" | "other";
  /** The subscription, group or resource that it sits on. */
  readonly scope: ArmId;
  readonly notes: string;
}

/** One role's rights at a scope; allowed if any element's actions match and its notActions do not. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

export interface Subnet {
  readonly id: ArmId;
  readonly name: string;
  readonly addressPrefixes: readonly string[];
  /** Services that the subnet is delegated to; a cluster needs one that is not delegated. */
  readonly delegations: readonly string[];
  /** Addresses in use, where the answer tells. */
  readonly usedAddresses?: number | undefined;
  readonly privateEndpointNetworkPolicies: string;
  readonly privateLinkServiceNetworkPolicies: string;
}

export interface VirtualNetwork {
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly subnets: readonly Subnet[];
}

/** One size's list price in one region, per hour, in the currency that the answer named. */
export interface RetailPrice {
  readonly dedicated?: number | undefined;
  readonly lowPriority?: number | undefined;
  readonly currency: string;
}
