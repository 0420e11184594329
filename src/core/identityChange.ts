import * as l10n from "@vscode/l10n";
import { type IdentityDraft } from "./advancedDraft";
import { type ArmId, armKey, isArmId, parseArmId, sameArmId, workspaceOf } from "./armId";
import { type ComputeCluster } from "./cluster";
import { type Finding } from "./finding";
import { type ClusterIdentity } from "./identity";
import { azureActions } from "./permissions";
import { severalIdentities, systemIdentityNote, userAssignedNeedsOne } from "./preflight/identity";

/** The identity that the system uses in a run, and code that names none. */
export type DefaultIdentity =
  | { readonly kind: "none" }
  | { readonly kind: "systemAssigned" }
  | { readonly kind: "userAssigned"; readonly id: ArmId };

/** What a change of identity does, before it is made. */
export interface IdentityPreview {
  /** False when nothing would be sent: Azure stores no order, so another order of the same identities is no change. */
  readonly changed: boolean;
  readonly added: readonly ArmId[];
  readonly removed: readonly ArmId[];
  readonly kept: readonly ArmId[];
  /** One kind takes the other's place: what is called adding is a replacement then. */
  readonly replaced: boolean;
  readonly losesSystemPrincipal: boolean;
  readonly lostPrincipalId?: string | undefined;
  readonly gainsSystemPrincipal: boolean;
  readonly newDefault: DefaultIdentity;
  /** Errors block; with `error` nothing may be sent. */
  readonly findings: readonly Finding[];
}

/**
 * What happens between a cluster's identity and the one chosen. None to either kind, between the kinds, and adding and removing
 * user-assigned ones are documented; taking the last away is not; both kinds at once cannot even be said (azure-facts 2.5:
 * how-to-identity-based-service-authentication @014addf, 2025-06-10; azure-docs includes/aml-managed-identity-note.md @58f07eb).
 * @param nodesUp nodes of the cluster that are up, for the warning about them.
 */
export function previewIdentityChange(from: ClusterIdentity, to: IdentityDraft, nodesUp = 0): IdentityPreview {
  const before = from.kind === "userAssigned" ? from.identities.map(({ id }) => id) : [];
  const after = to.kind === "userAssigned" ? distinctIds(to.ids) : [];
  const added = without(after, before);
  const removed = without(before, after);
  const changed = from.kind !== to.kind || added.length + removed.length > 0;
  const losesSystemPrincipal = from.kind === "systemAssigned" && to.kind !== "systemAssigned";
  return {
    changed,
    added,
    removed,
    kept: without(after, added),
    replaced: from.kind !== "none" && to.kind !== "none" && from.kind !== to.kind,
    losesSystemPrincipal,
    lostPrincipalId: losesSystemPrincipal ? from.principalId : undefined,
    gainsSystemPrincipal: from.kind !== "systemAssigned" && to.kind === "systemAssigned",
    newDefault: defaultIdentity(to),
    findings: [
      ...userAssignedNeedsOne(to),
      ...(changed ? changeFindings(from, to, removed, nodesUp) : unchangedFindings(before, after)),
      ...severalIdentities(after),
    ],
  };
}

/** The cluster's own identity as a choice, where the form begins. */
export function choiceOf(identity: ClusterIdentity): IdentityDraft {
  if (identity.kind !== "userAssigned") return { kind: identity.kind };
  return { kind: "userAssigned", ids: identity.identities.map(({ id }) => id) };
}

/** The system-assigned one, else the first that was named (azure-docs includes/aml-managed-identity-default.md @1853d52). */
export function defaultIdentity(choice: IdentityDraft): DefaultIdentity {
  if (choice.kind !== "userAssigned") return { kind: choice.kind };
  const [id] = choice.ids;
  return id === undefined ? { kind: "none" } : { kind: "userAssigned", id };
}

