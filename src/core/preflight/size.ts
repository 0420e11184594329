import * as l10n from "@vscode/l10n";
import { type VmPriority } from "../cluster";
import { type Finding } from "../finding";
import { type VmSize, isRetired } from "../vmSize";

export function sizeGiven(vmSize: string): readonly Finding[] {
  return vmSize === "" ? sizeError("vmSize.missing", l10n.t("Choose a VM size.")) : [];
}

/** Series that Azure has switched off (azure-docs includes/retiring-vms.md @16012f7; see `isRetired`). */
export function sizeNotRetired(vmSize: string): readonly Finding[] {
  if (!isRetired(vmSize)) return [];
  return sizeError(
    "vmSize.retired",
    l10n.t("{0} belongs to a series that Azure has retired. Choose another size.", vmSize),
  );
}

/** Sizes differ by region (concept-compute-target, 2024-01-23); `found` is the size in the region's list. */
export function sizeOffered(vmSize: string, location: string, found: VmSize | undefined): readonly Finding[] {
  if (found !== undefined) return [];
  return sizeError(
    "vmSize.notInRegion",
    l10n.t("{0} is not offered in {1}. Choose another size or region.", vmSize, location),
  );
}

/** `supportedComputeTypes` without AmlCompute: 7 of 260 sizes (recorded 2025-11-04), which fail with InvalidPropertyValue. */
export function sizeForClusters(size: VmSize): readonly Finding[] {
  if (size.supportsClusters) return [];
  return sizeError("vmSize.notForClusters", l10n.t("{0} cannot be used for compute clusters.", size.name));
}

/** The list's own flag; it names low priority prices of incapable sizes too (recorded 2025-11-04). */
export function lowPriorityCapable(priority: VmPriority, size: VmSize): readonly Finding[] {
  if (priority === "dedicated" || size.lowPriorityCapable) return [];
  return [
    {
      rule: "vmPriority.notCapable",
      severity: "error",
      field: "vmPriority",
      message: l10n.t("{0} cannot run at low priority. Choose dedicated or another size.", size.name),
      remedy: { kind: "setField", label: l10n.t("Use dedicated"), field: "vmPriority", value: "dedicated" },
    },
  ];
}

function sizeError(rule: string, message: string): readonly Finding[] {
  return [{ rule, severity: "error", field: "vmSize", message }];
}
