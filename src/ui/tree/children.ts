import { type ClusterStore } from "../../app/clusterStore";
import { type Loadable, isStale } from "../../app/loadable";
import { type Sessions } from "../../app/session";
import { type ArmId } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";
import { type Workspace } from "../../core/workspace";
import { type FilterWords, clusterMatches, workspaceMatches } from "./filter";
import { type Nodes, type NoticeNode, type TreeNode, kindOf } from "./nodes";
import { type Paging } from "./paging";

/** Which rows stand under a row, from what the store knows now. Asks nobody. */
export class Children {
  constructor(
    private readonly sessions: Sessions,
    private readonly store: ClusterStore,
    private readonly nodes: Nodes,
    private readonly paging: Paging,
    private readonly filter: () => FilterWords,
  ) {}

  of(node: TreeNode | undefined): readonly TreeNode[] {
    switch (node?.kind) {
      case undefined:
        return this.#top();
      case "subscription":
        return this.#underSubscription(node.id);
      case "workspace":
        return this.#underWorkspace(node.id);
      case "cluster":
        return this.#underCluster(node.id);
      case "node":
      case "notice":
        return [];
    }
  }

  /** How many rows a "hidden" or "more" notice speaks of. */
  hiddenBy(notice: NoticeNode): number {
    if (notice.parent === undefined) return 0;
    const id = notice.parent;
    switch (kindOf(id)) {
      case "subscription":
        return (this.store.workspaces(id).value?.length ?? 0) - this.#workspaces(id).length;
      case "workspace":
        return notice.notice === "more"
          ? this.#clusters(id).length - this.paging.shownOf(id)
          : this.store.clusters(id).length - this.#clusters(id).length;
      case "cluster":
        return (this.store.nodes(id).value?.length ?? 0) - this.paging.shownOf(id);
      case undefined:
        return 0;
    }
  }

  #top(): readonly TreeNode[] {
    const session = this.sessions.current;
    if (session.kind === "signedOut") return [];
    if (session.kind === "signingIn") return [this.nodes.notice("signingIn", undefined)];
    const { account } = this.store;
    const rows = (account.value?.subscriptions ?? []).map(({ id }) => this.nodes.subscription(id));
    const failed = [...(account.value?.failures.keys() ?? [])].map((id) => this.nodes.notice("tenant", undefined, id));
    // Without any row the view shows its welcome text.
    const unchosen = account.value?.hidden === undefined ? [] : [this.nodes.notice("unchosen", undefined)];
    return [...this.#status(account, undefined), ...rows, ...failed, ...unchosen];
  }

  #underSubscription(id: ArmId): readonly TreeNode[] {
    const workspaces = this.store.workspaces(id);
    const shown = this.#workspaces(id);
    const hidden = (workspaces.value?.length ?? 0) > shown.length;
    return [
      ...this.#status(workspaces, id),
      ...shown.map((workspace) => this.nodes.workspace(workspace.id)),
      ...(workspaces.value?.length === 0 ? [this.nodes.notice("empty", id)] : []),
      ...(hidden ? [this.nodes.notice("hidden", id)] : []),
    ];
  }

  #underWorkspace(id: ArmId): readonly TreeNode[] {
    const computes = this.store.computes(id);
    const all = this.store.clusters(id);
    const matching = this.#clusters(id);
    const shown = matching.slice(0, this.paging.shownOf(id));
    const others = Object.values(computes.value?.others ?? {}).some((count) => count > 0);
    return [
      ...this.#status(computes, id),
      ...shown.map((cluster) => this.nodes.cluster(cluster.id)),
      ...(matching.length > shown.length ? [this.nodes.notice("more", id)] : []),
      ...(computes.value !== undefined && all.length === 0 ? [this.nodes.notice("empty", id)] : []),
      ...(all.length > matching.length ? [this.nodes.notice("hidden", id)] : []),
      ...(others ? [this.nodes.notice("others", id)] : []),
    ];
  }

  #underCluster(id: ArmId): readonly TreeNode[] {
    const nodes = this.store.nodes(id);
    const all = nodes.value ?? [];
    const shown = all.slice(0, this.paging.shownOf(id));
    return [
      ...this.#status(nodes, id),
      ...shown.map(({ nodeId }) => this.nodes.node(id, nodeId)),
      ...(all.length > shown.length ? [this.nodes.notice("more", id)] : []),
      ...(nodes.value?.length === 0 ? [this.nodes.notice("empty", id)] : []),
    ];
  }

  #workspaces(subscription: ArmId): readonly Workspace[] {
    const words = this.filter();
    const all = this.store.workspaces(subscription).value ?? [];
    return all.filter((workspace) => workspaceMatches(workspace, this.store, words));
  }

  #clusters(workspace: ArmId): readonly ComputeCluster[] {
    const words = this.filter();
    return this.store.clusters(workspace).filter((cluster) => clusterMatches(cluster, workspace, words));
  }

  #status(loadable: Loadable<unknown>, parent: ArmId | undefined): readonly TreeNode[] {
    if (isStale(loadable)) return [this.nodes.notice("stale", parent)];
    if (loadable.value !== undefined) return [];
    return [this.nodes.notice(loadable.error === undefined ? "loading" : "error", parent)];
  }
}
