import { type ArmId, sameArmId } from "./armId";
import { type ClusterCondition, type ComputeCluster, type NodeCounts, conditionOf } from "./cluster";
import { type OperationKind } from "./operation";

/** Something that this extension saw, or did. Times in milliseconds since the epoch, this machine's clock. */
export type TimelineEvent =
  | { readonly kind: "appeared"; readonly condition: ClusterCondition }
  | { readonly kind: "disappeared" }
  | { readonly kind: "state"; readonly from: ClusterCondition; readonly to: ClusterCondition }
  | { readonly kind: "nodes"; readonly from: number; readonly to: number; readonly target: number }
  | { readonly kind: "limits"; readonly from: Limits; readonly to: Limits }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "unusable" | "preempted"; readonly nodes: number }
  /** A change that was made here. */
  | { readonly kind: "change"; readonly change: OperationKind; readonly step: "begun" | "done" | "failed" };

export interface Limits {
  readonly min: number;
  readonly max: number;
  readonly idleSeconds: number;
}

export interface TimelineEntry {
  readonly at: number;
  readonly cluster: ArmId;
  readonly event: TimelineEvent;
}

/** How many nodes of each state there were from a moment on. */
export interface NodeSample {
  readonly at: number;
  readonly counts: NodeCounts;
}

/** What happened between two lists of a workspace. Without a list before, nothing did. */
export function eventsBetween(
  before: readonly ComputeCluster[] | undefined,
  after: readonly ComputeCluster[],
  at: number,
): readonly TimelineEntry[] {
  if (before === undefined) return [];
  const gone = before.filter((one) => !after.some(({ id }) => sameArmId(id, one.id)));
  return [
    ...after.flatMap((cluster) => {
      const earlier = before.find(({ id }) => sameArmId(id, cluster.id));
      return eventsOf(earlier, cluster).map((event) => ({ at, cluster: cluster.id, event }));
    }),
    ...gone.map(({ id }) => ({ at, cluster: id, event: { kind: "disappeared" } as const })),
  ];
}

function eventsOf(before: ComputeCluster | undefined, after: ComputeCluster): readonly TimelineEvent[] {
  const to = conditionOf(after);
  if (before === undefined) return [{ kind: "appeared", condition: to }];
  const from = conditionOf(before);
  const [was, is] = [limitsOf(before), limitsOf(after)];
  const events: (TimelineEvent | false)[] = [
    from !== to && { kind: "state", from, to },
    before.currentNodeCount !== after.currentNodeCount && {
      kind: "nodes",
      from: before.currentNodeCount,
      to: after.currentNodeCount,
      target: after.targetNodeCount,
    },
    JSON.stringify(was) !== JSON.stringify(is) && { kind: "limits", from: was, to: is },
    ...risen(before, after, "unusable"),
    ...risen(before, after, "preempted"),
    ...newErrors(before, after),
  ];
  return events.filter((event) => event !== false);
}

function limitsOf({ scaleSettings }: ComputeCluster): Limits {
  const { minNodeCount: min, maxNodeCount: max, idleSecondsBeforeScaleDown: idleSeconds } = scaleSettings;
  return { min, max, idleSeconds };
}

function risen(before: ComputeCluster, after: ComputeCluster, state: "unusable" | "preempted"): TimelineEvent[] {
  const nodes = after.nodeCounts[state] - before.nodeCounts[state];
  return nodes > 0 ? [{ kind: state, nodes }] : [];
}

function newErrors(before: ComputeCluster, after: ComputeCluster): TimelineEvent[] {
  const codesOf = ({ errors, provisioningErrors }: ComputeCluster): readonly string[] =>
    [...provisioningErrors, ...errors].map(({ code }) => code);
  const known = codesOf(before);
  return [...new Set(codesOf(after))].filter((code) => !known.includes(code)).map((code) => ({ kind: "error", code }));
}
