import * as l10n from "@vscode/l10n";
import { regionKey } from "../account";
import { known } from "../fact";
import { hasManagedNetwork } from "../workspace";
import { type Rule, settingLikelihood } from "./cause";
import { remedies } from "./remedy";

const managedHelpUrl = "https://learn.microsoft.com/azure/machine-learning/how-to-managed-network-compute";
const vnetHelpUrl = "https://learn.microsoft.com/azure/machine-learning/how-to-secure-training-vnet";

/** Clusters of a workspace with a managed network must be in its region (azure-ai-docs how-to-managed-network-compute, 2025-01-30). */
export const managedRegionRule: Rule = (inspection) => {
  const { cluster } = inspection.facts;
  const workspace = known(inspection.facts.workspace);
  if (workspace === undefined || !hasManagedNetwork(workspace)) return [];
  if (regionKey(cluster.location) === regionKey(workspace.location)) return [];
  return [
    {
      ...settingLikelihood(inspection),
      rule: "network.managedRegion",
      message: l10n.t(
        "The workspace has a managed network in {0}; a cluster in {1} cannot join it.",
        workspace.location,
        cluster.location,
      ),
      advice: l10n.t("Recreate the cluster in the workspace's region."),
      evidence: [l10n.t("Isolation mode: {0}.", workspace.managedNetworkIsolation)],
      remedies: [remedies.deleteAndRecreate(cluster, "region"), remedies.openUrl(managedHelpUrl)],
    },
  ];
};

/**
 * With a managed network no cluster can have a network of its own; one that has was made before and has to be made again
 * (azure-ai-docs how-to-managed-network-compute, 2025-01-30).
 */
export const managedSubnetRule: Rule = (inspection) => {
  const { cluster } = inspection.facts;
  const workspace = known(inspection.facts.workspace);
  if (workspace === undefined || !hasManagedNetwork(workspace) || cluster.subnetId === undefined) return [];
  return [
    {
      ...settingLikelihood(inspection),
      rule: "network.managedSubnet",
      message: l10n.t("The cluster is in a subnet of its own, but the workspace has a managed network now."),
      advice: l10n.t("Recreate the cluster; it joins the managed network by itself."),
      evidence: [l10n.t("Subnet: {0}.", cluster.subnetId)],
      remedies: [remedies.deleteAndRecreate(cluster, "network"), remedies.openUrl(managedHelpUrl)],
    },
  ];
};

/**
 * A workspace behind a private endpoint is reached from its own network only: a cluster elsewhere needs peering or another
 * private endpoint (SEED line 18; azure-ai-docs how-to-secure-training-vnet, 2024-04-08).
 */
export const privateEndpointRule: Rule = (inspection) => {
  const { cluster } = inspection.facts;
  const workspace = known(inspection.facts.workspace);
  if (workspace === undefined || workspace.privateEndpointCount === 0 || hasManagedNetwork(workspace)) return [];
  const closed = workspace.publicNetworkAccess === "Disabled";
  const elsewhere = regionKey(cluster.location) !== regionKey(workspace.location);
  const outside = closed && cluster.subnetId === undefined;
  if (!elsewhere && !outside) return [];
  return [
    {
      ...(outside ? settingLikelihood(inspection) : { severity: "warning", likelihood: "possible" }),
      rule: outside ? "network.privateEndpointOutside" : "network.privateEndpointRegion",
      message: outside
        ? l10n.t("The workspace is reached by private endpoint only, and the cluster is in no network of yours.")
        : l10n.t("The workspace has a private endpoint, and the cluster is in another region ({0}).", cluster.location),
      advice: outside
        ? l10n.t("Recreate the cluster in a subnet from which the workspace can be reached.")
        : l10n.t("Connect both networks by peering, or add a private endpoint in the cluster's network."),
      evidence: [l10n.t("Private endpoints of the workspace: {0}.", workspace.privateEndpointCount)],
      remedies: [remedies.deleteAndRecreate(cluster, "network"), remedies.openUrl(vnetHelpUrl)],
    },
  ];
};

/** Made with the preview of "no public IP": those have to be made again (azure-ai-docs how-to-secure-training-vnet, 2024-04-08). */
const noPublicIpPreviewEnd = Date.UTC(2023, 0, 20);

/**
 * Nodes without public addresses need a managed network, or a subnet and the workspace's private endpoint (azure-ai-docs
 * how-to-secure-training-vnet, 2024-04-08; terraform-provider-azurerm @0048934).
 */
export const noPublicIpRule: Rule = (inspection) => {
  const { cluster } = inspection.facts;
  const workspace = known(inspection.facts.workspace);
  if (cluster.nodePublicIp || workspace === undefined || hasManagedNetwork(workspace)) return [];
  const old = Date.parse(cluster.createdOn ?? "") < noPublicIpPreviewEnd;
  const message =
    cluster.subnetId === undefined
      ? l10n.t("Nodes without public IP need a subnet, and the cluster has none.")
      : old
        ? l10n.t("The cluster was made with the preview of nodes without public IP, which has ended.")
        : workspace.privateEndpointCount === 0
          ? l10n.t("Nodes without public IP need a private endpoint of the workspace, and it has none.")
          : undefined;
  if (message === undefined) return [];
  const missingEndpoint = cluster.subnetId !== undefined && !old;
  return [
    {
      ...settingLikelihood(inspection),
      rule: "network.noPublicIp",
      message,
      advice: missingEndpoint
        ? l10n.t("Add a private endpoint to the workspace, or recreate the cluster with public IP addresses.")
        : l10n.t("Recreate the cluster in a subnet, or with public IP addresses."),
      evidence: [l10n.t("The cluster's nodes have no public IP address.")],
      remedies: [
        ...(missingEndpoint ? [remedies.openResource(workspace.id)] : []),
        remedies.deleteAndRecreate(cluster, "network"),
        remedies.openUrl(vnetHelpUrl),
      ],
    },
  ];
};
