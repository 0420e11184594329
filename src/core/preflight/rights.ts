import * as l10n from "@vscode/l10n";
import { type ArmId, nameOf } from "../armId";
import { type Permission } from "../compute";
import { type Finding, type Severity } from "../finding";
import { allows, azureActions, rolesWith } from "../permissions";

/** Creating is a write on the workspace's computes; without it Azure answers 403 AuthorizationFailed (recorded). */
export function rightToCreate(workspace: ArmId, permissions: readonly Permission[]): readonly Finding[] {
  return missing(
    "rights.create",
    "error",
    permissions,
    azureActions.writeClusters,
    workspace,
    undefined,
    l10n.t("You may not create clusters in {0}.", nameOf(workspace)),
  );
}

/** Changing is the same write as creating. */
export function rightToChange(workspace: ArmId, permissions: readonly Permission[]): readonly Finding[] {
  return missing(
    "rights.change",
    "error",
    permissions,
    azureActions.writeClusters,
    workspace,
    undefined,
    l10n.t("You may not change clusters in {0}.", nameOf(workspace)),
  );
}

/** Not seeing or deleting what one has created is no obstacle to creating it, but better known before. */
export function rightsAfterwards(workspace: ArmId, permissions: readonly Permission[]): readonly Finding[] {
  return [
    ...missing(
      "rights.read",
      "warning",
      permissions,
      azureActions.readClusters,
      workspace,
      undefined,
      l10n.t("You may not see the clusters of {0}, so not this one either.", nameOf(workspace)),
    ),
    ...missing(
      "rights.nodes",
      "info",
      permissions,
      azureActions.listNodes,
      workspace,
      undefined,
      l10n.t("You may not see the nodes of clusters in {0}.", nameOf(workspace)),
    ),
    ...missing(
      "rights.delete",
      "warning",
      permissions,
      azureActions.deleteClusters,
      workspace,
      undefined,
      l10n.t("You may not delete clusters in {0}: somebody else has to delete this one.", nameOf(workspace)),
    ),
  ];
}

/** Placing nodes in a subnet needs the right to join it (azure-facts 2.10; else LinkedAuthorizationFailed). */
export function rightToJoin(subnet: ArmId, permissions: readonly Permission[]): readonly Finding[] {
  return missing(
    "rights.join",
    "error",
    permissions,
    azureActions.joinSubnet,
    subnet,
    "network",
    l10n.t("You may not put machines into the subnet {0}.", nameOf(subnet)),
  );
}

/** Giving a cluster a user-assigned identity needs a right on that identity (how-to-assign-roles, 2024-09-03). */
export function rightToAssign(identity: ArmId, permissions: readonly Permission[]): readonly Finding[] {
  return missing(
    "rights.assign",
    "error",
    permissions,
    azureActions.assignIdentity,
    identity,
    "identity",
    l10n.t("You may not assign the identity {0}.", nameOf(identity)),
  );
}

function missing(
  rule: string,
  severity: Severity,
  permissions: readonly Permission[],
  action: string,
  scope: ArmId,
  field: string | undefined,
  message: string,
): readonly Finding[] {
  if (allows(permissions, action)) return [];
  const roles = rolesWith(action).join(", ");
  return [
    {
      rule,
      severity,
      field,
      message: `${message} ${l10n.t("The right {0} is missing.", action)}`,
      advice: l10n.t("Roles that have it: {0}. A role that was just granted can take an hour to work.", roles),
      remedy: {
        kind: "copyText",
        label: l10n.t("Copy for your administrator"),
        text: l10n.t("I need the action {0} on {1}. Built-in roles that have it: {2}.", action, scope, roles),
      },
    },
  ];
}
