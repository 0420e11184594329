import * as vscode from "vscode";
import { type ClusterStore } from "../../app/clusterStore";
import { type Logger } from "../../app/ports";
import { type Timeline } from "../../app/timeline";
import { type ArmId } from "../../core/armId";
import { type ClusterNode, type ComputeCluster } from "../../core/cluster";
import { sshCommand } from "../../core/sshCommand";
import { type NodeAction } from "../../protocol/details";
import { type Targets } from "../pick/targets";
import { registerCommands } from "../register";
import { nodeStateWord } from "../tree/words";
import { type NodeActions } from "./nodeActions";
import { exportTimeline } from "./timelineExport";

export interface DetailsCommandParts {
  readonly targets: Targets;
  readonly store: ClusterStore;
  readonly nodeActions: NodeActions;
  readonly openPage: (cluster: ArmId, diagnosing?: boolean) => void;
  readonly timeline: Timeline;
  readonly log: Logger;
}

/** A cluster's page, its diagnosis and timeline, and what can be done with one node. */
export function registerDetailsCommands(parts: DetailsCommandParts): vscode.Disposable {
  const { targets, store, nodeActions } = parts;

  async function open(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Show Details"));
    if (cluster !== undefined) parts.openPage(cluster.id);
  }

  async function diagnose(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Find Out What Is Wrong"));
    if (cluster !== undefined) parts.openPage(cluster.id, true);
  }

  async function exportHistory(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Export Timeline"));
    if (cluster !== undefined) await exportTimeline(cluster.id, parts.timeline);
  }

  const nodeCommand =
    (title: string, action: NodeAction, applies: (node: ClusterNode, cluster: ComputeCluster) => boolean) =>
    async (target: unknown): Promise<void> => {
      const named = targets.named(target);
      if (named?.kind === "node") {
        await nodeActions.run(named.cluster, named.nodeId, action);
        return;
      }
      const cluster = await targets.cluster(target, title, (one) => one.currentNodeCount > 0);
      if (cluster === undefined) return;
      const node = await askNode(cluster, title, applies);
      if (node !== undefined) await nodeActions.run(cluster.id, node.nodeId, action);
    };

  async function askNode(
    cluster: ComputeCluster,
    title: string,
    applies: (node: ClusterNode, cluster: ComputeCluster) => boolean,
  ): Promise<ClusterNode | undefined> {
    const nodes = (await targets.nodes(cluster.id)).filter((node) => applies(node, cluster));
    if (nodes.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("{0} has no node for this.", cluster.name));
      return undefined;
    }
    const items = nodes.map((node) => ({ label: node.nodeId, description: nodeStateWord(node.state), node }));
    return (await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t("Choose a node") }))?.node;
  }

  const hasSsh = (node: ClusterNode, cluster: ComputeCluster): boolean =>
    sshCommand(store.cluster(cluster.id) ?? cluster, node) !== undefined;

  return registerCommands(
    {
      "amlClusters.cluster.openDetails": open,
      "amlClusters.cluster.diagnose": diagnose,
      "amlClusters.cluster.exportTimeline": exportHistory,
      "amlClusters.node.copySsh": nodeCommand(vscode.l10n.t("Copy SSH Command"), "copySsh", hasSsh),
      "amlClusters.node.openTerminal": nodeCommand(vscode.l10n.t("Open SSH Terminal"), "openTerminal", hasSsh),
      "amlClusters.node.openRun": nodeCommand(
        vscode.l10n.t("Open Job in Studio"),
        "openRun",
        (node) => node.runId !== undefined,
      ),
    },
    parts.log,
  );
}
