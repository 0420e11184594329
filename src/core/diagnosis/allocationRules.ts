import * as l10n from "@vscode/l10n";
import { resourceGroupOf } from "../armId";
import { known } from "../fact";
import { type Rule } from "./cause";
import { locksInTheWay } from "./lockRules";
import { remedies } from "./remedy";
import { isStuckAtZero, symptomText } from "./symptoms";

/**
 * Resizing 0 → 0 without end: resource locks are the likely reason (SEED line 66; azure-ai-docs
 * how-to-create-attach-compute-cluster, 2024-05-03). Silent where a lock was found, which then says it itself.
 */
export const stuckAtZeroRule: Rule = ({ facts, symptoms }) => {
  const { cluster } = facts;
  const symptom = symptoms.find(isStuckAtZero);
  if (symptom === undefined || locksInTheWay(facts).length > 0) return [];
  const searched =
    known(facts.locks) !== undefined && (cluster.subnetId === undefined || known(facts.networkLocks) !== undefined);
  return [
    {
      rule: "allocation.stuckAtZero",
      topic: searched ? "resize" : "lock",
      severity: "error",
      likelihood: searched ? "possible" : "likely",
      message: searched
        ? l10n.t("{0} hangs at 0 → 0 nodes, and no lock was found that would explain it.", cluster.name)
        : l10n.t("{0} hangs at 0 → 0 nodes: a resource lock is the usual reason.", cluster.name),
      advice: searched
        ? l10n.t("Scale it to zero and back. If that does not help, recreate it under a new name or ask Azure support.")
        : l10n.t("Look for locks on the resource group, the workspace and the cluster's network, and remove them."),
      evidence: [symptomText(symptom, cluster.name)],
      remedies: searched
        ? [
            remedies.scaleToZeroAndBack(cluster),
            remedies.deleteAndRecreate(cluster, "nothing"),
            remedies.copySupportSummary(),
          ]
        : [remedies.openLocks(resourceGroupOf(cluster.id)), remedies.copySupportSummary()],
    },
  ];
};

/** Any other resize that takes too long; scaling to 0 and up again has freed such pools (microsoftarchive/BatchAI#19, 2018). */
export const stuckResizingRule: Rule = ({ facts, symptoms }) => {
  const { cluster } = facts;
  const symptom = symptoms.find((one) => one.kind === "stuckResizing" && !isStuckAtZero(one));
  if (symptom?.kind !== "stuckResizing") return [];
  const shrinking = symptom.current > symptom.target;
  const { running, leaving, preparing } = cluster.nodeCounts;
  return [
    {
      rule: shrinking ? "allocation.stuckShrinking" : "allocation.stuckGrowing",
      topic: "resize",
      severity: "error",
      likelihood: "possible",
      message: symptomText(symptom, cluster.name),
      advice: shrinking
        ? l10n.t("Nodes with a job go when it ends. If none runs, set the counts again or ask Azure support.")
        : l10n.t(
            "Scale it to zero and back. If that does not help, recreate it under a new name or ask Azure support.",
          ),
      evidence: [
        l10n.t("Nodes: {0} running a job, {1} being prepared, {2} leaving.", running, preparing, leaving),
        l10n.t("Azure gives up after 15 minutes as a rule."),
      ],
      remedies: [
        ...(shrinking ? [] : [remedies.scaleToZeroAndBack(cluster)]),
        remedies.deleteAndRecreate(cluster, "nothing"),
        remedies.copySupportSummary(),
      ],
    },
  ];
};

/**
 * A resize that fails leaves the pool steady below its target (azure-docs batch-pool-node-error-checking, 2019-08-23). Low
 * priority has its own rule.
 */
export const belowTargetRule: Rule = ({ facts, symptoms }) => {
  const { cluster } = facts;
  const symptom = symptoms.find((one) => one.kind === "belowTarget");
  if (symptom === undefined || cluster.vmPriority === "lowPriority") return [];
  return [
    {
      rule: "allocation.belowTarget",
      topic: "resize",
      severity: "error",
      likelihood: "possible",
      message: symptomText(symptom, cluster.name),
      advice: l10n.t("Scale it to zero and back, or try another size or region: Azure may have no free machines now."),
      evidence: [l10n.t("When nodes cannot be added in time, Azure stops trying and rests below the target.")],
      remedies: [remedies.scaleToZeroAndBack(cluster), remedies.useOtherRegion(cluster), remedies.copySupportSummary()],
    },
  ];
};

/** Creating, changing or deleting for longer than Terraform would wait (azure-facts 2.6: 30 minutes). */
export const stuckProvisioningRule: Rule = ({ facts, symptoms }) => {
  const { cluster } = facts;
  const symptom = symptoms.find((one) => one.kind === "stuckProvisioning");
  if (symptom === undefined) return [];
  return [
    {
      rule: "allocation.stuckProvisioning",
      severity: "error",
      likelihood: "possible",
      message: symptomText(symptom, cluster.name),
      advice: l10n.t("Such changes take seconds to a few minutes. Look for locks; then ask Azure support."),
      evidence: [l10n.t("Azure's state is {0}.", cluster.provisioningState)],
      remedies: [remedies.openLocks(resourceGroupOf(cluster.id)), remedies.copySupportSummary()],
    },
  ];
};

/** A failed create leaves the cluster behind, and it holds its name (azure-api/NOTES 0.7). Azure's errors speak where there are any. */
export const failedRule: Rule = ({ facts, symptoms }) => {
  const { cluster } = facts;
  const symptom = symptoms.find((one) => one.kind === "failed");
  if (symptom === undefined || cluster.provisioningErrors.length + cluster.errors.length > 0) return [];
  return [
    {
      rule: "allocation.failed",
      severity: "error",
      likelihood: "possible",
      message: l10n.t("{0} has failed, and Azure gives no reason.", cluster.name),
      advice: l10n.t(
        "Delete it, which frees its name, and create it under a new one. If that fails too, ask Azure support.",
      ),
      evidence: [symptomText(symptom, cluster.name)],
      remedies: [
        remedies.deleteAndRecreate(cluster, "nothing"),
        remedies.deleteCluster(cluster),
        remedies.copySupportSummary(),
      ],
    },
  ];
};
