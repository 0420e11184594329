import { isWithin, nameOf, sameId } from "./ids";
import { type NetworkState, type SubnetState, type WorldState } from "./model";

export interface FoundSubnet {
  readonly network: NetworkState;
  readonly subnet: SubnetState;
}

export function findSubnet(state: WorldState, subnetId: string): FoundSubnet | undefined {
  const network = state.networks.find((candidate) => isWithin(subnetId, candidate.id));
  const subnet = network?.subnets.find((candidate) => sameId(candidate.name, nameOf(subnetId)));
  return network === undefined || subnet === undefined ? undefined : { network, subnet };
}

/** Addresses of a prefix that machines can have: Azure keeps five of every subnet. */
export function usableAddresses(prefix: string): number {
  const length = Number(prefix.split("/")[1] ?? "32");
  return Math.max(0, 2 ** (32 - length) - 5);
}

/** Our nodes in a subnet: one address each (azure-ai-docs how-to-secure-training-vnet 2024-04-08). */
export function nodesIn(state: WorldState, subnetId: string): number {
  return state.clusters
    .filter((cluster) => cluster.subnetId !== undefined && sameId(cluster.subnetId, subnetId))
    .reduce((total, cluster) => total + cluster.nodes.filter((node) => node.phase !== "preempted").length, 0);
}

export function freeAddresses(state: WorldState, subnetId: string): number {
  const found = findSubnet(state, subnetId);
  if (found === undefined) return 0;
  const used = found.subnet.otherAddresses + nodesIn(state, subnetId);
  return Math.max(0, usableAddresses(found.subnet.addressPrefix) - used);
}

/** The nth address of a prefix, for the node's private address. */
export function addressIn(prefix: string, index: number): string {
  const base = (prefix.split("/")[0] ?? "10.0.0.0").split(".").map(Number);
  const value = base.reduce((total, part) => total * 256 + part, 0) + 4 + index;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
