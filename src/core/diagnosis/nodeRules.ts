import * as l10n from "@vscode/l10n";
import { known } from "../fact";
import { type Rule } from "./cause";
import { remedies } from "./remedy";

const vnetHelpUrl = "https://learn.microsoft.com/azure/machine-learning/how-to-secure-training-vnet";

/**
 * Nodes that Azure cannot reach or could not start. They take no jobs and are charged; after a hardware move Azure repairs them
 * by itself, otherwise scaling to zero and back helps (azure-docs batch-pool-node-error-checking, 2019-08-23;
 * microsoftarchive/BatchAI#19, 2018).
 */
export const unusableNodesRule: Rule = ({ facts }) => {
  const { cluster, nodes } = facts;
  const { unusable, idle, running, preparing } = cluster.nodeCounts;
  if (unusable === 0) return [];
  const named = (known(nodes) ?? [])
    .filter((node) => node.state === "unusable")
    .map((node) => (node.privateIpAddress === undefined ? node.nodeId : `${node.nodeId} (${node.privateIpAddress})`));
  const silent = cluster.errors.length === 0;
  return [
    {
      rule: "nodes.unusable",
      severity: idle + running + preparing === 0 ? "error" : "warning",
      likelihood: "certain",
      message: l10n.t(
        "{0} of {1} nodes of {2} are unusable: they take no jobs and are charged.",
        unusable,
        Math.max(unusable, cluster.currentNodeCount),
        cluster.name,
      ),
      advice: l10n.t("Wait some minutes, since Azure tries to repair them; then scale the cluster to zero and back."),
      evidence: [
        ...(named.length === 0 ? [] : [l10n.t("Unusable: {0}.", named.slice(0, 10).join(", "))]),
        ...(silent ? [l10n.t("Azure reports no error for them, which means that it cannot talk to the machine.")] : []),
      ],
      remedies: [
        remedies.scaleToZeroAndBack(cluster),
        ...(cluster.scaleSettings.minNodeCount > 0 ? [remedies.setMin0(cluster)] : []),
        remedies.copySupportSummary(),
      ],
    },
  ];
};

/**
 * In an own network, nodes become unusable where ports, the way out to Azure or the DNS of storage are blocked (azure-docs
 * batch-pool-node-error-checking, 2019-08-23; service tags: azure-ai-docs how-to-secure-training-vnet, 2024-04-08;
 * microsoft/AzureTRE#4151, 2025). Likely only where no node of the cluster works.
 */
export const blockedNetworkRule: Rule = ({ facts }) => {
  const { cluster } = facts;
  const { unusable, idle, running } = cluster.nodeCounts;
  if (unusable === 0 || cluster.subnetId === undefined) return [];
  const none = idle + running === 0;
  return [
    {
      rule: "nodes.blockedNetwork",
      severity: none ? "error" : "warning",
      likelihood: none ? "likely" : "possible",
      message: l10n.t("The cluster's network may keep its nodes from reaching Azure."),
      advice: l10n.t(
        "Allow outbound traffic to the service tags {0} in security groups, routes and firewalls, and let the DNS resolve Azure Storage.",
        `AzureMachineLearning, BatchNodeManagement.${cluster.location}, Storage.${cluster.location}`,
      ),
      evidence: [
        none
          ? l10n.t("No node of the cluster works, and they are in a network of your own.")
          : l10n.t("The nodes are in a network of your own, though others of them work."),
      ],
      remedies: [remedies.openResource(cluster.subnetId), remedies.openUrl(vnetHelpUrl)],
    },
  ];
};
