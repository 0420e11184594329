import { type Amounts, addAmounts, amountOf, scaleAmounts } from "./amounts";
import { type ComputeCluster, type NodeCounts, type ScaleSettings } from "./cluster";
import { type Price, type PriceSource } from "./price";

/** The month of Azure's own price lists (azure-data/NOTES 4). */
export const hoursPerMonth = 730;

/**
 * Azure bills one standard load balancer for each 50 nodes or part of them, some $0.33 a day, until the cluster is deleted: a
 * cluster without nodes keeps one (azure-ai-docs concept-plan-manage-cost @0eea71c, 2024-03-26). Nodes without public IP need
 * none (how-to-secure-training-vnet @06fd8bc, 2024-04-08).
 */
const nodesPerLoadBalancer = 50;
const loadBalancerRate = { perHour: 0.33 / 24, currency: "USD" } as const;

/**
 * Node states of which no source says whether they are charged (azure-facts 2.6). Both are running VMs to Azure Batch below, so
 * they count unless somebody knows better.
 */
export interface BillingAssumptions {
  readonly preparing: boolean;
  readonly leaving: boolean;
}

export const defaultAssumptions: BillingAssumptions = { preparing: true, leaving: true };

/** `unreported`: nodes that the cluster has but names no state for. */
export type PaidNodeState = "running" | "idle" | "preparing" | "unusable" | "leaving" | "unreported";

/** One line of the bill as it is now. `rate` and `perHour` are undefined while the price is unknown. */
export interface LineItem {
  readonly what: PaidNodeState | "loadBalancer";
  readonly quantity: number;
  readonly unit: "node" | "loadBalancer";
  /** Per hour and unit, in `currency`. */
  readonly rate: number | undefined;
  readonly perHour: number | undefined;
  readonly currency: string | undefined;
  /** `documented`: a figure from Azure's documentation, no list price. */
  readonly source: PriceSource | "documented" | undefined;
}

/** What a scale costs, in money per hour; undefined where nodes would run whose price is unknown. */
export interface ScaleCost {
  /** With the minimum of nodes up: what is paid when nobody works. */
  readonly floor: Amounts | undefined;
  /** With the maximum of nodes up. */
  readonly ceiling: Amounts | undefined;
  /** Money per scale-down, not per hour: all nodes above the minimum waiting out the idle time once. */
  readonly idleTail: Amounts | undefined;
}

/** What a cluster costs. `idle` and `unusable` are the parts of `now` that do no work. Money per hour. */
export interface ClusterCost extends ScaleCost {
  /** Of one node. */
  readonly price: Price | undefined;
  readonly items: readonly LineItem[];
  readonly now: Amounts | undefined;
  readonly idle: Amounts | undefined;
  readonly unusable: Amounts | undefined;
}

/**
 * The bill of a cluster as it stands. Nodes that are up are paid for, idle ones too (azure-docs
 * includes/machine-learning-min-nodes.md @c9326a4), and unusable ones (azure-docs batch-pool-node-error-checking @225b692,
 * 2019-08-23); preempted ones are no longer running.
 */
export function clusterCost(
  cluster: ComputeCluster,
  price: Price | undefined,
  assumptions: BillingAssumptions = defaultAssumptions,
): ClusterCost {
  const nodes = paidNodes(cluster, assumptions);
  const paid = nodes.reduce((sum, [, count]) => sum + count, 0);
  // Right after create the service says nothing of nodes, nor has it made anything for them.
  const balancers = cluster.allocationState === "unknown" && paid === 0 ? 0 : loadBalancers(paid, cluster.nodePublicIp);
  const items = [
    ...nodes.map(([what, quantity]) => nodeItem(what, quantity, price)),
    ...(balancers === 0 ? [] : [loadBalancerItem(balancers)]),
  ];
  return {
    ...scaleCost(cluster.scaleSettings, price, cluster.nodePublicIp),
    price,
    items,
    now: sumItems(items),
    idle: sumItems(items.filter((item) => item.what === "idle")),
    unusable: sumItems(items.filter((item) => item.what === "unusable")),
  };
}

/** What a scale costs, of a cluster or of a draft. NaN and negative counts make the figures undefined. */
export function scaleCost(scale: ScaleSettings, price: Price | undefined, nodePublicIp: boolean): ScaleCost {
  const { minNodeCount: min, maxNodeCount: max, idleSecondsBeforeScaleDown: idle } = scale;
  const waiting = isCount(min) && isCount(max) && min <= max && idle >= 0 ? nodesCost(max - min, price) : undefined;
  return {
    floor: costWithNodes(min, price, nodePublicIp),
    ceiling: costWithNodes(max, price, nodePublicIp),
    idleTail: waiting && scaleAmounts(waiting, idle / 3600),
  };
}

/** Per hour with so many nodes up, their load balancers included. */
export function costWithNodes(nodes: number, price: Price | undefined, nodePublicIp: boolean): Amounts | undefined {
  const cost = nodesCost(nodes, price);
  return cost && addAmounts(cost, loadBalancersCost(loadBalancers(nodes, nodePublicIp)));
}

/** Nodes alone, per hour. @returns undefined when the price is missing or `nodes` is no count. */
export function nodesCost(nodes: number, price: Price | undefined): Amounts | undefined {
  if (!isCount(nodes)) return undefined;
  if (price === undefined) return nodes === 0 ? {} : undefined;
  return amountOf(price.currency, nodes * price.perHour);
}

/** Load balancers that Azure bills for so many nodes; one stays when the cluster has none. */
export function loadBalancers(nodes: number, nodePublicIp: boolean): number {
  return nodePublicIp ? Math.max(1, Math.ceil(nodes / nodesPerLoadBalancer)) : 0;
}

export function loadBalancersCost(count: number): Amounts {
  return count === 0 ? {} : amountOf(loadBalancerRate.currency, count * loadBalancerRate.perHour);
}

/** Nodes that are paid for, by state, without the states that have none. */
export function paidNodes(
  cluster: ComputeCluster,
  assumptions: BillingAssumptions = defaultAssumptions,
): readonly (readonly [PaidNodeState, number])[] {
  const { nodeCounts: counts } = cluster;
  const nodes: readonly (readonly [PaidNodeState, number])[] = [
    ["running", counts.running],
    ["idle", counts.idle],
    ["preparing", assumptions.preparing ? counts.preparing : 0],
    ["unusable", counts.unusable],
    ["leaving", assumptions.leaving ? counts.leaving : 0],
    ["unreported", Math.max(0, cluster.currentNodeCount - countAll(counts))],
  ];
  return nodes.filter(([, count]) => count > 0);
}

function countAll(counts: NodeCounts): number {
  return counts.running + counts.idle + counts.preparing + counts.unusable + counts.leaving + counts.preempted;
}

function nodeItem(what: PaidNodeState, quantity: number, price: Price | undefined): LineItem {
  return {
    what,
    quantity,
    unit: "node",
    rate: price?.perHour,
    perHour: price && quantity * price.perHour,
    currency: price?.currency,
    source: price?.source,
  };
}

function loadBalancerItem(quantity: number): LineItem {
  const { perHour: rate, currency } = loadBalancerRate;
  return {
    what: "loadBalancer",
    quantity,
    unit: "loadBalancer",
    rate,
    perHour: quantity * rate,
    currency,
    source: "documented",
  };
}

function sumItems(items: readonly LineItem[]): Amounts | undefined {
  const known = items.flatMap(({ perHour, currency }) =>
    perHour === undefined || currency === undefined ? [] : [amountOf(currency, perHour)],
  );
  return known.length === items.length ? addAmounts(...known) : undefined;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
