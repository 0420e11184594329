import { describe, expect, it } from "vitest";
import { settle } from "../../support/handClock";
import { type Answer, type Connection, ScriptedHttp, connectTo, failureOf } from "./scriptedHttp";

const prices = "GET https://prices.azure.com/api/retail/prices";

function item(over: object = {}): object {
  return {
    currencyCode: "USD",
    tierMinimumUnits: 0,
    retailPrice: 0.096,
    armRegionName: "eastus",
    meterName: "D2s v3",
    skuName: "D2s v3",
    productName: "Virtual Machines DSv3 Series",
    unitOfMeasure: "1 Hour",
    type: "Consumption",
    armSkuName: "Standard_D2s_v3",
    ...over,
  };
}

const page = (...items: object[]): Answer => ({ json: { BillingCurrency: "USD", Items: items, NextPageLink: null } });
const low = { meterName: "D2s v3 Low Priority", skuName: "D2s v3 Low Priority" };

/** Asks for D2s v3 in East US and lets the clock run until the answer is there. */
async function ask(connection: Connection, currency = "USD", region = "East US"): Promise<unknown> {
  const answer = connection.azureMl.getRetailPrice(region, "Standard_D2s_v3", currency);
  answer.catch(() => undefined);
  for (let step = 0; step < 40; step++) await connection.clock.advance(1_000);
  return answer;
}

