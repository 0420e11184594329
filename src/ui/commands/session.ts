import * as vscode from "vscode";
import { type Logger } from "../../app/ports";
import { type Sessions } from "../../app/session";
import { type CommandId, viewId } from "../contributions";
import { registerCommands } from "../register";
import { tryTo } from "../report";
import { type SessionControl } from "../sessionControl";

export interface SessionCommandParts {
  readonly sessions: Sessions;
  readonly control: SessionControl;
  readonly log: Logger;
}

/** Sign in, sign out, the simulated subscription, and the status bar's choice among them. */
export function registerSessionCommands({ sessions, control, log }: SessionCommandParts): vscode.Disposable {
  async function signIn(): Promise<void> {
    await tryTo(vscode.l10n.t("The sign-in did not work."), () => control.start("microsoft"));
    await showView();
  }

  async function startSimulation(): Promise<void> {
    await tryTo(vscode.l10n.t("The simulated subscription could not be started."), () => control.start("simulated"));
    await showView();
  }

  async function chooseSession(): Promise<void> {
    const { current } = sessions;
    const source = current.kind === "signedIn" ? current.source : undefined;
    const items: (vscode.QuickPickItem & { command: CommandId })[] = [
      ...(source === "microsoft"
        ? []
        : [{ label: `$(account) ${vscode.l10n.t("Sign in to Azure")}`, command: "amlClusters.signIn" as const }]),
      ...(source === "simulated"
        ? []
        : [
            {
              label: `$(beaker) ${vscode.l10n.t("Try the simulated subscription")}`,
              command: "amlClusters.simulation.start" as const,
            },
          ]),
      ...(source === undefined
        ? []
        : [{ label: `$(sign-out) ${signOutLabel(source)}`, command: "amlClusters.signOut" as const }]),
      { label: `$(output) ${vscode.l10n.t("Show log")}`, command: "amlClusters.showLog" as const },
    ];
    const placeHolder =
      source === "simulated"
        ? vscode.l10n.t("The simulated subscription is open: nothing is real, nothing costs money.")
        : vscode.l10n.t("Whose compute clusters?");
    const chosen = await vscode.window.showQuickPick(items, { title: "AML Clusters", placeHolder });
    if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
  }

  return registerCommands(
    {
      "amlClusters.signIn": signIn,
      "amlClusters.signOut": () => control.end(),
      "amlClusters.simulation.start": startSimulation,
      "amlClusters.session.choose": chooseSession,
    },
    log,
  );
}

/** Whoever begins from the palette or the status bar wants to see what there is. */
async function showView(): Promise<void> {
  await vscode.commands.executeCommand(`${viewId}.focus`);
}

function signOutLabel(source: "microsoft" | "simulated"): string {
  return source === "simulated" ? vscode.l10n.t("Leave the simulated subscription") : vscode.l10n.t("Sign out");
}
