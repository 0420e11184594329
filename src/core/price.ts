import * as l10n from "@vscode/l10n";
import { type VmPriority } from "./cluster";
import { type RetailPrice } from "./compute";
import { pricePerHour } from "./cost";
import { type VmSize } from "./vmSize";

/**
 * Where a price comes from: `sizes` the service's own size list (rounded to cents, USD), `retail` the Retail Prices API,
 * `estimate` derived from the dedicated price. All are Linux list prices without discounts, disks or network.
 */
export type PriceSource = "sizes" | "retail" | "estimate";

/** The price of one node. */
export interface Price {
  /** Above 0. */
  readonly perHour: number;
  /** As the answer named it, which need not be the currency asked for. */
  readonly currency: string;
  readonly source: PriceSource;
  /** ISO 8601, when the answer came. */
  readonly asOf?: string | undefined;
}

export interface PriceFacts {
  readonly size?: VmSize | undefined;
  readonly sizesAsOf?: string | undefined;
  readonly retail?: RetailPrice | undefined;
  readonly retailAsOf?: string | undefined;
  /** The currency that the person wants; USD unless said. */
  readonly currency?: string | undefined;
}

/** `estimatedVMPrices.billingCurrency` has no other value (azure-data/NOTES 1, recorded 2025-11-04). */
const sizesCurrency = "USD";

/** Linux low priority is a fifth of dedicated: 212 of 212 priced sizes of eastus within rounding (azure-data/NOTES 3, 2025-11-04). */
const lowPriorityShare = 0.2;

/**
 * The price of one node of a cluster, the best that is known: in the wanted currency before any other, a published price
 * before an estimate, the service's size list before the Retail Prices API. Low priority is its own meter or the labelled
 * estimate; Spot floats and is another product, so it is never taken. @returns undefined for "price unavailable", never 0.
 */
export function choosePrice(facts: PriceFacts, priority: VmPriority): Price | undefined {
  // Sizes that cannot run at low priority list such a price all the same (azure-data/NOTES 1, trap 5).
  if (priority === "lowPriority" && facts.size?.lowPriorityCapable === false) return undefined;
  const wanted = facts.currency ?? sizesCurrency;
  const published = publishedPrices(facts, priority);
  const estimates = priority === "lowPriority" ? publishedPrices(facts, "dedicated").map(estimateLowPriority) : [];
  const candidates = [...published, ...estimates];
  return candidates.find((price) => price.currency === wanted) ?? candidates[0];
}

function publishedPrices(facts: PriceFacts, priority: VmPriority): readonly Price[] {
  const listed = facts.size === undefined ? undefined : pricePerHour(facts.size, priority);
  const retail = facts.retail?.[priority];
  return [
    ...(listed === undefined
      ? []
      : [{ perHour: listed, currency: sizesCurrency, source: "sizes" as const, asOf: facts.sizesAsOf }]),
    ...(facts.retail === undefined || retail === undefined || !Number.isFinite(retail) || retail <= 0
      ? []
      : [{ perHour: retail, currency: facts.retail.currency, source: "retail" as const, asOf: facts.retailAsOf }]),
  ];
}

function estimateLowPriority(dedicated: Price): Price {
  return { ...dedicated, perHour: dedicated.perHour * lowPriorityShare, source: "estimate" };
}

/** Where the price comes from, for tooltips and the table. */
export function priceSourceText(price: Price | undefined): string {
  switch (price?.source) {
    case undefined:
      return l10n.t("price unavailable");
    case "sizes":
      return l10n.t("list price from Azure Machine Learning's size list");
    case "retail":
      return l10n.t("list price from the Azure Retail Prices API");
    case "estimate":
      return l10n.t("estimate: 20% of the dedicated list price");
  }
}

export interface LowPrioritySaving {
  /** Per node, in `currency`. */
  readonly perHour: number;
  readonly currency: string;
  /** 0 to 1: 0.8 is four fifths saved. */
  readonly share: number;
  readonly estimated: boolean;
}

/** What a node saves at low priority. @returns undefined without both prices in one currency, or when nothing is saved. */
export function lowPrioritySaving(
  dedicated: Price | undefined,
  lowPriority: Price | undefined,
): LowPrioritySaving | undefined {
  if (dedicated === undefined || lowPriority === undefined || dedicated.currency !== lowPriority.currency) {
    return undefined;
  }
  const perHour = dedicated.perHour - lowPriority.perHour;
  if (perHour <= 0) return undefined;
  return {
    perHour,
    currency: dedicated.currency,
    share: perHour / dedicated.perHour,
    estimated: lowPriority.source === "estimate",
  };
}