function changeFindings(
  from: ClusterIdentity,
  to: IdentityDraft,
  removed: readonly ArmId[],
  nodesUp: number,
): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (rule: string, severity: Finding["severity"], message: string, advice?: string): void => {
    findings.push({ rule, severity, field: "identity", message, advice });
  };
  if (from.kind === "systemAssigned") {
    add(
      "identity.losesSystem",
      "warning",
      l10n.t("The system-assigned identity goes, and with it every role that it was given."),
      l10n.t("Switching back makes a new one without roles. Give the new identity its roles first."),
    );
  }
  if (removed.length > 0) {
    add(
      "identity.removed",
      "info",
      removed.length === 1
        ? l10n.t("1 identity is taken off the cluster. It stays in Azure with its roles.")
        : l10n.t("{0} identities are taken off the cluster. They stay in Azure with their roles.", removed.length),
    );
  }
  if (to.kind === "none") {
    add(
      "identity.toNone",
      "warning",
      l10n.t(
        "Jobs that use the identity will fail. Azure does not document removing a cluster's identity and may refuse.",
      ),
    );
  }
  if (nodesUp > 0) {
    add(
      "identity.nodesUp",
      "warning",
      nodesUp === 1
        ? l10n.t("1 node is up. Azure does not say whether it gets the new identity before it is started again.")
        : l10n.t(
            "{0} nodes are up. Azure does not say whether they get the new identity before they are started again.",
            nodesUp,
          ),
      l10n.t("To be sure, scale the cluster to zero first and let its jobs end."),
    );
  }
  return [...findings, ...systemIdentityNote(to)];
}

function unchangedFindings(before: readonly ArmId[], after: readonly ArmId[]): readonly Finding[] {
  if (after.every((id, index) => before[index] !== undefined && sameArmId(id, before[index]))) return [];
  return [
    {
      rule: "identity.order",
      severity: "info",
      field: "identity",
      message: l10n.t("Azure keeps no order of identities, so there is nothing to change."),
    },
  ];
}

function without(ids: readonly ArmId[], others: readonly ArmId[]): readonly ArmId[] {
  return ids.filter((id) => !others.some((other) => sameArmId(other, id)));
}

/** Each identity once, in the order given and its first spelling. */
export function distinctIds(ids: readonly ArmId[]): readonly ArmId[] {
  const byKey = new Map<string, ArmId>();
  for (const id of ids) if (!byKey.has(armKey(id))) byKey.set(armKey(id), id);
  return [...byKey.values()];
}

/** A pasted resource id of a user-assigned identity. @returns undefined when the text is something else. */
export function readIdentityId(text: string): ArmId | undefined {
  const id = text.trim().replace(/\/+$/, "");
  if (!isArmId(id)) return undefined;
  const { provider, type, names, subscriptionId, resourceGroup } = parseArmId(id);
  const isIdentity =
    provider?.toLowerCase() === "microsoft.managedidentity" && type?.toLowerCase() === "userassignedidentities";
  // The id becomes part of a request's path: nothing that a URL would read otherwise.
  const clean = /^[\p{L}\p{N}/_().-]+$/u.test(id) && !/\/\.{0,2}(\/|$)/.test(id);
  const whole = subscriptionId !== undefined && resourceGroup !== undefined && names.length === 1;
  return isIdentity && clean && whole ? id : undefined;
}

/** A right that the change needs and where. */
export interface NeededRight {
  readonly action: string;
  readonly scope: ArmId;
}

/**
 * Rights that the PUT needs: ARM checks every resource that its body links, kept ones too (LinkedAuthorizationFailed,
 * azure-api/NOTES 2 and 5; the subnet is in the body because everything is).
 */
export function rightsForIdentityChange(
  cluster: Pick<ComputeCluster, "id" | "subnetId">,
  to: IdentityDraft,
): readonly NeededRight[] {
  const workspace = workspaceOf(cluster.id);
  const ids = to.kind === "userAssigned" ? distinctIds(to.ids) : [];
  return [
    { action: azureActions.readClusters, scope: workspace },
    { action: azureActions.writeClusters, scope: workspace },
    ...ids.map((scope) => ({ action: azureActions.assignIdentity, scope })),
    ...(cluster.subnetId === undefined ? [] : [{ action: azureActions.joinSubnet, scope: cluster.subnetId }]),
  ];
}
