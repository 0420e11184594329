import * as l10n from "@vscode/l10n";
import { nameOf, parseArmId } from "../../src/core/armId";
import { type ComputeCluster, type NodeState } from "../../src/core/cluster";
import { nodeStateName } from "./words";

/** Everything that GET tells, in the portal's words; what is absent says so. */
export function factRows(
  cluster: ComputeCluster,
  timeOf: (at: number) => string,
): readonly (readonly [string, string])[] {
  const { scaleSettings, nodeCounts, subnetId } = cluster;
  const none = l10n.t("none");
  const time = (iso: string | undefined): string => {
    const at = Date.parse(iso ?? "");
    return Number.isNaN(at) ? l10n.t("not known") : timeOf(at);
  };
  const tags = Object.entries(cluster.tags).map(([key, value]) => `${key}: ${value}`);
  const states = Object.entries(nodeCounts) as [NodeState, number][];
  const counts = states.flatMap(([state, count]) => (count > 0 ? [`${nodeStateName(state)} ${count}`] : []));
  return [
    [l10n.t("Compute name"), cluster.name],
    [l10n.t("Description"), cluster.description ?? none],
    [l10n.t("Virtual machine size"), cluster.vmSize],
    [
      l10n.t("Virtual machine priority"),
      cluster.vmPriority === "dedicated" ? l10n.t("Dedicated") : l10n.t("Low priority"),
    ],
    [l10n.t("Region"), cluster.location],
    [l10n.t("Workspace region"), cluster.workspaceLocation],
    [l10n.t("Provisioning state"), cluster.provisioningState],
    [l10n.t("Allocation state"), cluster.allocationState],
    [l10n.t("Allocation state since"), time(cluster.allocationStateTransitionTime)],
    [l10n.t("Current nodes"), `${cluster.currentNodeCount}`],
    [l10n.t("Target nodes"), `${cluster.targetNodeCount}`],
    [l10n.t("Nodes by state"), counts.join(", ") || none],
    [l10n.t("Minimum number of nodes"), `${scaleSettings.minNodeCount}`],
    [l10n.t("Maximum number of nodes"), `${scaleSettings.maxNodeCount}`],
    [l10n.t("Idle seconds before scale down"), `${scaleSettings.idleSecondsBeforeScaleDown}`],
    [l10n.t("Managed identity"), identityText(cluster)],
    [l10n.t("Virtual network / subnet"), subnetId === undefined ? none : subnetText(cluster)],
    [l10n.t("Public IP of nodes"), cluster.nodePublicIp ? l10n.t("yes") : l10n.t("no")],
    [l10n.t("SSH access"), sshText(cluster)],
    [l10n.t("Local authentication"), cluster.localAuthDisabled ? l10n.t("disabled") : l10n.t("enabled")],
    [l10n.t("Created"), time(cluster.createdOn)],
    [l10n.t("Modified"), time(cluster.modifiedOn)],
    [l10n.t("Tags"), tags.join(", ") || none],
    [l10n.t("Resource id"), cluster.id],
  ];
}

function identityText({ identity }: ComputeCluster): string {
  switch (identity.kind) {
    case "none":
      return l10n.t("none");
    case "systemAssigned":
      return l10n.t("System-assigned");
    case "userAssigned":
      return l10n.t("User-assigned: {0}", identity.identities.map(({ id }) => nameOf(id)).join(", "));
  }
}

function subnetText({ subnetId }: ComputeCluster): string {
  if (subnetId === undefined) return "";
  return parseArmId(subnetId).names.join(" / ");
}

function sshText({ remoteLogin, adminUserName }: ComputeCluster): string {
  if (remoteLogin === "enabled") return l10n.t("enabled for {0}", adminUserName ?? "?");
  return remoteLogin === "disabled" ? l10n.t("disabled") : l10n.t("not specified");
}
