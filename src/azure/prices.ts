import * as l10n from "@vscode/l10n";
import { type HttpClient, type Pipeline, createPipelineRequest } from "@azure/core-rest-pipeline";
import { type Clock } from "../app/ports";
import { regionKey } from "../core/account";
import { type RetailPrice } from "../core/compute";
import { AzureMlError } from "../core/errors";
import { vmSizeKey } from "../core/vmSize";
import { type Fields, fieldsOf, listOf, numberOf, parseJson, textOf } from "./looseJson";
import { mapResponse } from "./mapError";
import { abortError } from "./systemClock";

export interface PricesParts {
  /** Address of the service; undefined where the cloud has none. */
  readonly endpoint: string | undefined;
  readonly pipeline: Pipeline;
  readonly httpClient: HttpClient;
  readonly clock: Clock;
  /** At least so long between two requests: the service throttles by address. */
  readonly spacingMs: number;
}

const dayMs = 86_400_000;
/** One size in one region fills a fraction of a page (azure-data/NOTES 4). */
const mostPages = 10;
/** A longer pause is the caller's to sit out. */
const longestPauseMs = 10_000;

/** The public retail price list: no sign-in, one request at a time, answers kept for a day. */
export class Prices {
  readonly #kept = new Map<string, { readonly at: number; readonly price: RetailPrice | undefined }>();
  #last: Promise<unknown> = Promise.resolve();
  #notBefore = 0;

  constructor(private readonly parts: PricesParts) {}

  /** @param vmSize in the catalogue's spelling: the service compares with case. */
  get(region: string, vmSize: string, currency: string, signal: AbortSignal): Promise<RetailPrice | undefined> {
    const { endpoint, clock } = this.parts;
    if (endpoint === undefined) return Promise.resolve(undefined);
    const key = [regionKey(region), vmSizeKey(vmSize), currency.toUpperCase()].join(" ");
    const answer = this.#last.then(async () => {
      const kept = this.#kept.get(key);
      if (kept !== undefined && clock.now() - kept.at < dayMs) return kept.price;
      const items = await this.#query(queryUrl(endpoint, regionKey(region), vmSize, currency), signal);
      const price = readPrice(items, vmSize, currency, clock.now());
      this.#kept.set(key, { at: clock.now(), price });
      return price;
    });
    this.#last = answer.catch(() => undefined);
    return Promise.race([answer, rejectOn(signal)]);
  }

  clear(): void {
    this.#kept.clear();
  }

  async #query(first: string, signal: AbortSignal): Promise<readonly Fields[]> {
    const items: Fields[] = [];
    let url: string | undefined = first;
    for (let page = 0; url !== undefined && page < mostPages; page++) {
      const body = fieldsOf(await this.#read(url, signal));
      items.push(...listOf(body["Items"]).map(fieldsOf));
      url = this.#checked(textOf(body["NextPageLink"]));
    }
    return items;
  }

  async #read(url: string, signal: AbortSignal, isSecondTry = false): Promise<unknown> {
    const { clock, pipeline, httpClient, spacingMs } = this.parts;
    const rest = this.#notBefore - clock.now();
    if (rest > 0) await clock.sleep(rest, signal);
    signal.throwIfAborted();
    this.#notBefore = clock.now() + spacingMs;
    const response = await pipeline.sendRequest(httpClient, createPipelineRequest({ url, abortSignal: signal }));
    const body = parseJson(response.bodyAsText);
    if (response.status < 300 && body !== undefined) return body;
    const error = mapResponse(response, { now: clock.now() });
    const pause = error.retryAfterMs;
    if (pause !== undefined) this.#notBefore = clock.now() + pause;
    if (error.kind !== "throttled" || pause === undefined || pause > longestPauseMs || isSecondTry) throw error;
    return this.#read(url, signal, true);
  }

  /** The next page's address says `:443`, which is the same host; any other host is refused. */
  #checked(link: string | undefined): string | undefined {
    if (link === undefined) return undefined;
    const home = new URL(this.parts.endpoint ?? "");
    if (URL.canParse(link) && new URL(link).origin === home.origin) return link;
    throw new AzureMlError({
      kind: "invalid",
      code: "UnexpectedHost",
      message: l10n.t("The price service pointed to an address that is not its own. Nothing was sent there."),
    });
  }
}

/** Whoever gives up does not wait for those before them in the queue. */
function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(abortError());
    else signal.addEventListener("abort", () => reject(abortError()), { once: true });
  });
}

/** One request per size and region brings both priorities; raw spaces would bring an empty answer (azure-data/NOTES 4). */
function queryUrl(endpoint: string, region: string, vmSize: string, currency: string): string {
  const filter = [
    "serviceName eq 'Virtual Machines'",
    `armRegionName eq ${quoted(region)}`,
    `armSkuName eq ${quoted(vmSize)}`,
    "priceType eq 'Consumption'",
  ].join(" and ");
  const query = `currencyCode=${encodeURIComponent(quoted(currency))}&$filter=${encodeURIComponent(filter)}`;
  return `${endpoint}/api/retail/prices?${query.replaceAll("'", "%27")}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Linux prices by the hour, the lowest of several; labelled with the currency the answer names, not the one asked for. */
function readPrice(items: readonly Fields[], vmSize: string, currency: string, now: number): RetailPrice | undefined {
  const usable = items.filter((item) => isHourlyLinux(item, now) && isSize(item, vmSize));
  const named = textOf(usable[0]?.["currencyCode"]) ?? currency;
  const lowest = (wanted: "dedicated" | "lowPriority"): number | undefined => {
    const prices = usable
      .filter((item) => classOf(item) === wanted && (textOf(item["currencyCode"]) ?? named) === named)
      .map((item) => numberOf(item["retailPrice"]) ?? 0)
      .filter((price) => price > 0);
    return prices.length === 0 ? undefined : Math.min(...prices);
  };
  const dedicated = lowest("dedicated");
  const lowPriority = lowest("lowPriority");
  return dedicated === undefined && lowPriority === undefined ? undefined : { dedicated, lowPriority, currency: named };
}

function isSize(item: Fields, vmSize: string): boolean {
  return vmSizeKey(textOf(item["armSkuName"]) ?? "") === vmSizeKey(vmSize);
}

/** Reservation and dev/test rows also say "1 Hour"; other rows' products name what they are (azure-data/NOTES 4). */
function isHourlyLinux(item: Fields, now: number): boolean {
  if (textOf(item["type"]) !== "Consumption" || textOf(item["unitOfMeasure"]) !== "1 Hour") return false;
  if ((numberOf(item["tierMinimumUnits"]) ?? 0) > 0) return false;
  if (/Windows|Cloud ?Services|Dedicated ?Host/i.test(textOf(item["productName"]) ?? "")) return false;
  const end = Date.parse(textOf(item["effectiveEndDate"]) ?? "");
  return !(Number.isFinite(end) && end <= now);
}

/** Clusters are billed as "Low Priority", never as "Spot", which is another, floating price. */
function classOf(item: Fields): "dedicated" | "lowPriority" | "other" {
  const meter = `${textOf(item["meterName"]) ?? ""} ${textOf(item["skuName"]) ?? ""}`;
  if (/Low Priority/i.test(meter)) return "lowPriority";
  return /Spot/i.test(meter) ? "other" : "dedicated";
}
