import * as l10n from "@vscode/l10n";
import { workspaceOf } from "../armId";
import { known } from "../fact";
import { allows, azureActions, rolesWith } from "../permissions";
import { type Cause, type Rule } from "./cause";
import { remedies } from "./remedy";

/**
 * Rights that the account lacks at the workspace. They explain no trouble of the cluster, but why buttons are missing
 * (azure-ai-docs how-to-assign-roles, 2024-09-03; listNodes is an action, which a plain Reader lacks: azure-facts 2.10).
 */
export const accessRule: Rule = ({ facts }) => {
  const permissions = known(facts.permissions);
  if (permissions === undefined) return [];
  const { name, id } = facts.cluster;
  const checks: readonly (readonly [rule: string, action: string, message: string])[] = [
    ["access.write", azureActions.writeClusters, l10n.t("You may not create or scale clusters in this workspace.")],
    ["access.delete", azureActions.deleteClusters, l10n.t("You may not delete clusters in this workspace.")],
    ["access.listNodes", azureActions.listNodes, l10n.t("You may not see the nodes of {0}.", name)],
  ];
  return checks
    .filter(([, action]) => !allows(permissions, action))
    .map(([rule, action, message]): Cause => {
      const roles = rolesWith(action).join(", ");
      const missing = l10n.t("Missing right: {0}.", action);
      const scope = workspaceOf(id);
      return {
        rule,
        severity: "info",
        likelihood: "certain",
        message,
        advice: l10n.t("Ask an owner for one of these roles: {0}. New roles take up to an hour to count.", roles),
        evidence: [missing],
        remedies: [
          remedies.copyText(
            l10n.t("Copy the request"),
            [missing, l10n.t("Scope: {0}", scope), l10n.t("Roles with it: {0}", roles)].join("\n"),
          ),
        ],
      };
    });
};
