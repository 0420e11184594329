import * as vscode from "vscode";
import { type AlertCenter } from "../../app/alertCenter";
import { type AwaitedStates } from "../../app/awaitedStates";
import { type Logger } from "../../app/ports";
import { type ArmId } from "../../core/armId";
import { type Awaited } from "../../core/awaited";
import { type NumberStep, askNumbers } from "../pick/numberSteps";
import { type Targets } from "../pick/targets";
import { registerCommands } from "../register";
import { alertSettings, alertText, awaitedText, wishEndText } from "./alertTexts";

export interface AlertUiParts {
  readonly alerts: AlertCenter;
  readonly awaited: AwaitedStates;
  readonly targets: Targets;
  readonly openPage: (cluster: ArmId) => void;
  readonly log: Logger;
}

/** Notifications of what happened to clusters, and of what somebody waits for. */
export function registerAlerts(parts: AlertUiParts): vscode.Disposable {
  const { alerts, awaited, targets, openPage, log } = parts;

  const listening = [
    alerts.onDidAlert((alert) => {
      const why = vscode.l10n.t("Why?");
      const never = vscode.l10n.t("Don't tell me of such events");
      log.info(`Alert: ${alert.kind} ${alert.cluster}.`);
      void vscode.window.showWarningMessage(alertText(alert), why, never).then((pressed) => {
        if (pressed === why) openPage(alert.cluster);
        if (pressed !== never) return;
        void vscode.workspace
          .getConfiguration()
          .update(alertSettings[alert.kind], false, vscode.ConfigurationTarget.Global);
      });
    }),
    awaited.onDidEnd((end) => {
      const show = vscode.l10n.t("Show");
      void vscode.window.showInformationMessage(wishEndText(end), show).then((pressed) => {
        if (pressed === show) openPage(end.cluster);
      });
    }),
  ];

  async function tellMeWhen(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Tell Me When…"));
    if (cluster === undefined) return;
    const waiting = awaited.of(cluster.id);
    const choices: readonly (vscode.QuickPickItem & { readonly awaited?: Awaited; readonly kind?: never })[] = [
      { label: vscode.l10n.t("Nodes can take jobs…"), awaited: { kind: "reachesNodes", nodes: 1 } },
      { label: vscode.l10n.t("No job runs on it any more"), awaited: { kind: "idle" } },
      { label: vscode.l10n.t("It has no nodes left"), awaited: { kind: "reachesNodes", nodes: 0 } },
      { label: vscode.l10n.t("It is deleted"), awaited: { kind: "gone" } },
      ...(waiting.length === 0
        ? []
        : [
            {
              label: vscode.l10n.t("Stop waiting"),
              detail: waiting.map((wish) => awaitedText(wish.awaited)).join(" · "),
            },
          ]),
    ];
    const placeHolder = vscode.l10n.t("Tell me once when {0} …", cluster.name);
    const chosen = await vscode.window.showQuickPick(choices, { placeHolder });
    if (chosen === undefined) return;
    if (chosen.awaited === undefined) {
      await awaited.forget(cluster.id);
      return;
    }
    const wanted =
      chosen.awaited.kind === "reachesNodes" && chosen.awaited.nodes > 0
        ? await askNodes(cluster.name, cluster.scaleSettings.maxNodeCount)
        : chosen.awaited;
    if (wanted === undefined) return;
    await awaited.add({ cluster: cluster.id, awaited: wanted });
    const note = vscode.l10n.t(
      "You will be told while this window is open: {0}: {1}.",
      cluster.name,
      awaitedText(wanted),
    );
    vscode.window.setStatusBarMessage(note, 8_000);
  }

  const commands = registerCommands({ "amlClusters.cluster.tellMeWhen": tellMeWhen }, log);
  return vscode.Disposable.from(commands, ...listening.map((one) => new vscode.Disposable(() => one.dispose())));
}

async function askNodes(name: string, max: number): Promise<Awaited | undefined> {
  const check: NumberStep["check"] = ([count = Number.NaN]) =>
    Number.isInteger(count) && count >= 1 && count <= max
      ? undefined
      : vscode.l10n.t("Enter a whole number from 1 to {0}.", max);
  const prompt = vscode.l10n.t("Nodes that can take jobs, 1 to {0}.", max);
  const [nodes] =
    (await askNumbers(vscode.l10n.t("Tell me when {0} is ready", name), [{ prompt, value: 1, check }])) ?? [];
  return nodes === undefined ? undefined : { kind: "reachesNodes", nodes };
}
