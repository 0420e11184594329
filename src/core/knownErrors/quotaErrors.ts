import * as l10n from "@vscode/l10n";
import { type ErrorReader, hasCode } from "./explanation";

export const quotaHelpUrl = "https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas";

/** Quota errors of creating, growing and of setting quota (azure-facts 2.7 and azure-api/NOTES 7, seen 2019 to 2026). */
export const quotaErrors: readonly ErrorReader[] = [
  (error) => {
    // Spelt "accomodate" by the service; "total" stands where a family stands otherwise.
    const found =
      /an? (.+?) vCPU quota of (\d+) and cannot accomm?odate for at least \d+ requested .*?maps to (\d+) vCPUs/is.exec(
        error.message,
      );
    if (found === null) return undefined;
    const [limit, needed] = [Number(found[2]), Number(found[3])];
    const subject = (found[1] ?? "").replace(/\s+family$/i, "");
    const family = subject.toLowerCase() === "total" ? undefined : subject;
    return {
      topic: "quota",
      cause:
        family === undefined
          ? l10n.t("The quota of all vCPUs in the region is {0}; the nodes need {1}.", limit, needed)
          : l10n.t("The vCPU quota of {0} is {1}; the nodes need {2}.", family, limit, needed),
      fix: l10n.t(
        "Choose a smaller size, another region or priority, or ask Azure for more quota. Free and student subscriptions may be refused.",
      ),
      helpUrl: quotaHelpUrl,
      quota: { family, limit, needed },
    };
  },
  (error) =>
    hasCode(error, "ClusterMinNodesExceedCoreQuota", "AccountCoreQuotaReached", "AccountLowPriorityCoreQuotaReached")
      ? {
          topic: "quota",
          cause: l10n.t("The vCPU quota does not allow the nodes."),
          fix: l10n.t("Choose a smaller size, another region or priority, or ask Azure for more quota."),
          helpUrl: quotaHelpUrl,
        }
      : undefined,
  (error) =>
    // Sent without the second "c"; accept both.
    /Microsoft\.Batchc?lusters/i.test(error.message)
      ? {
          topic: "computes",
          cause: l10n.t("The subscription has as many computes in this region as it may have."),
          fix: l10n.t(
            "Delete compute clusters and instances that nobody uses, or ask Azure support for a higher limit.",
          ),
          helpUrl: quotaHelpUrl,
        }
      : undefined,
  (error) => explainQuotaStatus(error.code ?? ""),
];

/** Outcomes of setting a workspace's quota: they come inside a 200 (arm-machinelearning 2.1.1, `Status`). */
const quotaStatuses: Readonly<Record<string, () => readonly [cause: string, fix: string]>> = {
  invalidquotabelowclusterminimum: () => [
    l10n.t("The new quota is below what the minimum nodes of the workspace's clusters need."),
    l10n.t("Lower those minimums first, or set a higher quota."),
  ],
  invalidquotaexceedssubscriptionlimit: () => [
    l10n.t("The new quota is above the subscription's."),
    l10n.t("Set a lower one, or ask Azure to raise the subscription's quota first."),
  ],
  invalidvmfamilyname: () => [l10n.t("Azure does not know this VM family."), l10n.t("Choose a family from the list.")],
  operationnotsupportedforsku: () => [
    l10n.t("Quota cannot be set for this VM family."),
    l10n.t("Leave it at the subscription's quota."),
  ],
  operationnotenabledforregion: () => [
    l10n.t("Workspace quota cannot be set in this region."),
    l10n.t("Leave it at the subscription's quota."),
  ],
};

function explainQuotaStatus(code: string): ReturnType<ErrorReader> {
  const known = Object.hasOwn(quotaStatuses, code.toLowerCase()) ? quotaStatuses[code.toLowerCase()] : undefined;
  if (known === undefined) return undefined;
  const [cause, fix] = known();
  return { topic: "workspaceQuota", cause, fix, helpUrl: quotaHelpUrl };
}
