import * as vscode from "vscode";
import { type ClusterStore, type StoreChange } from "../../app/clusterStore";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type ArmId } from "../../core/armId";
import { type BurnTexts } from "./burnTexts";
import { type Children } from "./children";
import { decoratedUri } from "./decorations";
import { type Nodes, type TreeNode, keyOf, kindOf } from "./nodes";
import { type OpenRows } from "./openRows";
import { present } from "./presentation";
import { type Row } from "./row";
import { tooltipOf } from "./tooltip";

export interface ProviderParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly nodes: Nodes;
  readonly children: Children;
  readonly openRows: OpenRows;
  readonly isFiltered: () => boolean;
  readonly burn?: BurnTexts | undefined;
}

/**
 * Draws what the store knows, at once and always. Rows of which nothing is known yet say that they load, and what they
 * need is asked for beside that: a slow workspace keeps nobody waiting.
 */
export class ClusterTreeProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: readonly { dispose(): unknown }[];

  constructor(private readonly parts: ProviderParts) {
    const { sessions, store } = parts;
    this.#subscriptions = [
      store.onDidChange((change) => this.#redraw(change)),
      sessions.onDidChange(() => this.redrawAll()),
      ...(parts.burn === undefined ? [] : [parts.burn.onDidChange((change) => this.#redrawMoney(change))]),
      this.#changed,
    ];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const row = present(node, this.parts.store, this.#facts(node));
    if (row === undefined) return goneItem(node);
    this.parts.openRows.drawn(node);
    const state = row.expandable === "never" ? "never" : (this.parts.openRows.stateOf(node) ?? row.expandable);
    return itemOf(node, row, collapsibleStates[state]);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    const rows = this.parts.children.of(node);
    this.#loadIfUnknown(node);
    return [...rows];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.parts.nodes.parentOf(node);
  }

  /** VS Code asks when the pointer rests on a row. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const text = tooltipOf(node, this.parts.store, { formatDateTime, burn: this.parts.burn });
    if (text !== undefined) item.tooltip = new vscode.MarkdownString(text, true);
    return item;
  }

  redraw(id: ArmId): void {
    this.#changed.fire(this.parts.nodes.of(id));
  }

  redrawAll(): void {
    this.#changed.fire(undefined);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Names of workspaces and the filter's counts depend on each other across rows: then all is drawn again. */
  #redraw(change: StoreChange): void {
    const wide = change === "all" || this.parts.isFiltered() || change.some((id) => kindOf(id) === "subscription");
    if (wide) this.redrawAll();
    else for (const id of change) this.redraw(id);
  }

  #redrawMoney(change: StoreChange): void {
    if (change === "all") this.redrawAll();
    else for (const id of change) this.redraw(id);
  }

  #loadIfUnknown(node: TreeNode | undefined): void {
    if (this.parts.sessions.current.kind !== "signedIn") return;
    if (node === undefined) {
      if (isUnasked(this.parts.store.account)) void this.parts.refresher.account();
    } else if (node.kind === "subscription") {
      if (isUnasked(this.parts.store.workspaces(node.id))) void this.parts.refresher.workspaces(node.id);
    } else if (node.kind === "workspace") {
      if (isUnasked(this.parts.store.computes(node.id))) void this.parts.refresher.computes(node.id);
    } else if (node.kind === "cluster" && isUnasked(this.parts.store.nodes(node.id)))
      void this.parts.refresher.nodes(node.id);
  }

  #facts(node: TreeNode) {
    const { current } = this.parts.sessions;
    return {
      simulated: current.kind === "signedIn" && current.source === "simulated",
      hidden: node.kind === "notice" ? this.parts.children.hiddenBy(node) : 0,
      formatTime,
      burn: this.parts.burn,
    };
  }
}

function isUnasked({ value, error, loading }: { value?: unknown; error?: unknown; loading: boolean }): boolean {
  return value === undefined && error === undefined && !loading;
}

function itemOf(node: TreeNode, row: Row, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
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
