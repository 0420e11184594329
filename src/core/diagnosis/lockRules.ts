import * as l10n from "@vscode/l10n";
import { type ArmId, armKey, isWithin, nameOf, parseArmId, sameArmId, workspaceOf } from "../armId";
import { type ResourceLock } from "../compute";
import { known } from "../fact";
import { allows, azureActions, rolesWith } from "../permissions";
import { type Cause, type Inspection, type Rule } from "./cause";
import { type DiagnosisFacts } from "./facts";
import { type RemedyAction, remedies } from "./remedy";
import { symptomText } from "./symptoms";

type LockPlace = "subscription" | "group" | "workspace" | "cluster" | "networkGroup" | "network";

interface PlacedLock {
  readonly lock: ResourceLock;
  readonly place: LockPlace;
}

/**
 * Locks in the cluster's way: on its subscription, group, workspace or itself, and on its network and the network's group,
 * where Azure makes the load balancer, public address and security group. A delete lock stops nodes from going and often
 * from coming, a read-only lock stops everything (azure-docs includes/machine-learning-resource-lock.md @38bcb72; azure-ai-docs
 * how-to-create-attach-compute-cluster, 2024-05-03).
 */
export const lockRule: Rule = (inspection) =>
  locksInTheWay(inspection.facts).map((placed) => lockCause(placed, inspection));

/** Locks that hold the cluster or its network; those of other resources in the same group, which lists hold too, do not. */
export function locksInTheWay(facts: DiagnosisFacts): readonly PlacedLock[] {
  const { cluster } = facts;
  const own = (known(facts.locks) ?? []).filter((lock) => isWithin(cluster.id, lock.scope));
  const subnet = cluster.subnetId;
  const network = subnet === undefined ? [] : (known(facts.networkLocks) ?? []);
  const placed = [
    ...own.map((lock) => ({ lock, place: placeOf(lock.scope, cluster.id) })),
    ...network
      .filter((lock) => subnet !== undefined && isWithin(subnet, lock.scope))
      .map((lock) => ({ lock, place: networkPlaceOf(lock.scope) })),
  ];
  const seen = new Set<string>();
  return placed.filter(({ lock }) => {
    const first = !seen.has(armKey(lock.id));
    seen.add(armKey(lock.id));
    return first && lock.level !== "other";
  });
}

function placeOf(scope: ArmId, cluster: ArmId): LockPlace {
  if (sameArmId(scope, cluster)) return "cluster";
  if (sameArmId(scope, workspaceOf(cluster))) return "workspace";
  return parseArmId(scope).resourceGroup === undefined ? "subscription" : "group";
}

function networkPlaceOf(scope: ArmId): LockPlace {
  const { resourceGroup, provider } = parseArmId(scope);
  if (resourceGroup === undefined) return "subscription";
  return provider === undefined ? "networkGroup" : "network";
}

function lockCause({ lock, place }: PlacedLock, { facts, symptoms }: Inspection): Cause {
  const name = facts.cluster.name;
  const hanging = symptoms.filter((symptom) => symptom.kind !== "unusableNodes");
  // A delete lock on the cluster itself keeps it from deletion; its nodes are no resources of their own.
  const fits =
    place === "cluster" && lock.level === "canNotDelete"
      ? symptoms.some((symptom) => symptom.kind === "stuckProvisioning" && symptom.state === "deleting")
      : hanging.length > 0;
  const permissions = known(facts.permissions);
  const mayRemove = permissions === undefined ? undefined : allows(permissions, azureActions.deleteLocks);
  const actions: readonly (RemedyAction | undefined)[] = [
    remedies.openLock(lock),
    mayRemove === false ? undefined : remedies.removeLock(lock, mayRemove),
  ];
  const ask = l10n.t(
    "You may not remove it yourself: ask for that, or for one of these roles: {0}.",
    rolesWith(azureActions.deleteLocks).join(", "),
  );
  const remove = l10n.t("Remove the lock. If the cluster hangs on after some minutes, scale it to zero and back.");
  return {
    rule: `locks.${place}`,
    topic: "lock",
    subject: armKey(lock.scope),
    severity: fits ? "error" : "warning",
    likelihood: fits ? "likely" : "possible",
    message: lockMessage(lock, place),
    advice: mayRemove === false ? ask : remove,
    evidence: [
      effectText(lock, place, name),
      ...(lock.notes === "" ? [] : [l10n.t('The lock says: "{0}"', lock.notes)]),
      ...(fits ? hanging.map((symptom) => symptomText(symptom, name)) : []),
    ],
    remedies: actions.filter((action) => action !== undefined),
  };
}

function lockMessage(lock: ResourceLock, place: LockPlace): string {
  const where = nameOf(lock.scope);
  switch (place) {
    case "subscription":
      return l10n.t('The lock "{0}" holds the whole subscription.', lock.name);
    case "group":
      return l10n.t('The lock "{0}" holds the resource group {1}.', lock.name, where);
    case "workspace":
      return l10n.t('The lock "{0}" holds the workspace {1}.', lock.name, where);
    case "cluster":
      return l10n.t('The lock "{0}" holds the cluster {1}.', lock.name, where);
    case "networkGroup":
      return l10n.t('The lock "{0}" holds {1}, the resource group of the cluster\'s network.', lock.name, where);
    case "network":
      return l10n.t('The lock "{0}" holds the cluster\'s network {1}.', lock.name, where);
  }
}

function effectText(lock: ResourceLock, place: LockPlace, name: string): string {
  if (lock.level === "readOnly")
    return l10n.t("A read-only lock forbids every change: scaling and deletion of {0}.", name);
  return place === "cluster"
    ? l10n.t("A delete lock keeps {0} from being deleted.", name)
    : l10n.t("A delete lock keeps Azure from removing nodes of {0}, and often from adding them.", name);
}
