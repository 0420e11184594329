import { pricePerHour } from "../../src/core/cost";
import { type VmPriority } from "../../src/core/cluster";
import { quotaLeft } from "../../src/core/quota";
import { type VmSize, familyKey, isRetired } from "../../src/core/vmSize";
import { type RegionSizes } from "../../src/protocol/createCluster";

/** One line of the size list. */
export interface SizeRow {
  readonly size: VmSize;
  /** USD per hour for one node; undefined when unknown. */
  readonly price: number | undefined;
  /** Whole nodes that quota still allows; undefined when nothing is known to limit it. */
  readonly nodesLeft: number | undefined;
  /** False when this size cannot start a single node, at this priority. */
  readonly usable: boolean;
}

const natural = new Intl.Collator("en", { numeric: true });

/** Sizes that clusters can have, those that can be used now first, then by name with numbers in order. */
export function sizeRows(sizes: RegionSizes, priority: VmPriority): readonly SizeRow[] {
  return sizes.vmSizes
    .filter((size) => size.supportsClusters && !isRetired(size.name))
    .map((size) => rowOf(size, sizes, priority))
    .sort((a, b) => Number(b.usable) - Number(a.usable) || natural.compare(a.size.name, b.size.name));
}

function rowOf(size: VmSize, sizes: RegionSizes, priority: VmPriority): SizeRow {
  const limit = sizes.workspaceLimits?.[familyKey(size.family)];
  const left = sizes.quota === undefined ? undefined : quotaLeft(sizes.quota, size, priority, limit);
  const capable = priority === "dedicated" || size.lowPriorityCapable;
  return { size, price: pricePerHour(size, priority), nodesLeft: left?.nodes, usable: capable && left?.nodes !== 0 };
}

/**
 * Rows that match every word of the query: a part of the name or family (`a100`, `dsv2`), `gpu` or `cpu`, or a figure with
 * its unit (`8 vcpu`, `2gpu`, `112 gb`).
 */
export function matchingRows(rows: readonly SizeRow[], query: string): readonly SizeRow[] {
  const words = query
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/(\d+)\s+(vcpu|cpu|core|gpu|gb|gib)/g, "$1$2")
    .split(/\s+/)
    .filter((word) => word !== "");
  return words.length === 0 ? rows : rows.filter(({ size }) => words.every((word) => matches(size, word)));
}

function matches(size: VmSize, word: string): boolean {
  const figure = /^(\d+(?:\.\d+)?)(vcpu|cpu|core|gpu|gb|gib)s?$/.exec(word);
  if (figure !== null) {
    const [, number, unit = ""] = figure;
    return (
      Number(number) === { gpu: size.gpus, gb: size.memoryGb, gib: size.memoryGb }[unit] || isCores(size, number, unit)
    );
  }
  if (word === "gpu" || word === "gpus") return size.gpus > 0;
  if (word === "cpu" || word === "cpus") return size.gpus === 0;
  return size.name.toLowerCase().includes(word) || familyKey(size.family).includes(word);
}

function isCores(size: VmSize, number: string | undefined, unit: string): boolean {
  return ["vcpu", "cpu", "core"].includes(unit) && Number(number) === size.vCpus;
}
