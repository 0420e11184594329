import * as l10n from "@vscode/l10n";
import { parseArmId, workspaceOf } from "../armId";
import { known } from "../fact";
import { type Cause } from "./cause";
import { type DiagnosisFacts } from "./facts";
import { quoteError } from "./redact";
import { symptomText, symptomsOf } from "./symptoms";

/**
 * What Azure support asks for, as plain text to paste into a request: ids, states, times, errors in Azure's words and what
 * diagnosis found. No account names, keys, tags or signed addresses go in.
 */
export function supportSummary(facts: DiagnosisFacts, causes: readonly Cause[]): string {
  const { cluster, serviceNow, history } = facts;
  const workspace = known(facts.workspace);
  const { subscriptionId = "" } = parseArmId(cluster.id);
  const symptoms = symptomsOf(cluster, serviceNow, history).map((symptom) => symptomText(symptom, cluster.name));
  const errors = [...cluster.provisioningErrors, ...cluster.errors].map(({ path, code, message }) =>
    [...path, quoteError(code, message)].join(" > "),
  );
  const { idle, running, preparing, unusable, leaving, preempted } = cluster.nodeCounts;
  const { minNodeCount, maxNodeCount, idleSecondsBeforeScaleDown } = cluster.scaleSettings;
  const notKnown = l10n.t("not known");
  return [
    l10n.t("Azure Machine Learning compute cluster {0}", cluster.name),
    l10n.t("Time: {0}", new Date(serviceNow).toISOString()),
    l10n.t("Subscription: {0}", subscriptionId),
    l10n.t("Cluster: {0}", cluster.id),
    l10n.t("Workspace: {0}", workspaceOf(cluster.id)),
    l10n.t("Regions: cluster {0}, workspace {1}", cluster.location, cluster.workspaceLocation),
    l10n.t(
      "Workspace network: {0}, private endpoints: {1}",
      workspace?.managedNetworkIsolation ?? notKnown,
      workspace?.privateEndpointCount ?? notKnown,
    ),
    l10n.t(
      "Size: {0}, {1}",
      cluster.vmSize,
      cluster.vmPriority === "dedicated" ? l10n.t("dedicated") : l10n.t("low priority"),
    ),
    l10n.t("Subnet: {0}, public IP: {1}", cluster.subnetId ?? "-", cluster.nodePublicIp ? l10n.t("yes") : l10n.t("no")),
    l10n.t("Scale: minimum {0}, maximum {1}, idle {2} s", minNodeCount, maxNodeCount, idleSecondsBeforeScaleDown),
    l10n.t("Provisioning state: {0}", cluster.provisioningState),
    l10n.t(
      "Allocation state: {0} since {1}",
      cluster.allocationState,
      cluster.allocationStateTransitionTime ?? notKnown,
    ),
    l10n.t("Nodes: {0} now, {1} wanted", cluster.currentNodeCount, cluster.targetNodeCount),
    l10n.t(
      "Node states: idle {0}, running {1}, preparing {2}, unusable {3}, leaving {4}, preempted {5}",
      idle,
      running,
      preparing,
      unusable,
      leaving,
      preempted,
    ),
    l10n.t("Created: {0}, changed: {1}", cluster.createdOn ?? notKnown, cluster.modifiedOn ?? notKnown),
    ...section(l10n.t("What is wrong"), symptoms),
    ...section(l10n.t("Errors"), errors),
    ...section(
      l10n.t("What was found"),
      causes.map((cause) => [`[${cause.likelihood}] ${cause.message}`, ...cause.evidence].join("\n    ")),
    ),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  - ${line}`)];
}
