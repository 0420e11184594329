import { describe, expect, it } from "vitest";
import { type Alert, alertsBetween } from "../../../src/core/alerts";
import { type ComputeCluster } from "../../../src/core/cluster";
import { aCluster, nodeCounts } from "../../support/builders";
import { aFailedCluster, anError, belowTarget, minutesAgo, now } from "../../support/diagnosisBuilders";

const times = { before: now - 60_000, after: now };
const between = (before: Partial<ComputeCluster> | undefined, after: Partial<ComputeCluster>): readonly Alert[] =>
  alertsBetween(before === undefined ? [] : [aCluster(before)], [aCluster(after)], times);
const kinds = (...args: Parameters<typeof between>): readonly string[] => between(...args).map(({ kind }) => kind);

const healthy: Partial<ComputeCluster> = { currentNodeCount: 2, targetNodeCount: 2 };
const states = (over: Parameters<typeof nodeCounts>[0]): Partial<ComputeCluster> => ({
  ...healthy,
  nodeCounts: nodeCounts(over),
});
const resizingFor = (minutes: number): Partial<ComputeCluster> => ({
  allocationState: "resizing",
  allocationStateTransitionTime: minutesAgo(minutes),
});

describe("between two listings", () => {
  it.each<[string, Partial<ComputeCluster> | undefined, Partial<ComputeCluster>, readonly string[]]>([
    ["nothing happens to a cluster that stays as it was", healthy, healthy, []],
    ["a node becomes unusable", states({ idle: 2 }), states({ idle: 1, unusable: 1 }), ["nodeUnusable"]],
    ["a node stays unusable", states({ unusable: 1 }), states({ unusable: 1 }), []],
    ["a node recovers", states({ unusable: 1 }), states({ idle: 1 }), []],
    ["a node is preempted", states({ running: 2 }), states({ running: 1, preempted: 1 }), ["nodePreempted"]],
    [
      "a preemption that leaves too few nodes is one event",
      states({ running: 2 }),
      { ...states({ running: 1, preempted: 1 }), currentNodeCount: 1 },
      ["nodePreempted"],
    ],
    ["a resize ends below its target", resizingFor(3), belowTarget, ["resizeFailed"]],
    ["a resize ends with errors", resizingFor(3), { errors: [anError("x")] }, ["resizeFailed"]],
    ["errors stay", { errors: [anError("x")] }, { errors: [anError("x")] }, []],
    [
      "a second resize fails between two looks",
      { ...belowTarget, allocationStateTransitionTime: minutesAgo(30) },
      { ...belowTarget, allocationStateTransitionTime: minutesAgo(1) },
      ["resizeFailed"],
    ],
    ["a resize is under way below its target", resizingFor(3), { ...resizingFor(3), ...belowTarget }, []],
    ["creation fails", { provisioningState: "Creating" }, aFailedCluster(anError("x")), ["clusterFailed"]],
    ["a failed cluster stays failed", aFailedCluster(), aFailedCluster(anError("x")), []],
    ["a cluster fails that was not there before", undefined, aFailedCluster(), ["clusterFailed"]],
    ["a resize at 0 → 0 becomes too long", resizingFor(5.5), resizingFor(5.5), ["stuck"]],
    ["a resize is stuck for long already", resizingFor(48), resizingFor(48), []],
    [
      "a cluster with troubles is deleted",
      states({}),
      { ...states({ unusable: 2 }), provisioningState: "Deleting" },
      [],
    ],
  ])("%s", (_what, before, after, expected) => {
    expect(kinds(before, after)).toEqual(expected);
  });

  it("how many nodes it is about is told", () => {
    expect(between(states({ unusable: 1 }), states({ unusable: 3 }))).toMatchObject([
      { kind: "nodeUnusable", nodes: 2 },
    ]);
    expect(between(resizingFor(3), belowTarget)).toMatchObject([{ kind: "resizeFailed", nodes: 2 }]);
  });

  it("nothing is news where nobody looked before, nor of a cluster that is gone", () => {
    expect(alertsBetween(undefined, [aCluster(aFailedCluster())], times)).toEqual([]);
    expect(alertsBetween([aCluster()], [], times)).toEqual([]);
  });

  it("clusters are told apart, whatever the case of their ids", () => {
    const a = aCluster({ name: "aaa", ...belowTarget });
    const shouted = { ...a, id: a.id.replace("/computes/aaa", "/computes/AAA") as typeof a.id };
    const b = aCluster({ name: "bbb", ...belowTarget });
    expect(alertsBetween([a], [shouted, b], times)).toMatchObject([{ kind: "resizeFailed", name: "bbb" }]);
  });
});

describe("an event's key", () => {
  const keyOf = (before: Partial<ComputeCluster>, after: Partial<ComputeCluster>, at = times): string =>
    alertsBetween([aCluster(before)], [aCluster(after)], at)[0]?.eventKey ?? "none";

  it("is the same for two windows that look a little apart", () => {
    const later = { before: times.before + 5_000, after: times.after + 5_000 };
    expect(keyOf(states({}), states({ unusable: 1 }), later)).toBe(keyOf(states({}), states({ unusable: 1 })));
    expect(keyOf(resizingFor(5.5), resizingFor(5.5), later)).toBe(keyOf(resizingFor(5.5), resizingFor(5.5)));
  });

  it("differs for the next resize, and for a node that fails again an hour later", () => {
    expect(keyOf(resizingFor(5.5), resizingFor(5.5))).not.toBe(keyOf(resizingFor(5.6), resizingFor(5.6)));
    const later = { before: times.before + 3_600_000, after: times.after + 3_600_000 };
    expect(keyOf(states({}), states({ unusable: 1 }), later)).not.toBe(keyOf(states({}), states({ unusable: 1 })));
  });
});
