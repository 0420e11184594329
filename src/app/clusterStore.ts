import { type Subscription, type Tenant } from "../core/account";
import { type ArmId, armKey, sameArmId, subscriptionOf, workspaceOf } from "../core/armId";
import { type ClusterNode, type ComputeCluster } from "../core/cluster";
import { type ComputeListing } from "../core/compute";
import { type AzureMlError } from "../core/errors";
import { type OperationKind } from "../core/operation";
import { type Workspace } from "../core/workspace";
import { Emitter } from "./emitter";
import { type Loadable, notLoaded } from "./loadable";

/** A write of ours that Azure is still carrying out. */
export interface PendingChange {
  readonly kind: OperationKind;
  /** For a create: the row to show until Azure's list has it. */
  readonly provisional?: ComputeCluster | undefined;
}

/** What diagnosis makes of a cluster, as far as its row tells. */
export interface ClusterMark {
  /** Changing for so long that it will hardly end by itself. */
  readonly stuck: boolean;
  /** The likeliest cause in a sentence; undefined until it has been looked for. */
  readonly cause?: string | undefined;
}

/** Which rows to draw again: everything, or those ids (a row and what lies under it). */
export type StoreChange = "all" | readonly ArmId[];

export interface Account {
  readonly tenants: readonly Tenant[];
  readonly subscriptions: readonly Subscription[];
  /** tenantId → why its subscriptions are missing. */
  readonly failures: ReadonlyMap<string, AzureMlError>;
  /** How many subscriptions the person has chosen not to see. */
  readonly hidden?: number | undefined;
}

/**
 * What we last knew, per row, and which writes are pending. Reads are instant and never fetch; `Refresher` writes.
 * A change fires only for rows whose content differs, so that a poll redraws only what changed.
 */
export class ClusterStore {
  readonly #changed = new Emitter<StoreChange>();
  readonly onDidChange = this.#changed.event;
  readonly #answered = new Emitter<ArmId>();
  /** A workspace's list has come, whether anything in it differs or not. */
  readonly onDidAnswer = this.#answered.event;
  #account: Loadable<Account> = notLoaded;
  readonly #workspaces = new Map<string, Loadable<readonly Workspace[]>>();
  readonly #computes = new Map<string, Loadable<ComputeListing>>();
  readonly #nodes = new Map<string, Loadable<readonly ClusterNode[]>>();
  readonly #marks = new Map<string, ClusterMark>();
  readonly #pending = new Map<string, { readonly id: ArmId; readonly change: PendingChange }>();

  get account(): Loadable<Account> {
    return this.#account;
  }

  subscription(id: ArmId): Subscription | undefined {
    return this.#account.value?.subscriptions.find((subscription) => sameArmId(subscription.id, id));
  }

  workspaces(subscription: ArmId): Loadable<readonly Workspace[]> {
    return this.#workspaces.get(armKey(subscription)) ?? notLoaded;
  }

  workspace(id: ArmId): Workspace | undefined {
    return this.workspaces(subscriptionOf(id)).value?.find((workspace) => sameArmId(workspace.id, id));
  }

