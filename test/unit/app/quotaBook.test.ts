import { describe, expect, it } from "vitest";
import { QuotaBook } from "../../../src/app/quotaBook";
import { Sessions } from "../../../src/app/session";
import { AzureMlError } from "../../../src/core/errors";
import { aSubscriptionId } from "../../support/builders";
import { fakeAzureMl } from "../../support/fakeAzureMl";
import { HandClock, settle } from "../../support/handClock";

const empty = { dedicatedFamilies: {}, lowPriorityFamilies: {} };

describe("the quota book", () => {
  it("asks once for all, says why a limit is missing, and asks again after five minutes", async () => {
    const sessions = new Sessions();
    const clock = new HandClock();
    const quotas = new QuotaBook(sessions, clock);
    let asked = 0;
    const getQuota = () => {
      asked += 1;
      return asked === 1
        ? Promise.reject(new AzureMlError({ kind: "forbidden", message: "No right." }))
        : Promise.resolve(empty);
    };
    await sessions.signIn("simulated", () => Promise.resolve({ label: "", azureMl: fakeAzureMl({ getQuota }) }));
    quotas.want(aSubscriptionId, "westeurope");
    quotas.want(aSubscriptionId, "West Europe");
    await settle();
    expect(asked).toBe(1);
    expect(quotas.of(aSubscriptionId, "westeurope")).toMatchObject({ problem: "No right." });
    await clock.advance(5 * 60_000);
    quotas.want(aSubscriptionId, "westeurope");
    await settle();
    expect(quotas.of(aSubscriptionId, "westeurope").quota).toEqual(empty);
  });
});
