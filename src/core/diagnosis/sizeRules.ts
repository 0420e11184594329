import * as l10n from "@vscode/l10n";
import { known } from "../fact";
import { isRetired } from "../vmSize";
import { type Rule, settingLikelihood } from "./cause";
import { sizeOf } from "./quotaRules";
import { remedies } from "./remedy";

/** NC, NCv2, ND, NV (2023-08-31), Av1 and HB (2024-08-31) are switched off (azure-docs includes/retiring-vms.md @16012f7). */
export const retiredSizeRule: Rule = (inspection) => {
  const { cluster } = inspection.facts;
  if (!isRetired(cluster.vmSize)) return [];
  return [
    {
      ...settingLikelihood(inspection),
      rule: "size.retired",
      topic: "size",
      message: l10n.t("{0} belongs to a series that Azure has retired.", cluster.vmSize),
      advice: l10n.t("Recreate the cluster with a size that is still offered. A size cannot be changed."),
      evidence: [l10n.t("Azure makes no more nodes of retired series.")],
      remedies: [remedies.deleteAndRecreate(cluster, "size")],
    },
  ];
};

/** The region's list of sizes holds all that clusters can have there (azure-data/NOTES 1, recorded 2025-11-04). */
export const offeredSizeRule: Rule = (inspection) => {
  const { cluster, vmSizes } = inspection.facts;
  const sizes = known(vmSizes);
  if (sizes === undefined || isRetired(cluster.vmSize)) return [];
  const size = sizeOf(inspection.facts);
  if (size?.supportsClusters === true) return [];
  return [
    {
      ...settingLikelihood(inspection),
      rule: size === undefined ? "size.notOffered" : "size.notForClusters",
      topic: "size",
      message:
        size === undefined
          ? l10n.t("{0} is not in the list of sizes that Azure offers in {1}.", cluster.vmSize, cluster.location)
          : l10n.t("{0} is not offered for compute clusters.", size.name),
      advice: l10n.t("Recreate the cluster with another size or in another region. A size cannot be changed."),
      evidence: [l10n.t("Azure's list for {0} has {1} sizes.", cluster.location, sizes.length)],
      remedies: [remedies.useOtherRegion(cluster), remedies.deleteAndRecreate(cluster, "size")],
    },
  ];
};

/** `lowPriorityCapable` decides; sizes without it list a low priority price all the same (azure-data/NOTES 1, 2025-11-04). */
export const lowPrioritySizeRule: Rule = (inspection) => {
  const { cluster } = inspection.facts;
  const size = sizeOf(inspection.facts);
  if (cluster.vmPriority !== "lowPriority" || size?.lowPriorityCapable !== false) return [];
  return [
    {
      ...settingLikelihood(inspection),
      rule: "size.noLowPriority",
      message: l10n.t("{0} cannot run at low priority.", size.name),
      advice: l10n.t("Recreate the cluster with dedicated nodes or another size. The priority cannot be changed."),
      evidence: [l10n.t("Azure's list of sizes says so.")],
      remedies: [remedies.deleteAndRecreate(cluster, "priority")],
    },
  ];
};
