import * as l10n from "@vscode/l10n";
import { type ArmId, isWithin, nameOf, parseArmId, sameArmId } from "../armId";
import { type ResourceLock } from "../compute";
import { type Finding } from "../finding";

/**
 * A read-only lock on the workspace, its group or its subscription: Azure refuses the request at once (409 ScopeLocked,
 * azure-api/NOTES 2). Locks on other resources do not matter, also where a list of the group names them.
 */
export function readOnlyLocks(workspace: ArmId, locks: readonly ResourceLock[]): readonly Finding[] {
  return locksOver(workspace, locks, "readOnly").map((lock) => ({
    rule: "locks.readOnly",
    severity: "error",
    message: l10n.t(
      'The read-only lock "{0}" on {1} stops every change here, also the creation of clusters.',
      lock.name,
      scopeText(lock.scope),
    ),
    advice: l10n.t("Have the lock removed, or use a workspace elsewhere."),
    remedy: openLock(lock),
  }));
}

/**
 * A delete lock over the cluster lets it be created, but Azure cannot remove nodes and network parts: it stops scaling down
 * and deletion (azure-docs includes/machine-learning-resource-lock.md @38bcb72).
 */
export function deleteLocks(workspace: ArmId, locks: readonly ResourceLock[]): readonly Finding[] {
  return locksOver(workspace, locks, "canNotDelete").map((lock) => ({
    rule: "locks.delete",
    severity: "warning",
    message: l10n.t(
      'The delete lock "{0}" on {1} can keep the cluster from scaling down and from being deleted: idle nodes would go on costing.',
      lock.name,
      scopeText(lock.scope),
    ),
    advice: l10n.t("Have the lock removed before you create clusters here."),
    remedy: openLock(lock),
  }));
}

/**
 * Azure makes the load balancer, public IP and security group of a cluster in its virtual network's group
 * (how-to-create-attach-compute-cluster, 2024-05-03), so a lock there can stop scaling. Locks over the workspace too are
 * left out: they are told of once.
 */
export function networkLocks(subnet: ArmId, workspace: ArmId, locks: readonly ResourceLock[]): readonly Finding[] {
  return locks
    .filter((lock) => lock.level !== "other" && isWithin(subnet, lock.scope) && !isWithin(workspace, lock.scope))
    .map((lock) => ({
      rule: "locks.network",
      severity: "warning",
      field: "network",
      message: l10n.t(
        'The lock "{0}" on {1} can stop the cluster from scaling: Azure adds and removes network parts in the group of the virtual network.',
        lock.name,
        scopeText(lock.scope),
      ),
      advice: l10n.t("Have the lock removed, or choose another network."),
      remedy: openLock(lock),
    }));
}

function locksOver(id: ArmId, locks: readonly ResourceLock[], level: ResourceLock["level"]): readonly ResourceLock[] {
  const over = locks.filter((lock) => lock.level === level && isWithin(id, lock.scope));
  return over.filter((lock, index) => over.findIndex((other) => sameArmId(other.id, lock.id)) === index);
}

function openLock(lock: ResourceLock): Finding["remedy"] {
  return { kind: "openLock", label: l10n.t("Show the lock"), lock: lock.id, scope: lock.scope };
}

/** What a scope is, for a sentence. */
function scopeText(scope: ArmId): string {
  const { provider, resourceGroup } = parseArmId(scope);
  if (provider !== undefined) return nameOf(scope);
  return resourceGroup === undefined ? l10n.t("the subscription") : l10n.t("the resource group {0}", resourceGroup);
}
