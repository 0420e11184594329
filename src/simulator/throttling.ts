import { requestsThrottled } from "./errors";

/**
 * ARM's token buckets per subscription and caller, and the larger ones over all callers (learn, request limits and
 * throttling; header names and first values recorded 2025-11). POST actions count as writes (recorded 2024-07).
 */
const buckets = {
  reads: { size: 250, perSecond: 25, globalSize: 3750 },
  writes: { size: 200, perSecond: 10, globalSize: 3000 },
  deletes: { size: 200, perSecond: 10, globalSize: 3000 },
} as const;

export type RequestKind = keyof typeof buckets;

interface Bucket {
  tokens: number;
  at: number;
}

export function kindOf(method: string): RequestKind {
  if (method === "GET" || method === "HEAD") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}

/** Counts requests. Budgets are not part of the saved world: a reload finds them full. */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();

  /**
   * Takes one request from the buckets. `now` is simulated milliseconds.
   * @returns the headers that tell what is left. @throws ArmFailure 429 when nothing was.
   */
  take(method: string, scope: string, actor: string, now: number): Record<string, string> {
    const kind = kindOf(method);
    const { size, perSecond, globalSize } = buckets[kind];
    const own = this.#refill(`${kind}|${scope}|${actor}`, size, perSecond, now);
    const all = this.#refill(`${kind}|${scope}`, globalSize, perSecond * 15, now);
    if (own.tokens < 1 || all.tokens < 1) {
      const seconds = Math.ceil((1 - Math.min(own.tokens, all.tokens)) / perSecond) + 9;
      throw requestsThrottled(kind.slice(0, -1), scope, actor, seconds);
    }
    own.tokens--;
    all.tokens--;
    return {
      [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(Math.floor(own.tokens)),
      [`x-ms-ratelimit-remaining-subscription-global-${kind}`]: String(Math.floor(all.tokens)),
    };
  }

  /** Leaves nothing in a subscription's buckets, for tests and demonstrations. */
  drain(scope: string, actor: string, now: number): void {
    for (const kind of Object.keys(buckets)) this.#buckets.set(`${kind}|${scope}|${actor}`, { tokens: 0, at: now });
  }

  #refill(key: string, size: number, perSecond: number, now: number): Bucket {
    const bucket = this.#buckets.get(key) ?? { tokens: size, at: now };
    bucket.tokens = Math.min(size, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
