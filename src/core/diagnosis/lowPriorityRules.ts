import * as l10n from "@vscode/l10n";
import { known } from "../fact";
import { type Rule } from "./cause";
import { durationText } from "./durationText";
import { coreQuotaRule, sizeOf } from "./quotaRules";
import { remedies } from "./remedy";
import { type Symptom, symptomText } from "./symptoms";

/**
 * Low priority nodes come from spare capacity, which differs by size, region and hour, without any promise (azure-ai-docs
 * how-to-create-attach-compute-cluster, 2024-05-03). Likely where quota would allow the nodes.
 */
export const lowPriorityCapacityRule: Rule = (inspection) => {
  const { facts, symptoms } = inspection;
  const { cluster } = facts;
  const waiting = symptoms.find(growthSymptom);
  if (cluster.vmPriority !== "lowPriority" || waiting === undefined) return [];
  if (sizeOf(facts)?.lowPriorityCapable === false) return [];
  const allowed =
    known(facts.quota) !== undefined && sizeOf(facts) !== undefined && coreQuotaRule(inspection).length === 0;
  return [
    {
      rule: "lowPriority.capacity",
      topic: "capacity",
      severity: "error",
      likelihood: allowed ? "likely" : "possible",
      message: l10n.t(
        "Azure has too few spare {0} machines in {1} for low priority nodes now.",
        cluster.vmSize,
        cluster.location,
      ),
      advice: l10n.t("Wait, try another size or region, or use a cluster with dedicated nodes."),
      evidence: [
        symptomText(waiting, cluster.name),
        ...(allowed ? [l10n.t("The low priority quota would allow the nodes.")] : []),
      ],
      remedies: [remedies.useOtherRegion(cluster), remedies.deleteAndRecreate(cluster, "priority")],
    },
  ];
};

function growthSymptom(symptom: Symptom): boolean {
  return symptom.kind === "belowTarget" || (symptom.kind === "stuckResizing" && symptom.target > symptom.current);
}

/** How long a preemption explains what is seen now. */
const recentMs = 24 * 60 * 60_000;

/**
 * Azure takes low priority nodes back when it needs them; their jobs stop, and people have to submit them again (SEED line 49;
 * MicrosoftDocs/azure-docs#66288, 2020).
 */
export const preemptionRule: Rule = ({ facts }) => {
  const { cluster, serviceNow, history } = facts;
  if (cluster.vmPriority !== "lowPriority") return [];
  const recent = (history?.preemptions ?? []).filter(({ at }) => serviceNow - at <= recentMs && at <= serviceNow);
  const now = cluster.nodeCounts.preempted;
  const seen = recent.reduce((sum, { nodes }) => sum + nodes, 0);
  if (now === 0 && seen === 0) return [];
  const last = Math.max(...recent.map(({ at }) => at));
  return [
    {
      rule: "lowPriority.preempted",
      topic: "preemption",
      severity: "warning",
      likelihood: "certain",
      message: l10n.t("Azure has taken low priority nodes of {0} back.", cluster.name),
      advice: l10n.t("Submit stopped jobs again and let them save checkpoints. Dedicated nodes are not taken back."),
      evidence: [
        ...(now === 0 ? [] : [l10n.t("Preempted now: {0}.", now)]),
        ...(seen === 0
          ? []
          : [l10n.t("Seen in the last 24 hours: {0}, last {1} ago.", seen, durationText(serviceNow - last))]),
      ],
      remedies: [remedies.deleteAndRecreate(cluster, "priority")],
    },
  ];
};
