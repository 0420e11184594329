import * as l10n from "@vscode/l10n";
import { regionKey } from "../account";
import { usableAddresses } from "../addressSpace";
import { type ArmId, parseArmId, sameArmId, subscriptionOf } from "../armId";
import { type Subnet, type VirtualNetwork } from "../compute";
import { type Finding, type Remedy } from "../finding";

/** Network of the same subscription as the workspace (how-to-secure-training-vnet, 2024-04-08, requirements). */
export function subnetSubscription(subnet: ArmId, workspace: ArmId): readonly Finding[] {
  if (sameArmId(subscriptionOf(subnet), subscriptionOf(workspace))) return [];
  return subnetError("network.subscription", l10n.t("The virtual network must be in the workspace's subscription."));
}

/** Where a subnet is found in the networks of its subscription; case does not count. */
export function findSubnet(
  subnet: ArmId,
  networks: readonly VirtualNetwork[],
): { readonly network: VirtualNetwork; readonly subnet: Subnet } | undefined {
  for (const network of networks) {
    const found = network.subnets.find((candidate) => sameArmId(candidate.id, subnet));
    if (found !== undefined) return { network, subnet: found };
  }
  return undefined;
}

/** `networks` are those of the workspace's subscription; ids of another are for `subnetSubscription` to judge. */
export function subnetExists(subnet: ArmId, workspace: ArmId, networks: readonly VirtualNetwork[]): readonly Finding[] {
  if (!sameArmId(subscriptionOf(subnet), subscriptionOf(workspace))) return [];
  if (findSubnet(subnet, networks) !== undefined) return [];
  const { names, name } = parseArmId(subnet);
  return subnetError(
    "network.missing",
    l10n.t("There is no subnet {0} in the virtual network {1}, or you may not see it.", name, names[0] ?? ""),
  );
}

/** A cluster's nodes join a network of their own region (azure-api/NOTES 7). */
export function subnetRegion(network: VirtualNetwork, location: string): readonly Finding[] {
  if (location === "" || regionKey(network.location) === regionKey(location)) return [];
  return subnetError(
    "network.region",
    l10n.t("The virtual network {0} is in {1}; the cluster would be in {2}.", network.name, network.location, location),
    l10n.t("Choose a network of that region, or create the cluster in {0}.", network.location),
    { kind: "setField", label: l10n.t("Use {0}", network.location), field: "location", value: network.location },
  );
}

/** A subnet that is delegated to a service takes nothing else (how-to-secure-training-vnet, 2024-04-08, requirements). */
export function subnetDelegation(subnet: Subnet): readonly Finding[] {
  if (subnet.delegations.length === 0) return [];
  return subnetError(
    "network.delegated",
    l10n.t(
      "The subnet {0} is delegated to {1}; clusters need one that is not.",
      subnet.name,
      subnet.delegations.join(", "),
    ),
    l10n.t("Choose another subnet."),
    openSubnet(subnet),
  );
}

/**
 * One address per node (how-to-secure-training-vnet, 2024-04-08): none left is an error, fewer than the maximum a warning.
 * Where Azure does not tell how many are in use, the whole subnet counts.
 */
export function subnetAddresses(subnet: Subnet, maxNodeCount: number): readonly Finding[] {
  const usable = usableAddresses(subnet.addressPrefixes);
  if (usable === undefined || !Number.isSafeInteger(maxNodeCount)) return [];
  const free = Math.max(0, usable - (subnet.usedAddresses ?? 0));
  if (free >= Math.max(1, maxNodeCount)) return [];
  const message =
    subnet.usedAddresses === undefined
      ? l10n.t("The subnet {0} holds {1} addresses at most; every node takes one.", subnet.name, free)
      : l10n.t("The subnet {0} has {1} of {2} addresses free; every node takes one.", subnet.name, free, usable);
  if (free < 1) {
    return subnetError("network.noAddress", message, l10n.t("Choose a larger subnet."), openSubnet(subnet));
  }
  return [
    {
      rule: "network.addresses",
      severity: "warning",
      field: "network",
      message: `${message} ${l10n.t("The cluster may reach up to {0} nodes.", maxNodeCount)}`,
      advice: l10n.t("Choose a larger subnet, or lower the maximum to {0}.", free),
      remedy: {
        kind: "setField",
        label: l10n.t("Set the maximum to {0}", free),
        field: "maxNodeCount",
        value: free,
      },
    },
  ];
}

/**
 * Without public addresses, the service has refused subnets whose private endpoint or private link service policies are
 * enabled (Azure/terraform#85; aka.ms/AMLPLNetPolicies). Half-way values of today may be taken: a warning.
 */
export function subnetPolicies(subnet: Subnet, nodePublicIp: boolean): readonly Finding[] {
  if (nodePublicIp) return [];
  const policies = {
    privateEndpointNetworkPolicies: subnet.privateEndpointNetworkPolicies,
    privateLinkServiceNetworkPolicies: subnet.privateLinkServiceNetworkPolicies,
  };
  return Object.entries(policies).flatMap(([name, value]): readonly Finding[] => {
    if (value === "" || value.toLowerCase() === "disabled") return [];
    return [
      {
        rule: "network.policies",
        severity: value.toLowerCase() === "enabled" ? "error" : "warning",
        field: "network",
        message: l10n.t(
          "The subnet {0} has {1} set to {2}. Nodes without public IP addresses need it disabled.",
          subnet.name,
          name,
          value,
        ),
        advice: l10n.t("Disable it on the subnet, choose another subnet, or allow public IP addresses."),
        remedy: openSubnet(subnet),
      },
    ];
  });
}

function openSubnet(subnet: Subnet): Remedy {
  return { kind: "openResource", label: l10n.t("Show the subnet"), id: subnet.id };
}

function subnetError(
  rule: string,
  message: string,
  advice: string = l10n.t("Choose another subnet."),
  remedy?: Remedy,
): readonly Finding[] {
  return [{ rule, severity: "error", field: "network", message, advice, remedy }];
}
