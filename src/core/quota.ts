import { type VmPriority } from "./cluster";
import { type VmSize, familyKey } from "./vmSize";

/** Used and allowed; `limit` undefined means that this row sets none (the service writes -1). */
export interface Allowance {
  readonly used: number;
  readonly limit: number | undefined;
}

/** vCPU allowances of one region of one subscription, read from `usages` by row type, never by name. */
export interface RegionQuota {
  readonly totalClusters?: Allowance | undefined;
  readonly totalDedicatedCores?: Allowance | undefined;
  readonly totalLowPriorityCores?: Allowance | undefined;
  /** Keyed by `familyKey`. */
  readonly dedicatedFamilies: Readonly<Record<string, FamilyAllowance>>;
  readonly lowPriorityFamilies: Readonly<Record<string, FamilyAllowance>>;
}

export interface FamilyAllowance extends Allowance {
  readonly displayName: string;
}

/** Which limit binds, and how many vCPUs it leaves. */
export interface QuotaLeft {
  /** Whole nodes that still fit. */
  readonly nodes: number;
  readonly vCpusLeft: number;
  readonly binding: "family" | "total" | "workspace";
  readonly limit: number;
}

/**
 * Nodes of a size that quota still allows: dedicated needs room in the family *and* in the region's total, low priority in
 * the region's single low-priority total (azure-data/NOTES 2, recorded 2025-11-04). `workspaceFamilyLimit` caps dedicated
 * further; how much of it the workspace uses is not known, so all of it counts as left and other limits bind earlier.
 * @returns undefined when nothing is known that would limit the size.
 */
export function quotaLeft(
  quota: RegionQuota,
  size: VmSize,
  priority: VmPriority,
  workspaceFamilyLimit?: number,
): QuotaLeft | undefined {
  return quotaLimits(quota, size, priority, workspaceFamilyLimit).reduce<QuotaLeft | undefined>(
    (tightest, candidate) => (tightest === undefined || candidate.nodes < tightest.nodes ? candidate : tightest),
    undefined,
  );
}

/** Every limit that applies to a size, each with what it leaves; see `quotaLeft`. */
export function quotaLimits(
  quota: RegionQuota,
  size: VmSize,
  priority: VmPriority,
  workspaceFamilyLimit?: number,
): readonly QuotaLeft[] {
  const key = familyKey(size.family);
  const dedicated = priority === "dedicated";
  const family = (dedicated ? quota.dedicatedFamilies : quota.lowPriorityFamilies)[key];
  const total = dedicated ? quota.totalDedicatedCores : quota.totalLowPriorityCores;
  return [
    left("total", total, size),
    left("family", family, size),
    left(
      "workspace",
      dedicated && workspaceFamilyLimit !== undefined ? { used: 0, limit: workspaceFamilyLimit } : undefined,
      size,
    ),
  ].filter((candidate) => candidate !== undefined);
}

function left(binding: QuotaLeft["binding"], allowance: Allowance | undefined, size: VmSize): QuotaLeft | undefined {
  if (allowance?.limit === undefined || size.vCpus <= 0) return undefined;
  const vCpusLeft = Math.max(0, allowance.limit - allowance.used);
  return { binding, vCpusLeft, limit: allowance.limit, nodes: Math.floor(vCpusLeft / size.vCpus) };
}
