import { describe, expect, it } from "vitest";
import { costCurve } from "../../../src/core/costCurve";

const price = { perHour: 2, currency: "USD", source: "sizes" } as const;

describe("the cost curve", () => {
  it("has a point per node count", () => {
    expect(costCurve({ minNodeCount: 1, maxNodeCount: 3 }, price, false)).toEqual([
      { nodes: 0, perHour: { USD: 0 } },
      { nodes: 1, perHour: { USD: 2 } },
      { nodes: 2, perHour: { USD: 4 } },
      { nodes: 3, perHour: { USD: 6 } },
    ]);
  });

  it("steps up with each load balancer", () => {
    const curve = costCurve({ minNodeCount: 0, maxNodeCount: 51 }, price, true);
    expect(curve[50]?.perHour.USD).toBeCloseTo(100.013_75, 9);
    expect(curve[51]?.perHour.USD).toBeCloseTo(102.0275, 9);
  });

  it("stays short for huge clusters, with both ends and the minimum", () => {
    const nodes = costCurve({ minNodeCount: 777, maxNodeCount: 65_000 }, price, true).map((point) => point.nodes);
    expect(nodes.length).toBeLessThanOrEqual(61);
    expect(nodes[0]).toBe(0);
    expect(nodes.at(-1)).toBe(65_000);
    expect(nodes).toContain(777);
    expect([...nodes].sort((a, b) => a - b)).toEqual(nodes);
  });

  it("is empty without a price, or while the numbers make no sense", () => {
    expect(costCurve({ minNodeCount: 0, maxNodeCount: 3 }, undefined, true)).toEqual([]);
    expect(costCurve({ minNodeCount: 4, maxNodeCount: 3 }, price, true)).toEqual([]);
    expect(costCurve({ minNodeCount: 0, maxNodeCount: Number.NaN }, price, true)).toEqual([]);
    expect(costCurve({ minNodeCount: -1, maxNodeCount: 3 }, price, true)).toEqual([]);
  });
});
