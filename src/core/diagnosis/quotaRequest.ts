import * as l10n from "@vscode/l10n";
import { type VmPriority } from "../cluster";

/** Everything that Azure's quota form asks for. */
export interface QuotaRequest {
  readonly subscriptionId: string;
  readonly region: string;
  readonly limit: "family" | "total" | "computes";
  /** The VM family, for `family`. */
  readonly family?: string | undefined;
  readonly priority: VmPriority;
  /** The limit now; vCPUs, or computes for `computes`. */
  readonly current: number;
  /** In use now, where that is known. */
  readonly used?: number | undefined;
  /** The limit that would be enough. */
  readonly needed: number;
}

/** The request as text to paste into Azure's form. */
export function quotaRequestText(request: QuotaRequest): string {
  const what =
    request.limit === "computes"
      ? l10n.t("Total computes in the region")
      : request.limit === "family"
        ? l10n.t("vCPUs of {0}", request.family ?? "")
        : l10n.t("All vCPUs in the region");
  return [
    l10n.t("Quota type: {0}", "Machine Learning Service"),
    l10n.t("Subscription: {0}", request.subscriptionId),
    l10n.t("Region: {0}", request.region),
    l10n.t("Priority: {0}", request.priority === "dedicated" ? l10n.t("Dedicated") : l10n.t("Low priority")),
    l10n.t("Quota: {0}", what),
    l10n.t("Limit now: {0}", request.current),
    ...(request.used === undefined ? [] : [l10n.t("In use: {0}", request.used)]),
    l10n.t("New limit: {0}", request.needed),
  ].join("\n");
}
