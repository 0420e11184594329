import { describe, expect, it } from "vitest";
import { hourlyCost, pricePerHour } from "../../../src/core/cost";
import { aVmSize } from "../../support/builders";

const size = aVmSize({ price: { dedicated: 3.06, lowPriority: 0.612 } });

describe("the price of a node", () => {
  it("depends on its priority", () => {
    expect(pricePerHour(size, "dedicated")).toBe(3.06);
    expect(pricePerHour(size, "lowPriority")).toBe(0.612);
  });

  it.each([undefined, {}, { dedicated: 0 }, { dedicated: Number.NaN }])("is unknown, never 0, for %j", (price) => {
    expect(pricePerHour(aVmSize({ price }), "dedicated")).toBeUndefined();
  });

  it("at low priority is unknown for a size that cannot run so, though the list names one", () => {
    expect(pricePerHour({ ...size, lowPriorityCapable: false }, "lowPriority")).toBeUndefined();
    expect(pricePerHour({ ...size, lowPriorityCapable: false }, "dedicated")).toBe(3.06);
  });
});

describe("the cost of a cluster", () => {
  it("runs from its minimum to its maximum of nodes", () => {
    expect(hourlyCost(size, "dedicated", { minNodeCount: 1, maxNodeCount: 4 })).toEqual({
      perNode: 3.06,
      floor: 3.06,
      ceiling: 12.24,
    });
  });

  it("is nothing at rest when the minimum is 0", () => {
    expect(hourlyCost(size, "dedicated", { minNodeCount: 0, maxNodeCount: 2 })?.floor).toBe(0);
  });

  it.each([
    [2, 1],
    [-1, 4],
    [Number.NaN, 4],
    [0, Number.NaN],
    [0.5, 4],
    [0, Infinity],
  ])("is unknown for %d to %d nodes", (minNodeCount, maxNodeCount) => {
    expect(hourlyCost(size, "dedicated", { minNodeCount, maxNodeCount })).toBeUndefined();
  });

  it("is unknown without a price", () => {
    expect(hourlyCost(aVmSize(), "dedicated", { minNodeCount: 0, maxNodeCount: 1 })).toBeUndefined();
  });
});
