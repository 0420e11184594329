import * as vscode from "vscode";
import { type ChangeOutcome, type ClusterChanges } from "../app/clusterChanges";
import { type Logger } from "../app/ports";
import { type ArmId, nameOf } from "../core/armId";
import { type OperationKind } from "../core/operation";
import { FailedAction, report } from "./report";

export interface OutcomeParts {
  readonly changes: ClusterChanges;
  readonly reveal: (cluster: ArmId) => Promise<void>;
  readonly log: Logger;
}

/** Tells how a write ended: failures with their cause, a new cluster with a way to it, the rest in passing. */
export function registerOutcomes({ changes, reveal, log }: OutcomeParts): vscode.Disposable {
  const subscription = changes.onDidFinish((outcome) => {
    if (outcome.error !== undefined) void report(new FailedAction(failureText(outcome), outcome.error), log);
    else if (outcome.kind === "create") void tellCreated(outcome.cluster, reveal, log);
    else vscode.window.setStatusBarMessage(successText(outcome), 5_000);
  });
  return new vscode.Disposable(() => subscription.dispose());
}

async function tellCreated(cluster: ArmId, reveal: OutcomeParts["reveal"], log: Logger): Promise<void> {
  const show = vscode.l10n.t("Show");
  const text = vscode.l10n.t("The compute cluster {0} was created.", nameOf(cluster));
  if ((await vscode.window.showInformationMessage(text, show)) !== show) return;
  await reveal(cluster).catch((error: unknown) => report(error, log));
}

function failureText({ kind, cluster }: ChangeOutcome): string {
  const name = nameOf(cluster);
  const texts: Record<OperationKind, string> = {
    create: vscode.l10n.t("{0} could not be created.", name),
    scale: vscode.l10n.t("{0} could not be scaled.", name),
    update: vscode.l10n.t("{0} could not be changed.", name),
    delete: vscode.l10n.t("{0} could not be deleted.", name),
  };
  return texts[kind];
}

function successText({ kind, cluster }: ChangeOutcome): string {
  const name = nameOf(cluster);
  const texts: Record<Exclude<OperationKind, "create">, string> = {
    scale: vscode.l10n.t("{0} was scaled.", name),
    update: vscode.l10n.t("{0} was changed.", name),
    delete: vscode.l10n.t("{0} was deleted.", name),
  };
  return kind === "create" ? "" : texts[kind];
}
