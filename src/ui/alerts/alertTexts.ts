import * as vscode from "vscode";
import { type WishEnd } from "../../app/awaitedStates";
import { type Alert, type AlertKind } from "../../core/alerts";
import { nameOf } from "../../core/armId";
import { type Awaited } from "../../core/awaited";

export function alertText({ kind, name, nodes }: Alert): string {
  switch (kind) {
    case "clusterFailed":
      return vscode.l10n.t("{0} has failed and takes no jobs.", name);
    case "nodeUnusable":
      return nodes === 1
        ? vscode.l10n.t("A node of {0} has become unusable; it is still charged.", name)
        : vscode.l10n.t("{0} nodes of {1} have become unusable; they are still charged.", nodes, name);
    case "nodePreempted":
      return nodes === 1
        ? vscode.l10n.t("Azure has taken back a node of {0}. Its job has to be submitted again.", name)
        : vscode.l10n.t("Azure has taken back {0} nodes of {1}. Their jobs have to be submitted again.", nodes, name);
    case "resizeFailed":
      return nodes > 0
        ? vscode.l10n.t("{0} could not get {1} of the nodes it wants.", name, nodes)
        : vscode.l10n.t("{0} reports errors after resizing.", name);
    case "stuck":
      return vscode.l10n.t("{0} has been changing for unusually long and seems stuck.", name);
  }
}

export const alertSettings = {
  clusterFailed: "amlClusters.alerts.clusterFailed",
  nodeUnusable: "amlClusters.alerts.nodeUnusable",
  nodePreempted: "amlClusters.alerts.nodePreempted",
  resizeFailed: "amlClusters.alerts.resizeFailed",
  stuck: "amlClusters.alerts.stuck",
} as const satisfies Record<AlertKind, string>;

export function awaitedText(awaited: Awaited): string {
  switch (awaited.kind) {
    case "reachesNodes":
      return awaited.nodes === 0
        ? vscode.l10n.t("it has no nodes left")
        : vscode.l10n.t("{0} nodes can take jobs", awaited.nodes);
    case "idle":
      return vscode.l10n.t("no job runs on it any more");
    case "gone":
      return vscode.l10n.t("it is deleted");
  }
}

export function wishEndText({ cluster, awaited, outcome }: WishEnd): string {
  const name = nameOf(cluster);
  return outcome === "met"
    ? vscode.l10n.t("{0}: {1}.", name, awaitedText(awaited))
    : vscode.l10n.t(
        '{0} will not get there by itself: "{1}" is not to be expected any more.',
        name,
        awaitedText(awaited),
      );
}
