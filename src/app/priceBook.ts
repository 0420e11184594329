import { regionKey } from "../core/account";
import { type ArmId, armKey, subscriptionOf } from "../core/armId";
import { type ComputeCluster, type VmPriority } from "../core/cluster";
import { type RetailPrice } from "../core/compute";
import { pricePerHour } from "../core/cost";
import { asAzureMlError, isAbort } from "../core/errors";
import { type Price, choosePrice } from "../core/price";
import { type VmSize, vmSizeKey } from "../core/vmSize";
import { Emitter } from "./emitter";
import { type Clock, type Logger, type Memory } from "./ports";
import { type Sessions, type SignedIn } from "./session";

/** What is known of the money behind one cluster. `price` undefined: being asked for, or nobody names one. */
export interface ClusterPrices {
  readonly size?: VmSize | undefined;
  readonly price?: Price | undefined;
  /** Of a node of the same size at low priority. */
  readonly lowPriorityPrice?: Price | undefined;
  /** An answer is on its way. */
  readonly asking: boolean;
}

/** The retail price of a size. `retail` undefined: nobody names one, or the service could not be asked. */
export interface RetailAnswer {
  readonly retail?: RetailPrice | undefined;
  /** ISO 8601, when the service said so. */
  readonly asOf?: string | undefined;
  /** The wanted one; the price names its own. */
  readonly currency: string;
}

export interface PriceBookParts {
  readonly sessions: Sessions;
  /** Where retail prices outlive the window. */
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
  /** The currency that the person wants, e.g. `JPY`. */
  readonly currency: () => string;
}

interface Sizes {
  readonly at: number;
  readonly sizes: ReadonlyMap<string, VmSize>;
}

/** One answer of the price service; `price` null: it knows none. Written to disk as it is. */
interface KeptPrice {
  readonly at: number;
  readonly price: RetailPrice | null;
}

type PricedSize = Pick<ComputeCluster, "location" | "vmSize">;

const dayMs = 86_400_000;
/** A service that is blocked or throttles is left alone for so long, unless it names a longer time. */
const restMs = 10 * 60_000;
/** Sizes × regions × currencies that one person meets; the oldest go first. */
const mostKept = 400;

/**
 * Prices of nodes: from the service's own list of sizes, else from the retail price list, in the wanted currency where it can
 * be had. Reads are instant; `want` asks for what is missing, once for all who ask, and keeps retail prices for a day on disk.
 * A service that cannot be reached leaves the price unknown and is asked again later.
 */
export class PriceBook {
  readonly #changed = new Emitter<undefined>();
  /** Something new is known. */
  readonly onDidChange = this.#changed.event;
  readonly #sizes = new Map<string, Sizes>();
  readonly #restUntil = new Map<string, number>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #retailRunning = new Map<string, Promise<void>>();
  #retail = new Map<string, KeptPrice>();
  #telling = false;

  constructor(private readonly parts: PriceBookParts) {
    parts.sessions.onDidChange((session) => {
      this.#sizes.clear();
      this.#restUntil.clear();
      this.#running.clear();
      this.#retailRunning.clear();
      this.#retail = session.kind === "signedIn" ? this.#load(session) : new Map<string, KeptPrice>();
    });
  }

  get currency(): string {
    return this.parts.currency();
  }

  pricesOf(cluster: ComputeCluster): ClusterPrices {
    const sizes = this.#sizes.get(placeKey(cluster));
    const retail = this.#retail.get(this.#retailKey(cluster));
    const size = sizes?.sizes.get(vmSizeKey(cluster.vmSize));
    const facts = {
      size,
      sizesAsOf: sizes && new Date(sizes.at).toISOString(),
      retail: retail?.price ?? undefined,
      retailAsOf: retail && new Date(retail.at).toISOString(),
      currency: this.currency,
    };
    return {
      size,
      price: choosePrice(facts, cluster.vmPriority),
      lowPriorityPrice: choosePrice(facts, "lowPriority"),
      asking: this.#running.has(this.#askKey(cluster)),
    };
  }

  /** Begins to ask for the prices that are missing or older than a day. */
  want(clusters: readonly ComputeCluster[]): void {
    for (const cluster of clusters) void this.load(cluster);
  }

  /** Ends when all that can be known now is known; never throws. */
  load(cluster: ComputeCluster): Promise<void> {
    const { current } = this.parts.sessions;
    if (current.kind !== "signedIn" || cluster.vmSize === "") return Promise.resolve();
    const key = this.#askKey(cluster);
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    if (!this.#isMissing(cluster)) return Promise.resolve();
    const run = this.#ask(current, cluster).finally(() => {
      if (this.#running.get(key) !== run) return;
      this.#running.delete(key);
      this.#tell();
    });
    this.#running.set(key, run);
    return run;
  }

  /** Of a size that need not have a cluster. Asks where the price is missing or older than a day; never throws. */
  async loadRetail(location: string, vmSize: string): Promise<RetailAnswer> {
    const { current } = this.parts.sessions;
    const { currency } = this;
    const key = this.#retailKey({ location, vmSize });
    if (current.kind === "signedIn" && !this.#isFresh(this.#retail.get(key)) && !this.#rests(retailRest)) {
      await this.#askRetail(current, { location, vmSize });
      this.#tell();
    }
    const kept = this.#retail.get(key);
    return { retail: kept?.price ?? undefined, asOf: kept && new Date(kept.at).toISOString(), currency };
  }

