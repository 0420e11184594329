import { describe, expect, it } from "vitest";
import { type AzureMl, type Memory } from "../../../src/app/ports";
import { PriceBook } from "../../../src/app/priceBook";
import { Sessions } from "../../../src/app/session";
import { AzureMlError } from "../../../src/core/errors";
import { aCluster, aVmSize } from "../../support/builders";
import { RecordingLog } from "../../support/fakeChannel";
import { fakeAzureMl } from "../../support/fakeAzureMl";
import { HandClock, settle } from "../../support/handClock";

const day = 86_400_000;
const priced = aVmSize({ name: "Standard_D4s_v3", price: { dedicated: 0.19, lowPriority: 0.04 } });
const unpriced = aVmSize();

interface Options {
  readonly currency?: string;
  readonly memory?: Memory;
  readonly clock?: HandClock;
}

async function book(
  azure: Partial<AzureMl>,
  { currency = "USD", memory = memoryOf(), clock = new HandClock() }: Options = {},
) {
  const sessions = new Sessions();
  const log = new RecordingLog();
  const prices = new PriceBook({ sessions, memory, clock, log, currency: () => currency });
  const asked: string[] = [];
  const counting: Partial<AzureMl> = {
    listVmSizes: (...args) => {
      asked.push(`sizes ${args[1]}`);
      return azure.listVmSizes?.(...args) ?? Promise.resolve([priced, unpriced]);
    },
    getRetailPrice: (...args) => {
      asked.push(`retail ${args[1]} ${args[2]}`);
      return azure.getRetailPrice?.(...args) ?? Promise.resolve(undefined);
    },
  };
  await sessions.signIn("microsoft", () => Promise.resolve({ label: "me", azureMl: fakeAzureMl(counting) }));
  return { prices, sessions, clock, log, asked, memory };
}

function memoryOf(stored = new Map<string, unknown>()): Memory {
  // As on disk: what is stored is JSON.
  return {
    get: (key) => stored.get(key),
    set: async (key, value) => void stored.set(key, JSON.parse(JSON.stringify(value))),
  };
}

const onList = aCluster({ name: "listed", vmSize: "STANDARD_D4S_V3" });
const offList = aCluster({ name: "unlisted" });
const retail = { dedicated: 0.272, lowPriority: 0.054, currency: "USD" };

