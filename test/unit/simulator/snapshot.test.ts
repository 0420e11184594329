import { describe, expect, test } from "vitest";
import { handClock } from "../../support/simulated";
import { stage, untilNodesAreUp } from "./stage";

describe("a saved world", () => {
  test("goes on where it was, through JSON, with the operation under way", async () => {
    const before = stage();
    const { headers } = await before.put("cpu", { scaleSettings: { maxNodeCount: 2, minNodeCount: 1 } });
    before.clock.advance(2);
    const saved: unknown = JSON.parse(JSON.stringify(before.simulation.snapshot()));
    const after = stage({ snapshot: saved, clock: before.clock });
    expect((await after.send("GET", headers["azure-asyncoperation"] ?? "")).body).toEqual({ status: "InProgress" });
    before.clock.advance(8 + untilNodesAreUp);
    expect(await after.nodes("cpu")).toBe("idle 1");
    expect(await before.nodes("cpu")).toBe("idle 1");
    expect((after.simulation.snapshot() as { state: unknown }).state).toEqual(
      (before.simulation.snapshot() as { state: unknown }).state,
    );
  });

  test("has moved on by the time in between, at its speed, but not by a night", () => {
    const clock = handClock();
    const before = stage({ clock, speed: 10 });
    const then = before.simulation.now();
    const saved = before.simulation.snapshot();
    clock.advance(6);
    expect(stage({ snapshot: saved, clock, speed: 10 }).simulation.now()).toBe(then + 60_000);
    clock.advance(12 * 3_600);
    expect(stage({ snapshot: saved, clock, speed: 10 }).simulation.now()).toBe(then + 3_000_000);
  });

  for (const broken of [
    null,
    7,
    "x",
    [],
    {},
    { format: 99 },
    { format: 1, clock: {}, state: {} },
    { format: 1, clock: { simulated: 1, real: 1 }, state: { now: 1 } },
  ]) {
    test(`${JSON.stringify(broken)} is no saved world: it begins anew`, async () => {
      const on = stage({ snapshot: broken });
      expect((await on.send("GET", on.workspace)).status).toBe(200);
    });
  }

  test("is told to be worth saving when something has changed, and not when something was read", async () => {
    let told = 0;
    const on = stage({ onDidChange: () => told++ });
    await on.get("none");
    expect(told).toBe(0);
    await on.put("cpu");
    expect(told).toBe(1);
    on.clock.advance(10);
    await on.get("cpu");
    expect(told).toBe(2);
    await on.get("cpu");
    expect(told).toBe(2);
    on.simulation.commands.runJob(on.idOf("cpu"), 1);
    expect(told).toBe(3);
  });

  test("reset brings the first day back, at the time it is", async () => {
    let told = 0;
    const on = stage({ onDidChange: () => told++ });
    await on.create("cpu");
    const now = on.simulation.now();
    told = 0;
    on.simulation.commands.reset();
    expect(told).toBe(1);
    expect((await on.get("cpu")).status).toBe(404);
    expect(on.simulation.now()).toBe(now);
  });
});

test("commands that cannot be done say why", async () => {
  const { simulation, create, idOf } = stage();
  await create("cpu", { scaleSettings: { maxNodeCount: 2 } });
  await create("failed", { vmSize: "Standard_B2s" });
  const { commands } = simulation;
  expect(() => commands.runJob(idOf("none"), 1)).toThrow(/no simulated cluster/);
  expect(() => commands.runJob(idOf("cpu"), 3)).toThrow(/at most 2 nodes/);
  expect(() => commands.runJob(idOf("cpu"), 0)).toThrow(/at least one node/);
  expect(() => commands.runJob(idOf("failed"), 1)).toThrow(/is failed and takes no jobs/);
  expect(() => commands.makeNodeUnusable(idOf("cpu"))).toThrow(/no idle or running node/);
  expect(() => commands.setGroupLock("/subscriptions/x/resourceGroups/none", "ReadOnly")).toThrow(
    /no simulated resource group/,
  );
});