describe("the retail price of a size", () => {
  it("is read from the six recorded kinds of rows: Linux only, low priority and never Spot", async () => {
    const windows = { productName: "Virtual Machines DSv3 Series Windows" };
    const spot = { meterName: "D2s v3 Spot", skuName: "D2s v3 Spot" };
    const http = new ScriptedHttp().on(
      prices,
      page(
        item({ ...low, ...windows, retailPrice: 0.075 }),
        item({ ...low, retailPrice: 0.019 }),
        item({ ...spot, retailPrice: 0.018816 }),
        item({ ...spot, ...windows, retailPrice: 0.036848 }),
        item(),
        item({ ...windows, retailPrice: 0.188 }),
      ),
    );
    expect(await ask(connectTo(http))).toEqual({ dedicated: 0.096, lowPriority: 0.019, currency: "USD" });
  });

  it("is asked for without a token, with the documented query, escaped", async () => {
    const http = new ScriptedHttp().on(prices, page(item()));
    const connection = connectTo(http);
    await ask(connection);
    expect(http.sent[0]!.token).toBeUndefined();
    expect(connection.credential.requests).toHaveLength(0);
    expect(http.sent[0]!.url).not.toMatch(/['\s]/);
    const query = new URL(http.sent[0]!.url).searchParams;
    expect(query.get("currencyCode")).toBe("'USD'");
    expect(query.get("$filter")).toBe(
      "serviceName eq 'Virtual Machines' and armRegionName eq 'eastus' and armSkuName eq 'Standard_D2s_v3' and priceType eq 'Consumption'",
    );
  });

  it("cannot be asked for something else by a hostile name", async () => {
    const http = new ScriptedHttp().on(prices, page());
    const connection = connectTo(http);
    await connection.azureMl.getRetailPrice("eastus", "x' or armSkuName ne 'y&$top=1", "USD");
    const query = new URL(http.sent[0]!.url).searchParams;
    expect(query.get("$filter")).toContain("armSkuName eq 'x'' or armSkuName ne ''y&$top=1'");
    expect(query.get("$top")).toBeNull();
  });

  it.each([
    ["a reservation", { type: "Reservation", retailPrice: 0.01 }],
    ["dev/test", { type: "DevTestConsumption", retailPrice: 0.01 }],
    ["cloud services", { productName: "DSv3 Series CloudServices", retailPrice: 0.01 }],
    ["cloud services, apart", { productName: "DSv3 Series Cloud Services", retailPrice: 0.01 }],
    ["a dedicated host", { productName: "DSv3 Series Dedicated Host", retailPrice: 0.01 }],
    ["a month", { unitOfMeasure: "1 Month", retailPrice: 0.01 }],
    ["nothing", { retailPrice: 0 }],
    ["a price of the past", { effectiveEndDate: "2025-12-31T00:00:00Z", retailPrice: 0.01 }],
    ["a volume price", { tierMinimumUnits: 100, retailPrice: 0.01 }],
    ["another size", { armSkuName: "Standard_D2s_v4", retailPrice: 0.01 }],
    ["another currency", { currencyCode: "EUR", retailPrice: 0.01 }],
  ])("leaves out %s", async (_name, over) => {
    const http = new ScriptedHttp().on(prices, page(item(), item(over)));
    expect(await ask(connectTo(http))).toMatchObject({ dedicated: 0.096 });
  });

  it("is the lowest of several, and still counts a price that ends in future", async () => {
    const later = { effectiveEndDate: "2099-01-01T00:00:00Z", retailPrice: 0.05 };
    const http = new ScriptedHttp().on(prices, page(item(), item(later), item({ retailPrice: 0.2 })));
    expect(await ask(connectTo(http))).toMatchObject({ dedicated: 0.05 });
  });

  it("is labelled with the currency that came, not the one asked for", async () => {
    const http = new ScriptedHttp().on(prices, page(item({ currencyCode: "USD" })));
    expect(await ask(connectTo(http), "JPY")).toMatchObject({ currency: "USD" });
  });

  it("is undefined when the service knows none, and that is remembered for a day", async () => {
    const http = new ScriptedHttp().on(prices, page(), page(item()));
    const connection = connectTo(http);
    expect(await ask(connection)).toBeUndefined();
    expect(await ask(connection)).toBeUndefined();
    expect(http.sent).toHaveLength(1);
    await connection.clock.advance(86_400_000);
    expect(await ask(connection)).toMatchObject({ dedicated: 0.096 });
  });
});

describe("the price service", () => {
  it("is asked once per size, region and currency, one request at a time and spaced", async () => {
    const http = new ScriptedHttp().on(prices, page(item()));
    const connection = connectTo(http, { priceSpacingMs: 1_000 });
    const { azureMl, clock } = connection;
    const regions = ["eastus", "East US", "westus", "westeurope"];
    const answers = Promise.all(regions.map((region) => azureMl.getRetailPrice(region, "Standard_D2s_v3", "USD")));
    await settle();
    expect(http.sent).toHaveLength(1);
    await clock.advance(999);
    expect(http.sent).toHaveLength(1);
    await clock.advance(1);
    expect(http.sent).toHaveLength(2);
    await clock.advance(5_000);
    expect(http.sent).toHaveLength(3);
    expect(await answers).toHaveLength(4);
  });

  it("that asks for a pause gets it, once", async () => {
    const pause: Answer = { status: 429, headers: { "retry-after": "7" } };
    const http = new ScriptedHttp().on(prices, pause, page(item()));
    const connection = connectTo(http);
    const answer = connection.azureMl.getRetailPrice("eastus", "Standard_D2s_v3", "USD");
    await connection.clock.advance(6_999);
    expect(http.sent).toHaveLength(1);
    await connection.clock.advance(1);
    expect(await answer).toMatchObject({ dedicated: 0.096 });
  });

  it("that keeps asking for pauses, or for a long one, is throttled for the caller; failures are not kept", async () => {
    const pause = (seconds: string): Answer => ({ status: 429, headers: { "retry-after": seconds } });
    const http = new ScriptedHttp().on(prices, pause("600"), pause("7"), pause("7"), page(item()));
    const connection = connectTo(http);
    expect(await failureOf(connection.azureMl.getRetailPrice("eastus", "Standard_D2s_v3", "USD"))).toMatchObject({
      kind: "throttled",
      retryAfterMs: 600_000,
    });
    await connection.clock.advance(600_000);
    expect(await failureOf(ask(connection))).toMatchObject({ kind: "throttled" });
    expect(await ask(connection)).toMatchObject({ dedicated: 0.096 });
  });

  it("is followed over its own pages only", async () => {
    const link = (host: string): Answer => ({
      json: { Items: [item()], NextPageLink: `https://${host}/api/retail/prices?$skip=1000` },
    });
    const own = new ScriptedHttp().on(prices, link("prices.azure.com:443"), page(item({ ...low, retailPrice: 0.02 })));
    expect(await ask(connectTo(own))).toEqual({ dedicated: 0.096, lowPriority: 0.02, currency: "USD" });
    const strange = new ScriptedHttp().on(prices, link("prices.azure.com.evil.example"));
    expect(await failureOf(ask(connectTo(strange)))).toMatchObject({ code: "UnexpectedHost" });
    expect(strange.sent).toHaveLength(1);
  });

  it.each([
    [{ status: 400, json: { Error: { Code: "BadRequest", Message: "Invalid OData parameters supplied" } } }, "invalid"],
    [{ text: "<html>blocked</html>" }, "network"],
    [{ fails: "ENOTFOUND" }, "network"],
  ])("that answers %j is a failure of kind %s", async (answer: Answer, kind) => {
    expect(await failureOf(ask(connectTo(new ScriptedHttp().on(prices, answer))))).toMatchObject({ kind });
  });

  it("does not keep those waiting who gave up behind a slow one", async () => {
    const http = new ScriptedHttp().on(prices, { status: 429, headers: { "retry-after": "9" } }, page(item()));
    const { azureMl, clock } = connectTo(http);
    const first = azureMl.getRetailPrice("eastus", "Standard_D2s_v3", "USD");
    const stop = new AbortController();
    const second = failureOf(azureMl.getRetailPrice("westus", "Standard_D2s_v3", "USD", stop.signal));
    await settle();
    stop.abort();
    expect((await second).name).toBe("AbortError");
    await clock.advance(9_000);
    expect(await first).toMatchObject({ dedicated: 0.096 });
    expect(http.sent).toHaveLength(2);
  });

  it("lets the next question through after one was given up", async () => {
    const http = new ScriptedHttp().on(prices, page(item()));
    const connection = connectTo(http);
    const stop = new AbortController();
    stop.abort();
    const given = connection.azureMl.getRetailPrice("eastus", "Standard_D2s_v3", "USD", stop.signal);
    expect((await failureOf(given)).name).toBe("AbortError");
    expect(await ask(connection)).toMatchObject({ dedicated: 0.096 });
  });
});
