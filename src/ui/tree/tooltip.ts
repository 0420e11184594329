import * as l10n from "@vscode/l10n";
import { type ClusterStore } from "../../app/clusterStore";
import { parseArmId, workspaceOf } from "../../core/armId";
import { type ClusterNode, type ComputeCluster, type NodeState } from "../../core/cluster";
import { type AzureMlError } from "../../core/errors";
import { hasManagedNetwork, type Workspace } from "../../core/workspace";
import { advice, cause } from "../errorText";
import { type BurnTexts } from "./burnTexts";
import { type NoticeNode, type TreeNode } from "./nodes";
import { failureOf } from "./noticeRow";
import { conditionWord, nodeStateWord, pendingWord, workspaceKindWord } from "./words";

/** What tooltips need beside the store. */
export interface TooltipFacts {
  /** Date and time in the display language, from milliseconds since the epoch. */
  readonly formatDateTime: (at: number) => string;
  readonly burn?: BurnTexts | undefined;
}

/** A row's tooltip in Markdown, every text from outside escaped; undefined where the row says it all. */
export function tooltipOf(node: TreeNode, store: ClusterStore, facts: TooltipFacts): string | undefined {
  switch (node.kind) {
    case "subscription": {
      const subscription = store.subscription(node.id);
      const tenant = store.account.value?.tenants.find((other) => other.tenantId === subscription?.tenantId);
      return (
        subscription &&
        card(subscription.displayName, [
          [l10n.t("Subscription"), subscription.subscriptionId],
          [l10n.t("Tenant"), tenant?.displayName ?? subscription.tenantId],
          [l10n.t("State"), subscription.state],
        ])
      );
    }
    case "workspace": {
      const workspace = store.workspace(node.id);
      return workspace && workspaceCard(workspace, store, facts);
    }
    case "cluster": {
      const cluster = store.cluster(node.id);
      return cluster && clusterCard(cluster, store, facts);
    }
    case "node": {
      const found = store.nodes(node.cluster).value?.find(({ nodeId }) => nodeId === node.nodeId);
      return found && nodeCard(found);
    }
    case "notice":
      return noticeText(node, store);
  }
}

function workspaceCard(workspace: Workspace, store: ClusterStore, facts: TooltipFacts): string {
  return card(workspace.friendlyName ?? workspace.name, [
    [l10n.t("Workspace"), workspace.name],
    [l10n.t("Kind"), workspaceKindWord(workspace.kind)],
    [l10n.t("Hub"), workspace.hubId && parseArmId(workspace.hubId).name],
    [l10n.t("Resource group"), workspace.resourceGroup],
    [l10n.t("Region"), workspace.location],
    [l10n.t("Managed network"), hasManagedNetwork(workspace) ? workspace.managedNetworkIsolation : undefined],
    [l10n.t("Private endpoints"), workspace.privateEndpointCount > 0 ? `${workspace.privateEndpointCount}` : undefined],
    [l10n.t("Read at"), readAt(store.computes(workspace.id).updatedAt, facts)],
  ]);
}

function clusterCard(cluster: ComputeCluster, store: ClusterStore, facts: TooltipFacts): string {
  const { minNodeCount: min, maxNodeCount: max, idleSecondsBeforeScaleDown: idle } = cluster.scaleSettings;
  const pending = store.pending(cluster.id)?.kind;
  const since = cluster.allocationStateTransitionTime && Date.parse(cluster.allocationStateTransitionTime);
  const table = card(cluster.name, [
    [l10n.t("State"), pending === undefined ? conditionWord(cluster) : pendingWord(pending)],
    [l10n.t("Size"), cluster.vmSize],
    [l10n.t("Priority"), cluster.vmPriority === "lowPriority" ? l10n.t("low priority") : l10n.t("dedicated")],
    [l10n.t("Region"), cluster.location],
    [l10n.t("Nodes"), l10n.t("{0} now, {1} wanted", cluster.currentNodeCount, cluster.targetNodeCount)],
    [l10n.t("Node states"), nodeCountsText(cluster)],
    [l10n.t("Limits"), max === 1 ? l10n.t("{0} to 1 node", min) : l10n.t("{0} to {1} nodes", min, max)],
    [l10n.t("Idle before scale-down"), l10n.t("{0} s", idle)],
    ...(facts.burn?.lines(cluster) ?? []),
    [l10n.t("Allocation since"), typeof since === "number" ? readAt(since, facts) : undefined],
    [l10n.t("Description"), cluster.description],
    [l10n.t("Read at"), readAt(store.computes(workspaceOf(cluster.id)).updatedAt, facts)],
  ]);
  const errors = [...cluster.provisioningErrors, ...cluster.errors].map(
    ({ code, message }) => `$(error) **${escaped(code)}** ${escaped(message)}`,
  );
  const cause = store.mark(cluster.id)?.cause;
  const why = cause === undefined ? [] : [`$(lightbulb) ${escaped(cause)}`];
  return [table, ...why, ...errors].join("\n\n");
}

function nodeCountsText(cluster: ComputeCluster): string | undefined {
  const states = Object.entries(cluster.nodeCounts) as [NodeState, number][];
  return states
    .flatMap(([state, count]) => (count > 0 ? [l10n.t("{0} {1}", count, nodeStateWord(state))] : []))
    .join(", ");
}

function nodeCard(node: ClusterNode): string {
  return card(node.nodeId, [
    [l10n.t("State"), nodeStateWord(node.state)],
    [l10n.t("Private IP address"), node.privateIpAddress],
    [l10n.t("Public IP address"), node.publicIpAddress],
    [l10n.t("SSH port"), node.port === undefined ? undefined : `${node.port}`],
    [l10n.t("Job"), node.runId],
  ]);
}

function noticeText(node: NoticeNode, store: ClusterStore): string | undefined {
  const error = failureOf(node, store);
  if (error === undefined || !["error", "stale", "tenant"].includes(node.notice)) return undefined;
  return errorCard(error);
}

/** The whole of a failure: what happened, Azure's words, what to do, and what support asks for. */
function errorCard(error: AzureMlError): string {
  const facts = [error.code, error.requestId && l10n.t("Request id {0}", error.requestId)].filter(
    (part) => part !== undefined && part !== "",
  );
  return [`**${escaped(cause(error))}** ${escaped(error.message)}`, escaped(advice(error)), escaped(facts.join(" · "))]
    .filter((part) => part !== "")
    .join("\n\n");
}

function card(title: string, rows: readonly (readonly [string, string | undefined])[]): string {
  const lines = rows.flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`| ${escaped(name)} | ${escaped(value)} |`],
  );
  return [`**${escaped(title)}**`, "", "| | |", "|:--|:--|", ...lines].join("\n");
}

function readAt(at: number | undefined, facts: TooltipFacts): string | undefined {
  return at === undefined || Number.isNaN(at) ? undefined : facts.formatDateTime(at);
}

/** Text from outside never becomes a link, an image, an icon or HTML. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]()#+\-.!~|$&:@]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/\s*\r?\n\s*/g, " ");
}
