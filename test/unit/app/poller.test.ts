import { describe, expect, it } from "vitest";
import { Poller, backoff } from "../../../src/app/poller";
import { deferred } from "../../support/fakeAzureMl";
import { HandClock, settle } from "../../support/handClock";

describe("a poller", () => {
  it("does nothing until it is watched, then runs at once and rests as long as the task says", async () => {
    const clock = new HandClock();
    const runs: number[] = [];
    const poller = new Poller(
      async () => {
        runs.push(clock.now());
        return runs.length === 1 ? 5_000 : 60_000;
      },
      () => 1,
      clock,
    );
    await clock.advance(100_000);
    expect(runs).toEqual([]);
    const start = clock.now();
    poller.watch();
    await clock.advance(70_000);
    expect(runs.map((at) => at - start)).toEqual([0, 5_000, 65_000]);
  });

  it("stops when the last watcher lets go, and a watcher lets go only once", async () => {
    const clock = new HandClock();
    let runs = 0;
    const poller = new Poller(
      async () => (runs++, 1_000),
      () => 1_000,
      clock,
    );
    const first = poller.watch();
    const second = poller.watch();
    await settle();
    first.dispose();
    first.dispose();
    await clock.advance(1_000);
    expect(runs).toBe(2);
    second.dispose();
    await clock.advance(10_000);
    expect(runs).toBe(2);
    expect(clock.sleeping).toBe(0);
  });

  it("never runs twice at a time: asking again joins the run in flight", async () => {
    const clock = new HandClock();
    const gate = deferred<number>();
    let runs = 0;
    const poller = new Poller(
      () => (runs++, gate.promise),
      () => 1,
      clock,
    );
    const one = poller.pollNow();
    const two = poller.pollNow();
    expect(runs).toBe(1);
    gate.resolve(1_000);
    await Promise.all([one, two]);
    expect(runs).toBe(1);
  });

  it("that is asked to poll again waits for the run in flight and then runs once more", async () => {
    const clock = new HandClock();
    const gate = deferred<number>();
    let runs = 0;
    const poller = new Poller(
      () => (runs++, runs === 1 ? gate.promise : Promise.resolve(1_000)),
      () => 1,
      clock,
    );
    void poller.pollNow();
    const again = poller.pollAgain();
    gate.resolve(1_000);
    await again;
    expect(runs).toBe(2);
  });

  it("backs off after each failure and starts over after a success", async () => {
    const clock = new HandClock();
    const runs: number[] = [];
    const failures: number[] = [];
    const poller = new Poller(
      async () => {
        runs.push(clock.now());
        if (runs.length <= 3 || runs.length === 5) throw new Error("no");
        return 1_000;
      },
      (count) => (failures.push(count), count * 10_000),
      clock,
    );
    poller.watch();
    await clock.advance(62_000);
    expect(failures).toEqual([1, 2, 3, 1]);
  });

  it("that rests is woken by pollNow and keeps one rest only", async () => {
    const clock = new HandClock();
    let runs = 0;
    const poller = new Poller(
      async () => (runs++, 60_000),
      () => 1,
      clock,
    );
    poller.watch();
    await settle();
    await poller.pollNow();
    await poller.pollNow();
    await settle();
    expect(runs).toBe(3);
    expect(clock.sleeping).toBe(1);
  });
});

describe("backoff", () => {
  it("doubles up to its limit and spreads by up to half", () => {
    const limits = { baseMs: 5_000, maxMs: 300_000 };
    expect([1, 2, 3, 7, 50].map((failures) => backoff(failures, limits, 0))).toEqual([
      5_000, 10_000, 20_000, 300_000, 300_000,
    ]);
    expect(backoff(1, limits, 0.999)).toBeGreaterThanOrEqual(2_500);
  });
});
