import { describe, expect, it } from "vitest";
import { type AdviceFacts, type AdviceRule, adviseOn, rankAdvice } from "../../../src/core/advice";
import { type ComputeCluster } from "../../../src/core/cluster";
import { aCluster, aVmSize, nodeCounts } from "../../support/builders";

const now = Date.parse("2026-07-01T12:00:00Z");
const hour = 3_600_000;
const price = { perHour: 2, currency: "USD", source: "sizes" } as const;
const lowPriorityPrice = { ...price, perHour: 0.4 };
const size = aVmSize();

function advise(over: Partial<ComputeCluster>, facts: Partial<AdviceFacts> = {}) {
  return adviseOn({ cluster: aCluster(over), now, price, size, ...facts });
}

function find(rule: AdviceRule, over: Partial<ComputeCluster>, facts: Partial<AdviceFacts> = {}) {
  return advise(over, facts).find((advice) => advice.rule === rule);
}

const min1 = { minNodeCount: 1, maxNodeCount: 4, idleSecondsBeforeScaleDown: 120 };
const idling = { scaleSettings: min1, currentNodeCount: 1, nodeCounts: nodeCounts({ idle: 1 }) };

describe("advice on a minimum that keeps idle nodes up", () => {
  it("saves what those nodes cost: 1 × 2 × 730", () => {
    expect(find("minimumWhileIdle", idling, { idleSince: now - 5.5 * hour })).toMatchObject({
      message: "gpu-train keeps 1 node up; no job was seen on it for 5 h.",
      savingPerMonth: { USD: 1460 },
      basis: "if they would stay idle",
      label: "Scale to zero",
      action: { kind: "scale", scale: { ...min1, minNodeCount: 0 } },
    });
  });

  it("counts only the nodes that the minimum keeps", () => {
    const more = { ...idling, currentNodeCount: 3, nodeCounts: nodeCounts({ idle: 3 }) };
    expect(find("minimumWhileIdle", more, { idleSince: now - 9 * hour })?.savingPerMonth).toEqual({ USD: 1460 });
  });

  it("speaks up after two hours, not before, and not by guessing", () => {
    expect(find("minimumWhileIdle", idling, { idleSince: now - 2 * hour })).toBeDefined();
    expect(find("minimumWhileIdle", idling, { idleSince: now - 2 * hour + 1 })).toBeUndefined();
    expect(find("minimumWhileIdle", idling)).toBeUndefined();
  });

  it("keeps silent without a minimum, or while something runs", () => {
    const idleSince = now - 9 * hour;
    expect(find("minimumWhileIdle", { ...idling, scaleSettings: { ...min1, minNodeCount: 0 } }, { idleSince })).toBe(
      undefined,
    );
    const working = {
      ...idling,
      scaleSettings: { ...min1, minNodeCount: 3 },
      nodeCounts: nodeCounts({ idle: 1, running: 1 }),
    };
    expect(find("minimumWhileIdle", working, { idleSince })).toBeUndefined();
  });

  it("has no figure without a price", () => {
    const advice = find("minimumWhileIdle", idling, { idleSince: now - 5 * hour, price: undefined });
    expect(advice).toBeDefined();
    expect(advice?.savingPerMonth).toBeUndefined();
  });
});

describe("advice on a long idle time", () => {
  const long = (seconds: number) => ({ scaleSettings: { ...min1, idleSecondsBeforeScaleDown: seconds } });

  it("saves the waiting: (3600 − 900) s = 0.75 h × 2 dollars × 30 times", () => {
    expect(find("longIdleTime", long(3600))).toMatchObject({
      message: "Nodes of gpu-train wait 60 min without work before they go.",
      savingPerMonth: { USD: 45 },
      basis: "for one node that goes once a day",
      label: "Wait 15 min",
      action: { kind: "scale", scale: { ...min1, idleSecondsBeforeScaleDown: 900 } },
    });
  });

  it("uses what was seen instead of a guess", () => {
    expect(find("longIdleTime", long(3600), { scaleDownsPerMonth: 100 })).toMatchObject({
      savingPerMonth: { USD: 150 },
      basis: "for 100 nodes going per month, as seen",
    });
  });

  it("speaks up from an hour on", () => {
    expect(find("longIdleTime", long(3599))).toBeUndefined();
  });

  it("keeps silent when no node ever goes", () => {
    expect(
      find("longIdleTime", { scaleSettings: { minNodeCount: 4, maxNodeCount: 4, idleSecondsBeforeScaleDown: 7200 } }),
    ).toBeUndefined();
  });
});

describe("advice on unusable nodes", () => {
  const broken = { currentNodeCount: 2, nodeCounts: nodeCounts({ unusable: 2 }) };

  it("saves what they cost, and looks for the reason where no minimum keeps them", () => {
    expect(find("unusableNodes", broken, { unusableSince: now - hour })).toMatchObject({
      message: "2 nodes of gpu-train have been unusable for 60 min and are paid for.",
      savingPerMonth: { USD: 2920 },
      action: { kind: "diagnose" },
    });
  });

  it("scales to zero where a minimum keeps them", () => {
    const kept = { ...broken, scaleSettings: min1 };
    expect(find("unusableNodes", kept, { unusableSince: now - hour })?.action).toMatchObject({
      kind: "scale",
      scale: { minNodeCount: 0 },
    });
  });

  it("waits a quarter of an hour, for some recover by themselves", () => {
    expect(find("unusableNodes", broken, { unusableSince: now - 15 * 60_000 })).toBeDefined();
    expect(find("unusableNodes", broken, { unusableSince: now - 15 * 60_000 + 1 })).toBeUndefined();
    expect(find("unusableNodes", broken)).toBeUndefined();
    expect(find("unusableNodes", {}, { unusableSince: now - hour })).toBeUndefined();
  });
});

