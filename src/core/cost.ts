import { type VmPriority } from "./cluster";
import { type VmSize } from "./vmSize";

/** What a cluster costs per hour in USD at list price: with its minimum and with its maximum of nodes running. */
export interface HourlyCost {
  readonly floor: number;
  readonly ceiling: number;
  /** Of one node. */
  readonly perNode: number;
}

export interface NodeLimits {
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
}

/** List price of one node in USD per hour. @returns undefined when unknown, and for low priority where the size lacks it. */
export function pricePerHour(size: VmSize, priority: VmPriority): number | undefined {
  // Sizes that cannot run at low priority list such a price all the same (recorded 2025-11-04, Standard_ND96asr_v4).
  if (priority === "lowPriority" && !size.lowPriorityCapable) return undefined;
  const price = size.price?.[priority];
  return price !== undefined && Number.isFinite(price) && price > 0 ? price : undefined;
}

/**
 * Floor and ceiling per hour: nodes that are up are billed, whether they work or not (azure-docs
 * includes/machine-learning-min-nodes.md @c9326a4). @returns undefined when the price is unknown or a node count is no count.
 */
export function hourlyCost(size: VmSize, priority: VmPriority, limits: NodeLimits): HourlyCost | undefined {
  const perNode = pricePerHour(size, priority);
  const { minNodeCount: min, maxNodeCount: max } = limits;
  const counts = Number.isSafeInteger(min) && Number.isSafeInteger(max) && min >= 0 && min <= max;
  return perNode === undefined || !counts ? undefined : { perNode, floor: perNode * min, ceiling: perNode * max };
}
