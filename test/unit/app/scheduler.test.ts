import { describe, expect, it } from "vitest";
import { armId } from "../../../src/core/armId";
import { RequestBudget } from "../../../src/app/requestBudget";
import { Scheduler } from "../../../src/app/scheduler";
import { aWorkspaceId } from "../../support/builders";
import { deferred } from "../../support/fakeAzureMl";
import { HandClock, settle } from "../../support/handClock";

const elsewhere = armId("/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg");

describe("the scheduler", () => {
  it("runs a few at a time and lets the next in as one ends, also one that fails", async () => {
    const scheduler = new Scheduler(new RequestBudget(), new HandClock(), 2);
    const jobs = [1, 2, 3].map(() => deferred<undefined>());
    const begun: number[] = [];
    const runs = jobs.map((job, index) =>
      scheduler.run(aWorkspaceId, { read: 1 }, () => (begun.push(index), job.promise)),
    );
    await settle();
    expect(begun).toEqual([0, 1]);
    jobs[1]?.reject(new Error("No."));
    await expect(runs[1]).rejects.toThrow("No.");
    await settle();
    expect(begun).toEqual([0, 1, 2]);
  });

  it("holds a subscription back whose budget is spent, and no other", async () => {
    const clock = new HandClock();
    const budget = new RequestBudget();
    budget.take("11111111-1111-1111-1111-111111111111", { read: 62.5 }, clock.now());
    const scheduler = new Scheduler(budget, clock, 1);
    const ran: string[] = [];
    void scheduler.run(aWorkspaceId, { read: 1 }, async () => void ran.push("spent"));
    void scheduler.run(elsewhere, { read: 1 }, async () => void ran.push("other"));
    await settle();
    expect(ran).toEqual(["other"]);
    await clock.advance(1_000);
    expect(ran).toEqual(["other", "spent"]);
  });

  it("lets whoever gives up while waiting pass its place on", async () => {
    const scheduler = new Scheduler(new RequestBudget(), new HandClock(), 1);
    const first = deferred<undefined>();
    const ran: string[] = [];
    void scheduler.run(aWorkspaceId, { read: 1 }, () => first.promise);
    const stop = new AbortController();
    const second = scheduler.run(aWorkspaceId, { read: 1 }, async () => void ran.push("second"), stop.signal);
    const third = scheduler.run(aWorkspaceId, { read: 1 }, async () => void ran.push("third"));
    await settle();
    stop.abort();
    first.resolve(undefined);
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    await third;
    expect(ran).toEqual(["third"]);
  });
});
