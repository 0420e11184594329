import * as vscode from "vscode";
import { type ArmId, nameOf } from "../core/armId";
import { type Remedy } from "../core/finding";
import { type WebSites, portalLink, quotaHelpUrl } from "./links";

export interface RemedyParts {
  readonly webSites: WebSites;
  /** The tenant that a resource belongs to, where known. */
  readonly tenantOf: (id: ArmId) => string | undefined;
  /** The caller has confirmed with the person. */
  readonly deleteCluster: (cluster: ArmId) => Promise<void>;
}

/** Does what the button of a finding says. Deleting asks first; `setField` is the form's own and does nothing here. */
export async function carryOutRemedy(remedy: Remedy, parts: RemedyParts): Promise<void> {
  const { webSites, tenantOf } = parts;
  switch (remedy.kind) {
    case "openUrl":
      await openLink(remedy.url);
      return;
    case "requestQuota":
      await openLink(quotaHelpUrl);
      return;
    case "openLock":
      await openLink(`${portalLink(webSites, remedy.scope, tenantOf(remedy.scope))}/locks`);
      return;
    case "openResource":
      await openLink(portalLink(webSites, remedy.id, tenantOf(remedy.id)));
      return;
    case "copyText":
      await vscode.env.clipboard.writeText(remedy.text);
      vscode.window.setStatusBarMessage(vscode.l10n.t("Copied."), 5_000);
      return;
    case "deleteCluster":
      if (await confirmDeleteFailed(nameOf(remedy.cluster))) await parts.deleteCluster(remedy.cluster);
      return;
    case "setField":
  }
}

async function openLink(url: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(url));
}

async function confirmDeleteFailed(name: string): Promise<boolean> {
  const yes = vscode.l10n.t("Delete");
  const message = vscode.l10n.t("Delete the compute cluster {0}?", name);
  const detail = vscode.l10n.t("Its creation failed. Deleting it sets its name free. This cannot be undone.");
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
}
