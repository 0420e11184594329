import { describe, expect, it } from "vitest";
import {
  addAmounts,
  compareAmounts,
  isNothing,
  scaleAmounts,
  subtractAmounts,
  sumAmounts,
} from "../../../src/core/amounts";

describe("amounts of money", () => {
  it("add up per currency and are never converted", () => {
    expect(addAmounts({ USD: 1 }, { JPY: 100 }, { USD: 2, EUR: 3 })).toEqual({ USD: 3, JPY: 100, EUR: 3 });
    expect(addAmounts()).toEqual({});
  });

  it("scale and subtract per currency", () => {
    expect(scaleAmounts({ USD: 2, JPY: 10 }, 3)).toEqual({ USD: 6, JPY: 30 });
    expect(subtractAmounts({ USD: 2 }, { USD: 3, JPY: 1 })).toEqual({ USD: -1, JPY: -1 });
  });

  it("compare by the preferred currency first", () => {
    expect(compareAmounts({ USD: 1, JPY: 5 }, { USD: 9, JPY: 4 }, "JPY")).toBeGreaterThan(0);
    expect(compareAmounts({ USD: 1, JPY: 5 }, { USD: 9, JPY: 4 }, "USD")).toBeLessThan(0);
    expect(compareAmounts({ JPY: 5 }, { JPY: 5, USD: 1 }, "JPY")).toBeLessThan(0);
    expect(compareAmounts({ JPY: 5 }, { JPY: 5, USD: 0 }, "USD")).toBe(0);
  });

  it("are nothing when every currency is 0", () => {
    expect(isNothing({})).toBe(true);
    expect(isNothing({ USD: 0 })).toBe(true);
    expect(isNothing({ USD: 0, JPY: 1 })).toBe(false);
  });

  it("count what has no price instead of taking it for free", () => {
    expect(sumAmounts([{ USD: 1 }, undefined, {}, { USD: 2 }])).toEqual({ amounts: { USD: 3 }, unknown: 1 });
  });
});
