import * as l10n from "@vscode/l10n";
import { type ClusterDraft } from "../draft";
import { type Finding, type Remedy } from "../finding";
import { type Allowance, type QuotaLeft, type RegionQuota, quotaLeft, quotaLimits } from "../quota";
import { type VmSize } from "../vmSize";

/** A draft's size in its region and the quota that applies to it. */
export interface QuotaCase {
  readonly draft: Pick<ClusterDraft, "location" | "vmPriority" | "minNodeCount" | "maxNodeCount">;
  readonly size: VmSize;
  /** Never empty. */
  readonly limits: readonly QuotaLeft[];
  /** The one of `limits` that leaves the fewest nodes. */
  readonly left: QuotaLeft;
}

/** @returns undefined when nothing is known that would limit the size. */
export function quotaCase(
  draft: QuotaCase["draft"],
  size: VmSize,
  quota: RegionQuota | undefined,
  workspaceFamilyLimit?: number,
): QuotaCase | undefined {
  const known = quota ?? { dedicatedFamilies: {}, lowPriorityFamilies: {} };
  const limits = quotaLimits(known, size, draft.vmPriority, workspaceFamilyLimit);
  const left = quotaLeft(known, size, draft.vmPriority, workspaceFamilyLimit);
  return left === undefined ? undefined : { draft, size, limits, left };
}

/** Every rule about vCPU quota, the gravest first. */
export function quotaRules(about: QuotaCase): readonly Finding[] {
  return [...quotaForOneNode(about), ...quotaUsedUp(about), ...quotaForMin(about), ...quotaForMax(about)];
}

/**
 * A limit below one node: Azure refuses such a cluster even with a minimum of 0 (`ClusterMinNodesExceedCoreQuota`, azure-api/
 * NOTES 7). Its message names the limit, not what is left of it, and a create has passed while a total was used up (recorded
 * 2025-11-04): so only the limit stops.
 */
export function quotaForOneNode(about: QuotaCase): readonly Finding[] {
  const short = lowestLimit(about);
  if (short.limit >= about.size.vCpus) return [];
  return [
    {
      rule: "quota.none",
      severity: "error",
      field: "vmSize",
      message: quotaText(about, short),
      advice: adviceFor(about),
      remedy: requestQuota(about, short),
    },
  ];
}

/** The limit would do, but other clusters and instances use it up: the cluster is made and gets no node for now. */
export function quotaUsedUp(about: QuotaCase): readonly Finding[] {
  const { left, size } = about;
  if (left.nodes >= 1 || lowestLimit(about).limit < size.vCpus) return [];
  return [
    {
      rule: "quota.usedUp",
      severity: "warning",
      field: "vmSize",
      message: l10n.t("No node will start until quota is freed. {0}", quotaText(about, left)),
      advice: adviceFor(about),
      remedy: requestQuota(about, left),
    },
  ];
}

/** A minimum beyond the limit is refused like one node beyond it (same code); beyond what is left it only falls short. */
export function quotaForMin(about: QuotaCase): readonly Finding[] {
  const { draft, left, size } = about;
  const lowest = lowestLimit(about);
  const possible = Math.floor(lowest.limit / size.vCpus);
  if (possible < 1) return [];
  const refused = draft.minNodeCount > possible;
  if (!refused && (left.nodes < 1 || !(draft.minNodeCount > left.nodes))) return [];
  const reach = refused ? possible : left.nodes;
  return [
    {
      rule: "quota.min",
      severity: refused ? "error" : "warning",
      field: "minNodeCount",
      message: refused
        ? l10n.t("Azure refuses a minimum of {0} nodes. {1}", draft.minNodeCount, quotaText(about, lowest))
        : l10n.t("{0} nodes will not start. {1}", draft.minNodeCount, quotaText(about, left)),
      advice: l10n.t("Lower the minimum to {0} or less.", reach),
      remedy: {
        kind: "setField",
        label: l10n.t("Set the minimum to {0}", reach),
        field: "minNodeCount",
        value: reach,
      },
    },
  ];
}

