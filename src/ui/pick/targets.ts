import * as vscode from "vscode";
import { type ClusterStore } from "../../app/clusterStore";
import { type Refresher } from "../../app/refresher";
import { type ArmId, subscriptionOf, workspaceOf } from "../../core/armId";
import { type ClusterNode, type ComputeCluster } from "../../core/cluster";
import { AzureMlError } from "../../core/errors";
import { type Workspace } from "../../core/workspace";
import { clusterRow } from "../tree/clusterRow";
import { type Nodes, type ResourceNode, type TreeNode, nodeFrom } from "../tree/nodes";
import { joined } from "../tree/row";
import { workspaceKindWord } from "../tree/words";
import { type Choice, choose } from "./choose";

export interface TargetParts {
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly nodes: Nodes;
  /** What is selected in the tree; meant only when the caller says "selection". */
  readonly selection: () => TreeNode | undefined;
  /** Resolves when somebody is signed in; undefined: nobody wants to. */
  readonly session: () => Promise<true | undefined>;
}

/** Finds out what a command is meant for: what the caller named, else by asking. All answer undefined for "never mind". */
export class Targets {
  constructor(private readonly parts: TargetParts) {}

  /** The row that the caller named, if any. A key pressed in the tree names "selection". */
  named(target: unknown): TreeNode | undefined {
    return target === "selection" ? this.parts.selection() : nodeFrom(target, this.parts.nodes);
  }

  async workspace(target: unknown, title: string): Promise<Workspace | undefined> {
    if ((await this.parts.session()) === undefined) return undefined;
    const node = this.named(target);
    const id = workspaceIdOf(node);
    if (id === undefined) return isNamed(target) ? undefined : this.#askWorkspace(title);
    return this.parts.store.workspace(id) ?? this.#loadWorkspace(id);
  }

  /** @param applies leaves out clusters that the command cannot act on. */
  async cluster(
    target: unknown,
    title: string,
    applies: (cluster: ComputeCluster) => boolean = () => true,
  ): Promise<ComputeCluster | undefined> {
    if ((await this.parts.session()) === undefined) return undefined;
    const node = this.named(target);
    const id = node?.kind === "cluster" ? node.id : node?.kind === "node" ? node.cluster : undefined;
    if (id !== undefined) return this.parts.store.cluster(id) ?? this.#loadCluster(id);
    if (isNamed(target) && node?.kind !== "workspace") return undefined;
    const workspace = await this.workspace(node, title);
    return workspace && this.#askCluster(workspace, title, applies);
  }

  /** The cluster's nodes as last read, or read now. */
  async nodes(cluster: ArmId): Promise<readonly ClusterNode[]> {
    const known = this.parts.store.nodes(cluster).value;
    if (known !== undefined) return known;
    const { value, error } = await this.parts.refresher.nodes(cluster);
    if (value === undefined && error !== undefined) throw error;
    return value ?? [];
  }

  /** A subscription, workspace or cluster: asks for a workspace and then for it or one of its clusters. */
  async resource(target: unknown, title: string): Promise<ResourceNode | undefined> {
    if ((await this.parts.session()) === undefined) return undefined;
    const { nodes } = this.parts;
    const node = this.named(target);
    const named = node?.kind === "node" ? nodes.cluster(node.cluster) : node;
    if (named !== undefined && "id" in named) return named;
    if (isNamed(target)) return undefined;
    const workspace = await this.#askWorkspace(title);
    if (workspace === undefined) return undefined;
    const chosen = await this.#askResource(workspace, title);
    const found = chosen && nodes.of(chosen);
    return found && "id" in found ? found : undefined;
  }

  /** The workspace that a cluster belongs to. */
  async workspaceOf(cluster: ArmId): Promise<Workspace> {
    const id = workspaceOf(cluster);
    return this.parts.store.workspace(id) ?? this.#loadWorkspace(id);
  }

  /** Names of all computes of a workspace, read afresh. */
  async namesIn(workspace: ArmId): Promise<readonly string[]> {
    await this.#loadClusters(workspace);
    return this.parts.store.computes(workspace).value?.names ?? [];
  }

