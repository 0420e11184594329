import * as l10n from "@vscode/l10n";
import { hoursPerMonth } from "../clusterCost";
import { type ClusterDraft } from "../draft";
import { type Finding } from "../finding";
import { totalText } from "../money";

/** Ceiling with inter-node communication off; with it on the service decides (how-to-manage-quotas, 2026-01-27). */
const mostNodes = 65_000;
/** Seven days: what Studio accepts is not documented, longer is surely a slip. */
const longestIdleSeconds = 604_800;

/** A whole number from 0. */
export function minNodes(min: number): readonly Finding[] {
  if (isWhole(min, 0, mostNodes)) return [];
  return scaleError("scale.min", "minNodeCount", l10n.t("Enter a whole number from 0 to {0}.", mostNodes));
}

/** A whole number from 1: what a maximum of 0 does is not known (azure-api/NOTES 3). */
export function maxNodes(max: number): readonly Finding[] {
  if (isWhole(max, 1, mostNodes)) return [];
  return scaleError("scale.max", "maxNodeCount", l10n.t("Enter a whole number from 1 to {0}.", mostNodes));
}

/** Silent while one of the two is no possible number. */
export function nodesInOrder(min: number, max: number): readonly Finding[] {
  if (!isWhole(min, 0, mostNodes) || !isWhole(max, 1, mostNodes) || min <= max) return [];
  return scaleError("scale.order", "minNodeCount", l10n.t("The minimum ({0}) is above the maximum ({1}).", min, max));
}

export function idleTime(seconds: number): readonly Finding[] {
  if (isWhole(seconds, 1, longestIdleSeconds)) return [];
  return scaleError(
    "scale.idle",
    "idleSecondsBeforeScaleDown",
    l10n.t("Enter whole seconds from 1 to {0} (7 days).", longestIdleSeconds),
  );
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

function scaleError(rule: string, field: keyof ClusterDraft, message: string): readonly Finding[] {
  return [{ rule, severity: "error", field, message }];
}

/** One node's price per hour. */
export interface NodePrice {
  readonly perHour: number;
  readonly currency: string;
}

/** Nodes of the minimum are billed day and night, used or not (azure-docs includes/machine-learning-min-nodes.md @c9326a4). */
export function minNodesCost(minNodeCount: number, price: NodePrice | undefined, locale: string): readonly Finding[] {
  if (!Number.isSafeInteger(minNodeCount) || minNodeCount < 1) return [];
  const always =
    minNodeCount === 1
      ? l10n.t("One node stays on and is billed, used or not.")
      : l10n.t("{0} nodes stay on and are billed, used or not.", minNodeCount);
  const cost =
    price === undefined
      ? undefined
      : l10n.t(
          "At list price that is {0} per month.",
          totalText(minNodeCount * price.perHour * hoursPerMonth, price.currency, locale),
        );
  return [
    {
      rule: "scale.minCost",
      severity: "warning",
      field: "minNodeCount",
      message: cost === undefined ? always : `${always} ${cost}`,
      advice: l10n.t("With a minimum of 0 the cluster costs nothing for nodes while no job runs."),
      remedy: { kind: "setField", label: l10n.t("Set the minimum to 0"), field: "minNodeCount", value: 0 },
    },
  ];
}

/** Nodes per cluster by default, by request, and with communication between nodes off (how-to-manage-quotas, 2026-01-27). */
const nodesInOlderDocs = 100;
const nodesByDefault = 300;
const nodesByRequest = 4_000;
/** InfiniBand clusters, and nodes of one MPI run (same page). */
const nodesWithInfiniBand = 100;

type Scale = Pick<ClusterDraft, "maxNodeCount">;

/** Older documents say 100, today's 300: the service decides, so only a note between the two. */
export function moreThan100Nodes({ maxNodeCount }: Scale): readonly Finding[] {
  if (!(maxNodeCount > nodesInOlderDocs && maxNodeCount <= nodesByDefault)) return [];
  return [
    {
      rule: "scale.over100",
      severity: "info",
      field: "maxNodeCount",
      message: l10n.t(
        "{0} nodes are within today's default limit of {1}. One MPI job runs on at most {2} nodes.",
        maxNodeCount,
        nodesByDefault,
        nodesInOlderDocs,
      ),
    },
  ];
}

export function moreThan300Nodes({ maxNodeCount }: Scale): readonly Finding[] {
  if (!(maxNodeCount > nodesByDefault)) return [];
  return [
    {
      rule: "scale.over300",
      severity: "warning",
      field: "maxNodeCount",
      message: l10n.t("A cluster can have {0} nodes by default; this asks for {1}.", nodesByDefault, maxNodeCount),
      advice: l10n.t("Lower the maximum, or have Azure support raise the limit first."),
      remedy: {
        kind: "setField",
        label: l10n.t("Set the maximum to {0}", nodesByDefault),
        field: "maxNodeCount",
        value: nodesByDefault,
      },
    },
  ];
}

export function moreNodesThanInfiniBand({ maxNodeCount }: Scale, infiniBand: boolean | undefined): readonly Finding[] {
  if (infiniBand !== true || !(maxNodeCount > nodesWithInfiniBand)) return [];
  return [
    {
      rule: "scale.infiniBand",
      severity: "warning",
      field: "maxNodeCount",
      message: l10n.t(
        "A cluster of a size with InfiniBand can have {0} nodes; this asks for {1}.",
        nodesWithInfiniBand,
        maxNodeCount,
      ),
      advice: l10n.t("Lower the maximum to {0}.", nodesWithInfiniBand),
      remedy: {
        kind: "setField",
        label: l10n.t("Set the maximum to {0}", nodesWithInfiniBand),
        field: "maxNodeCount",
        value: nodesWithInfiniBand,
      },
    },
  ];
}

/**
 * Nodes can talk to each other (MPI) unless support has switched that off for the subscription, workspace or cluster; only
 * then are more than 4,000 possible. Said where it matters: for clusters beyond 100 nodes.
 */
export function communicationNote({ maxNodeCount }: Scale): readonly Finding[] {
  if (!(maxNodeCount > nodesInOlderDocs)) return [];
  const beyond = maxNodeCount > nodesByRequest;
  return [
    {
      rule: "scale.communication",
      severity: beyond ? "warning" : "info",
      field: "maxNodeCount",
      message: beyond
        ? l10n.t(
            "More than {0} nodes need communication between nodes switched off. Only Azure support can do that; MPI jobs then no longer run.",
            nodesByRequest,
          )
        : l10n.t(
            "Nodes of this cluster can talk to each other, as MPI jobs need. Thousands of nodes are possible when Azure support switches that off.",
          ),
    },
  ];
}
