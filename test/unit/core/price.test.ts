import { describe, expect, it } from "vitest";
import { choosePrice, lowPrioritySaving, priceSourceText } from "../../../src/core/price";
import { aVmSize } from "../../support/builders";

const size = aVmSize({ price: { dedicated: 0.1, lowPriority: 0.02 } });
const unpriced = aVmSize();
const retail = { dedicated: 0.096, lowPriority: 0.019, currency: "USD" };

describe("the price of a node", () => {
  it("comes from the size list first", () => {
    expect(choosePrice({ size, sizesAsOf: "2026-06-01", retail }, "dedicated")).toEqual({
      perHour: 0.1,
      currency: "USD",
      source: "sizes",
      asOf: "2026-06-01",
    });
    expect(choosePrice({ size, retail }, "lowPriority")).toMatchObject({ perHour: 0.02, source: "sizes" });
  });

  it("comes from the Retail Prices API where the list names none", () => {
    expect(choosePrice({ size: unpriced, retail, retailAsOf: "2026-06-18" }, "dedicated")).toEqual({
      perHour: 0.096,
      currency: "USD",
      source: "retail",
      asOf: "2026-06-18",
    });
    expect(choosePrice({ retail }, "lowPriority")).toMatchObject({ perHour: 0.019, source: "retail" });
  });

  it("at low priority is estimated as a fifth of dedicated where no meter is known", () => {
    const price = choosePrice({ size: unpriced, retail: { dedicated: 0.741, currency: "USD" } }, "lowPriority");
    expect(price?.perHour).toBeCloseTo(0.1482, 10);
    expect(price).toMatchObject({ source: "estimate", currency: "USD" });
  });

  it("at low priority prefers a published price to an estimate", () => {
    const onlyDedicated = aVmSize({ price: { dedicated: 0.1 } });
    expect(choosePrice({ size: onlyDedicated, retail }, "lowPriority")).toMatchObject({
      perHour: 0.019,
      source: "retail",
    });
  });

  it("at low priority does not exist for a size that cannot run so, whatever the lists say", () => {
    const facts = { size: { ...size, lowPriorityCapable: false }, retail };
    expect(choosePrice(facts, "lowPriority")).toBeUndefined();
    expect(choosePrice(facts, "dedicated")).toMatchObject({ perHour: 0.1 });
  });

  it("dedicated is never derived from low priority", () => {
    expect(choosePrice({ retail: { lowPriority: 0.019, currency: "USD" } }, "dedicated")).toBeUndefined();
  });

  it.each([0, -1, Number.NaN, Infinity])("is unavailable rather than %d", (value) => {
    const facts = {
      size: aVmSize({ price: { dedicated: value, lowPriority: value } }),
      retail: { dedicated: value, lowPriority: value, currency: "USD" },
    };
    expect(choosePrice(facts, "dedicated")).toBeUndefined();
    expect(choosePrice(facts, "lowPriority")).toBeUndefined();
  });

  it("is unavailable when nothing is known", () => {
    expect(choosePrice({}, "dedicated")).toBeUndefined();
  });

  it("is in the wanted currency where that is known, even as an estimate", () => {
    const yen = { dedicated: 15, currency: "JPY" };
    expect(choosePrice({ size, retail: yen, currency: "JPY" }, "dedicated")).toMatchObject({
      perHour: 15,
      currency: "JPY",
    });
    expect(choosePrice({ size, retail: yen, currency: "JPY" }, "lowPriority")).toMatchObject({
      perHour: 3,
      currency: "JPY",
      source: "estimate",
    });
  });

  it("falls back on dollars, labelled so, where the price service is blocked", () => {
    expect(choosePrice({ size, currency: "JPY" }, "dedicated")).toMatchObject({ perHour: 0.1, currency: "USD" });
  });

  it("is labelled from the answer, not from the wish", () => {
    expect(choosePrice({ retail, currency: "EUR" }, "dedicated")).toMatchObject({ currency: "USD" });
  });

  it("says where it comes from, an estimate above all", () => {
    expect(priceSourceText(choosePrice({ size }, "dedicated"))).toContain("size list");
    expect(priceSourceText(choosePrice({ retail }, "dedicated"))).toContain("Retail Prices");
    const estimate = choosePrice({ retail: { dedicated: 1, currency: "USD" } }, "lowPriority");
    expect(priceSourceText(estimate)).toBe("estimate: 20% of the dedicated list price");
    expect(priceSourceText(undefined)).toBe("price unavailable");
  });
});

describe("what low priority saves", () => {
  const dedicated = { perHour: 0.1, currency: "USD", source: "sizes" } as const;

  it("is the difference of the two prices", () => {
    const saving = lowPrioritySaving(dedicated, { ...dedicated, perHour: 0.02 });
    expect(saving?.perHour).toBeCloseTo(0.08, 10);
    expect(saving?.share).toBeCloseTo(0.8, 10);
    expect(saving).toMatchObject({ currency: "USD", estimated: false });
  });

  it("is marked when it rests on an estimate", () => {
    expect(lowPrioritySaving(dedicated, { ...dedicated, perHour: 0.02, source: "estimate" })?.estimated).toBe(true);
  });

  it("is unknown without two prices in one currency, and where nothing is saved", () => {
    expect(lowPrioritySaving(dedicated, undefined)).toBeUndefined();
    expect(lowPrioritySaving(undefined, dedicated)).toBeUndefined();
    expect(lowPrioritySaving(dedicated, { ...dedicated, perHour: 0.02, currency: "JPY" })).toBeUndefined();
    expect(lowPrioritySaving(dedicated, dedicated)).toBeUndefined();
  });
});
