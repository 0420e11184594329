import * as l10n from "@vscode/l10n";
import { regionKey } from "../account";
import { reservedAddresses, usableAddresses } from "../addressSpace";
import { nameOf, sameArmId, subscriptionOf } from "../armId";
import { type Subnet, type VirtualNetwork } from "../compute";
import { known } from "../fact";
import { type DiagnosisFacts } from "./facts";
import { type Cause, type Rule, settingLikelihood } from "./cause";
import { remedies } from "./remedy";
import { missingNodes } from "./symptoms";

/**
 * One address per node (azure-ai-docs how-to-secure-training-vnet, 2024-04-08); too few make a resize fail (azure-docs
 * batch-pool-node-error-checking, 2019-08-23). Where the answer does not tell what is in use, only a subnet too small for the
 * cluster's own nodes is found.
 */
export const subnetFullRule: Rule = ({ facts }) => {
  const { cluster } = facts;
  const subnet = subnetOf(facts)?.subnet;
  const usable = subnet === undefined ? undefined : usableAddresses(subnet.addressPrefixes);
  if (subnet === undefined || usable === undefined) return [];
  const wanted = missingNodes(cluster);
  const used = subnet.usedAddresses ?? cluster.currentNodeCount;
  const free = Math.max(0, usable - used);
  const toMaximum = Math.max(0, cluster.scaleSettings.maxNodeCount - cluster.currentNodeCount);
  if (free >= Math.max(wanted, toMaximum)) return [];
  const short = free < wanted;
  return [
    {
      rule: "network.subnetFull",
      topic: "subnetFull",
      severity: short ? "error" : "warning",
      likelihood: short ? "likely" : "possible",
      message: short
        ? l10n.t("The subnet {0} has {1} addresses left; {2} nodes wait for one each.", subnet.name, free, wanted)
        : l10n.t("The subnet {0} has {1} addresses left; the cluster may want {2} more.", subnet.name, free, toMaximum),
      advice: l10n.t("Free addresses in the subnet or make it larger, lower the maximum, or use another subnet."),
      evidence: [
        l10n.t(
          "{0} holds {1} addresses for machines ({2} are kept by Azure); in use: {3}.",
          subnet.addressPrefixes.join(", "),
          usable,
          reservedAddresses,
          subnet.usedAddresses ?? l10n.t("not known"),
        ),
      ],
      remedies: [remedies.openResource(subnet.id), remedies.deleteAndRecreate(cluster, "network")],
    },
  ];
};

/**
 * The cluster's subnet must exist, lie in the cluster's region and the workspace's subscription, and be delegated to no other
 * service (azure-ai-docs how-to-secure-training-vnet, 2024-04-08; azure-api/NOTES 7).
 */
export const subnetPlaceRule: Rule = (inspection) => {
  const { facts } = inspection;
  const { cluster } = facts;
  if (cluster.subnetId === undefined) return [];
  const found = subnetOf(facts);
  const problem = (rule: string, message: string, evidence: string): readonly Cause[] => [
    {
      ...settingLikelihood(inspection),
      rule,
      message,
      advice: l10n.t("Recreate the cluster in a subnet that fits."),
      evidence: [evidence],
      remedies: [
        ...(found === undefined ? [] : [remedies.openResource(found.subnet.id)]),
        remedies.deleteAndRecreate(cluster, "network"),
      ],
    },
  ];
  const name = nameOf(cluster.subnetId);
  const id = l10n.t("Subnet: {0}.", cluster.subnetId);
  if (!sameArmId(subscriptionOf(cluster.subnetId), subscriptionOf(cluster.id))) {
    return problem("network.otherSubscription", l10n.t("The subnet {0} is in another subscription.", name), id);
  }
  if (found === undefined) {
    if (known(facts.virtualNetworks) === undefined) return [];
    return problem("network.subnetGone", l10n.t("The subnet {0} is gone, or you cannot see it.", name), id);
  }
  const { network, subnet } = found;
  if (regionKey(network.location) !== regionKey(cluster.location)) {
    return problem(
      "network.otherRegion",
      l10n.t("The network {0} is in {1}, the cluster in {2}.", network.name, network.location, cluster.location),
      id,
    );
  }
  if (subnet.delegations.length > 0) {
    const services = subnet.delegations.join(", ");
    return problem("network.delegated", l10n.t("The subnet {0} is delegated to {1}.", subnet.name, services), id);
  }
  return [];
};

/** Nodes without public IP need both policies off in their subnet (Azure/terraform#85, 2022; aka.ms/AMLPLNetPolicies). */
export const subnetPolicyRule: Rule = (inspection) => {
  const { cluster } = inspection.facts;
  const subnet = subnetOf(inspection.facts)?.subnet;
  if (subnet === undefined || cluster.nodePublicIp) return [];
  const isOn = (policy: string): boolean => !["", "disabled"].includes(policy.toLowerCase());
  const on = [
    ...(isOn(subnet.privateEndpointNetworkPolicies) ? ["privateEndpointNetworkPolicies"] : []),
    ...(isOn(subnet.privateLinkServiceNetworkPolicies) ? ["privateLinkServiceNetworkPolicies"] : []),
  ];
  if (on.length === 0) return [];
  return [
    {
      ...settingLikelihood(inspection),
      rule: "network.policies",
      topic: "subnet",
      message: l10n.t("Nodes without public IP need network policies switched off in the subnet {0}.", subnet.name),
      advice: l10n.t("Switch them off in the subnet, or recreate the cluster in another one."),
      evidence: [l10n.t("Switched on: {0}.", on.join(", "))],
      remedies: [remedies.openResource(subnet.id), remedies.openUrl("https://aka.ms/AMLPLNetPolicies")],
    },
  ];
};

function subnetOf(facts: DiagnosisFacts): { network: VirtualNetwork; subnet: Subnet } | undefined {
  const id = facts.cluster.subnetId;
  if (id === undefined) return undefined;
  for (const network of known(facts.virtualNetworks) ?? []) {
    const subnet = network.subnets.find((candidate) => sameArmId(candidate.id, id));
    if (subnet !== undefined) return { network, subnet };
  }
  return undefined;
}
