import * as l10n from "@vscode/l10n";
import { type ComputeCluster, conditionOf } from "../cluster";
import { durationText } from "./durationText";
import { type ClusterHistory } from "./facts";

/** Something visibly wrong with a cluster; times in milliseconds. */
export type Symptom =
  | { readonly kind: "stuckResizing"; readonly forMs: number; readonly current: number; readonly target: number }
  | { readonly kind: "stuckProvisioning"; readonly forMs: number; readonly state: "creating" | "updating" | "deleting" }
  | { readonly kind: "failed"; readonly state: string }
  | { readonly kind: "belowTarget"; readonly current: number; readonly target: number }
  | { readonly kind: "errors"; readonly count: number }
  | { readonly kind: "unusableNodes"; readonly count: number };

const minuteMs = 60_000;
/** A new cluster takes about 5 minutes (how-to-create-attach-compute-cluster, 2021-07-09), and 0 → 0 has no node to make. */
export const stuckAtZeroMs = 5 * minuteMs;
/** Batch gives a resize 15 minutes, and asks for 30 above 300 nodes (azure-docs batch-pool-node-error-checking, 2019-08-23). */
export const stuckResizingMs = 15 * minuteMs;
export const stuckLargeResizingMs = 30 * minuteMs;
const largeResize = 300;
/** As long as Terraform waits for a cluster to be made, changed or deleted (azure-facts 2.6). */
export const stuckProvisioningMs = 30 * minuteMs;

/** Everything that is visibly wrong at a time in Azure's clock (ms since the epoch), the gravest first. */
export function symptomsOf(cluster: ComputeCluster, now: number, history?: ClusterHistory): readonly Symptom[] {
  const provisioning = stuckProvisioning(cluster, now);
  if (conditionOf(cluster) === "deleting") return provisioning;
  const { currentNodeCount: current, targetNodeCount: target } = cluster;
  const failed = conditionOf(cluster) === "failed";
  const errors = cluster.errors.length + cluster.provisioningErrors.length;
  const symptoms: readonly (Symptom | false)[] = [
    failed && { kind: "failed", state: cluster.provisioningState },
    ...stuckResizing(cluster, now, history),
    ...provisioning,
    !failed && cluster.allocationState === "steady" && current < target && { kind: "belowTarget", current, target },
    errors > 0 && { kind: "errors", count: errors },
    cluster.nodeCounts.unusable > 0 && { kind: "unusableNodes", count: cluster.nodeCounts.unusable },
  ];
  return symptoms.filter((symptom) => symptom !== false);
}

/** Whether diagnosis should run by itself. */
export function isSuspicious(cluster: ComputeCluster, now: number): boolean {
  return symptomsOf(cluster, now).length > 0;
}

export function isStuckAtZero(symptom: Symptom): boolean {
  return symptom.kind === "stuckResizing" && symptom.current === 0 && symptom.target === 0;
}

/** Nodes that the cluster wants and does not have; one at least where it could not be created (azure-api/NOTES 0.7). */
export function missingNodes(cluster: ComputeCluster): number {
  if (conditionOf(cluster) === "failed" && cluster.currentNodeCount === 0) {
    return Math.max(1, cluster.scaleSettings.minNodeCount);
  }
  return Math.max(0, cluster.targetNodeCount - cluster.currentNodeCount);
}

function stuckResizing(cluster: ComputeCluster, now: number, history: ClusterHistory | undefined): Symptom[] {
  if (cluster.allocationState !== "resizing") return [];
  const since = timeOf(cluster.allocationStateTransitionTime) ?? history?.resizingSince;
  if (since === undefined) return [];
  const { currentNodeCount: current, targetNodeCount: target } = cluster;
  const change = Math.abs(target - current);
  const patience =
    current === 0 && target === 0 ? stuckAtZeroMs : change > largeResize ? stuckLargeResizingMs : stuckResizingMs;
  const forMs = now - since;
  return forMs > patience ? [{ kind: "stuckResizing", forMs, current, target }] : [];
}

function stuckProvisioning(cluster: ComputeCluster, now: number): Symptom[] {
  const state = conditionOf(cluster);
  if (state !== "creating" && state !== "updating" && state !== "deleting") return [];
  const since = timeOf(cluster.modifiedOn) ?? timeOf(cluster.createdOn);
  const forMs = since === undefined ? 0 : now - since;
  return forMs > stuckProvisioningMs ? [{ kind: "stuckProvisioning", forMs, state }] : [];
}

function timeOf(iso: string | undefined): number | undefined {
  const time = Date.parse(iso ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** One sentence about the symptom. */
export function symptomText(symptom: Symptom, name: string): string {
  switch (symptom.kind) {
    case "stuckResizing":
      return l10n.t(
        "{0} has been resizing ({1} → {2}) for {3}.",
        name,
        symptom.current,
        symptom.target,
        durationText(symptom.forMs),
      );
    case "stuckProvisioning":
      return stuckProvisioningText(symptom.state, name, durationText(symptom.forMs));
    case "failed":
      return l10n.t("{0} is in the state {1} and cannot run jobs.", name, symptom.state);
    case "belowTarget":
      return l10n.t("{0} has stopped resizing with {1} of {2} nodes.", name, symptom.current, symptom.target);
    case "errors":
      return symptom.count === 1
        ? l10n.t("{0} reports an error.", name)
        : l10n.t("{0} reports {1} errors.", name, symptom.count);
    case "unusableNodes":
      return symptom.count === 1
        ? l10n.t("1 node of {0} is unusable.", name)
        : l10n.t("{0} nodes of {1} are unusable.", symptom.count, name);
  }
}

function stuckProvisioningText(state: "creating" | "updating" | "deleting", name: string, time: string): string {
  switch (state) {
    case "creating":
      return l10n.t("{0} has been in creation for {1}.", name, time);
    case "updating":
      return l10n.t("{0} has been changing for {1}.", name, time);
    case "deleting":
      return l10n.t("{0} has been in deletion for {1}.", name, time);
  }
}
