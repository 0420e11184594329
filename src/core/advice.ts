import * as l10n from "@vscode/l10n";
import { type Amounts, amountOf, compareAmounts, scaleAmounts } from "./amounts";
import { type ArmId } from "./armId";
import { type ComputeCluster, type ScaleSettings, isBusy } from "./cluster";
import { hoursPerMonth, loadBalancers, loadBalancersCost, nodesCost } from "./clusterCost";
import { type Price, lowPrioritySaving } from "./price";
import { heldVCpus, idleKept } from "./scaleImpact";
import { type VmSize, isRetired } from "./vmSize";

/** What a button does about a piece of advice. */
export type AdviceAction =
  | { readonly kind: "scale"; readonly cluster: ArmId; readonly scale: ScaleSettings }
  | { readonly kind: "lowPriorityCopy"; readonly cluster: ArmId }
  | { readonly kind: "recreate"; readonly cluster: ArmId }
  | { readonly kind: "diagnose"; readonly cluster: ArmId }
  | { readonly kind: "delete"; readonly cluster: ArmId };

export type AdviceRule =
  "minimumWhileIdle" | "longIdleTime" | "unusableNodes" | "lowPriorityWouldDo" | "retiredSize" | "asleepHoldingQuota";

/** One way to pay less. */
export interface Advice {
  readonly rule: AdviceRule;
  readonly cluster: ArmId;
  readonly message: string;
  /** Undefined when the price is unknown or the gain is not money. */
  readonly savingPerMonth: Amounts | undefined;
  /** What the saving rests on, e.g. that things stay as they are. */
  readonly basis?: string | undefined;
  /** The button's text. */
  readonly label: string;
  readonly action: AdviceAction;
}

/** What is known of one cluster. Rules whose facts are missing keep silent. Times are ms since the epoch, in Azure's clock. */
export interface AdviceFacts {
  readonly cluster: ComputeCluster;
  readonly now: number;
  readonly price?: Price | undefined;
  /** What a node of the same size would cost at low priority. */
  readonly lowPriorityPrice?: Price | undefined;
  readonly size?: VmSize | undefined;
  /** Since when we have seen nodes up and none at work, at each look. The service does not tell. */
  readonly idleSince?: number | undefined;
  /** Since when we have seen unusable nodes at each look. */
  readonly unusableSince?: number | undefined;
  /** Nodes of this size that low-priority quota still allows. */
  readonly lowPriorityNodesLeft?: number | undefined;
  /** How often a node was seen to wait out its idle time, per month; 30 unless known. */
  readonly scaleDownsPerMonth?: number | undefined;
}

/** When a rule speaks up: our own judgement, Azure names no such limits. */
export interface AdviceLimits {
  readonly idleHours: number;
  /** Idle times from this on are long; Azure's default is 120 s (azure-ai-docs how-to-manage-optimize-cost @07b23ad, 2026-03-01). */
  readonly longIdleSeconds: number;
  /** Proposed instead: room for a look at the last run and another try. */
  readonly betterIdleSeconds: number;
  readonly unusableMinutes: number;
  readonly asleepDays: number;
}

export const defaultAdviceLimits: AdviceLimits = {
  idleHours: 2,
  longIdleSeconds: 3600,
  betterIdleSeconds: 900,
  unusableMinutes: 15,
  asleepDays: 14,
};

/** Everything to say of one cluster. A cluster that is being changed gets no advice. */
export function adviseOn(facts: AdviceFacts, limits: AdviceLimits = defaultAdviceLimits): readonly Advice[] {
  if (isBusy(facts.cluster)) return [];
  const rules = [minimumWhileIdle, unusableNodes, lowPriorityWouldDo, longIdleTime, asleepHoldingQuota, retiredSize];
  return rules.flatMap((rule) => rule(facts, limits) ?? []);
}

/** The biggest saving first, advice without a figure last. */
export function rankAdvice(advice: readonly Advice[], currency: string): readonly Advice[] {
  return [...advice].sort((a, b) => {
    if (a.savingPerMonth === undefined || b.savingPerMonth === undefined) {
      return Number(a.savingPerMonth === undefined) - Number(b.savingPerMonth === undefined);
    }
    return compareAmounts(b.savingPerMonth, a.savingPerMonth, currency);
  });
}

