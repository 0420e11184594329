import * as l10n from "@vscode/l10n";
import { type VmPriority } from "./cluster";
import { type RetailPrice } from "./compute";
import { pricePerHour } from "./cost";
import { gpuModelOf } from "./gpuModel";
import { type QuotaLeft, type RegionQuota, quotaLeft } from "./quota";
import { type VmSize, familyKey, isRetired, vmSizeKey } from "./vmSize";

/** What is known of the sizes' region; without quota nothing limits, without prices the sizes' own estimates count. */
export interface SizeFacts {
  readonly priority: VmPriority;
  readonly quota?: RegionQuota | undefined;
  /** The workspace's own limits: family key → vCPUs. */
  readonly workspaceLimits?: Readonly<Record<string, number>> | undefined;
  /** `vmSizeKey` → list price. */
  readonly prices?: Readonly<Record<string, RetailPrice>> | undefined;
  /** What prices are compared in, `USD` if unsaid; a price in another counts as unknown when filtering and sorting. */
  readonly currency?: string | undefined;
}

/** Numbers that are none (NaN while typing) filter nothing. */
export interface SizeCriteria {
  readonly text: string;
  readonly kind: "any" | "cpu" | "gpu";
  readonly minVCpus?: number | undefined;
  readonly minMemoryGb?: number | undefined;
  /** Per node and hour, in the facts' currency; sizes of unknown price are left out then. */
  readonly maxPrice?: number | undefined;
  readonly lowPriorityOnly: boolean;
  /** Leaves out sizes of which no node fits; those that nothing is known to limit stay. */
  readonly quotaLeftOnly: boolean;
  readonly infiniBandOnly: boolean;
}

export const noCriteria: SizeCriteria = {
  text: "",
  kind: "any",
  lowPriorityOnly: false,
  quotaLeftOnly: false,
  infiniBandOnly: false,
};

/** `usable`: those that can be used now first, then by name. */
export type SizeOrder = "usable" | "name" | "vCpus" | "gpus" | "memory" | "price" | "nodesLeft";

export interface SizeSort {
  readonly by: SizeOrder;
  readonly descending: boolean;
}

/** One line of the size picker. */
export interface SizeRow {
  readonly size: VmSize;
  readonly gpuModel?: string | undefined;
  /** Of one node per hour at the chosen priority. */
  readonly price?: { readonly perHour: number; readonly currency: string } | undefined;
  /** The tightest quota; undefined when nothing is known to limit the size. */
  readonly left?: QuotaLeft | undefined;
  readonly retired: boolean;
  /** Why the size cannot be used now, in a few words; undefined when it can. */
  readonly whyNot?: string | undefined;
}

/** The sizes that clusters can have and that meet the criteria, as rows in order. */
export function filterAndSortSizes(
  sizes: readonly VmSize[],
  criteria: SizeCriteria,
  sort: SizeSort,
  facts: SizeFacts,
): readonly SizeRow[] {
  const meets = matcherOf(criteria, facts);
  return sizes
    .filter((size) => size.supportsClusters)
    .map((size) => sizeRow(size, facts))
    .filter(meets)
    .sort(comparerOf(sort, facts));
}

const nothingKnown: RegionQuota = { dedicatedFamilies: {}, lowPriorityFamilies: {} };

export function sizeRow(size: VmSize, facts: SizeFacts): SizeRow {
  const limit = facts.workspaceLimits?.[familyKey(size.family)];
  const left = quotaLeft(facts.quota ?? nothingKnown, size, facts.priority, limit);
  const retired = isRetired(size.name);
  return {
    size,
    gpuModel: size.gpus > 0 ? gpuModelOf(size.family) : undefined,
    price: priceOf(size, facts),
    left,
    retired,
    whyNot: whyNotOf(size, facts.priority, retired, left),
  };
}

function priceOf(size: VmSize, facts: SizeFacts): SizeRow["price"] {
  if (facts.priority === "lowPriority" && !size.lowPriorityCapable) return undefined;
  const retail = facts.prices?.[vmSizeKey(size.name)];
  const perHour = retail?.[facts.priority];
  if (retail !== undefined && perHour !== undefined && perHour > 0) return { perHour, currency: retail.currency };
  const own = pricePerHour(size, facts.priority);
  return own === undefined ? undefined : { perHour: own, currency: "USD" };
}

