import * as l10n from "@vscode/l10n";
import { resourceGroupOf } from "../armId";
import { isUnavailable, known } from "../fact";
import { accessRule } from "./accessRules";
import {
  belowTargetRule,
  failedRule,
  stuckAtZeroRule,
  stuckProvisioningRule,
  stuckResizingRule,
} from "./allocationRules";
import { type Cause, type Rule, rankCauses } from "./cause";
import { errorRule, joinErrors } from "./errorRules";
import { type DiagnosisFacts, type ReadableFact, readableFacts } from "./facts";
import { lockRule } from "./lockRules";
import { lowPriorityCapacityRule, preemptionRule } from "./lowPriorityRules";
import { managedRegionRule, managedSubnetRule, noPublicIpRule, privateEndpointRule } from "./networkRules";
import { blockedNetworkRule, unusableNodesRule } from "./nodeRules";
import { computeCountRule, coreQuotaRule, workspaceQuotaRule } from "./quotaRules";
import { redact } from "./redact";
import { mayDo, remedies } from "./remedy";
import { lowPrioritySizeRule, offeredSizeRule, retiredSizeRule } from "./sizeRules";
import { subnetFullRule, subnetPlaceRule, subnetPolicyRule } from "./subnetRules";
import { symptomsOf } from "./symptoms";
import { oldWorkspaceRule } from "./workspaceRules";

/** Among equally sure causes, the one whose rule stands first here comes first. */
const rules: readonly Rule[] = [
  lockRule,
  stuckAtZeroRule,
  coreQuotaRule,
  workspaceQuotaRule,
  computeCountRule,
  retiredSizeRule,
  offeredSizeRule,
  lowPrioritySizeRule,
  managedRegionRule,
  managedSubnetRule,
  subnetPlaceRule,
  subnetFullRule,
  subnetPolicyRule,
  noPublicIpRule,
  privateEndpointRule,
  blockedNetworkRule,
  unusableNodesRule,
  preemptionRule,
  lowPriorityCapacityRule,
  belowTargetRule,
  stuckResizingRule,
  stuckProvisioningRule,
  failedRule,
  oldWorkspaceRule,
  accessRule,
];

/**
 * Why a cluster is as it is: ranked causes, the surest first, each with what was seen, what to do, and buttons that the account
 * may press as far as is known. A healthy cluster with every fact known has none. Facts that could not be read come last.
 */
export function diagnose(facts: DiagnosisFacts): readonly Cause[] {
  const inspection = { facts, symptoms: symptomsOf(facts.cluster, facts.serviceNow, facts.history) };
  const found = rules.flatMap((rule) => rule(inspection));
  const causes = joinErrors(found, errorRule(inspection));
  const permissions = known(facts.permissions);
  return rankCauses([...causes, ...uncheckedFacts(facts)]).map((cause) => ({
    ...cause,
    remedies: cause.remedies.filter((remedy) => mayDo(remedy, permissions)),
  }));
}

/** One "could not check" per fact that could not be read. */
function uncheckedFacts(facts: DiagnosisFacts): readonly Cause[] {
  return readableFacts.flatMap((name): Cause[] => {
    const fact = facts[name];
    if (!isUnavailable(fact)) return [];
    const locks = name === "locks" || name === "networkLocks";
    return [
      {
        rule: `unchecked.${name}`,
        severity: "unknown",
        likelihood: "unknown",
        message: l10n.t("Could not check {0}: {1}", factName(name), redact(fact.unavailable)),
        advice: locks
          ? l10n.t("Look for locks in the portal, or ask somebody who may see them.")
          : l10n.t("Try again. If it stays so, the reason says what is in the way."),
        evidence: [],
        remedies: locks
          ? [
              remedies.openLocks(
                resourceGroupOf((name === "networkLocks" ? facts.cluster.subnetId : undefined) ?? facts.cluster.id),
              ),
            ]
          : [],
      },
    ];
  });
}

function factName(name: ReadableFact): string {
  switch (name) {
    case "workspace":
      return l10n.t("the workspace");
    case "locks":
      return l10n.t("resource locks");
    case "networkLocks":
      return l10n.t("locks on the cluster's network");
    case "quota":
      return l10n.t("quota");
    case "workspaceLimits":
      return l10n.t("the workspace's own quota");
    case "nodes":
      return l10n.t("nodes");
    case "virtualNetworks":
      return l10n.t("virtual networks");
    case "vmSizes":
      return l10n.t("VM sizes");
    case "permissions":
      return l10n.t("your rights");
  }
}