/** A minimum above 0 keeps nodes up and paid for without work (azure-docs includes/machine-learning-min-nodes.md @c9326a4). */
function minimumWhileIdle({ cluster, now, price, idleSince }: AdviceFacts, limits: AdviceLimits): Advice | undefined {
  const { scaleSettings: scale, nodeCounts } = cluster;
  const kept = idleKept(cluster, scale.minNodeCount);
  if (kept === 0 || nodeCounts.running > 0 || idleSince === undefined) return undefined;
  const hours = (now - idleSince) / 3_600_000;
  if (hours < limits.idleHours) return undefined;
  return {
    rule: "minimumWhileIdle",
    cluster: cluster.id,
    message:
      kept === 1
        ? l10n.t("{0} keeps 1 node up; no job was seen on it for {1} h.", cluster.name, Math.floor(hours))
        : l10n.t("{0} keeps {1} nodes up; no job was seen on them for {2} h.", cluster.name, kept, Math.floor(hours)),
    savingPerMonth: monthOfNodes(kept, price),
    basis: l10n.t("if they would stay idle"),
    label: l10n.t("Scale to zero"),
    action: { kind: "scale", cluster: cluster.id, scale: { ...scale, minNodeCount: 0 } },
  };
}

/** Nodes wait out the idle time, paid for, after every burst of work. */
function longIdleTime(facts: AdviceFacts, limits: AdviceLimits): Advice | undefined {
  const { cluster, price, scaleDownsPerMonth = 30 } = facts;
  const { scaleSettings: scale } = cluster;
  const idle = scale.idleSecondsBeforeScaleDown;
  if (idle < limits.longIdleSeconds || scale.minNodeCount >= scale.maxNodeCount) return undefined;
  const hoursLess = (idle - limits.betterIdleSeconds) / 3600;
  return {
    rule: "longIdleTime",
    cluster: cluster.id,
    message: l10n.t("Nodes of {0} wait {1} min without work before they go.", cluster.name, Math.round(idle / 60)),
    savingPerMonth: price && amountOf(price.currency, price.perHour * hoursLess * scaleDownsPerMonth),
    basis:
      facts.scaleDownsPerMonth === undefined
        ? l10n.t("for one node that goes once a day")
        : l10n.t("for {0} nodes going per month, as seen", scaleDownsPerMonth),
    label: l10n.t("Wait {0} min", Math.round(limits.betterIdleSeconds / 60)),
    action: {
      kind: "scale",
      cluster: cluster.id,
      scale: { ...scale, idleSecondsBeforeScaleDown: limits.betterIdleSeconds },
    },
  };
}

/** Unusable nodes get no work and are charged (azure-docs batch-pool-node-error-checking @225b692, 2019-08-23). */
function unusableNodes({ cluster, now, price, unusableSince }: AdviceFacts, limits: AdviceLimits): Advice | undefined {
  const { unusable } = cluster.nodeCounts;
  if (unusable === 0 || unusableSince === undefined) return undefined;
  const minutes = (now - unusableSince) / 60_000;
  if (minutes < limits.unusableMinutes) return undefined;
  const keptByMinimum = cluster.scaleSettings.minNodeCount > 0;
  return {
    rule: "unusableNodes",
    cluster: cluster.id,
    message:
      unusable === 1
        ? l10n.t("1 node of {0} has been unusable for {1} min and is paid for.", cluster.name, Math.floor(minutes))
        : l10n.t(
            "{0} nodes of {1} have been unusable for {2} min and are paid for.",
            unusable,
            cluster.name,
            Math.floor(minutes),
          ),
    savingPerMonth: monthOfNodes(unusable, price),
    basis: l10n.t("if they would stay"),
    label: keptByMinimum ? l10n.t("Scale to zero") : l10n.t("Why?"),
    action: keptByMinimum
      ? { kind: "scale", cluster: cluster.id, scale: { ...cluster.scaleSettings, minNodeCount: 0 } }
      : { kind: "diagnose", cluster: cluster.id },
  };
}

