import * as vscode from "vscode";
import { type ClusterChanges } from "../../app/clusterChanges";
import { type ClusterStore } from "../../app/clusterStore";
import { type Logger } from "../../app/ports";
import { type ScaleChange, undoChanges } from "../../core/scaleToZero";
import { FailedAction, report } from "../report";

export interface ScaleActionsParts {
  readonly store: ClusterStore;
  readonly changes: ClusterChanges;
  readonly log: Logger;
}

/** Sends changes of scale settings that somebody has agreed to, tells what was accepted, and takes it back on request. */
export class ScaleActions {
  constructor(private readonly parts: ScaleActionsParts) {}

  /** Each cluster by itself: one that fails is reported and stops no other. Ends when Azure has answered for all. */
  async apply(wanted: readonly ScaleChange[]): Promise<void> {
    const done = await this.#send(wanted);
    // Not awaited: the message may stay for long.
    if (done.length > 0) void this.#offerUndo(done);
  }

  async #offerUndo(done: readonly ScaleChange[]): Promise<void> {
    const undo = vscode.l10n.t("Undo");
    if ((await vscode.window.showInformationMessage(acceptedText(done), undo)) !== undo) return;
    const back = undoChanges(done, (cluster) => this.parts.store.cluster(cluster)?.scaleSettings);
    const busy = back.filter(({ cluster }) => this.parts.store.pending(cluster) !== undefined);
    const kept = done.length - back.length;
    if (busy.length > 0) {
      const names = busy.map(({ name }) => name).join(", ");
      void vscode.window.showInformationMessage(vscode.l10n.t("{0}: Azure is still at work on the change.", names));
    }
    const sent = await this.#send(back.filter((change) => !busy.includes(change)));
    if (sent.length > 0) {
      vscode.window.setStatusBarMessage(
        vscode.l10n.t("Taken back: {0}.", sent.map(({ name }) => name).join(", ")),
        5_000,
      );
    }
    if (kept > 0) {
      void vscode.window.showInformationMessage(
        kept === 1
          ? vscode.l10n.t("1 cluster was changed again since and stays as it is.")
          : vscode.l10n.t("{0} clusters were changed again since and stay as they are.", kept),
      );
    }
  }

  async #send(wanted: readonly ScaleChange[]): Promise<readonly ScaleChange[]> {
    const answers = await Promise.all(
      wanted.map(async (change) => {
        try {
          await this.parts.changes.scale(change.cluster, change.to);
          return change;
        } catch (error) {
          const tried = vscode.l10n.t("{0} could not be scaled.", change.name);
          void report(new FailedAction(tried, error), this.parts.log);
          return undefined;
        }
      }),
    );
    return answers.filter((change) => change !== undefined);
  }
}

function acceptedText(done: readonly ScaleChange[]): string {
  const [first] = done;
  if (first !== undefined && done.length === 1) {
    const { minNodeCount: min, maxNodeCount: max, idleSecondsBeforeScaleDown: idle } = first.to;
    return vscode.l10n.t(
      "Azure has accepted for {0}: {1} to {2} nodes, idle {3} s. Nodes follow.",
      first.name,
      min,
      max,
      idle,
    );
  }
  return vscode.l10n.t(
    "Azure has accepted the change of {0} clusters: {1}. Nodes follow.",
    done.length,
    done.map(({ name }) => name).join(", "),
  );
}
