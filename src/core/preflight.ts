import * as l10n from "@vscode/l10n";
import { regionKey } from "./account";
import { type ClusterDraft } from "./draft";
import { type Finding } from "./finding";
import { type QuotaLeft, type RegionQuota, quotaLeft } from "./quota";
import { type VmSize, familyKey } from "./vmSize";

export interface QuotaFacts {
  readonly quota: RegionQuota;
  /** The workspace's own vCPU limits: family key → limit. */
  readonly workspaceLimits?: Readonly<Record<string, number>> | undefined;
}

/**
 * What vCPU quota says of a draft: an error when not even one node fits (Azure refuses such a cluster even with a
 * minimum of 0: `ClusterMinNodesExceedCoreQuota`), a warning when the minimum or the maximum is out of reach.
 */
export function quotaFindings(draft: ClusterDraft, size: VmSize, facts: QuotaFacts): readonly Finding[] {
  const left = quotaLeft(facts.quota, size, draft.vmPriority, facts.workspaceLimits?.[familyKey(size.family)]);
  if (left === undefined) return [];
  const about = `${limitText(left, draft, size)} ${leftText(left, size)}`;
  if (left.nodes < 1) {
    return [
      {
        rule: "quota.none",
        severity: "error",
        field: "vmSize",
        message: about,
        advice:
          draft.vmPriority === "dedicated"
            ? l10n.t("Choose a smaller size, another family or region, or ask Azure for more quota.")
            : l10n.t("Choose dedicated, a smaller size or another region, or ask Azure for more quota."),
      },
    ];
  }
  if (draft.minNodeCount > left.nodes) {
    return [
      {
        rule: "quota.min",
        severity: "warning",
        field: "minNodeCount",
        message: l10n.t("{0} nodes will not start. {1}", draft.minNodeCount, about),
        advice: l10n.t("Lower the minimum to {0} or less.", left.nodes),
      },
    ];
  }
  if (draft.maxNodeCount > left.nodes) {
    return [
      {
        rule: "quota.max",
        severity: "warning",
        field: "maxNodeCount",
        message: l10n.t("The cluster will not reach {0} nodes. {1}", draft.maxNodeCount, about),
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
  return [];
}

function limitText(left: QuotaLeft, draft: ClusterDraft, size: VmSize): string {
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

function leftText(left: QuotaLeft, size: VmSize): string {
  if (left.nodes < 1) return l10n.t("One node of {0} needs {1}.", size.name, size.vCpus);
  return left.nodes === 1
    ? l10n.t("That is enough for 1 node of {0}.", size.name)
    : l10n.t("That is enough for {0} nodes of {1}.", left.nodes, size.name);
}

/** Latency and transfer cost of a cluster away from its workspace (azure-docs how-to-create-attach-compute-cluster). */
export function distanceFindings(location: string, workspaceLocation: string): readonly Finding[] {
  if (location === "" || regionKey(location) === regionKey(workspaceLocation)) return [];
  return [
    {
      rule: "location.other",
      severity: "warning",
      field: "location",
      message: l10n.t(
        "The workspace is in {0}. A cluster elsewhere can be slower and cost data transfer, when it is created and while jobs run.",
        workspaceLocation,
      ),
    },
  ];
}
