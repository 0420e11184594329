import { describe, expect, it } from "vitest";
import { hourlyText, monthlyText, onceText, rateText, totalText } from "../../../src/core/money";

describe("a price per hour", () => {
  it.each([
    [0, "$0.00"],
    [0.0034, "$0.0034"],
    [0.009_99, "$0.01"],
    [0.01, "$0.01"],
    [0.013_75, "$0.014"],
    [0.019, "$0.019"],
    [0.272, "$0.272"],
    [0.999, "$0.999"],
    [1, "$1.00"],
    [3.823, "$3.82"],
    [99.994, "$99.99"],
    [100, "$100.00"],
    [1234.5, "$1,234.50"],
    [-0.5, "-$0.50"],
  ])("of %d dollars keeps the digits that matter: %s", (value, text) => {
    expect(rateText(value, "USD", "en")).toBe(text);
  });

  it.each([
    [15.03, "¥15.03"],
    [99.5, "¥99.50"],
    [100, "¥100"],
    [152.25, "¥152"],
    [0, "¥0"],
  ])("of %d yen has decimals only while it is small: %s", (value, text) => {
    expect(rateText(value, "JPY", "en")).toBe(text);
  });

  it("follows the reader's language", () => {
    expect(rateText(1234.5, "EUR", "de")).toBe("1.234,50\u00a0€");
    expect(rateText(304.5, "JPY", "ja")).toBe("￥305");
  });

  it("survives a currency that is none", () => {
    expect(rateText(2, "", "en")).toBe("2.00");
    expect(rateText(2, "credits", "en")).toBe("2.00 credits");
  });
});

describe("a total", () => {
  it("uses the currency's own minor unit", () => {
    expect(totalText(2800.8275, "USD", "en")).toBe("$2,800.83");
    expect(totalText(222_285, "JPY", "en")).toBe("¥222,285");
    expect(totalText(12.6, "JPY", "en")).toBe("¥13");
  });
});

describe("amounts as text", () => {
  it("name their unit", () => {
    expect(hourlyText({ USD: 3.06 }, "en")).toBe("$3.06/h");
    expect(monthlyText({ USD: 2233.8 }, "en")).toBe("$2,233.80/month");
    expect(onceText({ USD: 0.102 }, "en")).toBe("$0.102");
  });

  it("show every currency that says something", () => {
    expect(hourlyText({ USD: 0.013_75, JPY: 304.5 }, "en")).toBe("¥305/h + $0.014/h");
    expect(hourlyText({ USD: 0.5, JPY: 0 }, "en")).toBe("$0.50/h");
  });

  it("are a plain zero when nothing is paid", () => {
    expect(hourlyText({}, "en")).toBe("$0.00/h");
    expect(hourlyText({}, "en", "JPY")).toBe("¥0/h");
    expect(hourlyText({ EUR: 0 }, "en")).toBe("€0.00/h");
  });

  it("say that a price is unavailable, never 0", () => {
    expect(hourlyText(undefined, "en")).toBe("price unavailable");
    expect(monthlyText(undefined, "en")).toBe("price unavailable");
    expect(onceText(undefined, "en")).toBe("price unavailable");
  });
});
