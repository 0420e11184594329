import * as vscode from "vscode";
import { type MissingRight, type Rights } from "../app/rights";
import { type ArmId, nameOf } from "../core/armId";

/** Whether the account may not do it; if so that was told, with the missing action and the roles that have it. */
export async function lacksRight(rights: Rights, scope: ArmId, action: string): Promise<boolean> {
  const missing = await rights.missing(scope, action);
  if (missing === undefined) return false;
  // Not awaited: the command has ended, the message may stay for long.
  void tell(missing);
  return true;
}

async function tell({ action, scope, roles }: MissingRight): Promise<void> {
  const copy = vscode.l10n.t("Copy for the administrator");
  const text = [
    vscode.l10n.t("Your account may not do this in {0}: it lacks the right {1}.", nameOf(scope), action),
    roles.length === 0
      ? vscode.l10n.t("Ask an owner for a role with that right; a new role can take an hour to apply.")
      : vscode.l10n.t(
          "These roles have it: {0}. Ask an owner for one; a new role can take an hour to apply.",
          roles.join(", "),
        ),
  ].join(" ");
  if ((await vscode.window.showWarningMessage(text, copy)) !== copy) return;
  const request = vscode.l10n.t(
    "Please give me one of these roles on {0}: {1} (missing: {2}).",
    scope,
    roles.join(", "),
    action,
  );
  await vscode.env.clipboard.writeText(request);
}
