import * as l10n from "@vscode/l10n";
import { type ClusterCondition, type ComputeCluster, type NodeState, conditionOf } from "../../core/cluster";
import { type OperationKind } from "../../core/operation";
import { type WorkspaceKind } from "../../core/workspace";

/** What a cluster is doing, in a word or two. */
export function conditionWord(cluster: ComputeCluster): string {
  const condition = conditionOf(cluster);
  if (condition === "resizing") return resizingWord(cluster);
  if (condition === "troubled") return troubleWord(cluster);
  const words: Record<Exclude<ClusterCondition, "resizing" | "troubled">, string> = {
    creating: l10n.t("creating…"),
    updating: l10n.t("updating…"),
    deleting: l10n.t("deleting…"),
    failed: l10n.t("failed"),
    running: l10n.t("running"),
    idle: l10n.t("idle"),
    asleep: l10n.t("asleep"),
    unknown: l10n.t("state unknown"),
  };
  return words[condition];
}

/** The goal is named where it is not simply the maximum. */
function resizingWord(cluster: ComputeCluster): string {
  return cluster.targetNodeCount === cluster.scaleSettings.maxNodeCount
    ? l10n.t("resizing")
    : l10n.t("resizing to {0}", cluster.targetNodeCount);
}

function troubleWord(cluster: ComputeCluster): string {
  const { unusable } = cluster.nodeCounts;
  if (unusable > 0) return l10n.t("{0} unusable", unusable);
  return cluster.errors.length > 0
    ? l10n.t("resize failed")
    : l10n.t("below its target of {0}", cluster.targetNodeCount);
}

export function pendingWord(kind: OperationKind): string {
  const words: Record<OperationKind, string> = {
    create: l10n.t("Creating…"),
    scale: l10n.t("Changing…"),
    update: l10n.t("Changing…"),
    delete: l10n.t("Deleting…"),
  };
  return words[kind];
}

export function nodeStateWord(state: NodeState): string {
  const words: Record<NodeState, string> = {
    idle: l10n.t("idle"),
    running: l10n.t("running"),
    preparing: l10n.t("preparing"),
    unusable: l10n.t("unusable"),
    leaving: l10n.t("leaving"),
    preempted: l10n.t("preempted"),
    unknown: l10n.t("state unknown"),
  };
  return words[state];
}

/** Undefined for a plain workspace. */
export function workspaceKindWord(kind: WorkspaceKind): string | undefined {
  const words: Record<WorkspaceKind, string | undefined> = {
    Default: undefined,
    Hub: l10n.t("hub"),
    Project: l10n.t("project"),
    FeatureStore: l10n.t("feature store"),
    Other: undefined,
  };
  return words[kind];
}
