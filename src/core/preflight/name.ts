import * as l10n from "@vscode/l10n";
import { armKey, nameOf, parseArmId, type ArmId } from "../armId";
import { type Finding } from "../finding";
import { type ClusterFact, type NameElsewhere } from "./facts";

/** Studio's text and the service's own message (azure-facts 2.1); the specification has no pattern. */
const pattern = /^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/;

export function nameGiven(name: string): readonly Finding[] {
  return name === "" ? nameError("name.missing", l10n.t("Give the cluster a name.")) : [];
}

/** 3 to 24 letters, digits and dashes, from a letter to a letter or digit; says which of these is missing. */
export function namePattern(name: string): readonly Finding[] {
  return pattern.test(name) ? [] : nameError("name.pattern", patternMessage(name));
}

/** Case does not count. A PUT on a name in use would change that cluster (specification: "overwrites an existing compute"). */
export function nameTaken(name: string, taken: readonly string[]): readonly Finding[] {
  if (taken.every((other) => other.toLowerCase() !== name.toLowerCase())) return [];
  return nameError(
    "name.taken",
    l10n.t('This workspace already has a compute named "{0}". Choose another name.', name),
  );
}

function patternMessage(name: string): string {
  if (name.length < 3 || name.length > 24) return l10n.t("Use 3 to 24 characters; this name has {0}.", name.length);
  if (!/^[A-Za-z]/.test(name)) return l10n.t("Start the name with a letter.");
  if (name.endsWith("-")) return l10n.t("End the name with a letter or a digit.");
  return l10n.t("Use letters, digits and dashes only.");
}

function nameError(rule: string, message: string): readonly Finding[] {
  return [{ rule, severity: "error", field: "name", message }];
}

/**
 * Studio wants a letter somewhere after a dash (how-to-create-attach-compute-studio, 2021-10-21). The service has taken
 * `CC-22050369` (rest-api-specs#18889), so this is a hint only.
 */
export function nameLetterAfterDash(name: string): readonly Finding[] {
  const firstDash = name.indexOf("-");
  if (firstDash < 0 || /[A-Za-z]/.test(name.slice(firstDash))) return [];
  return [
    {
      rule: "name.letterAfterDash",
      severity: "info",
      field: "name",
      message: l10n.t(
        "Azure ML studio wants a letter after the dash in a name. Azure itself has accepted names without.",
      ),
    },
  ];
}

/**
 * A creation that failed leaves a cluster behind that holds its name (azure-api/NOTES 0.7): deleting it sets the name free.
 * `name.taken` is the stop; this adds the way out.
 */
export function nameHeldByFailed(name: string, clusters: readonly ClusterFact[]): readonly Finding[] {
  const failed = clusters.find(
    (cluster) =>
      cluster.name.toLowerCase() === name.toLowerCase() &&
      ["failed", "canceled"].includes(cluster.provisioningState.toLowerCase()),
  );
  if (failed === undefined) return [];
  return [
    {
      rule: "name.heldByFailed",
      severity: "info",
      field: "name",
      message: l10n.t('The cluster "{0}" could not be created and still holds its name.', failed.name),
      advice: l10n.t("Delete it, or choose another name."),
      remedy: { kind: "deleteCluster", label: l10n.t("Delete {0}", failed.name), cluster: failed.id },
    },
  ];
}

/**
 * The documentation calls names unique within a region, the REST path within a workspace (azure-facts 2.1): warns of a name
 * that another workspace of the region uses, and never stops.
 */
export function nameElsewhere(name: string, workspace: ArmId, elsewhere: readonly NameElsewhere[]): readonly Finding[] {
  const other = elsewhere.find(
    (compute) => compute.name.toLowerCase() === name.toLowerCase() && armKey(compute.workspace) !== armKey(workspace),
  );
  if (other === undefined) return [];
  return [
    {
      rule: "name.elsewhere",
      severity: "warning",
      field: "name",
      message: l10n.t(
        'The workspace {0} ({1}) has a compute named "{2}" in this region. Azure\'s documentation asks for names that are unique in a region; it may refuse this one.',
        nameOf(other.workspace),
        parseArmId(other.workspace).resourceGroup ?? "",
        other.name,
      ),
    },
  ];
}
