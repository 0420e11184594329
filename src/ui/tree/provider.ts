import * as vscode from "vscode";
import { type ClusterStore, type StoreChange } from "../../app/clusterStore";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type ArmId } from "../../core/armId";
import { type Children } from "./children";
import { decoratedUri } from "./decorations";
import { type Nodes, type TreeNode, keyOf, kindOf } from "./nodes";
import { present } from "./presentation";
import { type Row } from "./row";
import { tooltipOf } from "./tooltip";

/**
 * Draws what the store knows, at once and always. Rows of which nothing is known yet say that they load, and what they
 * need is asked for beside that: a slow workspace keeps nobody waiting.
 */
export class ClusterTreeProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly sessions: Sessions,
    private readonly store: ClusterStore,
    private readonly refresher: Refresher,
    private readonly nodes: Nodes,
    private readonly children: Children,
    private readonly isFiltered: () => boolean,
  ) {
    this.#subscriptions = [
      store.onDidChange((change) => this.#redraw(change)),
      sessions.onDidChange(() => this.redrawAll()),
      this.#changed,
    ];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const row = present(node, this.store, this.#facts(node));
    return row === undefined ? goneItem(node) : itemOf(node, row);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    const rows = this.children.of(node);
    this.#loadIfUnknown(node);
    return [...rows];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.nodes.parentOf(node);
  }

  /** VS Code asks when the pointer rests on a row. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const text = tooltipOf(node, this.store, { formatDateTime });
    if (text !== undefined) item.tooltip = new vscode.MarkdownString(text, true);
    return item;
  }

  redraw(id: ArmId): void {
    this.#changed.fire(this.nodes.of(id));
  }

  redrawAll(): void {
    this.#changed.fire(undefined);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Names of workspaces and the filter's counts depend on each other across rows: then all is drawn again. */
  #redraw(change: StoreChange): void {
    const wide = change === "all" || this.isFiltered() || change.some((id) => kindOf(id) === "subscription");
    if (wide) this.redrawAll();
    else for (const id of change) this.redraw(id);
  }

  #loadIfUnknown(node: TreeNode | undefined): void {
    if (this.sessions.current.kind !== "signedIn") return;
    if (node === undefined) {
      if (isUnasked(this.store.account)) void this.refresher.account();
    } else if (node.kind === "subscription") {
      if (isUnasked(this.store.workspaces(node.id))) void this.refresher.workspaces(node.id);
    } else if (node.kind === "workspace") {
      if (isUnasked(this.store.computes(node.id))) void this.refresher.computes(node.id);
    } else if (node.kind === "cluster" && isUnasked(this.store.nodes(node.id))) void this.refresher.nodes(node.id);
  }

  #facts(node: TreeNode) {
    const { current } = this.sessions;
    return {
      simulated: current.kind === "signedIn" && current.source === "simulated",
      hidden: node.kind === "notice" ? this.children.hiddenBy(node) : 0,
      formatTime,
    };
  }
}

function isUnasked({ value, error, loading }: { value?: unknown; error?: unknown; loading: boolean }): boolean {
  return value === undefined && error === undefined && !loading;
}

function itemOf(node: TreeNode, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsibleStates[row.expandable]);
  item.id = keyOf(node);
  if (row.description !== undefined) item.description = row.description;
  const { id, color } = row.icon;
  item.iconPath =
    color === undefined ? new vscode.ThemeIcon(id) : new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.spoken };
  if (row.command !== undefined) {
    item.command = { command: row.command.id, title: row.command.title, arguments: [row.command.on] };
  }
  const uri = decoratedUri(keyOf(node), row.decoration);
  if (uri !== undefined) item.resourceUri = uri;
  return item;
}

const collapsibleStates = {
  never: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** VS Code may ask for a row between its end and the redraw. */
function goneItem(node: TreeNode): vscode.TreeItem {
  const item = new vscode.TreeItem("", vscode.TreeItemCollapsibleState.None);
  item.id = keyOf(node);
  return item;
}

function formatTime(at: number): string {
  return new Intl.DateTimeFormat(vscode.env.language, { timeStyle: "medium" }).format(at);
}

function formatDateTime(at: number): string {
  return new Intl.DateTimeFormat(vscode.env.language, { dateStyle: "medium", timeStyle: "medium" }).format(at);
}
