import catalogue from "./data/catalogue.json";
import { regionKey } from "./ids";

/** One VM size as `vmSizes` lists it; values recorded in eastus, 2025-11-04. */
export interface SizeRow {
  readonly name: string;
  /** As sizes spell it; quota may spell it differently. */
  readonly family: string;
  readonly vCpus: number;
  readonly gpus: number;
  readonly memoryGb: number;
  readonly diskMb: number;
  readonly lowPriorityCapable: boolean;
  readonly premiumIo: boolean;
  readonly infiniBand: boolean;
  readonly computeTypes: readonly string[];
  readonly generation: "gen1" | "gen2";
  /** As recorded in eastus, in its random order and with its contradictions. */
  readonly estimates: readonly PriceEstimate[];
}

export interface PriceEstimate {
  readonly price: number;
  readonly osType: "Linux" | "Windows";
  readonly lowPriority: boolean;
}

export interface RegionRow {
  readonly name: string;
  readonly displayName: string;
  /** As the retail price list spells it, e.g. `JA East`. */
  readonly retailLocation: string;
}

/** Linux prices of one size in one region, USD per hour; the date is when the list was read. */
export interface RegionPrice {
  readonly dedicated: number;
  readonly lowPriority: number;
}

const typeNames: Record<string, string> = { A: "AmlCompute", C: "ComputeInstance", M: "MIR", S: "AmlSpark" };

export const sizes: readonly SizeRow[] = catalogue.sizes.map(parseSize);
export const regions: readonly RegionRow[] = catalogue.regions;
export const pricesAsOf: string = catalogue.pricesAsOf;

const sizeIndex = new Map(sizes.map((size, index) => [size.name.toLowerCase(), index]));
const regionPrices = new Map(Object.entries(catalogue.prices).map(([region, row]) => [region, row.split(" ")]));

/** Quota families of the recorded subscription: name, vCPUs used, limit. */
export const recordedFamilies = catalogue.recordedQuota.families.map((row) => {
  const [name = "", used = "0", limit = "0"] = row.split("|");
  return { name, used: Number(used), limit: Number(limit) };
});
export const recordedTotals = {
  clusters: catalogue.recordedQuota.totalClusters,
  dedicated: catalogue.recordedQuota.totalDedicatedCores,
  lowPriority: catalogue.recordedQuota.totalLowPriorityCores,
};

function parseSize(row: string): SizeRow {
  const [name = "", family = "", vCpus, gpus, memory, disk, flags = "", types = "", generation, estimates = ""] =
    row.split("|");
  return {
    name,
    family: catalogue.families[Number(family)] ?? "",
    vCpus: Number(vCpus),
    gpus: Number(gpus),
    memoryGb: Number(memory),
    diskMb: Number(disk),
    lowPriorityCapable: flags.includes("l"),
    premiumIo: flags.includes("p"),
    infiniBand: flags.includes("i"),
    computeTypes: Array.from(types, (letter) => typeNames[letter] ?? letter),
    generation: generation === "2" ? "gen2" : "gen1",
    estimates: estimates === "" ? [] : estimates.split(" ").map(parseEstimate),
  };
}

function parseEstimate(code: string): PriceEstimate {
  const letter = code.charAt(0);
  return {
    price: Number(code.slice(1)),
    osType: letter.toLowerCase() === "l" ? "Linux" : "Windows",
    lowPriority: letter === letter.toLowerCase(),
  };
}

export function findRegion(name: string): RegionRow | undefined {
  return regions.find((region) => region.name === regionKey(name));
}

export function findSize(name: string): SizeRow | undefined {
  return sizes[sizeIndex.get(name.toLowerCase()) ?? -1];
}

/** Low priority is a fifth of dedicated, rounded to three decimals (azure-data/NOTES 3). */
export function priceOf(region: string, sizeName: string): RegionPrice | undefined {
  const text = regionPrices.get(regionKey(region))?.[sizeIndex.get(sizeName.toLowerCase()) ?? -1];
  const dedicated = Number(text);
  if (text === undefined || Number.isNaN(dedicated)) return undefined;
  return { dedicated, lowPriority: Math.round(dedicated * 200) / 1000 };
}

/** A size is offered where it has a price: the only sign of availability there is outside eastus. */
export function sizesIn(region: string): readonly SizeRow[] {
  return sizes.filter((size) => priceOf(region, size.name) !== undefined);
}

/**
 * The estimates `vmSizes` gives in a region: Linux prices from that region's list, Windows with eastus' surcharge, rounded
 * to cents; the second, contradictory Linux prices of the ads_v5 sizes stay (they equal the Windows price).
 */
export function estimatesIn(region: string, size: SizeRow): readonly PriceEstimate[] {
  const here = priceOf(region, size.name);
  const eastus = priceOf("eastus", size.name);
  if (regionKey(region) === "eastus" || here === undefined || eastus === undefined) return size.estimates;
  const cents = (price: number): number => Math.round(price * 100) / 100;
  const ratio = here.dedicated / eastus.dedicated;
  const lowest = (osType: string, lowPriority: boolean): number =>
    Math.min(...size.estimates.filter((e) => e.osType === osType && e.lowPriority === lowPriority).map((e) => e.price));
  return size.estimates.map((estimate) => {
    const linux = estimate.osType === "Linux" && estimate.price === lowest("Linux", estimate.lowPriority);
    if (linux) return { ...estimate, price: cents(estimate.lowPriority ? here.lowPriority : here.dedicated) };
    const surcharge = estimate.price - lowest("Linux", estimate.lowPriority);
    const base = lowest("Linux", estimate.lowPriority) * ratio;
    return { ...estimate, price: cents(base + surcharge) };
  });
}

/** Families join without case, spaces and `_` (azure-data/NOTES 2). */
export function familyKey(family: string): string {
  return family.toLowerCase().replaceAll(/[\s_]/g, "");
}

/** `standardDSv2Family` is shown as `Standard DSv2 Family`; names with spaces get double ones (recorded). */
export function familyDisplayName(family: string): string {
  return `Standard ${family.replace(/^standard/i, "").replace(/Family$/, "")} Family`;
}
