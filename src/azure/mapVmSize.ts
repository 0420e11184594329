import { type VmSize } from "../core/vmSize";
import { fieldsOf, listOf, numberOf, textOf } from "./looseJson";

/** One row of `vmSizes` → core. @returns undefined for a row without name or vCPUs, which could not be offered. */
export function mapVmSize(row: unknown): VmSize | undefined {
  const fields = fieldsOf(row);
  const name = textOf(fields["name"]);
  const vCpus = numberOf(fields["vCPUs"]);
  if (name === undefined || vCpus === undefined || vCpus <= 0) return undefined;
  const lowPriorityCapable = fields["lowPriorityCapable"] === true;
  const infiniBand = fields["supportsIB"];
  return {
    name,
    family: textOf(fields["family"]) ?? "",
    vCpus,
    gpus: numberOf(fields["gpus"]) ?? 0,
    memoryGb: numberOf(fields["memoryGB"]) ?? 0,
    diskGb: Math.round((numberOf(fields["maxResourceVolumeMB"]) ?? 0) / 1_024),
    lowPriorityCapable,
    infiniBand: typeof infiniBand === "boolean" ? infiniBand : undefined,
    supportsClusters: supportsClusters(fields["supportedComputeTypes"]),
    price: mapPrice(fields["estimatedVMPrices"], lowPriorityCapable),
  };
}

/** A list that is missing says nothing; the service decides then. */
function supportsClusters(types: unknown): boolean {
  if (!Array.isArray(types)) return true;
  return listOf(types).some((type) => textOf(type)?.toLowerCase() === "amlcompute");
}

/**
 * The lowest Linux price per tier: some sizes carry a second, contradicting one. Sizes that cannot run at low priority list
 * a price for it all the same, which is dropped (azure-data/NOTES 1, recorded 2025-11-04).
 */
function mapPrice(prices: unknown, lowPriorityCapable: boolean): VmSize["price"] {
  const { billingCurrency, unitOfMeasure, values } = fieldsOf(prices);
  if ((textOf(billingCurrency) ?? "USD") !== "USD" || (textOf(unitOfMeasure) ?? "OneHour") !== "OneHour")
    return undefined;
  const lowest = (tier: string): number | undefined => {
    const found = listOf(values)
      .map(fieldsOf)
      .filter((value) => isWord(value["osType"], "linux") && isWord(value["vmTier"], tier))
      .map((value) => numberOf(value["retailPrice"]))
      .filter((price) => price !== undefined && price > 0);
    return found.length === 0 ? undefined : Math.min(...found.map(Number));
  };
  const dedicated = lowest("standard");
  const lowPriority = lowPriorityCapable ? lowest("lowpriority") : undefined;
  return dedicated === undefined && lowPriority === undefined ? undefined : { dedicated, lowPriority };
}

function isWord(value: unknown, word: string): boolean {
  return textOf(value)?.toLowerCase() === word;
}
