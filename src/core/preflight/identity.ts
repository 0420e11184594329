import * as l10n from "@vscode/l10n";
import { type IdentityDraft } from "../advancedDraft";
import { type ArmId, nameOf, sameArmId, subscriptionOf } from "../armId";
import { type Finding } from "../finding";
import { type UserAssignedIdentity } from "../identity";

/** User-assigned means one or several (azure-docs includes/aml-managed-identity-note.md @58f07eb). */
export function userAssignedNeedsOne(identity: IdentityDraft): readonly Finding[] {
  if (identity.kind !== "userAssigned" || identity.ids.length > 0) return [];
  return [
    {
      rule: "identity.none",
      severity: "error",
      field: "identity",
      message: l10n.t("Choose at least one user-assigned identity, or another kind."),
    },
  ];
}

/** Azure keeps a map, so which of several is the "first", the default, is not promised (azure-facts 2.5). */
export function severalIdentities(ids: readonly ArmId[]): readonly Finding[] {
  if (ids.length < 2) return [];
  return [
    {
      rule: "identity.several",
      severity: "info",
      field: "identity",
      message: l10n.t(
        "Jobs use one of the {0} identities by default. Azure does not promise which: name the client ID in your code.",
        ids.length,
      ),
    },
  ];
}

/** `identities` are those of the workspace's subscription; one of another cannot be looked up in them, which is said. */
export function identityExists(
  id: ArmId,
  workspace: ArmId,
  identities: readonly UserAssignedIdentity[],
): readonly Finding[] {
  if (identities.some((identity) => sameArmId(identity.id, id))) return [];
  if (!sameArmId(subscriptionOf(id), subscriptionOf(workspace))) {
    return [
      {
        rule: "identity.elsewhere",
        severity: "unknown",
        field: "identity",
        message: l10n.t("The identity {0} is in another subscription and was not looked up.", nameOf(id)),
      },
    ];
  }
  return [
    {
      rule: "identity.missing",
      severity: "error",
      field: "identity",
      message: l10n.t("There is no identity {0}, or you may not see it.", nameOf(id)),
      advice: l10n.t("Choose another identity."),
    },
  ];
}

/** It comes into being with the cluster, without any role (azure-docs includes/aml-managed-identity-intro.md @0d76b1d). */
export function systemIdentityNote(identity: IdentityDraft): readonly Finding[] {
  if (identity.kind !== "systemAssigned") return [];
  return [
    {
      rule: "identity.system",
      severity: "info",
      field: "identity",
      message: l10n.t(
        "The identity is made with the cluster and may do nothing at first: give it its roles afterwards, such as Storage Blob Data Reader.",
      ),
    },
  ];
}
