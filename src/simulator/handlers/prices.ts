import { findRegion, findSize, priceOf, pricesAsOf, regions, sizes, type SizeRow } from "../catalogue";
import { type Answer, ok } from "../http";
import { guidOf } from "../random";
import { type Context, type Route } from "../route";

export const priceRoutes: readonly Route[] = [
  { method: "GET", pattern: "/api/retail/prices", anonymous: true, handle: listPrices },
];

/** Rows per page; 1,000 in the real list. */
const pageSize = 1000;

/** Rough rates for the currencies people see here: prices in them are "for reference" in the real list too. */
const rates: Readonly<Record<string, number>> = { USD: 1, EUR: 0.92, JPY: 150, GBP: 0.79 };

/** Fields a filter may name → the item's. */
const fields: Readonly<Record<string, keyof Item>> = {
  armRegionName: "armRegionName",
  armSkuName: "armSkuName",
  meterName: "meterName",
  priceType: "type",
  productName: "productName",
  serviceFamily: "serviceFamily",
  serviceName: "serviceName",
  skuName: "skuName",
};

interface Item {
  readonly currencyCode: string;
  readonly retailPrice: number;
  readonly armRegionName: string;
  readonly meterName: string;
  readonly productName: string;
  readonly skuName: string;
  readonly serviceName: string;
  readonly serviceFamily: string;
  readonly type: string;
  readonly armSkuName: string;
}

type Test = (item: Item) => boolean;

/**
 * The retail price list: Linux and Windows, dedicated, low priority and spot of each size and region, with its traps: filter
 * values are case-sensitive, an unknown size is an empty list, `type` is filtered as `priceType`. Spot amounts are made up
 * (0.196 × dedicated, the one recorded ratio) and are there to be skipped.
 */
function listPrices(context: Context): Answer {
  const query = context.url.searchParams;
  const version = query.get("api-version");
  if (version !== null && !["2021-10-01-preview", "2023-01-01-preview"].includes(version)) {
    return badRequest("Unsupported API version");
  }
  const tests = parseFilter(query.get("$filter") ?? "");
  if (tests === undefined) return badRequest("Invalid OData parameters supplied");
  const currency = (query.get("currencyCode") ?? "USD").replaceAll("'", "").toUpperCase();
  const rate = rates[currency];
  if (rate === undefined) return badRequest("Invalid currency code");
  const all = regions.flatMap(({ name }) => sizes.flatMap((size) => itemsOf(name, size, currency, rate)));
  const found = all.filter((item) => tests.every((test) => test(item)));
  const skip = Number(query.get("$skip") ?? "0");
  const page = found.slice(skip, skip + pageSize);
  return ok({
    BillingCurrency: currency,
    CustomerEntityId: "Default",
    CustomerEntityType: "Retail",
    Items: page,
    NextPageLink: skip + pageSize < found.length ? nextLink(context, skip + pageSize) : null,
    Count: page.length,
  });
}

/** Its errors are not in ARM's form: capital `Error` (recorded). */
function badRequest(message: string): Answer {
  return { status: 400, body: { Error: { Code: "BadRequest", Message: message } } };
}

/** The real list writes its port into the link. */
function nextLink(context: Context, skip: number): string {
  const { url } = context;
  const host = url.port === "" && url.protocol === "https:" ? `${url.hostname}:443` : url.host;
  const query = [...url.searchParams]
    .filter(([key]) => key !== "$skip")
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${url.protocol}//${host}${url.pathname}?${[...query, `$skip=${skip}`].join("&")}`;
}

/** Terms joined by `and`: `field eq 'value'`, `contains(field,'value')`, that with `eq false`. undefined: not understood. */
function parseFilter(filter: string): readonly Test[] | undefined {
  const tests: Test[] = [];
  for (const term of filter.split(/\s+and\s+/i).map((text) => text.trim())) {
    if (term === "") continue;
    const equal = /^(\w+)\s+eq\s+'([^']*)'$/i.exec(term);
    const contains = /^contains\((\w+),\s*'([^']*)'\)(\s+eq\s+(true|false))?$/i.exec(term);
    const [, name = "", value = ""] = equal ?? contains ?? [];
    if (/^currencyCode$/i.test(name)) continue;
    const field = fields[name];
    if (field === undefined) return undefined;
    if (field === "type" && !["Consumption", "Reservation", "DevTestConsumption"].includes(value)) return undefined;
    const wanted = contains?.[4]?.toLowerCase() !== "false";
    tests.push((item) => (equal === null ? String(item[field]).includes(value) === wanted : item[field] === value));
  }
  return tests;
}

function itemsOf(region: string, size: SizeRow, currency: string, rate: number): readonly Item[] {
  const price = priceOf(region, size.name);
  if (price === undefined) return [];
  const meter = size.name.replace(/^Standard_/, "").replaceAll("_", " ");
  const windows = windowsFactor(size);
  const kinds = [
    { suffix: "", linux: price.dedicated, windows: price.dedicated * windows },
    { suffix: " Low Priority", linux: price.lowPriority, windows: price.dedicated * windows * 0.4 },
    { suffix: " Spot", linux: price.dedicated * 0.196, windows: price.dedicated * windows * 0.196 },
  ];
  const series = seriesOf(size);
  return kinds.flatMap(({ suffix, ...amounts }) =>
    (["linux", "windows"] as const).map((os) => {
      const amount = Math.round(amounts[os] * rate * 1_000_000) / 1_000_000;
      const productName = `Virtual Machines ${series} Series${os === "windows" ? " Windows" : ""}`;
      const key = `${region} ${size.name} ${suffix} ${os}`;
      const productId = `DZH318${guidOf(productName).slice(0, 6).toUpperCase()}`;
      return {
        currencyCode: currency,
        tierMinimumUnits: 0,
        retailPrice: amount,
        unitPrice: amount,
        armRegionName: region,
        location: findRegion(region)?.retailLocation ?? region,
        effectiveStartDate: `${suffix === " Spot" ? pricesAsOf : "2018-06-01"}T00:00:00Z`,
        meterId: guidOf(`meter ${key}`),
        meterName: `${meter}${suffix}`,
        productId,
        skuId: `${productId}/${guidOf(key).slice(0, 4).toUpperCase()}`,
        productName,
        skuName: `${meter}${suffix}`,
        serviceName: "Virtual Machines",
        serviceId: "DZH313Z7MMC8",
        serviceFamily: "Compute",
        unitOfMeasure: "1 Hour",
        type: "Consumption",
        isPrimaryMeterRegion: suffix === " Spot",
        armSkuName: size.name,
      };
    }),
  );
}

/** Windows over Linux where the recording has both, else the surcharge of 0.046 USD per vCPU that most series have. */
function windowsFactor(size: SizeRow): number {
  const estimates = findSize(size.name)?.estimates ?? [];
  const lowest = (osType: string): number =>
    Math.min(...estimates.filter((e) => e.osType === osType && !e.lowPriority).map((e) => e.price));
  const eastus = priceOf("eastus", size.name)?.dedicated ?? 1;
  return estimates.length === 0 ? (eastus + 0.046 * size.vCpus) / eastus : lowest("Windows") / lowest("Linux");
}

function seriesOf(size: SizeRow): string {
  return size.family.replace(/^standard\s*/i, "").replace(/\s*Family$/i, "");
}
