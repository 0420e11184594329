import * as l10n from "@vscode/l10n";
import { type ArmId, isArmId, parseArmId, resourceGroupOf } from "../armId";
import { type ClusterError, type ComputeCluster, conditionOf } from "../cluster";
import { explainError } from "../clusterErrorText";
import { type ErrorExplanation, type ErrorTopic } from "../knownErrors/explanation";
import { type Cause, type Likelihood, type Rule, surer } from "./cause";
import { quoteError } from "./redact";
import { type RemedyAction, remedies } from "./remedy";

/**
 * What Azure itself says: the leaves of `errors` (nodes) and `provisioningErrors` (creation), each kind once. A known one is
 * told as cause and fix (azure-facts 2.7), any other word for word.
 */
export const errorRule: Rule = ({ facts: { cluster } }) => {
  const leaves = [...cluster.provisioningErrors, ...cluster.errors];
  const distinct = new Map<string, { readonly leaf: ClusterError; readonly times: number }>();
  for (const leaf of leaves) {
    const key = JSON.stringify([leaf.code, leaf.message]);
    distinct.set(key, { leaf, times: (distinct.get(key)?.times ?? 0) + 1 });
  }
  const causes = new Map<string, Cause>();
  for (const { leaf, times } of distinct.values()) {
    const cause = errorCause(cluster, leaf, times);
    const key = JSON.stringify([cause.message, cause.subject]);
    const before = causes.get(key);
    causes.set(key, before === undefined ? cause : { ...before, evidence: [...before.evidence, ...cause.evidence] });
  }
  return [...causes.values()];
};

function errorCause(cluster: ComputeCluster, leaf: ClusterError, times: number): Cause {
  const quote = quoteError(leaf.code, leaf.message);
  const evidence = [
    times === 1 ? l10n.t('Azure says: "{0}"', quote) : l10n.t('Azure says {0} times: "{1}"', times, quote),
  ];
  const explanation = explainError(leaf);
  if (explanation === undefined) {
    return {
      rule: "error.other",
      severity: "error",
      likelihood: "likely",
      message: l10n.t("Azure reports: {0}", quote),
      advice: l10n.t("Scale it to zero and back. If the error comes again, send the summary to Azure support."),
      evidence,
      remedies: [...repair(cluster), remedies.copySupportSummary()],
    };
  }
  const { topic } = explanation;
  return {
    rule: `error.${topic}`,
    topic,
    subject: subjectOf(explanation),
    severity: "error",
    likelihood: errorLikelihood(topic),
    message: explanation.cause,
    advice: explanation.fix,
    evidence,
    remedies: remediesOf(cluster, explanation),
  };
}

/** Some errors only say that it did not work; the reason stands elsewhere, if at all. */
function errorLikelihood(topic: ErrorTopic): Likelihood {
  return topic === "resize" || topic === "failedCluster" ? "possible" : "certain";
}

function subjectOf({ topic, quota, lockedScopes }: ErrorExplanation): string | undefined {
  if (topic === "quota" && quota !== undefined) return quota.family === undefined ? "total" : "family";
  const scope = lockedScopes?.[0];
  return topic === "lock" && scope !== undefined ? scope.toLowerCase() : undefined;
}

function remediesOf(cluster: ComputeCluster, explanation: ErrorExplanation): readonly RemedyAction[] {
  const learn = explanation.helpUrl === undefined ? [] : [remedies.openUrl(explanation.helpUrl)];
  const subnet = cluster.subnetId === undefined ? [] : [remedies.openResource(cluster.subnetId)];
  switch (explanation.topic) {
    case "lock":
      return [remedies.openLocks(lockedScope(explanation) ?? resourceGroupOf(cluster.id))];
    case "quota":
      return [...quotaRemedies(cluster, explanation), remedies.useOtherRegion(cluster), ...learn];
    case "computes":
      return [remedies.openSupportRequest(), ...learn];
    case "size":
      return [remedies.useOtherRegion(cluster), remedies.deleteAndRecreate(cluster, "size")];
    case "region":
      return [remedies.useOtherRegion(cluster), remedies.deleteAndRecreate(cluster, "region")];
    case "subnet":
    case "subnetFull":
      return [...subnet, remedies.deleteAndRecreate(cluster, "network"), ...learn];
    case "capacity":
      return [remedies.useOtherRegion(cluster), ...repair(cluster)];
    case "preemption":
      return [remedies.deleteAndRecreate(cluster, "priority")];
    case "access":
      return explanation.missing === undefined
        ? []
        : [remedies.copyText(l10n.t("Copy the request"), `${explanation.cause}\n${explanation.fix}`)];
    case "workspaceQuota":
    case "name":
    case "resize":
    case "node":
    case "failedCluster":
    case "signIn":
    case "connection":
    case "throttled":
    case "notFound":
    case "other":
      return [...repair(cluster), ...learn, remedies.copySupportSummary()];
  }
}

/** A failed cluster cannot be scaled any more; one that works can be emptied and filled again. */
function repair(cluster: ComputeCluster): readonly RemedyAction[] {
  return conditionOf(cluster) === "failed"
    ? [remedies.deleteAndRecreate(cluster, "nothing"), remedies.deleteCluster(cluster)]
    : [remedies.scaleToZeroAndBack(cluster)];
}

function lockedScope({ lockedScopes }: ErrorExplanation): ArmId | undefined {
  const scope = lockedScopes?.[0];
  return scope !== undefined && isArmId(scope) ? scope : undefined;
}

function quotaRemedies(cluster: ComputeCluster, { quota }: ErrorExplanation): readonly RemedyAction[] {
  if (quota === undefined) return [];
  return [
    remedies.requestQuota({
      subscriptionId: parseArmId(cluster.id).subscriptionId ?? "",
      region: cluster.location,
      limit: quota.family === undefined ? "total" : "family",
      family: quota.family,
      priority: cluster.vmPriority,
      current: quota.limit,
      needed: quota.needed,
    }),
  ];
}

/**
 * Joins Azure's own words with what the rules found: an error proves a cause of the same topic (and the same subject, where
 * both name one), and is told there instead of once more.
 */
export function joinErrors(causes: readonly Cause[], errors: readonly Cause[]): readonly Cause[] {
  const joined = [...causes];
  const left = errors.filter((error) => {
    const at = joined.findIndex((cause) => isProof(error, cause));
    const cause = joined[at];
    if (cause === undefined) return true;
    joined[at] = {
      ...cause,
      severity: "error",
      likelihood: surer(cause.likelihood, error.likelihood),
      evidence: [...cause.evidence, error.message, ...error.evidence],
    };
    return false;
  });
  return [...joined, ...left];
}

function isProof(error: Cause, cause: Cause): boolean {
  if (error.topic === undefined || error.topic !== cause.topic) return false;
  return error.subject === undefined || cause.subject === undefined || error.subject === cause.subject;
}