  /** Every workspace known so far, over all subscriptions. */
  allWorkspaces(): readonly Workspace[] {
    return [...this.#workspaces.values()].flatMap((loadable) => loadable.value ?? []);
  }

  /** What Azure's list said last; rows of pending creates are not in it, see `clusters`. */
  computes(workspace: ArmId): Loadable<ComputeListing> {
    return this.#computes.get(armKey(workspace)) ?? notLoaded;
  }

  /** The workspace's clusters by name, those just being created among them. Empty while nothing is known. */
  clusters(workspace: ArmId): readonly ComputeCluster[] {
    const listed = this.computes(workspace).value?.clusters ?? [];
    const coming = [...this.#pending.values()]
      .flatMap(({ change }) => change.provisional ?? [])
      .filter((cluster) => sameArmId(workspaceOf(cluster.id), workspace))
      .filter((cluster) => !listed.some((other) => sameArmId(other.id, cluster.id)));
    return [...listed, ...coming].sort((a, b) => a.name.localeCompare(b.name));
  }

  cluster(id: ArmId): ComputeCluster | undefined {
    return this.clusters(workspaceOf(id)).find((cluster) => sameArmId(cluster.id, id));
  }

  /** Every cluster known so far. */
  allClusters(): readonly ComputeCluster[] {
    return this.allWorkspaces().flatMap((workspace) => this.clusters(workspace.id));
  }

  nodes(cluster: ArmId): Loadable<readonly ClusterNode[]> {
    return this.#nodes.get(armKey(cluster)) ?? notLoaded;
  }

  /** Undefined for a cluster that nothing seems wrong with. */
  mark(cluster: ArmId): ClusterMark | undefined {
    return this.#marks.get(armKey(cluster));
  }

  pending(cluster: ArmId): PendingChange | undefined {
    return this.#pending.get(armKey(cluster))?.change;
  }

  setAccount(account: Loadable<Account>): void {
    const before = this.#account;
    this.#account = account;
    if (!sameRow(before, account)) this.#changed.fire("all");
  }

  setWorkspaces(subscription: ArmId, workspaces: Loadable<readonly Workspace[]>): void {
    const before = this.workspaces(subscription);
    this.#workspaces.set(armKey(subscription), workspaces);
    if (!sameRow(before, workspaces)) this.#changed.fire([subscription]);
  }

  setComputes(workspace: ArmId, computes: Loadable<ComputeListing>): void {
    const before = this.computes(workspace);
    this.#computes.set(armKey(workspace), computes);
    const changed = changedClusters(before.value, computes.value);
    if (changed === "membership" || !sameStatus(before, computes)) this.#changed.fire([workspace]);
    else if (changed.length > 0) this.#changed.fire(changed);
    if (computes.value !== undefined && computes.error === undefined && computes.value !== before.value) {
      this.#answered.fire(workspace);
    }
  }

  setMark(cluster: ArmId, mark: ClusterMark | undefined): void {
    const before = this.mark(cluster);
    if (mark === undefined) this.#marks.delete(armKey(cluster));
    else this.#marks.set(armKey(cluster), mark);
    if (!same(before, mark)) this.#changed.fire([cluster]);
  }

  /** Puts one cluster's fresh GET into its workspace's list. */
  setCluster(id: ArmId, cluster: ComputeCluster | undefined): void {
    const workspace = workspaceOf(id);
    const computes = this.computes(workspace);
    if (computes.value === undefined) return;
    const others = computes.value.clusters.filter((other) => !sameArmId(other.id, id));
    const names = cluster === undefined ? computes.value.names : [...new Set([...computes.value.names, cluster.name])];
    const clusters = cluster === undefined ? others : [...others, cluster];
    this.setComputes(workspace, { ...computes, value: { ...computes.value, clusters, names } });
  }

  setNodes(cluster: ArmId, nodes: Loadable<readonly ClusterNode[]>): void {
    const before = this.nodes(cluster);
    this.#nodes.set(armKey(cluster), nodes);
    if (!sameRow(before, nodes)) this.#changed.fire([cluster]);
  }

  changeStarted(cluster: ArmId, change: PendingChange): void {
    this.#pending.set(armKey(cluster), { id: cluster, change });
    this.#changed.fire([change.kind === "create" ? workspaceOf(cluster) : cluster]);
  }

  changeEnded(cluster: ArmId): void {
    if (this.#pending.delete(armKey(cluster))) this.#changed.fire([workspaceOf(cluster)]);
  }

  /** Forgets everything, as at sign-out. */
  clear(): void {
    this.#account = notLoaded;
    this.#workspaces.clear();
    this.#computes.clear();
    this.#nodes.clear();
    this.#marks.clear();
    this.#pending.clear();
    this.#changed.fire("all");
  }
}

/** Ids of the clusters whose content differs, or that clusters came or went. */
function changedClusters(
  before: ComputeListing | undefined,
  after: ComputeListing | undefined,
): "membership" | readonly ArmId[] {
  if (before === undefined || after === undefined) return before === after ? [] : "membership";
  if (before.clusters.length !== after.clusters.length || !same(before.others, after.others)) return "membership";
  const old = new Map(before.clusters.map((cluster) => [armKey(cluster.id), cluster]));
  if (after.clusters.some((cluster) => !old.has(armKey(cluster.id)))) return "membership";
  return after.clusters.filter((cluster) => !same(old.get(armKey(cluster.id)), cluster)).map((cluster) => cluster.id);
}

/** Loading a second time is not worth a redraw: the rows stay. Loading the first time, failing and recovering are. */
function sameStatus(a: Loadable<unknown>, b: Loadable<unknown>): boolean {
  const busy = (loadable: Loadable<unknown>): boolean => loadable.loading && loadable.value === undefined;
  return busy(a) === busy(b) && sameError(a.error, b.error);
}

function sameError(a: AzureMlError | undefined, b: AzureMlError | undefined): boolean {
  return a === b || (a !== undefined && a.kind === b?.kind && a.code === b.code && a.message === b.message);
}

function sameRow(a: Loadable<unknown>, b: Loadable<unknown>): boolean {
  return sameStatus(a, b) && same(a.value, b.value);
}

/** By content: what is stored is plain data from one mapper, whose keys always come in one order. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a, mapsAsEntries) === JSON.stringify(b, mapsAsEntries);
}

function mapsAsEntries(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...(value as Map<string, Error>)].map(([key, error]) => [key, error.message]) : value;
}
