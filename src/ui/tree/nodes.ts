import { type ArmId, armKey, resourceGroupOf, subscriptionOf, workspaceOf } from "../../core/armId";

/** Something a row says that is no resource. `tenant`: a tenant whose subscriptions could not be listed; `unchosen`: those left out by choice. */
export type Notice =
  "signingIn" | "loading" | "error" | "stale" | "empty" | "others" | "hidden" | "more" | "tenant" | "unchosen";

/** An address, not data: what there is to know of it is in the store. `parent` undefined means the top of the tree. */
export type TreeNode =
  | { readonly kind: "subscription"; readonly id: ArmId }
  | { readonly kind: "workspace"; readonly id: ArmId }
  | { readonly kind: "cluster"; readonly id: ArmId }
  | { readonly kind: "node"; readonly cluster: ArmId; readonly nodeId: string }
  | NoticeNode;

export interface NoticeNode {
  readonly kind: "notice";
  readonly notice: Notice;
  readonly parent: ArmId | undefined;
  /** Which one, where a parent can have several of a kind. */
  readonly subject?: string | undefined;
}

/** A node that stands for an Azure resource or scope. */
export type ResourceNode = Extract<TreeNode, { readonly id: ArmId }>;

/** The same object for the same address, because VS Code tells elements apart by identity. */
export class Nodes {
  readonly #known = new Map<string, TreeNode>();

  subscription(id: ArmId): TreeNode {
    return this.#intern({ kind: "subscription", id });
  }

  workspace(id: ArmId): TreeNode {
    return this.#intern({ kind: "workspace", id });
  }

  cluster(id: ArmId): TreeNode {
    return this.#intern({ kind: "cluster", id });
  }

  node(cluster: ArmId, nodeId: string): TreeNode {
    return this.#intern({ kind: "node", cluster, nodeId });
  }

  notice(notice: Notice, parent: ArmId | undefined, subject?: string): TreeNode {
    return this.#intern({ kind: "notice", notice, parent, subject });
  }

  /** The row of a subscription's, workspace's or cluster's id; undefined for any other id. */
  of(id: ArmId): TreeNode | undefined {
    const kind = kindOf(id);
    return kind === undefined ? undefined : this.#intern({ kind, id });
  }

  parentOf(node: TreeNode): TreeNode | undefined {
    switch (node.kind) {
      case "subscription":
        return undefined;
      case "workspace":
        return this.subscription(subscriptionOf(node.id));
      case "cluster":
        return this.workspace(workspaceOf(node.id));
      case "node":
        return this.cluster(node.cluster);
      case "notice":
        return node.parent === undefined ? undefined : this.of(node.parent);
    }
  }

  clear(): void {
    this.#known.clear();
  }

  #intern(node: TreeNode): TreeNode {
    const key = keyOf(node);
    const known = this.#known.get(key) ?? node;
    this.#known.set(key, known);
    return known;
  }
}

/** Stable over reloads, so that VS Code finds selection and open rows again. */
export function keyOf(node: TreeNode): string {
  switch (node.kind) {
    case "node":
      return `${armKey(node.cluster)}#${node.nodeId}`;
    case "notice":
      return `${node.parent === undefined ? "" : armKey(node.parent)}?${node.notice}${node.subject ?? ""}`;
    case "subscription":
    case "workspace":
    case "cluster":
      return armKey(node.id);
  }
}

/** Kind of row for an ARM id; undefined where there is none. */
export function kindOf(id: ArmId): ResourceNode["kind"] | undefined {
  if (/\/workspaces\/[^/]+\/computes\/[^/]+$/i.test(id)) return "cluster";
  if (/\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+$/i.test(id)) return "workspace";
  return /^\/subscriptions\/[^/]+$/i.test(id) ? "subscription" : undefined;
}

/** Whatever a caller handed a command, made a row: a row, or a resource's id as text. Callers are not to be trusted. */
export function nodeFrom(value: unknown, nodes: Nodes): TreeNode | undefined {
  if (typeof value === "string") return fromId(value, nodes);
  if (typeof value !== "object" || value === null || !("kind" in value)) return undefined;
  if ("id" in value && typeof value.id === "string") return fromId(value.id, nodes);
  if (value.kind === "node" && "cluster" in value && typeof value.cluster === "string" && "nodeId" in value) {
    return fromId(value.cluster, nodes) && nodes.node(value.cluster as ArmId, String(value.nodeId));
  }
  if (value.kind !== "notice" || !("notice" in value)) return undefined;
  const parent = "parent" in value && typeof value.parent === "string" ? (value.parent as ArmId) : undefined;
  const subject = "subject" in value && typeof value.subject === "string" ? value.subject : undefined;
  return nodes.notice(value.notice as Notice, parent, subject);
}

function fromId(text: string, nodes: Nodes): TreeNode | undefined {
  const id = text.startsWith("/") ? (text as ArmId) : undefined;
  return id === undefined ? undefined : nodes.of(id);
}

/** `/subscriptions/…/resourceGroups/…` of a workspace or cluster row. */
export function groupOf(node: ResourceNode): ArmId | undefined {
  return node.kind === "subscription" ? undefined : resourceGroupOf(node.id);
}
