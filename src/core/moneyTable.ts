import { type AmountSum, type Amounts, compareAmounts, sumAmounts } from "./amounts";
import { type ArmId, armKey, nameOf, subscriptionOf, workspaceOf } from "./armId";
import { type ClusterCondition, type ComputeCluster, type VmPriority, conditionOf } from "./cluster";
import { type BillingAssumptions, type ClusterCost, clusterCost, paidNodes } from "./clusterCost";
import { type Price } from "./price";
import { heldVCpus } from "./scaleImpact";
import { type VmSize } from "./vmSize";

/** One cluster on the money page; plain data. */
export interface MoneyRow {
  readonly id: ArmId;
  readonly name: string;
  readonly workspace: ArmId;
  readonly workspaceName: string;
  readonly subscription: ArmId;
  readonly subscriptionName: string;
  readonly location: string;
  readonly vmSize: string;
  /** Undefined, as are the vCPUs, while the size is not known. */
  readonly vmFamily: string | undefined;
  readonly vmPriority: VmPriority;
  readonly condition: ClusterCondition;
  readonly tags: Readonly<Record<string, string>>;
  /** Nodes that are up. */
  readonly nodes: number;
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
  readonly cost: ClusterCost;
  /** vCPU quota held while the cluster exists: its maximum of nodes. */
  readonly heldVCpus: number | undefined;
  /** vCPUs of the nodes that are up. */
  readonly usedVCpus: number | undefined;
}

export interface MoneyRowFacts {
  readonly price?: Price | undefined;
  readonly size?: VmSize | undefined;
  /** Its id where the name is not known. */
  readonly subscriptionName?: string | undefined;
  readonly assumptions?: BillingAssumptions | undefined;
}

export function moneyRow(cluster: ComputeCluster, facts: MoneyRowFacts): MoneyRow {
  const workspace = workspaceOf(cluster.id);
  const subscription = subscriptionOf(cluster.id);
  const { size } = facts;
  // Preparing and leaving nodes hold their vCPUs, whoever pays for them.
  const nodes = paidNodes(cluster).reduce((sum, [, count]) => sum + count, 0);
  return {
    id: cluster.id,
    name: cluster.name,
    workspace,
    workspaceName: nameOf(workspace),
    subscription,
    subscriptionName: facts.subscriptionName ?? nameOf(subscription),
    location: cluster.location,
    vmSize: cluster.vmSize,
    vmFamily: size?.family,
    vmPriority: cluster.vmPriority,
    condition: conditionOf(cluster),
    tags: cluster.tags,
    nodes,
    minNodeCount: cluster.scaleSettings.minNodeCount,
    maxNodeCount: cluster.scaleSettings.maxNodeCount,
    cost: clusterCost(cluster, facts.price, facts.assumptions),
    heldVCpus: size && heldVCpus(cluster.scaleSettings.maxNodeCount, size),
    usedVCpus: size && nodes * size.vCpus,
  };
}

export type MoneyColumn =
  | "name"
  | "workspace"
  | "subscription"
  | "location"
  | "vmSize"
  | "nodes"
  | "now"
  | "idle"
  | "unusable"
  | "floor"
  | "ceiling"
  | "heldVCpus";

export interface MoneySort {
  readonly column: MoneyColumn;
  readonly descending: boolean;
}

/** Rows in order of a column; what is unknown comes last either way, equals stay in order of name and id. */
export function sortRows(rows: readonly MoneyRow[], sort: MoneySort, currency: string): readonly MoneyRow[] {
  const sign = sort.descending ? -1 : 1;
  const valueOf = cells[sort.column];
  return [...rows].sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined) || byName(a, b);
    }
    return sign * compareCells(left, right, currency) || byName(a, b);
  });
}

