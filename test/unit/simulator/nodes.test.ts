import { describe, expect, test } from "vitest";
import { type Json } from "../../support/simulated";
import { stage, untilNodesAreUp, untilNodesHaveLeft } from "./stage";

describe("nodes come", () => {
  test("a cluster with minimum 0 has no nodes until there is work", async () => {
    const { create, allocation, clock } = stage();
    await create("cpu");
    clock.advance(3_600);
    expect(await allocation("cpu")).toBe("0/0 Steady");
  });

  test("a minimum is filled: resizing from the first moment, then preparing, then idle", async () => {
    const { create, allocation, nodes, clock } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 2 } });
    expect(await allocation("cpu")).toBe("0/2 Resizing");
    clock.advance(90);
    expect(await allocation("cpu")).toBe("2/2 Steady");
    expect(await nodes("cpu")).toBe("preparing 2");
    clock.advance(90);
    expect(await nodes("cpu")).toBe("idle 2");
  });

  test("a job gets the nodes it asks for, and they run it for as long as it takes", async () => {
    const { create, nodes, clock, simulation, idOf } = stage();
    await create("cpu");
    simulation.commands.runJob(idOf("cpu"), 3, 600);
    clock.advance(untilNodesAreUp);
    expect(await nodes("cpu")).toBe("running 3");
    clock.advance(600);
    expect(await nodes("cpu")).not.toContain("running");
  });

  test("jobs beyond the maximum wait for nodes to become free", async () => {
    const { create, nodes, clock, simulation, idOf } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 2 } });
    simulation.commands.runJob(idOf("cpu"), 2, 1_000);
    simulation.commands.runJob(idOf("cpu"), 1, 1_000);
    clock.advance(untilNodesAreUp + 100);
    expect(await nodes("cpu")).toBe("running 2");
    clock.advance(1_000);
    expect(await nodes("cpu")).toBe("running 1, idle 1");
  });

  test("listNodes names each node once, with a run only where one runs", async () => {
    const { create, clock, simulation, idOf, send } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 3 } });
    const run = simulation.commands.runJob(idOf("cpu"), 1, 3_600);
    clock.advance(untilNodesAreUp);
    const { body } = await send("POST", `${idOf("cpu")}/listNodes`);
    expect(body.computeType).toBe("AmlCompute");
    expect(body.nodes.map((node: Json) => node.runId).filter(Boolean)).toEqual([run]);
    expect(new Set(body.nodes.map((node: Json) => node.nodeId)).size).toBe(3);
    expect(new Set(body.nodes.map((node: Json) => node.port)).size).toBe(3);
    expect(body.nodes.map((node: Json) => node.nodeState).sort()).toEqual(["idle", "idle", "running"]);
  });
});

describe("nodes go", () => {
  test("an idle node leaves after the idle time, not before", async () => {
    const { create, nodes, clock, simulation, idOf, allocation } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: "PT10M" } });
    simulation.commands.runJob(idOf("cpu"), 1, 600);
    clock.advance(untilNodesAreUp);
    expect(await nodes("cpu")).toBe("running 1");
    // The job ended somewhere in here; the node then rests for ten minutes.
    clock.advance(600);
    expect(await nodes("cpu")).toBe("idle 1");
    clock.advance(600 - untilNodesAreUp);
    expect(await nodes("cpu")).toBe("idle 1");
    clock.advance(untilNodesAreUp);
    expect(await allocation("cpu")).toBe("1/0 Resizing");
    expect(await nodes("cpu")).toBe("leaving 1");
    clock.advance(untilNodesHaveLeft);
    expect(await allocation("cpu")).toBe("0/0 Steady");
  });

  test("nodes above the minimum leave, those of the minimum stay", async () => {
    const { create, nodes, clock, simulation, idOf } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 1 } });
    simulation.commands.runJob(idOf("cpu"), 4, 60);
    clock.advance(86_400);
    expect(await nodes("cpu")).toBe("idle 1");
  });

  test("a lower maximum takes idle nodes at once and leaves running ones alone", async () => {
    const { create, nodes, clock, simulation, idOf, scale } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 3 } });
    simulation.commands.runJob(idOf("cpu"), 1, 36_000);
    clock.advance(untilNodesAreUp);
    expect((await scale("cpu", { maxNodeCount: 1, minNodeCount: 0 })).status).toBe(202);
    clock.advance(8);
    expect(await nodes("cpu")).toBe("running 1, leaving 2");
    clock.advance(untilNodesHaveLeft);
    expect(await nodes("cpu")).toBe("running 1");
  });

  test("a lowered minimum lets nodes go only when they have been idle long enough", async () => {
    const { create, nodes, clock, scale } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 2, nodeIdleTimeBeforeScaleDown: "PT1H" } });
    clock.advance(untilNodesAreUp);
    await scale("cpu", { maxNodeCount: 4, minNodeCount: 0 });
    clock.advance(600);
    expect(await nodes("cpu")).toBe("idle 2");
    clock.advance(3_600);
    expect(await nodes("cpu")).toBe("");
  });
});