function lowestLimit({ limits, left }: QuotaCase): QuotaLeft {
  return limits.reduce((lowest, next) => (next.limit < lowest.limit ? next : lowest), left);
}

function adviceFor({ draft }: QuotaCase): string {
  return draft.vmPriority === "dedicated"
    ? l10n.t("Choose a smaller size, another family or region, or ask Azure for more quota.")
    : l10n.t("Choose dedicated, a smaller size or another region, or ask Azure for more quota.");
}

/** The maximum is out of reach; silent where the minimum already is. */
export function quotaForMax(about: QuotaCase): readonly Finding[] {
  const { draft, left } = about;
  if (left.nodes < 1 || draft.minNodeCount > left.nodes || !(draft.maxNodeCount > left.nodes)) return [];
  return [
    {
      rule: "quota.max",
      severity: "warning",
      field: "maxNodeCount",
      message: l10n.t("The cluster will not reach {0} nodes. {1}", draft.maxNodeCount, quotaText(about, left)),
      advice: l10n.t("Lower the maximum to {0}, or ask Azure for more quota.", left.nodes),
      remedy: {
        kind: "setField",
        label: l10n.t("Set the maximum to {0}", left.nodes),
        field: "maxNodeCount",
        value: left.nodes,
      },
    },
  ];
}

/**
 * Clusters, instances and online deployments of a region share one limit (row TotalClusters, recorded 2025-11-04); beyond it
 * Azure answers "exceeding quota limits of Microsoft.Batchlusters" (notebooks#613).
 */
export function computesInRegion(allowance: Allowance | undefined, region: string): readonly Finding[] {
  if (allowance?.limit === undefined || allowance.used < allowance.limit) return [];
  return [
    {
      rule: "quota.computes",
      severity: "error",
      field: "location",
      message: l10n.t(
        "This subscription has {0} of {1} computes in {2}: clusters, instances and online deployments count.",
        allowance.used,
        allowance.limit,
        region,
      ),
      advice: l10n.t("Delete computes that nobody uses, choose another region, or ask Azure for a higher limit."),
      remedy: { kind: "requestQuota", label: l10n.t("Request quota"), region },
    },
  ];
}

/** A workspace's own limit is set by whoever may, not asked of Azure. */
function requestQuota({ draft, size }: QuotaCase, left: QuotaLeft): Remedy | undefined {
  if (left.binding === "workspace") return undefined;
  const label = l10n.t("Request quota");
  return left.binding === "family"
    ? { kind: "requestQuota", label, region: draft.location, family: size.family }
    : { kind: "requestQuota", label, region: draft.location };
}

/** One limit with its numbers, and how many nodes that is. */
function quotaText({ draft, size }: QuotaCase, left: QuotaLeft): string {
  return `${limitText(left, draft, size)} ${nodesText(left, size)}`;
}

function limitText(left: QuotaLeft, draft: QuotaCase["draft"], size: VmSize): string {
  switch (left.binding) {
    case "family":
      return l10n.t(
        "The quota of {0} in {1} has {2} of {3} vCPUs left.",
        size.family,
        draft.location,
        left.vCpusLeft,
        left.limit,
      );
    case "workspace":
      return l10n.t("This workspace may use {0} vCPUs of {1}.", left.limit, size.family);
    case "total":
      return draft.vmPriority === "dedicated"
        ? l10n.t(
            "The quota of all dedicated vCPUs in {0} has {1} of {2} left.",
            draft.location,
            left.vCpusLeft,
            left.limit,
          )
        : l10n.t(
            "The quota of all low priority vCPUs in {0} has {1} of {2} left.",
            draft.location,
            left.vCpusLeft,
            left.limit,
          );
  }
}

function nodesText(left: QuotaLeft, size: VmSize): string {
  if (left.nodes < 1) return l10n.t("One node of {0} needs {1}.", size.name, size.vCpus);
  return left.nodes === 1
    ? l10n.t("That is enough for 1 node of {0}.", size.name)
    : l10n.t("That is enough for {0} nodes of {1}.", left.nodes, size.name);
}
