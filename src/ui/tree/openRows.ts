import { type Disposable } from "../../app/emitter";
import { type Watcher } from "../../app/watcher";
import { subscriptionOf, workspaceOf } from "../../core/armId";
import { type ResourceNode, type TreeNode, keyOf } from "./nodes";

/**
 * Has what stands open watched: workspaces with their clusters, clusters with their nodes. A row under a closed one is
 * out of sight and rests. Subscriptions count as open until they are closed, because some are from the start.
 */
export class OpenRows {
  readonly #open = new Map<string, ResourceNode>();
  readonly #closedSubscriptions = new Set<string>();
  readonly #watched = new Map<string, Disposable>();

  constructor(private readonly watcher: Watcher) {}

  opened(node: TreeNode): void {
    if (node.kind === "subscription") this.#closedSubscriptions.delete(keyOf(node));
    else if (node.kind === "workspace" || node.kind === "cluster") this.#open.set(keyOf(node), node);
    this.#watchWhatIsSeen();
  }

  closed(node: TreeNode): void {
    if (node.kind === "subscription") this.#closedSubscriptions.add(keyOf(node));
    else this.#open.delete(keyOf(node));
    this.#watchWhatIsSeen();
  }

  clear(): void {
    this.#open.clear();
    this.#closedSubscriptions.clear();
    this.#watchWhatIsSeen();
  }

  #watchWhatIsSeen(): void {
    const seen = new Map([...this.#open].filter(([, node]) => this.#isSeen(node)));
    for (const [key, watching] of this.#watched) {
      if (seen.has(key)) continue;
      watching.dispose();
      this.#watched.delete(key);
    }
    for (const [key, node] of seen) {
      if (!this.#watched.has(key)) this.#watched.set(key, this.#watch(node));
    }
  }

  #isSeen(node: ResourceNode): boolean {
    if (this.#closedSubscriptions.has(subscriptionOf(node.id).toLowerCase())) return false;
    return node.kind !== "cluster" || this.#open.has(workspaceOf(node.id).toLowerCase());
  }

  #watch(node: ResourceNode): Disposable {
    return node.kind === "cluster" ? this.watcher.watchNodes(node.id) : this.watcher.watchWorkspace(node.id);
  }
}