describe("advice on low priority", () => {
  const working = { currentNodeCount: 3, nodeCounts: nodeCounts({ running: 2, idle: 1 }) };
  const facts = { lowPriorityPrice };

  it("saves the difference on the nodes that are up: 3 × 1.6 × 730", () => {
    const advice = find("lowPriorityWouldDo", working, facts);
    expect(advice?.savingPerMonth?.USD).toBeCloseTo(3504, 6);
    expect(advice).toMatchObject({
      message: "gpu-train at low priority would cost 80% less, if its jobs can be interrupted and started again.",
      action: { kind: "lowPriorityCopy" },
    });
  });

  it("says that it rests on an estimate", () => {
    const estimate = { ...lowPriorityPrice, source: "estimate" as const };
    expect(find("lowPriorityWouldDo", working, { lowPriorityPrice: estimate })?.basis).toContain("estimated at 20%");
  });

  it("keeps silent where it would not do", () => {
    expect(find("lowPriorityWouldDo", { ...working, vmPriority: "lowPriority" }, facts)).toBeUndefined();
    expect(find("lowPriorityWouldDo", { ...working, scaleSettings: min1 }, facts)).toBeUndefined();
    expect(find("lowPriorityWouldDo", {}, facts)).toBeUndefined();
    expect(find("lowPriorityWouldDo", working)).toBeUndefined();
    const incapable = aVmSize({ lowPriorityCapable: false });
    expect(find("lowPriorityWouldDo", working, { ...facts, size: incapable })).toBeUndefined();
    expect(find("lowPriorityWouldDo", working, { ...facts, size: undefined })).toBeUndefined();
  });

  it("keeps silent without quota for one node", () => {
    expect(find("lowPriorityWouldDo", working, { ...facts, lowPriorityNodesLeft: 0 })).toBeUndefined();
    expect(find("lowPriorityWouldDo", working, { ...facts, lowPriorityNodesLeft: 1 })).toBeDefined();
  });
});

describe("advice on a sleeping cluster", () => {
  const asleep = (daysAgo: number): Partial<ComputeCluster> => ({
    allocationStateTransitionTime: new Date(now - daysAgo * 24 * hour).toISOString(),
  });

  it("names the quota it holds and saves its load balancer: 0.01375 × 730", () => {
    const advice = find("asleepHoldingQuota", asleep(30));
    expect(advice).toMatchObject({
      message: "gpu-train has slept for 30 days and still holds quota of 16 vCPUs.",
      basis: "its load balancer",
      label: "Delete…",
      action: { kind: "delete" },
    });
    expect(advice?.savingPerMonth?.USD).toBeCloseTo(10.0375, 6);
  });

  it("saves no money where there is no load balancer, but quota all the same", () => {
    const advice = find("asleepHoldingQuota", { ...asleep(30), nodePublicIp: false });
    expect(advice).toBeDefined();
    expect(advice?.savingPerMonth).toBeUndefined();
    expect(advice?.basis).toBeUndefined();
  });

  it("speaks up after two weeks", () => {
    expect(find("asleepHoldingQuota", asleep(14))).toBeDefined();
    expect(find("asleepHoldingQuota", asleep(13.99))).toBeUndefined();
  });

  it("keeps silent when the cluster is up, wants nodes, is resizing, or nothing is known", () => {
    expect(find("asleepHoldingQuota", { ...asleep(30), currentNodeCount: 1 })).toBeUndefined();
    expect(find("asleepHoldingQuota", { ...asleep(30), targetNodeCount: 1 })).toBeUndefined();
    expect(find("asleepHoldingQuota", { ...asleep(30), scaleSettings: min1 })).toBeUndefined();
    expect(find("asleepHoldingQuota", { ...asleep(30), allocationState: "resizing" })).toBeUndefined();
    expect(find("asleepHoldingQuota", {})).toBeUndefined();
    expect(find("asleepHoldingQuota", { allocationStateTransitionTime: "yesterday" })).toBeUndefined();
  });
});

describe("advice", () => {
  it("names a retired size", () => {
    expect(find("retiredSize", { vmSize: "STANDARD_NC6" })?.action.kind).toBe("recreate");
    expect(find("retiredSize", { vmSize: "STANDARD_NC6S_V3" })).toBeUndefined();
  });

  it("is not given on a cluster that is being changed", () => {
    expect(advise({ vmSize: "Standard_NC6", provisioningState: "Updating" })).toEqual([]);
  });

  it("is not given on a healthy cluster", () => {
    expect(advise({ currentNodeCount: 1, nodeCounts: nodeCounts({ running: 1 }) })).toEqual([]);
  });

  it("comes with the biggest saving first and what has no figure last", () => {
    const retired = advise({ name: "a", vmSize: "Standard_NC6" });
    const small = advise({ scaleSettings: { ...min1, idleSecondsBeforeScaleDown: 3600 } });
    const big = advise(idling, { idleSince: now - 5 * hour });
    expect(rankAdvice([...retired, ...small, ...big], "USD").map(({ rule }) => rule)).toEqual([
      "minimumWhileIdle",
      "longIdleTime",
      "retiredSize",
    ]);
  });
});