function whyNotOf(
  size: VmSize,
  priority: VmPriority,
  retired: boolean,
  left: QuotaLeft | undefined,
): string | undefined {
  if (!size.supportsClusters) return l10n.t("Not for clusters");
  if (retired) return l10n.t("Retired by Azure");
  if (priority === "lowPriority" && !size.lowPriorityCapable) return l10n.t("Not at low priority");
  if (left !== undefined && left.nodes < 1) {
    return l10n.t("No quota: {0} of {1} vCPUs left, one node needs {2}", left.vCpusLeft, left.limit, size.vCpus);
  }
  return undefined;
}

function matcherOf(criteria: SizeCriteria, facts: SizeFacts): (row: SizeRow) => boolean {
  const words = wordsOf(criteria.text);
  const least = (value: number, limit: number | undefined): boolean => limit === undefined || !(value < limit);
  const { maxPrice } = criteria;
  return (row) =>
    words.every((word) => matchesWord(row, word)) &&
    (criteria.kind === "any" || row.size.gpus > 0 === (criteria.kind === "gpu")) &&
    least(row.size.vCpus, criteria.minVCpus) &&
    least(row.size.memoryGb, criteria.minMemoryGb) &&
    (maxPrice === undefined || Number.isNaN(maxPrice) || (comparablePrice(row, facts) ?? Infinity) <= maxPrice) &&
    (!criteria.lowPriorityOnly || row.size.lowPriorityCapable) &&
    (!criteria.quotaLeftOnly || row.left?.nodes !== 0) &&
    (!criteria.infiniBandOnly || row.size.infiniBand === true);
}

/** `8 vCPU` is one word; full-width letters of a Japanese keyboard are plain ones. */
function wordsOf(text: string): readonly string[] {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/(\d+)\s+(vcpu|cpu|core|gpu|gb|gib)/g, "$1$2")
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** A part of the name, family or GPU model, `gpu` or `cpu`, or a figure with its unit (`8vcpu`, `2gpu`, `112gb`). */
function matchesWord({ size, gpuModel }: SizeRow, word: string): boolean {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)(vcpu|cpu|core|gpu|gb|gib)s?$/.exec(word) ?? [];
  if (unit === "gpu") return Number(figure) === size.gpus;
  if (unit === "gb" || unit === "gib") return Number(figure) === size.memoryGb;
  if (unit !== undefined) return Number(figure) === size.vCpus;
  if (/^gpus?$/.test(word)) return size.gpus > 0;
  if (/^cpus?$/.test(word)) return size.gpus === 0;
  const haystack = [size.name, familyKey(size.family), gpuModel ?? ""].join(" ").toLowerCase();
  return haystack.includes(word);
}

const natural = new Intl.Collator("en", { numeric: true });

/** What is unknown comes last in both directions; equals go by name. */
function comparerOf(sort: SizeSort, facts: SizeFacts): (a: SizeRow, b: SizeRow) => number {
  const sign = sort.descending ? -1 : 1;
  const byName = (a: SizeRow, b: SizeRow): number => natural.compare(a.size.name, b.size.name);
  if (sort.by === "name") return (a, b) => sign * byName(a, b);
  const by = sort.by;
  return (a, b) => {
    const first = sortValue(a, by, facts);
    const second = sortValue(b, by, facts);
    if (first === undefined || second === undefined) {
      return Number(first === undefined) - Number(second === undefined) || byName(a, b);
    }
    return sign * (first - second) || byName(a, b);
  };
}

function sortValue(row: SizeRow, by: Exclude<SizeOrder, "name">, facts: SizeFacts): number | undefined {
  switch (by) {
    case "usable":
      return row.whyNot === undefined ? 0 : 1;
    case "vCpus":
      return row.size.vCpus;
    case "gpus":
      return row.size.gpus;
    case "memory":
      return row.size.memoryGb;
    case "price":
      return comparablePrice(row, facts);
    case "nodesLeft":
      return row.left?.nodes;
  }
}

function comparablePrice(row: SizeRow, facts: SizeFacts): number | undefined {
  return row.price?.currency === (facts.currency ?? "USD") ? row.price.perHour : undefined;
}
