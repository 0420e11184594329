import { type ArmId, parseArmId } from "../core/armId";
import { type RequestKind, type RequestRecord } from "./ports";

/** Requests by kind; those left out are none. */
export type Cost = Readonly<Partial<Record<RequestKind, number>>>;

/**
 * ARM's token buckets per subscription and account (learn, request limits and throttling; header values recorded 2025-11):
 * requests that fit, and that come back per second. Smaller ones for trial offers show in the headers.
 */
const buckets: Readonly<Record<RequestKind, { readonly size: number; readonly perSecond: number }>> = {
  read: { size: 250, perSecond: 25 },
  write: { size: 200, perSecond: 10 },
  delete: { size: 200, perSecond: 10 },
};

/** Of ARM's limit, what polling may use; the rest is for people, the portal and other programs of the same account. */
export const defaultShare = 0.25;

interface Level {
  tokens: number;
  at: number;
}

interface Scope {
  /** What polling may still send; never more than its share of the bucket. */
  readonly own: Partial<Record<RequestKind, Level>>;
  /** What Azure said was left for the account, whoever used it. */
  readonly told: Partial<Record<RequestKind, Level>>;
  pausedUntil: number;
}

/**
 * One budget per subscription (per tenant for requests outside any), fed by what the answers' headers say. Requests for people
 * are counted but never held back; polling asks `waitFor` first and takes what it sends.
 */
export class RequestBudget {
  readonly #scopes = new Map<string, Scope>();

  /** @param share of ARM's limit, above 0 and up to 1. */
  constructor(private readonly share = defaultShare) {}

  /** Learns from an answer: what is left, and whether Azure asks to pause. */
  observe({ scope, kind, ownBudgetLeft, at, retryAfterMs, statusCode }: RequestRecord): void {
    if (scope === undefined) return;
    const known = this.#scope(scope);
    if (ownBudgetLeft !== undefined) known.told[kind] = { tokens: ownBudgetLeft, at };
    if (statusCode === 429) {
      known.told[kind] = { tokens: 0, at };
      known.pausedUntil = Math.max(known.pausedUntil, at + (retryAfterMs ?? refusedPauseMs));
    }
  }

  /** Milliseconds until polling may send so much; 0: now. */
  waitFor(scope: string, cost: Cost, now: number): number {
    const known = this.#scope(scope);
    const waits = entriesOf(cost).map(([kind, count]) => {
      const { size, perSecond } = buckets[kind];
      const mine = this.#level(known.own[kind], kind, this.share, now);
      // More than fits at once is let through when the share is full.
      const missing = Math.min(count, size * this.share) - mine;
      const told = known.told[kind];
      const left = told === undefined ? size : this.#level(told, kind, 1, now);
      const short = size * (1 - this.share) - left;
      return Math.max(0, missing / (perSecond * this.share), short / perSecond) * 1_000;
    });
    return Math.ceil(Math.max(0, known.pausedUntil - now, ...waits));
  }

  /** Counts what polling is about to send. */
  take(scope: string, cost: Cost, now: number): void {
    const known = this.#scope(scope);
    for (const [kind, count] of entriesOf(cost)) {
      known.own[kind] = { tokens: this.#level(known.own[kind], kind, this.share, now) - count, at: now };
    }
  }

  #level(level: Level | undefined, kind: RequestKind, share: number, now: number): number {
    const { size, perSecond } = buckets[kind];
    if (level === undefined) return size * share;
    return Math.min(size * share, level.tokens + (Math.max(0, now - level.at) / 1_000) * perSecond * share);
  }

  #scope(scope: string): Scope {
    const key = scope.toLowerCase();
    const known = this.#scopes.get(key) ?? { own: {}, told: {}, pausedUntil: 0 };
    this.#scopes.set(key, known);
    return known;
  }
}

/** After a 429 that names no time. */
const refusedPauseMs = 10_000;

function entriesOf(cost: Cost): readonly (readonly [RequestKind, number])[] {
  return (Object.entries(cost) as [RequestKind, number][]).filter(([, count]) => count > 0);
}

/** The budget that requests about a resource draw on. */
export function budgetScopeOf(id: ArmId): string {
  return parseArmId(id).subscriptionId ?? "";
}
