import * as vscode from "vscode";
import { type ClusterStore } from "../../app/clusterStore";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type Watcher } from "../../app/watcher";
import { type ArmId, sameArmId, subscriptionOf, workspaceOf } from "../../core/armId";
import { setContext } from "../contextKey";
import { viewId } from "../contributions";
import { onDidChangeSetting, readSetting } from "../settings";
import { type BurnTexts } from "./burnTexts";
import { Children } from "./children";
import { registerDecorations } from "./decorations";
import { filterWords } from "./filter";
import { Nodes, type NoticeNode, type TreeNode, kindOf } from "./nodes";
import { Paging } from "./paging";
import { ClusterTreeProvider } from "./provider";
import { OpenRows } from "./openRows";
import { joined } from "./row";

export interface ClustersViewParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  /** What rows say about money. */
  readonly burn?: BurnTexts | undefined;
  /** Where the filter is kept: it belongs to this VS Code workspace. */
  readonly memento: vscode.Memento;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const filterKey = "filter";
const openRowsKey = "openRows";
/** How often the age of what is shown is written anew. */
const ageTickMs = 5_000;

/** The sidebar's tree and what it shows: filter, pages, open rows. */
export class ClustersView implements vscode.Disposable {
  readonly nodes = new Nodes();
  readonly provider: ClusterTreeProvider;
  readonly #paging = new Paging();
  readonly #openRows: OpenRows;
  readonly #children: Children;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #disposables: { dispose(): unknown }[];
  #filter: string;

