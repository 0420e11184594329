import * as l10n from "@vscode/l10n";
import { draftFieldOrder, validateAdvancedDraft } from "../advancedDraft";
import { armKey } from "../armId";
import { pricePerHour } from "../cost";
import { regionKey } from "../account";
import { type ClusterDraft, validateDraft } from "../draft";
import { type Finding } from "../finding";
import { type RegionQuota } from "../quota";
import { type VmSize, familyKey, vmSizeKey } from "../vmSize";
import { type NameElsewhere, type PreflightFacts, known, unchecked } from "./facts";
import { identityExists, severalIdentities, systemIdentityNote } from "./identity";
import { deleteLocks, readOnlyLocks } from "./locks";
import { nameElsewhere, nameHeldByFailed, nameLetterAfterDash } from "./name";
import { networkChecks } from "./networkChecks";
import { computesInRegion, quotaCase, quotaRules } from "./quota";
import { regionDistance, regionOfManagedNetwork, regionWithPrivateEndpoint } from "./region";
import { rightToAssign, rightToCreate, rightsAfterwards } from "./rights";
import {
  type NodePrice,
  communicationNote,
  minNodesCost,
  moreNodesThanInfiniBand,
  moreThan100Nodes,
  moreThan300Nodes,
} from "./scale";
import { sshExposure } from "./ssh";

/**
 * Everything that is known before the request, in form order, what concerns no field last: the draft's own rules and those
 * that need facts. `blocks(findings)` says whether to send it. Pure and quick, for every keystroke.
 */
export function preflight(draft: ClusterDraft, facts: PreflightFacts): readonly Finding[] {
  const size = known(facts.vmSizes)?.find((candidate) => vmSizeKey(candidate.name) === vmSizeKey(draft.vmSize));
  const findings = [
    ...validateDraft(draft, {
      takenNames: known(facts.takenNames),
      regions: known(facts.regions),
      vmSizes: known(facts.vmSizes),
    }),
    ...validateAdvancedDraft(draft, facts),
    ...nameChecks(draft, facts),
    ...regionChecks(draft, facts),
    ...sizeChecks(draft, size, facts),
    ...scaleChecks(draft, size, facts),
    ...sshExposure(draft.ssh, draft.network, draft.nodePublicIp),
    ...networkChecks(draft, facts),
    ...identityChecks(draft, facts),
    ...workspaceChecks(facts),
  ];
  return inFormOrder(findings);
}

function nameChecks(draft: ClusterDraft, facts: PreflightFacts): readonly Finding[] {
  return [
    ...nameLetterAfterDash(draft.name),
    ...nameHeldByFailed(draft.name, known(facts.clusters) ?? []),
    ...nameElsewhere(draft.name, facts.workspace.id, inRegion(facts.namesElsewhere ?? [], draft.location)),
    ...unchecked(
      facts.takenNames,
      "name",
      (reason) => l10n.t("Whether the name is taken was not checked: {0}", reason),
      "name",
    ),
  ];
}

function inRegion(names: readonly NameElsewhere[], location: string): readonly NameElsewhere[] {
  return names.filter((name) => name.location === undefined || regionKey(name.location) === regionKey(location));
}

function regionChecks(draft: ClusterDraft, facts: PreflightFacts): readonly Finding[] {
  const { workspace } = facts;
  const refused = regionOfManagedNetwork(draft.location, workspace);
  return [
    ...refused,
    ...(refused.length > 0 ? [] : regionDistance(draft.location, workspace.location)),
    ...regionWithPrivateEndpoint(draft.location, workspace, draft.network.kind === "subnet"),
    ...unchecked(
      facts.regions,
      "location",
      (reason) => l10n.t("Whether clusters can be created in this region was not checked: {0}", reason),
      "location",
    ),
  ];
}

