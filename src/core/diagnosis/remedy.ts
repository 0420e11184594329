import * as l10n from "@vscode/l10n";
import { type ArmId } from "../armId";
import { type ComputeCluster, type ScaleSettings } from "../cluster";
import { type Permission, type ResourceLock } from "../compute";
import { allows, azureActions } from "../permissions";
import { type QuotaRequest } from "./quotaRequest";

/**
 * What a button beside a cause does. `label` is shown; all that the doing needs comes with it. Kinds that a finding's
 * remedy has too (src/core/finding.ts) have its shape, so that one handler serves both.
 */
export type RemedyAction = { readonly label: string } & (
  | { readonly kind: "openLock"; readonly lock: ArmId; readonly scope: ArmId }
  /** The list of locks of a scope, where it is not known which one it is. */
  | { readonly kind: "openLocks"; readonly scope: ArmId }
  /** Only after the person has confirmed. `allowed` undefined: whether the account may is not known. */
  | { readonly kind: "removeLock"; readonly lock: ResourceLock; readonly allowed: true | undefined }
  | {
      readonly kind: "requestQuota";
      readonly region: string;
      readonly family?: string | undefined;
      readonly request: QuotaRequest;
    }
  | {
      readonly kind: "raiseWorkspaceQuota";
      readonly workspace: ArmId;
      readonly family: string;
      readonly currentVCpus: number;
      readonly neededVCpus: number;
    }
  /** Minimum 0, wait until no node is left, then `back`. */
  | { readonly kind: "scaleToZeroAndBack"; readonly cluster: ArmId; readonly back: ScaleSettings }
  | { readonly kind: "setMin0"; readonly cluster: ArmId }
  | { readonly kind: "deleteCluster"; readonly cluster: ArmId }
  /** Under a new name: one made again under its old name has kept its old size (azure-rest-api-specs#18889). */
  | { readonly kind: "deleteAndRecreate"; readonly cluster: ArmId; readonly change: RecreateChange }
  | { readonly kind: "useOtherRegion"; readonly cluster: ArmId; readonly vmSize: string; readonly notRegion: string }
  | { readonly kind: "openResource"; readonly id: ArmId }
  | { readonly kind: "openSupportRequest" }
  | { readonly kind: "copySupportSummary" }
  | { readonly kind: "copyText"; readonly text: string }
  | { readonly kind: "openUrl"; readonly url: string }
);

/** What the new cluster has to do otherwise. */
export type RecreateChange = "nothing" | "size" | "priority" | "region" | "network";

export const remedies = {
  openLock: (lock: ResourceLock): RemedyAction => ({
    kind: "openLock",
    label: l10n.t("Open the lock in the portal"),
    lock: lock.id,
    scope: lock.scope,
  }),
  openLocks: (scope: ArmId): RemedyAction => ({
    kind: "openLocks",
    label: l10n.t("Open the locks in the portal"),
    scope,
  }),
  removeLock: (lock: ResourceLock, allowed: true | undefined): RemedyAction => ({
    kind: "removeLock",
    label: l10n.t('Remove the lock "{0}"…', lock.name),
    lock,
    allowed,
  }),
  requestQuota: (request: QuotaRequest): RemedyAction => ({
    kind: "requestQuota",
    label: l10n.t("Request quota…"),
    region: request.region,
    family: request.family,
    request,
  }),
  scaleToZeroAndBack: (cluster: ComputeCluster): RemedyAction => ({
    kind: "scaleToZeroAndBack",
    label: l10n.t("Scale to zero and back"),
    cluster: cluster.id,
    back: cluster.scaleSettings,
  }),
  setMin0: (cluster: ComputeCluster): RemedyAction => ({
    kind: "setMin0",
    label: l10n.t("Set the minimum to 0"),
    cluster: cluster.id,
  }),
  deleteCluster: (cluster: ComputeCluster): RemedyAction => ({
    kind: "deleteCluster",
    label: l10n.t("Delete the cluster…"),
    cluster: cluster.id,
  }),
  deleteAndRecreate: (cluster: ComputeCluster, change: RecreateChange): RemedyAction => ({
    kind: "deleteAndRecreate",
    label: l10n.t("Recreate under a new name…"),
    cluster: cluster.id,
    change,
  }),
  useOtherRegion: (cluster: ComputeCluster): RemedyAction => ({
    kind: "useOtherRegion",
    label: l10n.t("Recreate in another region…"),
    cluster: cluster.id,
    vmSize: cluster.vmSize,
    notRegion: cluster.location,
  }),
  openResource: (id: ArmId): RemedyAction => ({ kind: "openResource", label: l10n.t("Open in the portal"), id }),
  openSupportRequest: (): RemedyAction => ({
    kind: "openSupportRequest",
    label: l10n.t("Open a support request"),
  }),
  copySupportSummary: (): RemedyAction => ({
    kind: "copySupportSummary",
    label: l10n.t("Copy a summary for support"),
  }),
  copyText: (label: string, text: string): RemedyAction => ({ kind: "copyText", label, text }),
  openUrl: (url: string): RemedyAction => ({ kind: "openUrl", label: l10n.t("Learn more"), url }),
};

/** Whether the account may do it, as far as its permissions at the workspace tell; unknown permissions forbid nothing. */
export function mayDo(action: RemedyAction, permissions: readonly Permission[] | undefined): boolean {
  if (permissions === undefined) return true;
  const may = (...needed: readonly string[]): boolean => needed.every((right) => allows(permissions, right));
  switch (action.kind) {
    case "scaleToZeroAndBack":
    case "setMin0":
      return may(azureActions.writeClusters);
    case "deleteAndRecreate":
      return may(azureActions.writeClusters, azureActions.deleteClusters);
    case "deleteCluster":
      return may(azureActions.deleteClusters);
    case "removeLock":
      return may(azureActions.deleteLocks);
    case "openLock":
    case "openLocks":
    case "openResource":
    case "openUrl":
    case "openSupportRequest":
    case "copySupportSummary":
    case "copyText":
    case "requestQuota":
    case "raiseWorkspaceQuota":
    case "useOtherRegion":
      return true;
  }
}