  constructor(private readonly parts: ClustersViewParts) {
    const { sessions, store, refresher, watcher, memento } = parts;
    const remembered = memento.get<unknown>(filterKey);
    this.#filter = typeof remembered === "string" ? remembered : "";
    this.#openRows = new OpenRows(watcher, {
      load: () => textsOf(memento.get<unknown>(openRowsKey)),
      save: (keys) => void memento.update(openRowsKey, keys),
    });
    this.#children = new Children(sessions, store, this.nodes, this.#paging, () => filterWords(this.#filter));
    this.provider = new ClusterTreeProvider({
      sessions,
      store,
      refresher,
      nodes: this.nodes,
      children: this.#children,
      openRows: this.#openRows,
      isFiltered: () => this.#filter !== "",
      burn: parts.burn,
    });
    this.#view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this.provider,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#disposables = [
      this.#view,
      this.provider,
      registerDecorations(),
      this.#view.onDidExpandElement(({ element }) => this.#opened(element)),
      this.#view.onDidCollapseElement(({ element }) => this.#openRows.closed(element)),
      this.#view.onDidChangeVisibility(() => this.#tellVisibility()),
      vscode.window.onDidChangeWindowState(() => this.#tellVisibility()),
      onDidChangeSetting("amlClusters.polling", () => watcher.setMode(readSetting("amlClusters.polling"))),
      sessions.onDidChange((session) => {
        if (session.kind !== "signedIn") this.#forget();
        this.#describe();
      }),
      store.onDidChange(() => this.#tellEmptiness()),
    ];
    const ticking = setInterval(() => {
      if (this.#view.visible) this.#describe();
    }, ageTickMs);
    this.#disposables.push({ dispose: () => clearInterval(ticking) });
    watcher.setMode(readSetting("amlClusters.polling"));
    this.#tellVisibility();
    this.#describe();
  }

  /** How much has happened that nobody has looked at. */
  setBadge(count: number): void {
    const shown = this.#view.visible ? 0 : count;
    const tooltip =
      shown === 1 ? vscode.l10n.t("1 cluster wants a look") : vscode.l10n.t("{0} clusters want a look", shown);
    this.#view.badge = shown === 0 ? undefined : { value: shown, tooltip };
  }

  get filter(): string {
    return this.#filter;
  }

  /** The view has come into sight. */
  readonly onDidShow = (listener: () => void): vscode.Disposable =>
    this.#view.onDidChangeVisibility(({ visible }) => {
      if (visible) listener();
    });

  get selection(): TreeNode | undefined {
    return this.#view.selection[0];
  }

  /** Shows while somebody types; `keepFilter` remembers. */
  setFilter(text: string): void {
    if (this.#filter === text.trim()) return;
    this.#filter = text.trim();
    this.#describe();
    this.provider.redrawAll();
  }

  async keepFilter(): Promise<void> {
    await this.parts.memento.update(filterKey, this.#filter === "" ? undefined : this.#filter);
  }

  showMore(notice: NoticeNode): void {
    if (notice.parent === undefined) return;
    this.#paging.showMore(notice.parent);
    this.provider.redraw(notice.parent);
  }

  /** Selects a subscription, workspace or cluster, lifting the filter and turning pages if they hide it. */
  async reveal(id: ArmId): Promise<void> {
    const node = this.nodes.of(id);
    if (node === undefined) return;
    if (this.#filter !== "") {
      this.setFilter("");
      await this.keepFilter();
    }
    if (kindOf(id) === "cluster") {
      const workspace = workspaceOf(id);
      const index = this.parts.store.clusters(workspace).findIndex((cluster) => sameArmId(cluster.id, id));
      this.#paging.showUpTo(workspace, index);
      this.provider.redraw(workspace);
    }
    await this.#view.reveal(node, { select: true, focus: true, expand: node.kind !== "cluster" });
  }

  /** Brings a cluster that is being created into sight; a filter, which somebody wants, may hide it. */
  async showNew(cluster: ArmId): Promise<void> {
    const { store, refresher } = this.parts;
    const subscription = subscriptionOf(cluster);
    if (store.account.value === undefined) await refresher.account();
    if (store.workspaces(subscription).value === undefined) await refresher.workspaces(subscription);
    const node = this.nodes.cluster(cluster);
    const parent = this.nodes.parentOf(node);
    if (!this.#children.of(parent).includes(node)) return;
    await this.#view.reveal(node, { select: true, focus: false, expand: false });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Nodes read at an earlier opening may be long gone; the poll might look again only in a minute. */
  #opened(node: TreeNode): void {
    this.#openRows.opened(node);
    const known = node.kind === "cluster" && this.parts.store.nodes(node.id).value !== undefined;
    if (known) void this.parts.refresher.nodes(node.id);
  }

  #forget(): void {
    this.#openRows.rest();
    this.#paging.clear();
    this.nodes.clear();
  }

  /** A window in the background rests like a hidden view. */
  #tellVisibility(): void {
    this.parts.watcher.setVisible(this.#view.visible && vscode.window.state.focused);
  }

  #tellEmptiness(): void {
    const account = this.parts.store.account.value;
    const none = account !== undefined && account.subscriptions.length === 0 && account.failures.size === 0;
    setContext("amlClusters.noSubscriptions", none);
  }

  /** How old the oldest list is that somebody looks at. */
  #age(): string {
    const { store, watcher } = this.parts;
    const times = watcher.watchedWorkspaces.flatMap((id) => store.computes(id).updatedAt ?? []);
    if (times.length === 0) return "";
    const seconds = Math.max(0, Math.round((this.parts.now() - Math.min(...times)) / 1_000));
    return seconds < 120
      ? vscode.l10n.t("updated {0} s ago", seconds)
      : vscode.l10n.t("updated {0} min ago", Math.floor(seconds / 60));
  }

  #describe(): void {
    const { current } = this.parts.sessions;
    const simulated = current.kind === "signedIn" && current.source === "simulated";
    this.#view.description = joined(
      simulated && vscode.l10n.t("simulated"),
      current.kind === "signedIn" && this.#age(),
    );
    this.#view.message =
      this.#filter !== "" && current.kind === "signedIn"
        ? vscode.l10n.t('Showing what matches "{0}".', this.#filter)
        : "";
    setContext("amlClusters.filtered", this.#filter !== "");
  }
}

/** What was stored by some version or other: only texts are taken. */
function textsOf(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((key) => typeof key === "string") : [];
}
