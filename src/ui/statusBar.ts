import * as vscode from "vscode";
import { type Session, type Sessions } from "../app/session";
import { type CommandId } from "./contributions";

/** Who is signed in; hidden while nobody is, because the view says how to begin. */
export function registerStatusBar(sessions: Sessions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("amlClusters.session", vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t("AML Clusters session");
  item.command = "amlClusters.session.choose" satisfies CommandId;
  const draw = (session: Session): void => {
    if (session.kind === "signedOut") {
      item.hide();
      return;
    }
    const { text, spoken } = textsOf(session);
    item.text = text;
    item.tooltip = spoken;
    item.accessibilityInformation = { label: spoken, role: "button" };
    item.show();
  };
  draw(sessions.current);
  const subscription = sessions.onDidChange(draw);
  return vscode.Disposable.from(item, { dispose: () => subscription.dispose() });
}

function textsOf(session: Exclude<Session, { kind: "signedOut" }>): { text: string; spoken: string } {
  if (session.kind === "signingIn") {
    const spoken = vscode.l10n.t("AML Clusters: signing in…");
    return { text: `$(loading~spin) ${vscode.l10n.t("AML Clusters")}`, spoken };
  }
  return session.source === "simulated"
    ? {
        text: `$(beaker) ${vscode.l10n.t("Simulated subscription")}`,
        spoken: vscode.l10n.t("AML Clusters shows a simulated subscription: nothing is real, nothing costs money."),
      }
    : {
        text: `$(azure) ${vscode.l10n.t("AML Clusters")}`,
        spoken: vscode.l10n.t("AML Clusters: signed in as {0}.", session.label),
      };
}
