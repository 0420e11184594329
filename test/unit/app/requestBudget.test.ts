import { describe, expect, it } from "vitest";
import { type RequestKind, type RequestRecord } from "../../../src/app/ports";
import { RequestBudget } from "../../../src/app/requestBudget";

const scope = "11111111-1111-1111-1111-111111111111";

function aRecord(over: Partial<RequestRecord> & { readonly kind?: RequestKind } = {}): RequestRecord {
  return {
    ...{ method: "GET", path: "/", statusCode: 200, durationMs: 1, requestId: undefined, budgetLeft: undefined },
    ...{ at: 0, kind: "read", scope },
    ...over,
  };
}

/** How many polls of one read go through within so many seconds. */
function throughIn(budget: RequestBudget, seconds: number): number {
  let sent = 0;
  for (let now = 0; now <= seconds * 1_000; now += 10) {
    while (budget.waitFor(scope, { read: 1 }, now) === 0) {
      budget.take(scope, { read: 1 }, now);
      sent += 1;
    }
  }
  return sent;
}

describe("the request budget", () => {
  it("lets polling use no more than its share of ARM's bucket and of what comes back", () => {
    // A quarter of 250, and of 25 per second.
    expect(throughIn(new RequestBudget(0.25), 0)).toBe(62);
    const inAMinute = throughIn(new RequestBudget(0.25), 60);
    expect(inAMinute).toBeLessThanOrEqual(62.5 + 60 * 6.25);
    expect(inAMinute).toBeGreaterThan(400);
  });

  it("slows down before the limit when others of the account use it up, and goes on as it fills", () => {
    const budget = new RequestBudget(0.25);
    budget.observe(aRecord({ ownBudgetLeft: 200 }));
    expect(budget.waitFor(scope, { read: 1 }, 0)).toBe(0);
    budget.observe(aRecord({ ownBudgetLeft: 100 }));
    const wait = budget.waitFor(scope, { read: 1 }, 0);
    // Three quarters of 250 are for others: 87.5 more at 25 per second.
    expect(wait).toBe(3_500);
    expect(budget.waitFor(scope, { read: 1 }, wait)).toBe(0);
  });

  it("pauses as long as a 429 asks, for that subscription alone", () => {
    const budget = new RequestBudget();
    budget.observe(aRecord({ statusCode: 429, retryAfterMs: 17_000, at: 1_000 }));
    expect(budget.waitFor(scope, { read: 1 }, 1_000)).toBe(17_000);
    expect(budget.waitFor(scope.toUpperCase(), { read: 1 }, 1_000)).toBe(17_000);
    expect(budget.waitFor("another", { read: 1 }, 1_000)).toBe(0);
    expect(budget.waitFor(scope, { read: 1 }, 18_000)).toBe(0);
  });

  it("keeps reads and writes apart: listNodes draws on the writes", () => {
    const budget = new RequestBudget();
    budget.observe(aRecord({ kind: "write", ownBudgetLeft: 0 }));
    expect(budget.waitFor(scope, { read: 1 }, 0)).toBe(0);
    expect(budget.waitFor(scope, { read: 1, write: 1 }, 0)).toBeGreaterThan(10_000);
  });

  it("lets through at once what is more than its whole share, when that is full", () => {
    const budget = new RequestBudget();
    expect(budget.waitFor(scope, { write: 500 }, 0)).toBe(0);
    budget.take(scope, { write: 500 }, 0);
    expect(budget.waitFor(scope, { write: 1 }, 0)).toBeGreaterThan(60_000);
  });
});
