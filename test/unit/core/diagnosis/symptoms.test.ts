import { describe, expect, it } from "vitest";
import { durationText } from "../../../../src/core/diagnosis/durationText";
import { quotaRequestText } from "../../../../src/core/diagnosis/quotaRequest";
import { isSuspicious, symptomText, symptomsOf } from "../../../../src/core/diagnosis/symptoms";
import { type ComputeCluster } from "../../../../src/core/cluster";
import { aCluster, nodeCounts } from "../../../support/builders";
import { aFailedCluster, anError, belowTarget, minutesAgo, now, stuckAtZero } from "../../../support/diagnosisBuilders";

const resizing = (over: Partial<ComputeCluster>, minutes: number): ComputeCluster =>
  aCluster({ allocationState: "resizing", allocationStateTransitionTime: minutesAgo(minutes), ...over });

describe("a suspicious cluster", () => {
  it.each<[string, ComputeCluster]>([
    ["hangs at 0 → 0", resizing({}, 6)],
    ["grows too long", resizing({ targetNodeCount: 4 }, 16)],
    ["shrinks too long", resizing({ currentNodeCount: 4 }, 16)],
    ["rests below its target", aCluster(belowTarget)],
    ["reports errors", aCluster({ errors: [anError("x")] })],
    ["has unusable nodes", aCluster({ nodeCounts: nodeCounts({ unusable: 1 }) })],
    ["has failed", aCluster(aFailedCluster())],
    ["has been canceled", aCluster({ provisioningState: "Canceled" })],
    ["is in creation for too long", aCluster({ provisioningState: "Creating", createdOn: minutesAgo(31) })],
    ["is in deletion for too long", aCluster({ provisioningState: "Deleting", modifiedOn: minutesAgo(31) })],
  ])("%s", (_what, cluster) => {
    expect(isSuspicious(cluster, now)).toBe(true);
  });

  it.each<[string, ComputeCluster]>([
    ["sleeps", aCluster()],
    ["has just begun at 0 → 0", resizing({}, 4)],
    ["grows as long as may be", resizing({ targetNodeCount: 4 }, 14)],
    ["grows by hundreds", resizing({ targetNodeCount: 500 }, 25)],
    ["does not say since when it resizes", aCluster({ allocationState: "resizing" })],
    ["says nonsense about since when", resizing({ allocationStateTransitionTime: "soon" }, 0)],
    ["resizes since the future", resizing({}, -60)],
    ["has all it wants", aCluster({ currentNodeCount: 3, targetNodeCount: 3 })],
    ["rests above its target", aCluster({ currentNodeCount: 3, targetNodeCount: 1 })],
    ["is being deleted with errors", aCluster({ provisioningState: "Deleting", errors: [anError("x")] })],
    ["is in creation without a time", aCluster({ provisioningState: "Creating" })],
    ["has preempted nodes only", aCluster({ nodeCounts: nodeCounts({ preempted: 2 }) })],
  ])("is not one that %s", (_what, cluster) => {
    expect(isSuspicious(cluster, now)).toBe(false);
  });

  it("is known from what we saw where Azure gives no time", () => {
    const silent = aCluster({ allocationState: "resizing" });
    const history = { watchedSince: 0, preemptions: [], resizingSince: now - 6 * 60_000 };
    expect(symptomsOf(silent, now, history)).toMatchObject([{ kind: "stuckResizing", forMs: 360_000 }]);
  });

  it("tells its symptoms in words, the gravest first", () => {
    const bad = aCluster({
      ...stuckAtZero,
      provisioningState: "Failed",
      errors: [anError("a"), anError("b")],
      nodeCounts: nodeCounts({ unusable: 2 }),
    });
    expect(symptomsOf(bad, now).map((symptom) => symptomText(symptom, "c"))).toEqual([
      "c is in the state Failed and cannot run jobs.",
      "c has been resizing (0 → 0) for 48 minutes.",
      "c reports 2 errors.",
      "2 nodes of c are unusable.",
    ]);
  });
});

describe("time spans", () => {
  it.each([
    [-1, "less than a minute"],
    [59_999, "less than a minute"],
    [60_000, "1 minute"],
    [119 * 60_000, "119 minutes"],
    [120 * 60_000, "2 hours"],
    [47.9 * 3_600_000, "47 hours"],
    [48 * 3_600_000, "2 days"],
  ])("%d ms are %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe("a quota request", () => {
  it("says everything that Azure's form asks for", () => {
    const request = {
      subscriptionId: "s-1",
      region: "eastus",
      limit: "family",
      family: "NCv3",
      priority: "dedicated",
    } as const;
    expect(quotaRequestText({ ...request, current: 12, used: 6, needed: 24 })).toBe(
      [
        "Quota type: Machine Learning Service",
        "Subscription: s-1",
        "Region: eastus",
        "Priority: Dedicated",
        "Quota: vCPUs of NCv3",
        "Limit now: 12",
        "In use: 6",
        "New limit: 24",
      ].join("\n"),
    );
    expect(quotaRequestText({ ...request, current: 12, needed: 24 })).not.toContain("In use");
  });
});
