import * as vscode from "vscode";
import { type ClusterCosts } from "../../app/clusterCosts";
import { type ClusterStore } from "../../app/clusterStore";
import { type Logger } from "../../app/ports";
import { type PriceBook } from "../../app/priceBook";
import { type Refresher } from "../../app/refresher";
import { armKey } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";
import { monthlyText } from "../../core/money";
import {
  type ScaleToZeroChange,
  type ScaleToZeroPlan,
  type ScaleToZeroSkip,
  scaleToZeroPlan,
} from "../../core/scaleToZero";
import { type Targets } from "../pick/targets";
import { registerCommands } from "../register";
import { type TreeNode } from "../tree/nodes";
import { type ScaleActions } from "./scaleActions";

export interface ScaleToZeroParts {
  readonly targets: Targets;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly prices: PriceBook;
  readonly costs: ClusterCosts;
  readonly actions: ScaleActions;
  readonly log: Logger;
}

/** "Scale to zero" for a cluster, several of them, or all of a workspace or subscription. */
export function registerScaleToZero(parts: ScaleToZeroParts): vscode.Disposable {
  const { targets, store, refresher, prices, costs, actions } = parts;

  async function scaleToZero(target: unknown, selection: unknown): Promise<void> {
    const nodes = await rowsMeant(target, selection);
    if (nodes === undefined) return;
    const clusters = await clustersOf(nodes);
    await Promise.all(clusters.map((cluster) => prices.load(cluster)));
    const plan = scaleToZeroPlan(clusters, (cluster) => costs.pricesOf(cluster).price);
    const agreed = await askWhich(plan);
    if (agreed.length > 0) await actions.apply(agreed);
  }

  async function rowsMeant(target: unknown, selection: unknown): Promise<readonly TreeNode[] | undefined> {
    const several = Array.isArray(target) ? target : Array.isArray(selection) && selection.length > 1 ? selection : [];
    const named = several.map((each: unknown) => targets.named(each)).filter((node) => node !== undefined);
    if (named.length > 0) return named;
    const node = await targets.resource(target, vscode.l10n.t("Scale to Zero"));
    return node && [node];
  }

  async function clustersOf(nodes: readonly TreeNode[]): Promise<readonly ComputeCluster[]> {
    const found = await Promise.all(nodes.map((node) => clustersUnder(node)));
    return [...new Map(found.flat().map((cluster) => [armKey(cluster.id), cluster])).values()];
  }

  async function clustersUnder(node: TreeNode): Promise<readonly ComputeCluster[]> {
    switch (node.kind) {
      case "cluster": {
        const cluster = await targets.cluster(node, vscode.l10n.t("Scale to Zero"));
        return cluster === undefined ? [] : [cluster];
      }
      case "workspace": {
        const { value, error } = await refresher.computes(node.id);
        if (value === undefined && error !== undefined) throw error;
        return store.clusters(node.id);
      }
      case "subscription": {
        const { value, error } = await refresher.workspaces(node.id);
        if (value === undefined && error !== undefined) throw error;
        const workspaces = value ?? [];
        await Promise.all(workspaces.map(({ id }) => refresher.computes(id)));
        return workspaces.flatMap(({ id }) => store.clusters(id));
      }
      case "node":
      case "notice":
        return [];
    }
  }

  async function askWhich(plan: ScaleToZeroPlan): Promise<readonly ScaleToZeroChange[]> {
    const [only] = plan.changes;
    if (only === undefined) {
      void vscode.window.showInformationMessage(nothingText(plan.skipped));
      return [];
    }
    if (plan.changes.length > 1) return choose(plan);
    const yes = vscode.l10n.t("Scale to zero");
    const detail = [changeText(only), ...skippedLines(plan.skipped)].join("\n");
    const message = vscode.l10n.t("Set the minimum of {0} to 0 nodes?", only.name);
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, yes);
    return answer === yes ? [only] : [];
  }

  return registerCommands({ "amlClusters.cluster.scaleToZero": scaleToZero }, parts.log);
}

/** The list of what will change, from which clusters can be taken out. */
async function choose({ changes, skipped }: ScaleToZeroPlan): Promise<readonly ScaleToZeroChange[]> {
  const items = changes.map((change) => ({
    label: change.name,
    description: vscode.l10n.t("minimum {0} → 0", change.from.minNodeCount),
    detail: effectText(change),
    picked: true,
    change,
  }));
  const left = skippedLines(skipped).join(" ");
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t("Scale to Zero"),
    placeHolder: left === "" ? vscode.l10n.t("These clusters get a minimum of 0 nodes") : left,
    ignoreFocusOut: true,
  });
  return (chosen ?? []).map(({ change }) => change);
}

function changeText(change: ScaleToZeroChange): string {
  return [vscode.l10n.t("Minimum {0} → 0.", change.from.minNodeCount), effectText(change)].join(" ");
}

function effectText({ nodesReleased, nodesWorking, from, savingPerMonth }: ScaleToZeroChange): string {
  return [
    nodesReleased > 0
      ? releasedText(nodesReleased, from.idleSecondsBeforeScaleDown)
      : vscode.l10n.t("No idle node is up because of it."),
    ...(nodesWorking > 0 ? [workingText(nodesWorking)] : []),
    savingPerMonth === undefined
      ? vscode.l10n.t("Price unavailable.")
      : vscode.l10n.t("The minimum costs {0}.", monthlyText(savingPerMonth, vscode.env.language)),
  ].join(" ");
}

function releasedText(count: number, seconds: number): string {
  return count === 1
    ? vscode.l10n.t("1 idle node goes after {0} s.", seconds)
    : vscode.l10n.t("{0} idle nodes go after {1} s.", count, seconds);
}

function workingText(count: number): string {
  return count === 1
    ? vscode.l10n.t("1 node with a job stays until it ends.")
    : vscode.l10n.t("{0} nodes with a job stay until it ends.", count);
}

function skippedLines(skipped: readonly ScaleToZeroSkip[]): readonly string[] {
  const names = (reason: ScaleToZeroSkip["reason"]): string =>
    skipped.flatMap((skip) => (skip.reason === reason ? [skip.name] : [])).join(", ");
  const texts = {
    alreadyZero: vscode.l10n.t("Already at 0: {0}.", names("alreadyZero")),
    busy: vscode.l10n.t("Being changed, left alone: {0}.", names("busy")),
    failed: vscode.l10n.t("Failed, left alone: {0}.", names("failed")),
  };
  const reasons = ["alreadyZero", "busy", "failed"] as const;
  return reasons.filter((reason) => names(reason) !== "").map((reason) => texts[reason]);
}

function nothingText(skipped: readonly ScaleToZeroSkip[]): string {
  return [vscode.l10n.t("No cluster to scale to zero."), ...skippedLines(skipped)].join(" ");
}
