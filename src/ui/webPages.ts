import * as vscode from "vscode";
import { type Sessions } from "../app/session";

/** Opens a web page about a resource. No web site knows what is simulated: then the link is offered, not opened. */
export async function openWebPage(sessions: Sessions, url: string, name: string): Promise<void> {
  const { current } = sessions;
  if (current.kind !== "signedIn" || current.source !== "simulated") {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
    return;
  }
  const copy = vscode.l10n.t("Copy link");
  const text = vscode.l10n.t("{0} is simulated, so there is no such page. A real one would open: {1}", name, url);
  if ((await vscode.window.showInformationMessage(text, copy)) === copy) await vscode.env.clipboard.writeText(url);
}