  #askWorkspace(title: string): Promise<Workspace | undefined> {
    return choose<Workspace>({
      title,
      placeholder: vscode.l10n.t("Choose a workspace"),
      nothing: vscode.l10n.t("No workspace was found."),
      load: async (show) => {
        const account = await this.parts.refresher.account();
        if (account.value === undefined && account.error !== undefined) throw account.error;
        const showKnown = (): void =>
          show(this.parts.store.allWorkspaces().map((workspace) => this.#workspaceChoice(workspace)));
        showKnown();
        // A subscription that fails or is slow does not keep the others from the list.
        await Promise.all(
          (account.value?.subscriptions ?? []).map(async ({ id }) => {
            if (this.parts.store.workspaces(id).value === undefined) await this.parts.refresher.workspaces(id);
            showKnown();
          }),
        );
      },
    });
  }

  #workspaceChoice(workspace: Workspace): Choice<Workspace> {
    const subscription = this.parts.store.subscription(subscriptionOf(workspace.id));
    return {
      label: workspace.name,
      description: joined(workspace.resourceGroup, workspace.location, workspaceKindWord(workspace.kind)),
      ...(subscription === undefined ? {} : { detail: subscription.displayName }),
      value: workspace,
    };
  }

  #askCluster(
    workspace: Workspace,
    title: string,
    applies: (cluster: ComputeCluster) => boolean,
  ): Promise<ComputeCluster | undefined> {
    return choose<ComputeCluster>({
      title,
      placeholder: vscode.l10n.t("Choose a cluster of {0}", workspace.name),
      nothing: vscode.l10n.t("{0} has no cluster for this.", workspace.name),
      load: async (show) => {
        await this.#loadClusters(workspace.id);
        const fitting = this.parts.store.clusters(workspace.id).filter((cluster) => applies(cluster));
        show(fitting.map((cluster) => ({ ...this.#clusterChoice(cluster), value: cluster })));
      },
    });
  }

  #askResource(workspace: Workspace, title: string): Promise<ArmId | undefined> {
    return choose<ArmId>({
      title,
      placeholder: vscode.l10n.t("Choose {0} or one of its clusters", workspace.name),
      nothing: "",
      load: async (show) => {
        const own = {
          ...this.#workspaceChoice(workspace),
          detail: vscode.l10n.t("the workspace"),
          value: workspace.id,
        };
        show([own]);
        await this.#loadClusters(workspace.id);
        const clusters = this.parts.store.clusters(workspace.id);
        show([own, ...clusters.map((cluster) => ({ ...this.#clusterChoice(cluster), value: cluster.id }))]);
      },
    });
  }

  #clusterChoice(cluster: ComputeCluster): { label: string; description: string; detail: string } {
    const row = clusterRow(cluster, this.parts.store);
    return {
      label: cluster.name,
      description: row.description ?? "",
      detail: joined(cluster.vmSize, cluster.location),
    };
  }

  async #loadClusters(workspace: ArmId): Promise<void> {
    const { value, error } = await this.parts.refresher.computes(workspace);
    if (value === undefined && error !== undefined) throw error;
  }

  async #loadWorkspace(id: ArmId): Promise<Workspace> {
    await this.parts.refresher.account();
    const { error } = await this.parts.refresher.workspaces(subscriptionOf(id));
    return this.parts.store.workspace(id) ?? notFound(id, error);
  }

  async #loadCluster(id: ArmId): Promise<ComputeCluster> {
    await this.#loadWorkspace(workspaceOf(id));
    const { error } = await this.parts.refresher.computes(workspaceOf(id));
    return this.parts.store.cluster(id) ?? notFound(id, error);
  }
}

function isNamed(target: unknown): boolean {
  return target !== undefined && target !== null;
}

/** The workspace that a row is or belongs to. */
function workspaceIdOf(node: TreeNode | undefined): ArmId | undefined {
  switch (node?.kind) {
    case "workspace":
    case "cluster":
      return workspaceOf(node.id);
    case "node":
      return workspaceOf(node.cluster);
    case "notice":
      return node.parent?.toLowerCase().includes("/workspaces/") === true ? workspaceOf(node.parent) : undefined;
    case "subscription":
    case undefined:
      return undefined;
  }
}

function notFound(id: ArmId, error: AzureMlError | undefined): never {
  throw (
    error ??
    new AzureMlError({ kind: "notFound", message: vscode.l10n.t("{0} was not found.", id.split("/").at(-1) ?? id) })
  );
}
