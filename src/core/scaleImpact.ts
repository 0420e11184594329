import * as l10n from "@vscode/l10n";
import { type Amounts, scaleAmounts, subtractAmounts } from "./amounts";
import { type ComputeCluster, type ScaleSettings } from "./cluster";
import { type ScaleCost, hoursPerMonth, nodesCost, scaleCost } from "./clusterCost";
import { type Finding } from "./finding";
import { monthlyText } from "./money";
import { type Price } from "./price";
import { type VmSize } from "./vmSize";

/** What other scale settings would do to a cluster. */
export interface ScaleImpact {
  readonly changed: boolean;
  readonly before: ScaleCost;
  readonly after: ScaleCost;
  /** `after − before`; undefined where either is. */
  readonly difference: ScaleCost;
  /** undefined while the size is unknown. */
  readonly heldVCpus: { readonly before: number; readonly after: number } | undefined;
  /** Nodes that Azure starts at once to reach the new minimum. */
  readonly nodesStarting: number;
  /** Idle nodes that the minimum keeps now and would no longer keep: they go after the idle time. */
  readonly nodesReleased: number;
  readonly findings: readonly Finding[];
}

/** `locale` is for the money in the texts. The numbers themselves are checked by `scaleFindings`. */
export function scaleImpact(
  cluster: ComputeCluster,
  after: ScaleSettings,
  facts: { readonly price?: Price | undefined; readonly size?: VmSize | undefined; readonly locale: string },
): ScaleImpact {
  const before = cluster.scaleSettings;
  const costBefore = scaleCost(before, facts.price, cluster.nodePublicIp);
  const costAfter = scaleCost(after, facts.price, cluster.nodePublicIp);
  return {
    changed: !sameScale(before, after),
    before: costBefore,
    after: costAfter,
    difference: {
      floor: difference(costAfter.floor, costBefore.floor),
      ceiling: difference(costAfter.ceiling, costBefore.ceiling),
      idleTail: difference(costAfter.idleTail, costBefore.idleTail),
    },
    heldVCpus: facts.size && {
      before: heldVCpus(before.maxNodeCount, facts.size),
      after: heldVCpus(after.maxNodeCount, facts.size),
    },
    nodesStarting: Math.max(0, after.minNodeCount - cluster.currentNodeCount),
    nodesReleased: Math.max(0, idleKept(cluster, before.minNodeCount) - idleKept(cluster, after.minNodeCount)),
    findings: [...minimumFindings(before, after, facts), ...maximumFindings(cluster, before, after)],
  };
}

export function sameScale(a: ScaleSettings, b: ScaleSettings): boolean {
  return (
    a.minNodeCount === b.minNodeCount &&
    a.maxNodeCount === b.maxNodeCount &&
    a.idleSecondsBeforeScaleDown === b.idleSecondsBeforeScaleDown
  );
}

/**
 * vCPU quota that a cluster holds, asleep or not: nodes that are not up count too, and deleting the cluster gives it back
 * (azure-ai-docs how-to-create-attach-compute-cluster @0c23575, 2024-05-03; whether `usages` shows it is not known).
 */
export function heldVCpus(maxNodeCount: number, size: VmSize): number {
  return maxNodeCount * size.vCpus;
}

/** Idle nodes that stay because of a minimum: working nodes fill it up first. */
export function idleKept(cluster: ComputeCluster, minNodeCount: number): number {
  const { idle, running, preparing } = cluster.nodeCounts;
  return Math.min(idle, Math.max(0, minNodeCount - running - preparing));
}

function difference(after: Amounts | undefined, before: Amounts | undefined): Amounts | undefined {
  return after && before && subtractAmounts(after, before);
}

function minimumFindings(
  before: ScaleSettings,
  after: ScaleSettings,
  facts: { readonly price?: Price | undefined; readonly locale: string },
): Finding[] {
  const { minNodeCount: min } = after;
  if (!(min > 0 && min > before.minNodeCount)) return [];
  const perHour = nodesCost(min, facts.price);
  return [
    {
      rule: "impact.minimum",
      severity: "warning",
      field: "minNodeCount",
      message:
        perHour === undefined
          ? l10n.t("With a minimum of {0}, that many nodes are paid for even without jobs.", min)
          : l10n.t(
              "With a minimum of {0}, nodes cost {1} even without jobs.",
              min,
              monthlyText(scaleAmounts(perHour, hoursPerMonth), facts.locale),
            ),
    },
  ];
}

function maximumFindings(cluster: ComputeCluster, before: ScaleSettings, after: ScaleSettings): Finding[] {
  const { maxNodeCount: max } = after;
  if (!(max < before.maxNodeCount && max < cluster.currentNodeCount)) return [];
  return [
    {
      rule: "impact.maximum",
      severity: "warning",
      field: "maxNodeCount",
      message: l10n.t("{0} nodes are up, more than the new maximum of {1}.", cluster.currentNodeCount, max),
      advice: l10n.t("Azure does not document what happens to jobs on the nodes above it. Let them end first."),
    },
  ];
}
