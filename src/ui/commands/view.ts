import * as vscode from "vscode";
import { type ClusterStore } from "../../app/clusterStore";
import { type Logger } from "../../app/ports";
import { type Refresher } from "../../app/refresher";
import { type Watcher } from "../../app/watcher";
import { registerCommands } from "../register";
import { type Nodes, type NoticeNode, nodeFrom } from "../tree/nodes";

export interface ViewCommandParts {
  readonly view: {
    readonly nodes: Nodes;
    readonly filter: string;
    setFilter(text: string): void;
    keepFilter(): Promise<void>;
    showMore(notice: NoticeNode): void;
  };
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  readonly session: () => Promise<true | undefined>;
  readonly showLog: () => void;
  readonly log: Logger;
}

/** What concerns the tree as a whole. */
export function registerViewCommands(parts: ViewCommandParts): vscode.Disposable {
  const { view, store, refresher, watcher } = parts;

  /** Everything that has been loaded, top down; what is closed and unknown stays unasked. */
  async function refresh(): Promise<void> {
    if ((await parts.session()) === undefined) return;
    const { value: account } = await refresher.account();
    await Promise.all(
      (account?.subscriptions ?? []).map(async ({ id }) => {
        if (isAsked(store.workspaces(id))) await refresher.workspaces(id);
      }),
    );
    const asked = store.allWorkspaces().filter(({ id }) => isAsked(store.computes(id)));
    await Promise.all(asked.map(({ id }) => watcher.refreshNow(id)));
  }

  async function filter(): Promise<void> {
    const text = await askFilter(view.filter, (typed) => view.setFilter(typed));
    view.setFilter(text);
    await view.keepFilter();
  }

  async function clearFilter(): Promise<void> {
    view.setFilter("");
    await view.keepFilter();
  }

  function showMore(target: unknown): void {
    const node = nodeFrom(target, view.nodes);
    if (node?.kind === "notice") view.showMore(node);
  }

  return registerCommands(
    {
      "amlClusters.refresh": refresh,
      "amlClusters.filter": filter,
      "amlClusters.clearFilter": clearFilter,
      "amlClusters.showMore": showMore,
      "amlClusters.showLog": parts.showLog,
    },
    parts.log,
  );
}

function isAsked({ value, error }: { value?: unknown; error?: unknown }): boolean {
  return value !== undefined || error !== undefined;
}

/** The tree follows while somebody types. @returns the text to keep: the old one for who gives up. */
function askFilter(before: string, show: (text: string) => void): Promise<string> {
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t("Filter Clusters");
  input.placeholder = vscode.l10n.t("Words of name, state, size, region or priority; empty shows all");
  input.value = before;
  return new Promise<string>((resolve) => {
    input.onDidChangeValue(show);
    input.onDidAccept(() => resolve(input.value));
    input.onDidHide(() => resolve(before));
    input.show();
  }).finally(() => input.dispose());
}
