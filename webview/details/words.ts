import * as l10n from "@vscode/l10n";
import { type ClusterCondition, type NodeState } from "../../src/core/cluster";
import { type Likelihood } from "../../src/core/diagnosis/cause";
import { durationText } from "../../src/core/diagnosis/durationText";
import { type OperationKind } from "../../src/core/operation";
import { type TimelineEvent } from "../../src/core/timeline";

export function conditionName(condition: ClusterCondition): string {
  const names: Record<ClusterCondition, string> = {
    creating: l10n.t("being created"),
    updating: l10n.t("being changed"),
    deleting: l10n.t("being deleted"),
    failed: l10n.t("failed"),
    resizing: l10n.t("resizing"),
    troubled: l10n.t("in trouble"),
    running: l10n.t("running"),
    idle: l10n.t("idle"),
    asleep: l10n.t("asleep"),
    unknown: l10n.t("state unknown"),
  };
  return names[condition];
}

export function nodeStateName(state: NodeState): string {
  const names: Record<NodeState, string> = {
    idle: l10n.t("idle"),
    running: l10n.t("running"),
    preparing: l10n.t("preparing"),
    unusable: l10n.t("unusable"),
    leaving: l10n.t("leaving"),
    preempted: l10n.t("preempted"),
    unknown: l10n.t("state unknown"),
  };
  return names[state];
}

export function likelihoodName(likelihood: Likelihood): string {
  const names: Record<Likelihood, string> = {
    certain: l10n.t("certain"),
    likely: l10n.t("likely"),
    possible: l10n.t("possible"),
    unknown: l10n.t("not checked"),
  };
  return names[likelihood];
}

export function eventText(event: TimelineEvent): string {
  switch (event.kind) {
    case "appeared":
      return l10n.t("Appeared in the workspace, {0}.", conditionName(event.condition));
    case "disappeared":
      return l10n.t("Is no longer in the workspace.");
    case "state":
      return l10n.t("{0} → {1}", conditionName(event.from), conditionName(event.to));
    case "nodes":
      return l10n.t("{0} → {1} nodes (wanted: {2}).", event.from, event.to, event.target);
    case "limits":
      return l10n.t(
        "Limits {0} to {1} nodes, idle {2} s (before: {3} to {4}, {5} s).",
        event.to.min,
        event.to.max,
        event.to.idleSeconds,
        event.from.min,
        event.from.max,
        event.from.idleSeconds,
      );
    case "error":
      return l10n.t("Azure reported {0}.", event.code);
    case "unusable":
      return event.nodes === 1 ? l10n.t("1 node became unusable.") : l10n.t("{0} nodes became unusable.", event.nodes);
    case "preempted":
      return event.nodes === 1 ? l10n.t("Azure took back 1 node.") : l10n.t("Azure took back {0} nodes.", event.nodes);
    case "change":
      return changeText(event.change, event.step);
  }
}

/** Changes made with this extension; others show in what they did. */
function changeText(change: OperationKind, step: "begun" | "done" | "failed"): string {
  const texts: Record<OperationKind, Record<typeof step, string>> = {
    create: {
      begun: l10n.t("You created it here."),
      done: l10n.t("Its creation ended well."),
      failed: l10n.t("Its creation failed."),
    },
    scale: {
      begun: l10n.t("You scaled it here."),
      done: l10n.t("The scaling was accepted to the end."),
      failed: l10n.t("The scaling failed."),
    },
    update: {
      begun: l10n.t("You changed it here."),
      done: l10n.t("The change ended well."),
      failed: l10n.t("The change failed."),
    },
    delete: {
      begun: l10n.t("You deleted it here."),
      done: l10n.t("Its deletion ended well."),
      failed: l10n.t("Its deletion failed."),
    },
  };
  return texts[change][step];
}

/** How long ago, as people say it. */
export function agoText(at: number, now: number): string {
  const ms = Math.max(0, now - at);
  return ms < 60_000 ? l10n.t("{0} s ago", Math.round(ms / 1_000)) : l10n.t("{0} ago", durationText(ms));
}
