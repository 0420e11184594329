import * as l10n from "@vscode/l10n";
import { type ClusterStore } from "../../app/clusterStore";
import { type ArmId, nameOf } from "../../core/armId";
import { type ComputeCluster, conditionOf } from "../../core/cluster";
import { type Workspace } from "../../core/workspace";
import { conditionWord } from "./words";

/** Words that a row must all contain, in any order; none means that everything is shown. */
export type FilterWords = readonly string[];

export function filterWords(text: string): FilterWords {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Looks at name, state, size, region and priority, and at the workspace's name: in English and in the display language. */
export function clusterMatches(cluster: ComputeCluster, workspace: ArmId, words: FilterWords): boolean {
  const isLow = cluster.vmPriority === "lowPriority";
  const priority = isLow ? "low priority lowpriority" : "dedicated";
  const parts = [
    cluster.name,
    conditionOf(cluster),
    conditionWord(cluster),
    cluster.vmSize,
    cluster.location,
    priority,
    isLow ? l10n.t("low priority") : l10n.t("dedicated"),
    nameOf(workspace),
  ];
  return containsAll(parts.join("\n"), words);
}

/** A workspace of which nothing is known yet, or whose loading failed, stays in sight. */
export function workspaceMatches(workspace: Workspace, store: ClusterStore, words: FilterWords): boolean {
  if (words.length === 0 || containsAll(`${workspace.name}\n${workspace.resourceGroup}`, words)) return true;
  if (store.computes(workspace.id).value === undefined) return true;
  return store.clusters(workspace.id).some((cluster) => clusterMatches(cluster, workspace.id, words));
}

function containsAll(text: string, words: FilterWords): boolean {
  const haystack = text.toLowerCase();
  return words.every((word) => haystack.includes(word));
}
