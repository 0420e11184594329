import * as l10n from "@vscode/l10n";
import { type IdentityDraft } from "../core/advancedDraft";
import { type ArmId, nameOf, sameArmId, subscriptionOf, workspaceOf } from "../core/armId";
import { type ComputeCluster } from "../core/cluster";
import { AzureMlError, asAzureMlError, isAbort } from "../core/errors";
import { type Finding } from "../core/finding";
import { type ClusterIdentity, type UserAssignedIdentity } from "../core/identity";
import { distinctIds } from "../core/identityChange";
import { readOnlyLocks } from "../core/preflight/locks";
import { rightToAssign, rightToChange, rightToJoin } from "../core/preflight/rights";
import { type Workspace } from "../core/workspace";
import { type RoleAssignment, type RoleCheck, checkRoles } from "../core/workspaceRoles";
import { type AzureMl } from "./ports";

export interface FoundIdentities {
  readonly identities: readonly UserAssignedIdentity[];
  /** Lower-case subscription id → its name. */
  readonly subscriptionNames: Readonly<Record<string, string>>;
  readonly problem?: string | undefined;
}

/**
 * User-assigned identities of every subscription that the account sees in the cluster's tenant: those of another tenant cannot
 * be assigned. A subscription that fails hides no other.
 */
export async function findIdentities(azureMl: AzureMl, cluster: ArmId, signal?: AbortSignal): Promise<FoundIdentities> {
  const { subscriptions } = await azureMl.listSubscriptions(signal);
  const own = subscriptions.find(({ id }) => sameArmId(id, subscriptionOf(cluster)));
  const near = own === undefined ? [] : subscriptions.filter(({ tenantId }) => tenantId === own.tenantId);
  const failed: string[] = [];
  const lists = await Promise.all(
    near.map(async ({ id, displayName }) => {
      try {
        return await azureMl.listIdentities(id, signal);
      } catch (error) {
        if (isAbort(error)) throw error;
        failed.push(`${displayName}: ${asAzureMlError(error).message}`);
        return [];
      }
    }),
  );
  return {
    identities: lists.flat(),
    subscriptionNames: Object.fromEntries(
      near.map(({ subscriptionId, displayName }) => [subscriptionId.toLowerCase(), displayName]),
    ),
    problem: failed.length === 0 ? undefined : l10n.t("Some identities could not be read. {0}", failed.join(" ")),
  };
}

/** Of the cluster's user-assigned identities, those that Azure does not find. One that may not be read counts as there. */
export async function findGone(
  azureMl: AzureMl,
  identity: ClusterIdentity,
  signal?: AbortSignal,
): Promise<readonly ArmId[]> {
  const ids = identity.kind === "userAssigned" ? identity.identities.map(({ id }) => id) : [];
  const found = await Promise.all(ids.map((id) => lookUp(azureMl, id, signal)));
  return ids.filter((_, index) => found[index] === "gone");
}

async function lookUp(
  azureMl: AzureMl,
  id: ArmId,
  signal?: AbortSignal,
): Promise<UserAssignedIdentity | "gone" | AzureMlError> {
  try {
    return (await azureMl.getIdentity(id, signal)) ?? "gone";
  } catch (error) {
    if (isAbort(error)) throw error;
    return asAzureMlError(error);
  }
}

/**
 * What stands against the change: rights that the caller lacks on the workspace and on what the body names, locks, identities
 * that are not there. What cannot be read is told as unchecked and blocks nothing.
 */
export async function checkIdentityChange(
  azureMl: AzureMl,
  cluster: ComputeCluster,
  choice: IdentityDraft,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const ids = choice.kind === "userAssigned" ? distinctIds(choice.ids) : [];
  const workspace = workspaceOf(cluster.id);
  const checks: readonly Promise<readonly Finding[]>[] = [
    attempt(nameOf(workspace), async () => rightToChange(workspace, await azureMl.listPermissions(workspace, signal))),
    attempt(cluster.name, async () => readOnlyLocks(cluster.id, await azureMl.listLocks(cluster.id, signal))),
    ...(cluster.subnetId === undefined ? [] : [checkSubnet(azureMl, cluster.subnetId, signal)]),
    ...ids.map((id) => checkIdentity(azureMl, id, signal)),
  ];
  return (await Promise.all(checks)).flat();
}

function checkSubnet(azureMl: AzureMl, subnet: ArmId, signal?: AbortSignal): Promise<readonly Finding[]> {
  return attempt(nameOf(subnet), async () => rightToJoin(subnet, await azureMl.listPermissions(subnet, signal)));
}

async function checkIdentity(azureMl: AzureMl, id: ArmId, signal?: AbortSignal): Promise<readonly Finding[]> {
  if ((await lookUp(azureMl, id, signal)) === "gone") {
    return [
      {
        rule: "identity.gone",
        severity: "warning",
        field: "identity",
        message: l10n.t("There is no identity {0}, or you may not see it.", nameOf(id)),
        advice: l10n.t("Azure will refuse the change: remove it from the list."),
      },
    ];
  }
  return attempt(nameOf(id), async () => rightToAssign(id, await azureMl.listPermissions(id, signal)));
}

async function attempt(name: string, check: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (isAbort(error)) throw error;
    return [
      {
        rule: "identity.unchecked",
        severity: "unknown",
        field: "identity",
        message: l10n.t("Your rights on {0} could not be checked: {1}", name, asAzureMlError(error).message),
        advice: l10n.t("You can apply the change all the same; Azure will check."),
      },
    ];
  }
}

/** Somebody that roles are given to. */
export interface Principal {
  readonly name: string;
  readonly principalId: string;
}

/** The principals behind a choice, as far as they exist: a system-assigned identity that is yet to be made has none. */
export async function principalsOf(
  azureMl: AzureMl,
  cluster: ComputeCluster,
  choice: IdentityDraft,
  signal?: AbortSignal,
): Promise<readonly Principal[]> {
  if (choice.kind === "none") return [];
  if (choice.kind === "systemAssigned") {
    const principalId = cluster.identity.kind === "systemAssigned" ? cluster.identity.principalId : undefined;
    return principalId === undefined ? [] : [{ name: cluster.name, principalId }];
  }
  const found = await Promise.all(distinctIds(choice.ids).map((id) => lookUp(azureMl, id, signal)));
  return found.flatMap((one) =>
    one === "gone" || one instanceof AzureMlError || one.principalId === undefined
      ? []
      : [{ name: one.name, principalId: one.principalId }],
  );
}

/** Roles of a principal on the workspace's storage, registry and key vault. @throws AzureMlError when they cannot be read. */
export async function readRoles(
  azureMl: AzureMl,
  workspace: Workspace,
  { principalId }: Principal,
  signal?: AbortSignal,
): Promise<readonly RoleCheck[]> {
  const { storageAccountId, containerRegistryId, keyVaultId } = workspace;
  const scopes = [storageAccountId, containerRegistryId, keyVaultId].filter((scope) => scope !== undefined);
  const lists: readonly (readonly RoleAssignment[])[] = await Promise.all(
    scopes.map((scope) => azureMl.listRoleAssignments(scope, principalId, signal)),
  );
  return checkRoles(lists.flat(), workspace);
}
