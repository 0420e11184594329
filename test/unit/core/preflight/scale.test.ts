import { describe, expect, it } from "vitest";
import {
  communicationNote,
  minNodesCost,
  moreNodesThanInfiniBand,
  moreThan100Nodes,
  moreThan300Nodes,
} from "../../../../src/core/preflight/scale";

describe("a minimum above 0", () => {
  const price = { perHour: 0.5, currency: "USD" };

  it.each([
    [0, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
    [0.5, undefined],
    [1, "One node stays on and is billed, used or not. At list price that is $365.00 per month."],
    [3, "3 nodes stay on and are billed, used or not. At list price that is $1,095.00 per month."],
  ])("of %d says %j", (min, message) => {
    expect(minNodesCost(min, price, "en")[0]?.message).toBe(message);
  });

  it("says so without a number where the price is unknown", () => {
    expect(minNodesCost(1, undefined, "en")[0]?.message).toBe("One node stays on and is billed, used or not.");
  });

  it("offers 0", () => {
    expect(minNodesCost(1, price, "en")[0]?.remedy).toMatchObject({
      kind: "setField",
      field: "minNodeCount",
      value: 0,
    });
  });

  it("writes money as the language does, and survives a currency that is none", () => {
    expect(minNodesCost(1, { perHour: 10, currency: "JPY" }, "ja")[0]?.message).toContain("7,300");
    expect(minNodesCost(1, { perHour: 1, currency: "<b>" }, "en")[0]?.message).toContain("730.00 <b>");
  });
});

describe("limits of nodes per cluster", () => {
  const severity = (findings: readonly { severity: string }[]): string | undefined => findings[0]?.severity;

  it.each([
    [100, undefined, undefined, undefined],
    [101, "info", undefined, "info"],
    [300, "info", undefined, "info"],
    [301, undefined, "warning", "info"],
    [4_000, undefined, "warning", "info"],
    [4_001, undefined, "warning", "warning"],
    [Number.NaN, undefined, undefined, undefined],
  ])("%d nodes: over 100 %s, over 300 %s, communication %s", (maxNodeCount, over100, over300, communication) => {
    expect(severity(moreThan100Nodes({ maxNodeCount }))).toBe(over100);
    expect(severity(moreThan300Nodes({ maxNodeCount }))).toBe(over300);
    expect(severity(communicationNote({ maxNodeCount }))).toBe(communication);
  });

  it.each([
    [100, true, 0],
    [101, true, 1],
    [101, false, 0],
    [101, undefined, 0],
    [Number.NaN, true, 0],
  ])("%d nodes with InfiniBand %s give %d findings", (maxNodeCount, infiniBand, count) => {
    expect(moreNodesThanInfiniBand({ maxNodeCount }, infiniBand).length).toBe(count);
  });
});