describe("nodes break", () => {
  test("an unusable node stays and counts until somebody resizes", async () => {
    const { create, nodes, clock, simulation, idOf, scale } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 2 } });
    clock.advance(untilNodesAreUp);
    simulation.commands.makeNodeUnusable(idOf("cpu"));
    clock.advance(86_400);
    expect(await nodes("cpu")).toBe("idle 1, unusable 1");
    await scale("cpu", { maxNodeCount: 4, minNodeCount: 0 });
    clock.advance(8 + untilNodesHaveLeft);
    expect(await nodes("cpu")).not.toContain("unusable");
  });

  test("preempting ends the job and nobody restarts it; machines come back later only while they are wanted", async () => {
    const { create, nodes, clock, simulation, idOf } = stage();
    await create("low", { vmPriority: "LowPriority", scaleSettings: { maxNodeCount: 3, minNodeCount: 1 } });
    simulation.commands.runJob(idOf("low"), 3, 36_000);
    clock.advance(untilNodesAreUp);
    expect(await nodes("low")).toBe("running 3");
    expect(simulation.commands.preemptNodes(idOf("low"), 2)).toBe(2);
    expect(await nodes("low")).toMatch(/preempted/);
    expect(await nodes("low")).not.toContain("running");
    clock.advance(86_400);
    expect(await nodes("low")).toBe("idle 1");
  });

  test("a preempted minimum is prepared again when there is capacity", async () => {
    const { create, nodes, clock, simulation, idOf } = stage();
    await create("low", { vmPriority: "LowPriority", scaleSettings: { maxNodeCount: 2, minNodeCount: 2 } });
    clock.advance(untilNodesAreUp);
    simulation.commands.preemptNodes(idOf("low"), 5);
    expect(await nodes("low")).toBe("preempted 2");
    clock.advance(1_800 + 90);
    expect(await nodes("low")).toBe("idle 2");
  });

  test("dedicated nodes are not preempted", async () => {
    const { create, simulation, idOf } = stage();
    await create("cpu");
    expect(() => simulation.commands.preemptNodes(idOf("cpu"), 1)).toThrow(/low priority/);
  });
});

describe("time", () => {
  /** The same story, looked at every `step` seconds. */
  async function story(step: number): Promise<unknown> {
    const { create, clock, simulation, idOf } = stage({ seed: 7 });
    await create("cpu-a", { scaleSettings: { maxNodeCount: 5, minNodeCount: 1, nodeIdleTimeBeforeScaleDown: "PT5M" } });
    await create("cpu-b", { vmPriority: "LowPriority", scaleSettings: { maxNodeCount: 8 } });
    simulation.commands.runJob(idOf("cpu-a"), 4, 700);
    simulation.commands.runJob(idOf("cpu-a"), 3, 5_000);
    simulation.commands.runJob(idOf("cpu-b"), 8, 3_000);
    clock.advance(400);
    simulation.commands.preemptNodes(idOf("cpu-b"), 3);
    for (let passed = 0; passed < 172_800; passed += step) {
      clock.advance(step);
      simulation.snapshot();
    }
    const { state } = simulation.snapshot() as { state: unknown };
    return state;
  }

  test("a jump of two days ends where small steps end", async () => {
    expect(await story(172_800)).toEqual(await story(216));
  });

  test("the same seed and the same requests make the same world; another seed another one", async () => {
    const run = async (seed: number): Promise<unknown> => {
      const { create, clock, simulation } = stage({ seed });
      await create("cpu-a", { scaleSettings: { maxNodeCount: 2, minNodeCount: 2 } });
      clock.advance(50);
      return (simulation.snapshot() as { state: unknown }).state;
    };
    expect(await run(3)).toEqual(await run(3));
    expect(await run(3)).not.toEqual(await run(4));
  });

  test("reading does not change what happens", async () => {
    const run = async (reads: number): Promise<unknown> => {
      const { create, get, clock, simulation } = stage();
      await create("cpu-a", { scaleSettings: { maxNodeCount: 2, minNodeCount: 2 } });
      for (let index = 0; index < reads; index++) await get("cpu-a");
      clock.advance(300);
      return (simulation.snapshot() as { state: unknown }).state;
    };
    expect(await run(0)).toEqual(await run(20));
  });

  test("ten times faster means ten times faster", async () => {
    const { create, nodes, clock } = stage({ speed: 10 });
    await create("cpu", { scaleSettings: { maxNodeCount: 1, minNodeCount: 1 } });
    clock.advance(untilNodesAreUp / 10);
    expect(await nodes("cpu")).toBe("idle 1");
  });

  test("fast-forward skips time for the whole world, also in the Date header", async () => {
    const { simulation, get, create } = stage();
    await create("cpu");
    simulation.commands.fastForward(86_400);
    expect((await get("cpu")).headers["date"]).toBe("Tue, 03 Mar 2026 09:00:11 GMT");
    expect(() => simulation.commands.fastForward(-1)).toThrow(/forward/);
  });
});