/**
 * A cluster without a minimum that works on dedicated nodes of a size that can run at low priority, while quota for that is
 * left. Whether its jobs bear being preempted is for people to say; the form says what it means.
 */
function lowPriorityWouldDo(facts: AdviceFacts): Advice | undefined {
  const { cluster, price, lowPriorityPrice, size, lowPriorityNodesLeft } = facts;
  const { running, idle, preparing } = cluster.nodeCounts;
  const nodes = running + idle + preparing;
  const saving = lowPrioritySaving(price, lowPriorityPrice);
  if (cluster.vmPriority !== "dedicated" || cluster.scaleSettings.minNodeCount > 0) return undefined;
  if (running === 0 || saving === undefined || size?.lowPriorityCapable !== true) return undefined;
  if (lowPriorityNodesLeft !== undefined && lowPriorityNodesLeft < 1) return undefined;
  return {
    rule: "lowPriorityWouldDo",
    cluster: cluster.id,
    message: l10n.t(
      "{0} at low priority would cost {1}% less, if its jobs can be interrupted and started again.",
      cluster.name,
      Math.round(saving.share * 100),
    ),
    savingPerMonth: amountOf(saving.currency, saving.perHour * nodes * hoursPerMonth),
    basis: saving.estimated
      ? l10n.t("if the nodes of now were up all month; low priority estimated at 20%")
      : l10n.t("if the nodes of now were up all month"),
    label: l10n.t("Make a low-priority copy"),
    action: { kind: "lowPriorityCopy", cluster: cluster.id },
  };
}

/** `isRetired` names the source. Nodes of such a size no longer start. */
function retiredSize({ cluster }: AdviceFacts): Advice | undefined {
  if (!isRetired(cluster.vmSize)) return undefined;
  return {
    rule: "retiredSize",
    cluster: cluster.id,
    message: l10n.t("{0} uses {1}, a size that Azure has retired.", cluster.name, cluster.vmSize),
    savingPerMonth: undefined,
    label: l10n.t("Recreate with another size"),
    action: { kind: "recreate", cluster: cluster.id },
  };
}

/**
 * Asleep since the last change of its allocation state: nothing can have run since. It holds quota and, with public IPs, a
 * load balancer until it is deleted (sources at `heldVCpus` and `loadBalancers`).
 */
function asleepHoldingQuota({ cluster, now, size }: AdviceFacts, limits: AdviceLimits): Advice | undefined {
  const since = Date.parse(cluster.allocationStateTransitionTime ?? "");
  const nodes = cluster.scaleSettings.minNodeCount + cluster.currentNodeCount + cluster.targetNodeCount;
  const asleep = cluster.allocationState === "steady" && nodes === 0;
  const days = (now - since) / 86_400_000;
  if (!asleep || Number.isNaN(since) || days < limits.asleepDays) return undefined;
  const held = size && heldVCpus(cluster.scaleSettings.maxNodeCount, size);
  return {
    rule: "asleepHoldingQuota",
    cluster: cluster.id,
    message:
      held === undefined
        ? l10n.t("{0} has slept for {1} days and still holds quota.", cluster.name, Math.floor(days))
        : l10n.t(
            "{0} has slept for {1} days and still holds quota of {2} vCPUs.",
            cluster.name,
            Math.floor(days),
            held,
          ),
    ...(cluster.nodePublicIp
      ? { savingPerMonth: loadBalancerMonth(), basis: l10n.t("its load balancer") }
      : { savingPerMonth: undefined }),
    label: l10n.t("Delete…"),
    action: { kind: "delete", cluster: cluster.id },
  };
}

function loadBalancerMonth(): Amounts {
  return scaleAmounts(loadBalancersCost(loadBalancers(0, true)), hoursPerMonth);
}

function monthOfNodes(nodes: number, price: Price | undefined): Amounts | undefined {
  const perHour = nodesCost(nodes, price);
  return perHour && scaleAmounts(perHour, hoursPerMonth);
}
