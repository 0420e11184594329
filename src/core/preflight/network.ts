import * as l10n from "@vscode/l10n";
import { type AdvancedDraft } from "../advancedDraft";
import { type ArmId, parseArmId } from "../armId";
import { type Finding, type Remedy } from "../finding";
import { type Workspace, hasManagedNetwork } from "../workspace";

/**
 * Nodes without public addresses need a network: the workspace's managed one or a subnet (Terraform's guard, azure-facts 2.9).
 * Silent while the workspace is unknown.
 */
export function noPublicIpNeedsNetwork(
  draft: Pick<AdvancedDraft, "nodePublicIp" | "network">,
  workspace: Workspace | undefined,
): readonly Finding[] {
  if (draft.nodePublicIp || draft.network.kind === "subnet") return [];
  if (workspace === undefined || hasManagedNetwork(workspace)) return [];
  return [
    {
      rule: "network.noPublicIp",
      severity: "error",
      field: "nodePublicIp",
      message: l10n.t("Nodes without public IP addresses need a subnet, as this workspace has no managed network."),
      advice: l10n.t("Choose a subnet, or allow public IP addresses."),
      remedy: allowPublicIp(),
    },
  ];
}

/** A workspace with a managed network puts clusters into it; another network is impossible (how-to-managed-network-compute). */
export function noSubnetInManagedNetwork(subnet: ArmId, workspace: Workspace): readonly Finding[] {
  if (!hasManagedNetwork(workspace)) return [];
  return [
    {
      rule: "network.managed",
      severity: "error",
      field: "network",
      message: l10n.t(
        "The workspace {0} has a managed network, which its clusters join. The subnet {1} cannot be used.",
        workspace.name,
        parseArmId(subnet).name,
      ),
      advice: l10n.t("Choose no subnet."),
    },
  ];
}

/** The workspace's private endpoint is how such nodes reach it (how-to-secure-training-vnet, 2024-04-08, requirements). */
export function noPublicIpNeedsEndpoint(nodePublicIp: boolean, workspace: Workspace): readonly Finding[] {
  if (nodePublicIp || hasManagedNetwork(workspace) || workspace.privateEndpointCount > 0) return [];
  return [
    {
      rule: "network.noEndpoint",
      severity: "warning",
      field: "nodePublicIp",
      message: l10n.t(
        "The workspace {0} has no private endpoint, which nodes without public IP addresses need to reach it.",
        workspace.name,
      ),
      advice: l10n.t("Add a private endpoint to the workspace, or allow public IP addresses."),
      remedy: allowPublicIp(),
    },
  ];
}

/** Service tags that nodes must reach from a subnet without public addresses (how-to-secure-training-vnet, 2024-04-08). */
export function outboundNote(nodePublicIp: boolean): readonly Finding[] {
  if (nodePublicIp) return [];
  return [
    {
      rule: "network.outbound",
      severity: "info",
      field: "nodePublicIp",
      message: l10n.t(
        "The subnet must let nodes out to AzureMachineLearning, BatchNodeManagement and Storage, by a NAT gateway, firewall or private endpoints.",
      ),
    },
  ];
}

/** Public access off and no network: nodes would have no way to the workspace (inferred from how-to-secure-training-vnet). */
export function privateWorkspaceNeedsNetwork(
  network: AdvancedDraft["network"],
  workspace: Workspace,
): readonly Finding[] {
  const isPrivate = workspace.publicNetworkAccess === "Disabled" && !hasManagedNetwork(workspace);
  if (!isPrivate || network.kind === "subnet") return [];
  return [
    {
      rule: "network.privateWorkspace",
      severity: "warning",
      field: "network",
      message: l10n.t(
        "The workspace {0} takes no public traffic. Nodes outside a virtual network may not reach it.",
        workspace.name,
      ),
      advice: l10n.t("Choose a subnet that reaches the workspace's private endpoint."),
    },
  ];
}

/** Load balancer, public IP and security group are made in the network's group (how-to-create-attach-compute-cluster). */
export function networkGroupNote(subnet: ArmId, workspace: Workspace): readonly Finding[] {
  const group = parseArmId(subnet).resourceGroup;
  if (group === undefined || group.toLowerCase() === workspace.resourceGroup.toLowerCase()) return [];
  return [
    {
      rule: "network.group",
      severity: "info",
      field: "network",
      message: l10n.t(
        "Azure makes the cluster's load balancer, public IP address and security group in the resource group {0}, where the virtual network is.",
        group,
      ),
    },
  ];
}

function allowPublicIp(): Remedy {
  return { kind: "setField", label: l10n.t("Allow public IP addresses"), field: "nodePublicIp", value: true };
}
