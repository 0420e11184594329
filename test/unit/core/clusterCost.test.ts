import { describe, expect, it } from "vitest";
import { type Amounts, sumAmounts } from "../../../src/core/amounts";
import { hourlyCost } from "../../../src/core/cost";
import { clusterCost, costWithNodes, hoursPerMonth, loadBalancers, scaleCost } from "../../../src/core/clusterCost";
import { aCluster, aVmSize, nodeCounts } from "../../support/builders";
import { handWorked } from "../../support/handWorkedClusters";

const price = { perHour: 2, currency: "USD", source: "sizes" } as const;

function expectAmounts(actual: Amounts | undefined, expected: Amounts | undefined): void {
  if (expected === undefined) {
    expect(actual).toBeUndefined();
    return;
  }
  expect(Object.keys(actual ?? { none: 0 }).sort()).toEqual(Object.keys(expected).sort());
  for (const [currency, value] of Object.entries(expected)) expect(actual?.[currency]).toBeCloseTo(value, 9);
}

describe("the bill worked out by hand", () => {
  it("covers at least twelve clusters", () => {
    expect(handWorked.length).toBeGreaterThanOrEqual(12);
  });

  it.each(handWorked.map((row) => [row.cluster.name, row] as const))("holds for %s", (_name, row) => {
    const cost = clusterCost(row.cluster, row.price);
    expectAmounts(cost.now, row.now);
    expectAmounts(cost.idle, row.idle);
    expectAmounts(cost.unusable, row.unusable);
    expectAmounts(cost.floor, row.floor);
    expectAmounts(cost.ceiling, row.ceiling);
    expectAmounts(cost.idleTail, row.idleTail);
  });

  it("sums to 76.61 dollars and 304.5 yen an hour now, with one cluster unknown", () => {
    // 0.01375 + 30.59775 + 3.83675 + 0.43975 + 4.93375 + 8.6465 + 12.51375 + 0 + 0 + 14.69375 + 0.01375 + 0.60655 + 0.31375
    const sum = sumAmounts(handWorked.map((row) => clusterCost(row.cluster, row.price).now));
    expect(sum.unknown).toBe(1);
    expectAmounts(sum.amounts, { USD: 76.6098, JPY: 304.5 });
  });

  it("says what a minimum of 1 costs in a month: 3.83675 × 730 = 2,800.83", () => {
    const row = handWorked.find(({ cluster }) => cluster.name === "gpu-min1")!;
    expect(clusterCost(row.cluster, row.price).floor!.USD! * hoursPerMonth).toBeCloseTo(2800.8275, 6);
  });
});

describe("the lines of the bill", () => {
  const busy = aCluster({
    currentNodeCount: 9,
    nodeCounts: nodeCounts({ running: 2, idle: 1, preparing: 1, unusable: 3, leaving: 1, preempted: 1 }),
  });

  it("name quantity, rate, unit and source, state by state", () => {
    expect(clusterCost(busy, price).items).toEqual([
      { what: "running", quantity: 2, unit: "node", rate: 2, perHour: 4, currency: "USD", source: "sizes" },
      { what: "idle", quantity: 1, unit: "node", rate: 2, perHour: 2, currency: "USD", source: "sizes" },
      { what: "preparing", quantity: 1, unit: "node", rate: 2, perHour: 2, currency: "USD", source: "sizes" },
      { what: "unusable", quantity: 3, unit: "node", rate: 2, perHour: 6, currency: "USD", source: "sizes" },
      { what: "leaving", quantity: 1, unit: "node", rate: 2, perHour: 2, currency: "USD", source: "sizes" },
      {
        what: "loadBalancer",
        quantity: 1,
        unit: "loadBalancer",
        rate: 0.01375,
        perHour: 0.01375,
        currency: "USD",
        source: "documented",
      },
    ]);
  });

  it("leave out preparing and leaving nodes for who knows that they are free", () => {
    const items = clusterCost(busy, price, { preparing: false, leaving: false }).items.map((item) => item.what);
    expect(items).toEqual(["running", "idle", "unusable", "loadBalancer"]);
  });

  it("keep their quantities when the price is unknown", () => {
    const { items, now } = clusterCost(busy, undefined);
    expect(items[0]).toMatchObject({ what: "running", quantity: 2, perHour: undefined });
    expect(now).toBeUndefined();
  });

  it("do not count a preempted node, nor nodes twice", () => {
    const preempted = aCluster({ currentNodeCount: 1, nodeCounts: nodeCounts({ preempted: 1 }) });
    expect(clusterCost(preempted, price).items.map((item) => item.what)).toEqual(["loadBalancer"]);
  });
});

describe("load balancers", () => {
  it.each([
    [0, 1],
    [1, 1],
    [50, 1],
    [51, 2],
    [100, 2],
    [101, 3],
  ])("for %d nodes: %d", (nodes, count) => {
    expect(loadBalancers(nodes, true)).toBe(count);
  });

  it("are not needed by nodes without public IP", () => {
    expect(loadBalancers(500, false)).toBe(0);
  });
});

describe("what a scale costs", () => {
  const scale = { minNodeCount: 1, maxNodeCount: 3, idleSecondsBeforeScaleDown: 900 };

  it("is the create form's figure, and the load balancer's", () => {
    const size = aVmSize({ price: { dedicated: 2 } });
    const simple = hourlyCost(size, "dedicated", scale)!;
    expect(scaleCost(scale, price, false)).toMatchObject({
      floor: { USD: simple.floor },
      ceiling: { USD: simple.ceiling },
    });
    expectAmounts(scaleCost(scale, price, true).floor, { USD: simple.floor + 0.01375 });
  });

  it("waits out the idle time on the nodes above the minimum: 2 × 2 dollars × a quarter of an hour", () => {
    expect(scaleCost(scale, price, true).idleTail).toEqual({ USD: 1 });
  });

  it.each([
    { ...scale, minNodeCount: 4 },
    { ...scale, minNodeCount: -1 },
    { ...scale, minNodeCount: Number.NaN },
    { ...scale, idleSecondsBeforeScaleDown: Number.NaN },
  ])("has no idle tail for a scale that makes no sense: %j", (bad) => {
    expect(scaleCost(bad, price, true).idleTail).toBeUndefined();
  });

  it.each([Number.NaN, -1, 0.5, Infinity])("is unknown for %d nodes", (nodes) => {
    expect(costWithNodes(nodes, price, true)).toBeUndefined();
  });
});
