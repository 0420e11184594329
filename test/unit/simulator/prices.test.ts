import { describe, expect, test } from "vitest";
import { type Json } from "../../support/simulated";
import { stage } from "./stage";

const base = "serviceName eq 'Virtual Machines' and armRegionName eq 'eastus' and armSkuName eq 'Standard_D2s_v3'";

/** Prices need no token. */
function ask(filter: string, more = ""): { status: number; body: Json } {
  const { simulation } = stage();
  const url = `https://prices.azure.com/api/retail/prices?$filter=${encodeURIComponent(filter)}${more}`;
  const answer = simulation.handle({ method: "GET", url, headers: {} });
  return { status: answer.status, body: JSON.parse(answer.body) };
}

describe("the retail price list", () => {
  test("has a size's dedicated, low priority and spot prices, for Linux and Windows, as recorded", () => {
    const { body } = ask(`${base} and priceType eq 'Consumption'`);
    expect(body).toMatchObject({ BillingCurrency: "USD", Count: 6, NextPageLink: null });
    const linux = body.Items.filter((item: Json) => !item.productName.includes("Windows"));
    const price = (kind: RegExp): number => linux.find((item: Json) => kind.test(item.skuName)).retailPrice;
    // Recorded: 0.096 dedicated and 0.019 low priority.
    expect([price(/v3$/), price(/Low Priority$/)]).toEqual([0.096, 0.019]);
    expect(price(/Spot$/)).toBeLessThan(0.096);
  });

  test("is case-sensitive, and knows nothing of an unknown size", () => {
    expect(ask(base.replace("Standard_D2s_v3", "STANDARD_D2S_V3")).body).toMatchObject({ Count: 0, Items: [] });
    expect(ask(base.replace("Standard_D2s_v3", "Standard_B2s")).body).toMatchObject({ Count: 0, Items: [] });
  });

  test("understands contains, also denied", () => {
    expect(
      ask(`${base} and contains(productName,'Windows') eq false and contains(meterName,'Low Priority')`).body.Count,
    ).toBe(1);
    expect(
      ask(`${base} and contains(meterName,'Spot') eq false and contains(meterName,'Low Priority') eq false`).body.Count,
    ).toBe(2);
  });

  test("answers in the currency of its parameter, and refuses one that it does not have", () => {
    const { body } = ask(base, "&currencyCode='JPY'");
    expect(body.BillingCurrency).toBe("JPY");
    expect(new Set(body.Items.map((item: Json) => item.currencyCode))).toEqual(new Set(["JPY"]));
    expect(ask(base, "&currencyCode='XXX'").status).toBe(400);
  });

  for (const filter of ["priceType eq 'OnDemand'", "nonsense", "armRegionName gt 'a'"]) {
    test(`does not understand ${filter}, and says so in its own form`, () => {
      expect(ask(filter)).toEqual({
        status: 400,
        body: { Error: { Code: "BadRequest", Message: "Invalid OData parameters supplied" } },
      });
    });
  }

  test("comes in pages of 1,000, linked with the port in the address", () => {
    const { simulation } = stage();
    let url: string | null = "https://prices.azure.com/api/retail/prices?$filter=armRegionName%20eq%20'westeurope'";
    const skus = new Set<string>();
    let pages = 0;
    while (url !== null) {
      const answer = simulation.handle({ method: "GET", url, headers: {} });
      const body: Json = JSON.parse(answer.body);
      for (const item of body.Items) skus.add(`${item.skuName} ${item.productName}`);
      url = body.NextPageLink;
      if (url !== null) expect(url).toMatch(/^https:\/\/prices\.azure\.com:443\//);
      pages++;
    }
    expect([pages, skus.size]).toEqual([2, 1560]);
  });
});