function sizeChecks(draft: ClusterDraft, size: VmSize | undefined, facts: PreflightFacts): readonly Finding[] {
  return [
    ...unchecked(
      facts.vmSizes,
      "vmSize",
      (reason) => l10n.t("Whether the size is offered in this region was not checked: {0}", reason),
      "vmSize",
    ),
    ...unchecked(facts.quota, "quota", (reason) => l10n.t("Quota was not checked: {0}", reason), "vmSize"),
    ...unchecked(
      facts.workspaceLimits,
      "quota.workspace",
      (reason) => l10n.t("The workspace's own quota limits were not checked: {0}", reason),
      "vmSize",
    ),
    ...quotaChecks(draft, size, known(facts.quota), facts),
  ];
}

function quotaChecks(
  draft: ClusterDraft,
  size: VmSize | undefined,
  quota: RegionQuota | undefined,
  facts: PreflightFacts,
): readonly Finding[] {
  const limits = known(facts.workspaceLimits);
  const about = size && quotaCase(draft, size, quota, limits?.[familyKey(size.family)]);
  return [...(about === undefined ? [] : quotaRules(about)), ...computesInRegion(quota?.totalClusters, draft.location)];
}

function scaleChecks(draft: ClusterDraft, size: VmSize | undefined, facts: PreflightFacts): readonly Finding[] {
  return [
    ...minNodesCost(draft.minNodeCount, nodePrice(draft, size, facts), facts.locale ?? "en"),
    ...(size?.infiniBand === true ? [] : moreThan100Nodes(draft)),
    ...moreNodesThanInfiniBand(draft, size?.infiniBand),
    ...moreThan300Nodes(draft),
    ...communicationNote(draft),
  ];
}

/** The retail price where it is known, else the size's own estimate in USD (azure-api/NOTES 0.10). */
function nodePrice(draft: ClusterDraft, size: VmSize | undefined, facts: PreflightFacts): NodePrice | undefined {
  const retail = facts.price?.[draft.vmPriority];
  if (facts.price !== undefined && retail !== undefined && retail > 0) {
    return { perHour: retail, currency: facts.price.currency };
  }
  const own = size === undefined ? undefined : pricePerHour(size, draft.vmPriority);
  return own === undefined ? undefined : { perHour: own, currency: "USD" };
}

function identityChecks(draft: ClusterDraft, facts: PreflightFacts): readonly Finding[] {
  const { identity } = draft;
  if (identity.kind !== "userAssigned") return systemIdentityNote(identity);
  const listed = known(facts.identities);
  return [
    ...severalIdentities(identity.ids),
    ...identity.ids.flatMap((id) => {
      const fact = facts.identityPermissions?.[armKey(id)];
      const permissions = known(fact);
      return [
        ...(listed === undefined ? [] : identityExists(id, facts.workspace.id, listed)),
        ...(permissions === undefined ? [] : rightToAssign(id, permissions)),
        ...unchecked(
          fact,
          "rights.assign",
          (reason) => l10n.t("Whether you may assign the identity was not checked: {0}", reason),
          "identity",
        ),
      ];
    }),
    ...unchecked(
      facts.identities,
      "identity",
      (reason) => l10n.t("Whether the identities exist was not checked: {0}", reason),
      "identity",
    ),
  ];
}

function workspaceChecks({ workspace, locks, workspacePermissions }: PreflightFacts): readonly Finding[] {
  const permissions = known(workspacePermissions);
  return [
    ...readOnlyLocks(workspace.id, known(locks) ?? []),
    ...deleteLocks(workspace.id, known(locks) ?? []),
    ...unchecked(locks, "locks", (reason) => l10n.t("Locks were not checked: {0}", reason)),
    ...(permissions === undefined
      ? []
      : [...rightToCreate(workspace.id, permissions), ...rightsAfterwards(workspace.id, permissions)]),
    ...unchecked(workspacePermissions, "rights", (reason) => l10n.t("Your rights were not checked: {0}", reason)),
  ];
}

/** Stable, so that findings of one field keep the order of their rules. */
function inFormOrder(findings: readonly Finding[]): readonly Finding[] {
  const place = (finding: Finding): number => {
    const at = draftFieldOrder.findIndex((field) => field === finding.field);
    return at < 0 ? draftFieldOrder.length : at;
  };
  return [...findings].sort((a, b) => place(a) - place(b));
}
