import * as l10n from "@vscode/l10n";
import { type ClusterStore } from "../../app/clusterStore";
import { isStale } from "../../app/loadable";
import { workspaceOf } from "../../core/armId";
import {
  type ClusterCondition,
  type ClusterNode,
  type ComputeCluster,
  type NodeState,
  conditionOf,
  isBusy,
} from "../../core/cluster";
import { type BurnTexts } from "./burnTexts";
import { sshCommand } from "../../core/sshCommand";
import { type Decoration, type Row, type RowIcon, contextValue, joined } from "./row";
import { conditionWord, nodeStateWord, pendingWord } from "./words";

/** Costs are told by colour too: green works, yellow is up without work, grey costs nothing. */
const icons: Record<ClusterCondition, RowIcon> = {
  creating: { id: "loading~spin" },
  updating: { id: "loading~spin" },
  deleting: { id: "loading~spin" },
  failed: { id: "error", color: "list.errorForeground" },
  resizing: { id: "sync", color: "charts.blue" },
  troubled: { id: "warning", color: "list.warningForeground" },
  running: { id: "vm-running", color: "charts.green" },
  idle: { id: "vm-active", color: "charts.yellow" },
  asleep: { id: "vm-outline" },
  unknown: { id: "vm", color: "disabledForeground" },
};

const stuckIcon: RowIcon = { id: "warning", color: "list.errorForeground" };

const nodeIcons: Record<NodeState, RowIcon> = {
  idle: { id: "circle-large-outline", color: "charts.yellow" },
  running: { id: "play-circle", color: "charts.green" },
  preparing: { id: "sync", color: "charts.blue" },
  unusable: { id: "error", color: "list.errorForeground" },
  leaving: { id: "arrow-circle-down", color: "disabledForeground" },
  preempted: { id: "circle-slash", color: "list.warningForeground" },
  unknown: { id: "question", color: "disabledForeground" },
};

export function clusterRow(cluster: ComputeCluster, store: ClusterStore, burn?: BurnTexts): Row {
  const pending = store.pending(cluster.id)?.kind;
  const condition = conditionOf(cluster);
  const { currentNodeCount: current, nodeCounts } = cluster;
  const state = pending === undefined ? conditionWord(cluster) : pendingWord(pending);
  const { maxNodeCount: max } = cluster.scaleSettings;
  const counts = max === 1 ? l10n.t("{0}/1 node", current) : l10n.t("{0}/{1} nodes", current, max);
  const lowPriority = cluster.vmPriority === "lowPriority" && l10n.t("low priority");
  const preempted = nodeCounts.preempted > 0 && l10n.t("{0} preempted", nodeCounts.preempted);
  const stale = isStale(store.computes(workspaceOf(cluster.id)));
  const cost = burn?.cluster(cluster);
  const mark = store.mark(cluster.id);
  const stuck = mark?.stuck === true && pending === undefined && l10n.t("stuck? see why");
  return {
    label: cluster.name,
    description:
      pending === "create" ? joined(state, lowPriority) : joined(stuck, counts, state, preempted, cost, lowPriority),
    icon: stuck !== false ? stuckIcon : pending === undefined ? icons[condition] : { id: "loading~spin" },
    expandable: pending === "create" ? "never" : "collapsed",
    contextValue: clusterFlags(cluster, pending !== undefined, mark !== undefined),
    spoken: l10n.t(
      "Compute cluster {0}, nodes: {1} of at most {2}, {3}, {4}",
      cluster.name,
      current,
      max,
      joined(state, stuck, preempted, cost),
      cluster.vmPriority === "lowPriority" ? l10n.t("low priority") : l10n.t("dedicated"),
    ),
    decoration: stuck !== false && !stale ? "failed" : decorationOf(condition, stale),
  };
}

/**
 * `deletable`: no write is under way. `resizable`: nor has creating it failed. `populated`: it has nodes.
 * `suspicious`: diagnosis has something to say. One write at a time: what the service says of a second is unknown (azure-api/NOTES 8).
 */
export function clusterFlags(cluster: ComputeCluster, pending: boolean, suspicious = false): string {
  const free = !pending && !isBusy(cluster);
  const failed = conditionOf(cluster) === "failed";
  return contextValue("cluster", {
    deletable: free,
    failed,
    lowPriority: cluster.vmPriority === "lowPriority",
    populated: cluster.currentNodeCount > 0,
    resizable: free && !failed,
    suspicious,
  });
}

function decorationOf(condition: ClusterCondition, stale: boolean): Decoration | undefined {
  if (stale) return "stale";
  if (condition === "failed") return "failed";
  return condition === "troubled" ? "troubled" : undefined;
}

/** Azure's node ids have some 70 characters, which would push the state out of sight; the whole id is in the tooltip. */
const shownIdLength = 14;

/** `ssh`: a shell can be opened on it. `job`: it works on one. */
export function nodeRow(node: ClusterNode, cluster: ComputeCluster | undefined): Row {
  const state = nodeStateWord(node.state);
  const job = node.runId !== undefined && l10n.t("job {0}", node.runId);
  return {
    label: node.nodeId.length > shownIdLength + 4 ? `${node.nodeId.slice(0, shownIdLength)}…` : node.nodeId,
    description: joined(state, node.privateIpAddress, job),
    icon: nodeIcons[node.state],
    expandable: "never",
    contextValue: contextValue("node", {
      [node.state]: true,
      ssh: cluster !== undefined && sshCommand(cluster, node) !== undefined,
      job: node.runId !== undefined,
    }),
    spoken: l10n.t("Node {0}, {1}", node.nodeId, joined(state, job)),
    decoration: node.state === "unusable" ? "failed" : undefined,
  };
}
