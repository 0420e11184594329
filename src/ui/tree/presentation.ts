import { type ClusterStore } from "../../app/clusterStore";
import { type BurnTexts } from "./burnTexts";
import { clusterRow, nodeRow } from "./clusterRow";
import { type TreeNode } from "./nodes";
import { type NoticeFacts, noticeRow } from "./noticeRow";
import { type Row } from "./row";
import { subscriptionRow, workspaceRow } from "./scopeRows";

/** What rows say beside what the store knows. */
export interface PresentationFacts extends NoticeFacts {
  readonly simulated: boolean;
  readonly burn?: BurnTexts | undefined;
}

/** How a row looks now; undefined when what it stood for is gone. */
export function present(node: TreeNode, store: ClusterStore, facts: PresentationFacts): Row | undefined {
  switch (node.kind) {
    case "subscription": {
      const subscription = store.subscription(node.id);
      return subscription && subscriptionRow(subscription, store, facts.simulated, facts.burn);
    }
    case "workspace": {
      const workspace = store.workspace(node.id);
      return workspace && workspaceRow(workspace, store, facts.burn);
    }
    case "cluster": {
      const cluster = store.cluster(node.id);
      return cluster && clusterRow(cluster, store, facts.burn);
    }
    case "node": {
      const found = store.nodes(node.cluster).value?.find(({ nodeId }) => nodeId === node.nodeId);
      return found && nodeRow(found, store.cluster(node.cluster));
    }
    case "notice":
      return noticeRow(node, store, facts);
  }
}
