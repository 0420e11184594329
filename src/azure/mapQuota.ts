import { type ArmId } from "../core/armId";
import { type Allowance, type FamilyAllowance, type RegionQuota } from "../core/quota";
import { familyKey } from "../core/vmSize";
import { fieldsOf, numberOf, textOf } from "./looseJson";

type RowKind = "clusters" | "dedicated" | "lowPriority" | "dedicatedFamily" | "lowPriorityFamily";

/**
 * Rows of `usages` → quota. Rows are told apart by `type`, since a family's dedicated and low-priority rows share name and id
 * (recorded 2025-11-04, azure-data/NOTES 2). Rows per workspace or cluster are left out: they repeat.
 */
export function mapQuota(rows: readonly unknown[]): RegionQuota {
  const totals: Partial<Record<"clusters" | "dedicated" | "lowPriority", Allowance>> = {};
  const dedicatedFamilies: Record<string, FamilyAllowance> = {};
  const lowPriorityFamilies: Record<string, FamilyAllowance> = {};
  for (const row of rows) {
    const kind = rowKind(row);
    if (kind === undefined) continue;
    const allowance: Allowance = { used: numberOf(fieldsOf(row)["currentValue"]) ?? 0, limit: limitOf(row) };
    if (kind === "dedicatedFamily" || kind === "lowPriorityFamily") {
      const family = familyOf(row);
      if (family === undefined) continue;
      const families = kind === "dedicatedFamily" ? dedicatedFamilies : lowPriorityFamilies;
      families[family.key] = { ...allowance, displayName: family.displayName };
    } else {
      totals[kind] = allowance;
    }
  }
  return {
    totalClusters: totals.clusters,
    totalDedicatedCores: totals.dedicated,
    totalLowPriorityCores: totals.lowPriority,
    dedicatedFamilies,
    lowPriorityFamilies,
  };
}

/**
 * Recorded: `totalClusters`, `totalDedicatedCores`, `vmFamily/dedicatedCores`, …. The published example differs: there
 * `totalCores` counts clusters, and a plain `vmFamily` names its priority only in the text (azure-facts 2.8).
 */
function rowKind(row: unknown): RowKind | undefined {
  const type = (textOf(fieldsOf(row)["type"]) ?? "").toLowerCase().replace(/^[^/]*\/(.*)\/usages$/, "$1");
  switch (type) {
    case "totalclusters":
    case "totalcores":
      return "clusters";
    case "totaldedicatedcores":
    case "dedicatedcores":
      return "dedicated";
    case "totallowprioritycores":
    case "lowprioritycores":
      return "lowPriority";
    case "vmfamily/dedicatedcores":
      return "dedicatedFamily";
    case "vmfamily/lowprioritycores":
      return "lowPriorityFamily";
    case "vmfamily":
      return /low\s*priority/i.test(namesOf(row).join(" ")) ? "lowPriorityFamily" : "dedicatedFamily";
    default:
      return undefined;
  }
}

/** The service writes -1 for "no limit of its own". */
function limitOf(row: unknown): number | undefined {
  const limit = numberOf(fieldsOf(row)["limit"]);
  return limit === undefined || limit < 0 ? undefined : limit;
}

function namesOf(row: unknown): readonly string[] {
  const { value, localizedValue } = fieldsOf(fieldsOf(row)["name"]);
  return [value, localizedValue].map(textOf).filter((text) => text !== undefined);
}

function familyOf(row: unknown): { key: string; displayName: string } | undefined {
  const names = namesOf(row);
  const [name] = names;
  if (name === undefined) return undefined;
  const displayName = (names.at(-1) ?? name)
    .replaceAll(/\s+/g, " ")
    .replace(/ cluster (dedicated|lowpriority|low priority) vcpus$/i, "");
  return { key: familyKey(name), displayName };
}

/** Rows of `quotas` → what caps one workspace: family key → vCPUs. Family rows of the subscription itself are left out. */
export function mapWorkspaceQuota(rows: readonly unknown[], workspace: ArmId): Readonly<Record<string, number>> {
  const below = `${workspace}/`.toLowerCase();
  const limits: Record<string, number> = {};
  for (const row of rows) {
    const id = textOf(fieldsOf(row)["id"]) ?? "";
    const family = familyOf(row);
    const limit = limitOf(row);
    if (id.toLowerCase().startsWith(below) && family !== undefined && limit !== undefined) limits[family.key] = limit;
  }
  return limits;
}