describe("the price book", () => {
  it("takes the size list's price without asking the price service", async () => {
    const { prices, asked } = await book({});
    await prices.load(onList);
    expect(prices.pricesOf(onList)).toMatchObject({ price: { perHour: 0.19, source: "sizes" }, asking: false });
    expect(asked).toEqual(["sizes westeurope"]);
  });

  it("asks the price service for a size that the list names no price of", async () => {
    const { prices, asked } = await book({ getRetailPrice: async () => retail });
    await prices.load(offList);
    expect(prices.pricesOf(offList).price).toMatchObject({ perHour: 0.272, currency: "USD", source: "retail" });
    expect(asked).toEqual(["sizes westeurope", "retail Standard_DS3_v2 USD"]);
  });

  it("sends one question for all who ask at once, and none again within a day", async () => {
    const { prices, asked, clock } = await book({ getRetailPrice: async () => retail });
    prices.want([offList, aCluster({ name: "another" }), offList]);
    await settle();
    await prices.load(offList);
    expect(asked).toHaveLength(2);
    await clock.advance(day - 1);
    await prices.load(offList);
    expect(asked).toHaveLength(2);
    await clock.advance(1);
    await prices.load(offList);
    expect(asked).toHaveLength(4);
  });

  it("keeps retail prices over windows for that day, and no longer", async () => {
    const memory = memoryOf();
    const clock = new HandClock();
    const first = await book({ getRetailPrice: async () => retail }, { memory, clock });
    await first.prices.load(offList);
    const second = await book({}, { memory, clock });
    await second.prices.load(offList);
    expect(second.asked).toEqual(["sizes westeurope"]);
    expect(second.prices.pricesOf(offList).price?.perHour).toBe(0.272);
    await clock.advance(day);
    const third = await book({}, { memory, clock });
    expect(third.prices.pricesOf(offList).price).toBeUndefined();
  });

  it("knows the retail price of a size without a cluster, in the wanted currency, asked once with the tree", async () => {
    const yen = { dedicated: 41, currency: "JPY" };
    const { prices, asked } = await book({ getRetailPrice: async () => yen }, { currency: "JPY" });
    const [answer] = await Promise.all([
      prices.loadRetail("westeurope", offList.vmSize),
      prices.loadRetail("WestEurope", offList.vmSize.toUpperCase()),
      prices.load(offList),
    ]);
    expect(answer).toEqual({ retail: yen, asOf: expect.stringMatching(/^\d{4}-/), currency: "JPY" });
    await prices.loadRetail("westeurope", offList.vmSize);
    expect(asked.filter((question) => question.startsWith("retail"))).toEqual(["retail Standard_DS3_v2 JPY"]);
  });

  it("leaves the retail price of a size unknown while the service cannot be reached, without asking again at once", async () => {
    const { prices, asked } = await book({
      getRetailPrice: () => Promise.reject(new AzureMlError({ kind: "network", message: "Blocked." })),
    });
    expect(await prices.loadRetail("westeurope", "Standard_DS3_v2")).toEqual({ currency: "USD" });
    expect(await prices.loadRetail("westeurope", "Standard_DS3_v2")).toEqual({ currency: "USD" });
    expect(asked).toHaveLength(1);
  });

  it("reads nothing from a disk that holds something else", async () => {
    const memory = memoryOf(new Map([["retailPrices.microsoft", [["x", { at: "now" }], 7, ["y"]]]]));
    const { prices } = await book({ getRetailPrice: async () => retail }, { memory });
    await prices.load(offList);
    expect(prices.pricesOf(offList).price?.perHour).toBe(0.272);
  });

  it("shows another currency as the answer names it, and USD where there is none", async () => {
    const yen = { dedicated: 41, currency: "JPY" };
    const both = await book({ getRetailPrice: async () => yen }, { currency: "JPY" });
    await both.prices.load(onList);
    expect(both.prices.pricesOf(onList).price).toMatchObject({ perHour: 41, currency: "JPY", source: "retail" });
    const none = await book({}, { currency: "JPY" });
    await none.prices.load(onList);
    expect(none.prices.pricesOf(onList).price).toMatchObject({ perHour: 0.19, currency: "USD" });
  });

  it("works where the price service is blocked: unknown, never 0, and not asked again for ten minutes", async () => {
    let failures = 0;
    const blocked = () => {
      failures += 1;
      return Promise.reject(new AzureMlError({ kind: "network", message: "blocked" }));
    };
    const { prices, clock } = await book({ getRetailPrice: blocked });
    await prices.load(offList);
    expect(prices.pricesOf(offList).price).toBeUndefined();
    await prices.load(aCluster({ vmSize: "Standard_F8s_v2" }));
    expect(failures).toBe(1);
    await prices.load(onList);
    expect(prices.pricesOf(onList).price?.perHour).toBe(0.19);
    await clock.advance(10 * 60_000);
    await prices.load(offList);
    expect(failures).toBe(2);
  });

  it("rests as long as Retry-After says", async () => {
    let asked = 0;
    const throttled = () => {
      asked += 1;
      return Promise.reject(new AzureMlError({ kind: "throttled", message: "wait", retryAfterMs: 3_600_000 }));
    };
    const { prices, clock } = await book({ getRetailPrice: throttled });
    await prices.load(offList);
    await clock.advance(3_599_999);
    await prices.load(offList);
    expect(asked).toBe(1);
    await clock.advance(1);
    await prices.load(offList);
    expect(asked).toBe(2);
  });

  it("tells once when answers come, and forgets at sign-out", async () => {
    const { prices, sessions } = await book({ getRetailPrice: async () => retail });
    let told = 0;
    prices.onDidChange(() => (told += 1));
    prices.want([onList, offList]);
    await settle();
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(2);
    sessions.signOut();
    expect(prices.pricesOf(onList).price).toBeUndefined();
  });
});