  #isMissing(cluster: ComputeCluster): boolean {
    return this.#needsSizes(cluster) || this.#needsRetail(cluster);
  }

  #needsSizes(cluster: ComputeCluster): boolean {
    const key = placeKey(cluster);
    return !this.#isFresh(this.#sizes.get(key)) && !this.#rests(key);
  }

  #needsRetail(cluster: ComputeCluster): boolean {
    const key = this.#retailKey(cluster);
    if (this.#isFresh(this.#retail.get(key)) || this.#rests(retailRest)) return false;
    const size = this.#sizes.get(placeKey(cluster))?.sizes.get(vmSizeKey(cluster.vmSize));
    return size === undefined || this.currency !== "USD" || isUnpriced(size, cluster.vmPriority);
  }

  async #ask(session: SignedIn, cluster: ComputeCluster): Promise<void> {
    if (this.#needsSizes(cluster)) await this.#askSizes(session, cluster);
    if (this.parts.sessions.current === session && this.#needsRetail(cluster)) await this.#askRetail(session, cluster);
  }

  async #askSizes(session: SignedIn, { id, location }: ComputeCluster): Promise<void> {
    const key = placeKey({ id, location });
    try {
      const sizes = await session.azureMl.listVmSizes(subscriptionOf(id), location);
      if (this.parts.sessions.current !== session) return;
      const byName = new Map(sizes.map((size) => [vmSizeKey(size.name), size]));
      this.#sizes.set(key, { at: this.parts.clock.now(), sizes: byName });
    } catch (error) {
      this.#failed(session, key, `sizes of ${location}`, error);
    }
  }

  /** The form and the tree may ask at once. */
  #askRetail(session: SignedIn, size: PricedSize): Promise<void> {
    const key = this.#retailKey(size);
    const running = this.#retailRunning.get(key);
    if (running !== undefined) return running;
    const run = this.#fetchRetail(session, size).finally(() => {
      if (this.#retailRunning.get(key) === run) this.#retailRunning.delete(key);
    });
    this.#retailRunning.set(key, run);
    return run;
  }

  async #fetchRetail(session: SignedIn, { location, vmSize }: PricedSize): Promise<void> {
    const { currency } = this;
    const key = this.#retailKey({ location, vmSize });
    try {
      const price = await session.azureMl.getRetailPrice(location, vmSize, currency);
      if (this.parts.sessions.current !== session) return;
      this.#retail.set(key, { at: this.parts.clock.now(), price: price ?? null });
      await this.#save(session);
    } catch (error) {
      this.#failed(session, retailRest, `retail price of ${vmSize}`, error);
    }
  }

  #failed(session: SignedIn, key: string, what: string, error: unknown): void {
    if (isAbort(error) || this.parts.sessions.current !== session) return;
    const { message, retryAfterMs = 0 } = asAzureMlError(error);
    this.#restUntil.set(key, this.parts.clock.now() + Math.max(restMs, retryAfterMs));
    this.parts.log.debug(`Prices: ${what}: ${message}`);
  }

  #rests(key: string): boolean {
    return this.parts.clock.now() < (this.#restUntil.get(key) ?? 0);
  }

  #isFresh(kept: { readonly at: number } | undefined): boolean {
    return kept !== undefined && this.parts.clock.now() - kept.at < dayMs;
  }

  /** Many answers of one moment are told once. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    void Promise.resolve().then(() => {
      this.#telling = false;
      this.#changed.fire(undefined);
    });
  }

  #load({ source }: SignedIn): Map<string, KeptPrice> {
    const stored = this.parts.memory.get(memoryKey(source));
    if (!Array.isArray(stored)) return new Map();
    return new Map(stored.filter(isKeptEntry).filter(([, kept]) => this.#isFresh(kept)));
  }

  async #save({ source }: SignedIn): Promise<void> {
    const latest = [...this.#retail].sort(([, a], [, b]) => b.at - a.at).slice(0, mostKept);
    await this.parts.memory.set(memoryKey(source), latest);
  }

  #retailKey(size: PricedSize): string {
    return [regionKey(size.location), vmSizeKey(size.vmSize), this.currency].join(" ");
  }

  /** Both priorities come with one answer, but not both are priced in the list of sizes. */
  #askKey(cluster: ComputeCluster): string {
    return [placeKey(cluster), vmSizeKey(cluster.vmSize), cluster.vmPriority, this.currency].join(" ");
  }
}

/** The price service is one for all sizes: when it is blocked, it is blocked for each. */
const retailRest = "retail";

function isUnpriced(size: VmSize, priority: VmPriority): boolean {
  if (priority === "lowPriority" && !size.lowPriorityCapable) return false;
  return pricePerHour(size, priority) === undefined;
}

function placeKey({ id, location }: { readonly id: ArmId; readonly location: string }): string {
  return `${armKey(subscriptionOf(id))} ${regionKey(location)}`;
}

function memoryKey(source: string): string {
  return `retailPrices.${source}`;
}

/** What some version wrote to the disk: only what has the right shape is taken. */
function isKeptEntry(entry: unknown): entry is [string, KeptPrice] {
  if (!Array.isArray(entry) || typeof entry[0] !== "string") return false;
  const kept: unknown = entry[1];
  if (typeof kept !== "object" || kept === null || !("at" in kept) || !("price" in kept)) return false;
  const { at, price } = kept;
  if (typeof at !== "number") return false;
  if (price === null) return true;
  return typeof price === "object" && "currency" in price && typeof price.currency === "string";
}
