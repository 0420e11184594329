import { regionKey } from "./account";
import { type ArmId, sameArmId } from "./armId";
import { type MoneyRow } from "./moneyTable";
import { type Allowance, type RegionQuota } from "./quota";
import { familyKey } from "./vmSize";

/** A cluster that takes part in a bar. */
export interface QuotaHolder {
  readonly id: ArmId;
  readonly name: string;
  /** vCPUs of its nodes that are up. */
  readonly usedVCpus: number;
  /** vCPUs of its maximum: what deleting it would give back. */
  readonly heldVCpus: number;
}

/** One limit of a region, as a bar. Numbers are vCPUs, for `clusters` computes. */
export interface QuotaBar {
  readonly kind: "dedicatedTotal" | "lowPriorityTotal" | "family" | "lowPriorityFamily" | "clusters";
  /** `familyKey` of a family, else empty. */
  readonly family: string;
  /** The family's name as Azure shows it. */
  readonly familyName: string | undefined;
  readonly used: number;
  readonly limit: number;
  /** The biggest holder first; empty for `clusters`. */
  readonly holders: readonly QuotaHolder[];
  /**
   * Sum of what the holders could use at most. Whether `used` holds it already is not known (azure-facts 2.8), so both are
   * shown; more than `limit` means that not all clusters can reach their maximum together.
   */
  readonly heldVCpus: number;
  /** Used by others: compute instances, endpoints, clusters that are not in the table. */
  readonly usedByOthers: number;
}

/**
 * The limits of one region of one subscription with the clusters that hold them, of all its workspaces. Rows without a limit
 * (-1: low-priority families) make no bar. Totals first, then families, the fullest first. Rows of clusters whose size is not
 * known cannot take part.
 */
export function quotaBars(
  quota: RegionQuota,
  rows: readonly MoneyRow[],
  place: { readonly subscription: ArmId; readonly location: string },
): readonly QuotaBar[] {
  const here = rows.filter(
    (row) => sameArmId(row.subscription, place.subscription) && regionKey(row.location) === regionKey(place.location),
  );
  const dedicated = here.filter((row) => row.vmPriority === "dedicated");
  const lowPriority = here.filter((row) => row.vmPriority === "lowPriority");
  const families = [
    ...familyBars("family", quota.dedicatedFamilies, dedicated),
    ...familyBars("lowPriorityFamily", quota.lowPriorityFamilies, lowPriority),
  ];
  const whole = { family: "", familyName: undefined };
  return [
    ...bar({ kind: "dedicatedTotal", ...whole }, quota.totalDedicatedCores, dedicated),
    ...bar({ kind: "lowPriorityTotal", ...whole }, quota.totalLowPriorityCores, lowPriority),
    ...bar({ kind: "clusters", ...whole }, quota.totalClusters, []).map((clusters) => ({
      ...clusters,
      usedByOthers: Math.max(0, clusters.used - here.length),
    })),
    ...families.sort((a, b) => fullness(b) - fullness(a) || (a.family < b.family ? -1 : 1)),
  ];
}

function familyBars(
  kind: "family" | "lowPriorityFamily",
  allowances: RegionQuota["dedicatedFamilies"],
  rows: readonly MoneyRow[],
): readonly QuotaBar[] {
  return Object.entries(allowances).flatMap(([key, allowance]) => {
    const members = rows.filter((row) => row.vmFamily !== undefined && familyKey(row.vmFamily) === key);
    return bar({ kind, family: key, familyName: allowance.displayName }, allowance, members);
  });
}

function bar(
  head: Pick<QuotaBar, "kind" | "family" | "familyName">,
  allowance: Allowance | undefined,
  rows: readonly MoneyRow[],
): readonly QuotaBar[] {
  if (allowance?.limit === undefined) return [];
  const holders = rows
    .flatMap(({ id, name, usedVCpus, heldVCpus }) =>
      usedVCpus === undefined || heldVCpus === undefined ? [] : [{ id, name, usedVCpus, heldVCpus }],
    )
    .sort((a, b) => b.heldVCpus - a.heldVCpus || (a.name < b.name ? -1 : 1));
  const sum = (pick: (holder: QuotaHolder) => number): number =>
    holders.reduce((total, holder) => total + pick(holder), 0);
  return [
    {
      ...head,
      used: allowance.used,
      limit: allowance.limit,
      holders,
      heldVCpus: sum((holder) => holder.heldVCpus),
      usedByOthers: Math.max(0, allowance.used - sum((holder) => holder.usedVCpus)),
    },
  ];
}

/** A limit of 0 has no share; with something used it is over full. */
function fullness({ used, limit }: QuotaBar): number {
  return limit > 0 ? used / limit : used > 0 ? Infinity : 0;
}
