import { type Disposable } from "../../app/emitter";
import { type Watcher } from "../../app/watcher";
import { subscriptionOf, workspaceOf } from "../../core/armId";
import { type ResourceNode, type TreeNode, keyOf } from "./nodes";

/** Where open rows are kept for the next window: keys of rows, and of closed subscriptions behind a minus. */
export interface OpenRowsMemory {
  load(): readonly string[];
  save(keys: readonly string[]): void;
}

/** Enough for whoever tidies up at times; the longest forgotten go first. */
const mostRemembered = 200;

/**
 * Which rows stand open, over window reloads, and has them watched: workspaces with their clusters, clusters with their
 * nodes. A row under a closed one, or not drawn yet, rests. Subscriptions may be open from the start.
 */
export class OpenRows {
  readonly #open: Set<string>;
  readonly #closedSubscriptions: Set<string>;
  readonly #drawn = new Map<string, ResourceNode>();
  readonly #watched = new Map<string, Disposable>();

  constructor(
    private readonly watcher: Watcher,
    private readonly memory: OpenRowsMemory,
  ) {
    const keys = memory.load();
    this.#open = new Set(keys.filter((key) => !key.startsWith("-")));
    this.#closedSubscriptions = new Set(keys.filter((key) => key.startsWith("-")).map((key) => key.slice(1)));
  }

  /** Undefined: as the row itself would have it. */
  stateOf(node: TreeNode): "collapsed" | "expanded" | undefined {
    const key = keyOf(node);
    if (this.#open.has(key)) return "expanded";
    return this.#closedSubscriptions.has(key) ? "collapsed" : undefined;
  }

  opened(node: TreeNode): void {
    if (!("id" in node)) return;
    this.#open.delete(keyOf(node));
    this.#open.add(keyOf(node));
    this.#closedSubscriptions.delete(keyOf(node));
    this.#drawn.set(keyOf(node), node);
    this.#changed();
  }

  closed(node: TreeNode): void {
    this.#open.delete(keyOf(node));
    if (node.kind === "subscription") this.#closedSubscriptions.add(keyOf(node));
    this.#changed();
  }

  /** A row was drawn; VS Code tells nothing of those that it draws open. */
  drawn(node: TreeNode): void {
    if (!("id" in node) || !this.#open.has(keyOf(node)) || this.#drawn.has(keyOf(node))) return;
    this.#drawn.set(keyOf(node), node);
    this.#watchWhatIsSeen();
  }

  /** No row is drawn any more, as at the end of a session. What stood open is kept. */
  rest(): void {
    this.#drawn.clear();
    this.#watchWhatIsSeen();
  }

  #changed(): void {
    const closed = [...this.#closedSubscriptions].map((key) => `-${key}`);
    this.memory.save([...closed, ...this.#open].slice(-mostRemembered));
    this.#watchWhatIsSeen();
  }

  #watchWhatIsSeen(): void {
    const seen = new Map([...this.#drawn].filter(([, node]) => this.#isSeen(node)));
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
    if (node.kind === "subscription" || !this.#open.has(keyOf(node))) return false;
    if (this.#closedSubscriptions.has(subscriptionOf(node.id).toLowerCase())) return false;
    return node.kind === "workspace" || this.#open.has(workspaceOf(node.id).toLowerCase());
  }

  #watch(node: ResourceNode): Disposable {
    return node.kind === "cluster" ? this.watcher.watchNodes(node.id) : this.watcher.watchWorkspace(node.id);
  }
}