const cells: Record<MoneyColumn, (row: MoneyRow) => string | number | Amounts | undefined> = {
  name: (row) => row.name,
  workspace: (row) => row.workspaceName,
  subscription: (row) => row.subscriptionName,
  location: (row) => row.location,
  vmSize: (row) => row.vmSize,
  nodes: (row) => row.nodes,
  now: (row) => row.cost.now,
  idle: (row) => row.cost.idle,
  unusable: (row) => row.cost.unusable,
  floor: (row) => row.cost.floor,
  ceiling: (row) => row.cost.ceiling,
  heldVCpus: (row) => row.heldVCpus,
};

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compareCells(a: string | number | Amounts, b: string | number | Amounts, currency: string): number {
  if (typeof a === "string" && typeof b === "string") return collator.compare(a, b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return typeof a === "object" && typeof b === "object" ? compareAmounts(a, b, currency) : 0;
}

function byName(a: MoneyRow, b: MoneyRow): number {
  return collator.compare(a.name, b.name) || collator.compare(a.id, b.id);
}

/** Sums over clusters; each `unknown` counts those without a price. Money per hour. */
export interface Burn {
  readonly clusters: number;
  readonly now: AmountSum;
  readonly idle: AmountSum;
  readonly unusable: AmountSum;
  readonly floor: AmountSum;
  readonly ceiling: AmountSum;
  /** Of the clusters whose size is known. */
  readonly heldVCpus: number;
}

export function sumRows(rows: readonly MoneyRow[]): Burn {
  const sum = (pick: (cost: ClusterCost) => Amounts | undefined): AmountSum =>
    sumAmounts(rows.map((row) => pick(row.cost)));
  return {
    clusters: rows.length,
    now: sum((cost) => cost.now),
    idle: sum((cost) => cost.idle),
    unusable: sum((cost) => cost.unusable),
    floor: sum((cost) => cost.floor),
    ceiling: sum((cost) => cost.ceiling),
    heldVCpus: rows.reduce((total, row) => total + (row.heldVCpus ?? 0), 0),
  };
}

export type Grouping =
  | { readonly by: "workspace" }
  | { readonly by: "subscription" }
  /** Values of one tag; the tag's name is compared without case, as Azure does. */
  | { readonly by: "tag"; readonly name: string };

export interface MoneyGroup {
  /** Unique within its grouping. */
  readonly key: string;
  /** Undefined for the clusters that lack the tag. */
  readonly label: string | undefined;
  readonly burn: Burn;
}

/** Totals per group, the biggest spender of now first. */
export function groupRows(rows: readonly MoneyRow[], grouping: Grouping, currency: string): readonly MoneyGroup[] {
  const groups = new Map<string, { label: string | undefined; rows: MoneyRow[] }>();
  for (const row of rows) {
    const { key, label } = groupOf(row, grouping);
    const group = groups.get(key) ?? { label, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups]
    .map(([key, group]) => ({ key, label: group.label, burn: sumRows(group.rows) }))
    .sort((a, b) => compareAmounts(b.burn.now.amounts, a.burn.now.amounts, currency) || collator.compare(a.key, b.key));
}

function groupOf(row: MoneyRow, grouping: Grouping): { readonly key: string; readonly label: string | undefined } {
  switch (grouping.by) {
    case "workspace":
      return { key: armKey(row.workspace), label: row.workspaceName };
    case "subscription":
      return { key: armKey(row.subscription), label: row.subscriptionName };
    case "tag": {
      const value = tagValue(row.tags, grouping.name);
      return value === undefined ? { key: "", label: undefined } : { key: `=${value}`, label: value };
    }
  }
}

function tagValue(tags: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Names of the tags that any cluster has, in one spelling each. */
export function tagNames(rows: readonly MoneyRow[]): readonly string[] {
  const names = new Map(rows.flatMap((row) => Object.keys(row.tags)).map((name) => [name.toLowerCase(), name]));
  return [...names.values()].sort((a, b) => collator.compare(a, b));
}

/** The clusters that cost most now, without those that cost nothing or whose price is unknown. */
export function topSpenders(rows: readonly MoneyRow[], currency: string, most: number): readonly MoneyRow[] {
  const spending = rows.filter((row) => Object.values(row.cost.now ?? {}).some((value) => value > 0));
  return sortRows(spending, { column: "now", descending: true }, currency).slice(0, most);
}
