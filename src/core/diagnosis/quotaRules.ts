import * as l10n from "@vscode/l10n";
import { parseArmId, workspaceOf } from "../armId";
import { known } from "../fact";
import { quotaHelpUrl } from "../knownErrors/quotaErrors";
import { type Allowance } from "../quota";
import { type VmSize, familyKey, vmSizeKey } from "../vmSize";
import { type Cause, type Inspection, type Likelihood, type Rule } from "./cause";
import { type DiagnosisFacts } from "./facts";
import { remedies } from "./remedy";
import { missingNodes } from "./symptoms";

/**
 * vCPU quota: dedicated nodes need room in the family and in the region's total, low priority nodes in the region's single
 * low priority total (azure-data/NOTES 2, recorded 2025-11-04). Whether nodes that are asked for count as used already is not
 * known (azure-facts 2.8), so a shortage is likely, and certain only where the limit is below one node.
 */
export const coreQuotaRule: Rule = ({ facts }) => {
  const quota = known(facts.quota);
  const size = sizeOf(facts);
  if (quota === undefined || size === undefined) return [];
  const { cluster } = facts;
  const dedicated = cluster.vmPriority === "dedicated";
  const family = (dedicated ? quota.dedicatedFamilies : quota.lowPriorityFamilies)[familyKey(size.family)];
  const total = dedicated ? quota.totalDedicatedCores : quota.totalLowPriorityCores;
  const totalName = dedicated
    ? l10n.t("The quota of all dedicated vCPUs in {0}", cluster.location)
    : l10n.t("The quota of all low priority vCPUs in {0}", cluster.location);
  return [
    ...shortage(facts, size, "family", l10n.t("The vCPU quota of {0} in {1}", size.family, cluster.location), family),
    ...shortage(facts, size, "total", totalName, total),
  ];
};

function shortage(
  facts: DiagnosisFacts,
  size: VmSize,
  limit: "family" | "total",
  name: string,
  allowance: Allowance | undefined,
): readonly Cause[] {
  if (allowance?.limit === undefined) return [];
  const { cluster } = facts;
  const wanted = missingNodes(cluster);
  const left = Math.max(0, allowance.limit - allowance.used);
  const need = Math.max(1, wanted) * size.vCpus;
  const canGrow = wanted > 0 || cluster.currentNodeCount < cluster.scaleSettings.maxNodeCount;
  if (!canGrow || left >= need) return [];
  const never = allowance.limit < size.vCpus;
  const low = cluster.vmPriority === "lowPriority";
  return [
    {
      rule: limit === "family" ? "quota.family" : low ? "quota.lowPriority" : "quota.total",
      topic: "quota",
      subject: limit,
      severity: wanted > 0 ? "error" : "warning",
      likelihood: quotaLikelihood(wanted, never),
      message: never
        ? l10n.t("{0} is {1}; one node needs {2}.", name, allowance.limit, size.vCpus)
        : l10n.t("{0} has {1} of {2} left; the next nodes need {3}.", name, left, allowance.limit, need),
      advice: low
        ? l10n.t("Ask Azure for more quota, lower the maximum, or use dedicated nodes or another region.")
        : l10n.t("Ask Azure for more quota, lower the maximum, or use a smaller size or another region."),
      evidence: [
        l10n.t("{0} of {1} vCPUs are in use.", allowance.used, allowance.limit),
        wanted > 0
          ? l10n.t("{0} waits for {1} more nodes of {2} ({3} vCPUs each).", cluster.name, wanted, size.name, size.vCpus)
          : l10n.t("{0} waits for no node now; the next job will.", cluster.name),
      ],
      remedies: [
        remedies.requestQuota({
          subscriptionId: parseArmId(cluster.id).subscriptionId ?? "",
          region: cluster.location,
          limit,
          family: limit === "family" ? size.family : undefined,
          priority: cluster.vmPriority,
          current: allowance.limit,
          used: allowance.used,
          needed: allowance.used + need,
        }),
        remedies.useOtherRegion(cluster),
        remedies.openUrl(quotaHelpUrl),
      ],
    },
  ];
}

function quotaLikelihood(wanted: number, never: boolean): Likelihood {
  if (wanted > 0) return never ? "certain" : "likely";
  return never ? "likely" : "possible";
}

/**
 * The workspace's own share of a family, dedicated only (azure-facts 2.8). It caps the workspace's clusters together, whose
 * use is not known here: so this one alone above the cap is likely the reason. Silent where the subscription's own limit is no higher.
 */
export const workspaceQuotaRule: Rule = ({ facts }) => {
  const { cluster } = facts;
  const size = sizeOf(facts);
  const key = size === undefined ? "" : familyKey(size.family);
  const cap = known(facts.workspaceLimits)?.[key];
  if (size === undefined || cap === undefined || cluster.vmPriority !== "dedicated") return [];
  const family = known(facts.quota)?.dedicatedFamilies[key]?.limit;
  if (family !== undefined && family <= cap) return [];
  const wanted = missingNodes(cluster);
  const needed = (cluster.currentNodeCount + Math.max(1, wanted)) * size.vCpus;
  const canGrow = wanted > 0 || cluster.currentNodeCount < cluster.scaleSettings.maxNodeCount;
  if (!canGrow || needed <= cap) return [];
  return [
    {
      rule: "quota.workspace",
      topic: "quota",
      subject: "workspace",
      severity: wanted > 0 ? "error" : "warning",
      likelihood: wanted > 0 ? "likely" : "possible",
      message: l10n.t("This workspace may use {0} vCPUs of {1}; the cluster needs {2}.", cap, size.family, needed),
      advice: l10n.t("Raise the workspace's share of the quota, or lower the maximum of this or another cluster."),
      evidence: [l10n.t("The limit is the workspace's own, below the subscription's.")],
      remedies: [
        {
          kind: "raiseWorkspaceQuota",
          label: l10n.t("Raise the workspace's quota…"),
          workspace: workspaceOf(cluster.id),
          family: size.family,
          currentVCpus: cap,
          neededVCpus: needed,
        },
      ],
    },
  ];
};

/** Clusters, instances and online deployments of a region count together (how-to-manage-quotas, 2026-01-27). */
export const computeCountRule: Rule = ({ facts, symptoms }) => {
  const total = known(facts.quota)?.totalClusters;
  if (total?.limit === undefined || total.used < total.limit) return [];
  if (!symptoms.some((symptom) => symptom.kind === "failed")) return [];
  const { cluster } = facts;
  return [
    {
      rule: "quota.computes",
      topic: "computes",
      severity: "error",
      likelihood: "likely",
      message: l10n.t("The subscription has {0} of {1} computes in {2}.", total.used, total.limit, cluster.location),
      advice: l10n.t("Delete compute clusters and instances that nobody uses, or ask Azure for a higher limit."),
      evidence: [l10n.t("Compute clusters, compute instances and online deployments count together.")],
      remedies: [
        remedies.requestQuota({
          subscriptionId: parseArmId(cluster.id).subscriptionId ?? "",
          region: cluster.location,
          limit: "computes",
          priority: cluster.vmPriority,
          current: total.limit,
          used: total.used,
          needed: total.used + 1,
        }),
        remedies.openSupportRequest(),
      ],
    },
  ];
};

/** The cluster's size in its region's list; the service writes sizes in upper case. */
export function sizeOf(facts: Inspection["facts"]): VmSize | undefined {
  return known(facts.vmSizes)?.find((size) => vmSizeKey(size.name) === vmSizeKey(facts.cluster.vmSize));
}
