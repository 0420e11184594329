import { describe, expect, test } from "vitest";
import { type Json } from "../../support/simulated";
import { stage } from "./stage";

interface Row {
  readonly workspace: string;
  readonly name: string;
  readonly body: Json;
}

async function everything(
  on: ReturnType<typeof stage>,
): Promise<{ workspaces: Json[]; computes: Row[]; refused: string[] }> {
  const { state } = on.simulation.snapshot() as { state: { subscriptions: { subscriptionId: string }[] } };
  const workspaces: Json[] = [];
  const computes: Row[] = [];
  const refused: string[] = [];
  for (const { subscriptionId } of state.subscriptions) {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.MachineLearningServices/workspaces`;
    for (const workspace of (await on.send("GET", path)).body.value) {
      workspaces.push(workspace);
      const { status, body } = await on.send("GET", `${workspace.id}/computes`);
      if (status === 403) refused.push(workspace.name);
      else for (const one of body.value) computes.push({ workspace: workspace.name, name: one.name, body: one });
    }
  }
  return { workspaces, computes, refused };
}

describe("the demo world", () => {
  test("has every kind of workspace", async () => {
    const on = stage({ world: "demo" });
    const { workspaces, computes, refused } = await everything(on);
    expect(workspaces.map(({ name }) => name)).toEqual([
      "ml-west",
      "vision",
      "vision",
      "ml-sandbox",
      "ml-tokyo",
      "genai-hub",
      "genai-assistant",
      "ml-managed-net",
      "ml-private",
      "ml-audited",
      "ml-production",
      "ml-payroll",
      "speech-lab",
    ]);
    expect(workspaces.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["Hub", "Project"]));
    expect(workspaces.filter(({ properties }) => properties.managedNetwork.isolationMode !== "Disabled")).toHaveLength(
      3,
    );
    expect(workspaces.filter(({ properties }) => properties.privateLinkCount > 0)).toHaveLength(1);
    expect(refused).toEqual(["ml-payroll"]);
    expect(computes.filter(({ workspace }) => workspace === "ml-sandbox")).toEqual([]);
  });

  test("has clusters in every condition, CPU and GPU, dedicated and low priority", async () => {
    const { computes } = await everything(stage({ world: "demo" }));
    const clusters = computes.filter(({ body }) => body.properties.computeType === "AmlCompute");
    const where = (test: (outer: Json, inner: Json, body: Json) => boolean): string[] =>
      clusters.filter(({ body }) => test(body.properties, body.properties.properties, body)).map(({ name }) => name);
    const found = {
      creating: where((outer) => outer.provisioningState === "Creating"),
      failed: where((outer) => outer.provisioningState === "Failed" && outer.provisioningErrors.length > 0),
      growing: where(
        (_, inner) => inner.allocationState === "Resizing" && inner.currentNodeCount < inner.targetNodeCount,
      ),
      shrinking: where(
        (_, inner) => inner.allocationState === "Resizing" && inner.currentNodeCount > inner.targetNodeCount,
      ),
      stuck: where(
        (_, inner) => inner.allocationState === "Resizing" && inner.currentNodeCount === inner.targetNodeCount,
      ),
      short: where((_, inner) => inner.errors !== null && inner.currentNodeCount < inner.targetNodeCount),
      running: where((_, inner) => (inner.nodeStateCounts?.runningNodeCount ?? 0) > 0),
      broken: where((_, inner) => (inner.nodeStateCounts?.unusableNodeCount ?? 0) > 0),
      preempted: where((_, inner) => (inner.nodeStateCounts?.preemptedNodeCount ?? 0) > 0),
      idleMinimum: where(
        (_, inner) => inner.scaleSettings.minNodeCount > 0 && (inner.nodeStateCounts?.idleNodeCount ?? 0) > 0,
      ),
      asleep: where(
        (outer, inner) =>
          outer.provisioningState === "Succeeded" && inner.allocationState === "Steady" && inner.currentNodeCount === 0,
      ),
      retired: where((_, inner) => inner.vmSize === "STANDARD_NC6"),
      gpu: where((_, inner) => inner.vmSize.startsWith("STANDARD_NC")),
      lowPriority: where((_, inner) => inner.vmPriority === "LowPriority"),
      system: where((_, __, body) => body.identity?.type === "SystemAssigned"),
      user: where((_, __, body) => body.identity?.type === "UserAssigned"),
      subnet: where((_, inner) => inner.subnet !== null),
      ssh: where((_, inner) => inner.remoteLoginPortPublicAccess === "Enabled"),
      many: where((_, inner) => inner.currentNodeCount > 100),
    };
    for (const [condition, names] of Object.entries(found)) expect(names, condition).not.toEqual([]);
    const others = computes
      .filter(({ body }) => body.properties.computeType !== "AmlCompute")
      .map(({ body }) => body.properties.computeType);
    expect(new Set(others)).toEqual(new Set(["ComputeInstance", "Kubernetes"]));
  });

  test("keeps its lasting conditions for a simulated day", async () => {
    const on = stage({ world: "demo" });
    on.clock.advance(86_400);
    const { computes } = await everything(on);
    const inner = (name: string): Json => computes.find((row) => row.name === name)?.body.properties.properties;
    expect(inner("audit-cpu")).toMatchObject({ allocationState: "Resizing", currentNodeCount: 0, targetNodeCount: 0 });
    expect(inner("private-train")).toMatchObject({ currentNodeCount: 3, targetNodeCount: 4 });
    expect(inner("private-train").errors[0].error.code).toBe("InsufficientSubnetAddresses");
    expect(inner("physics-sim").nodeStateCounts.unusableNodeCount).toBe(1);
    expect(inner("batch-scoring").nodeStateCounts.preemptedNodeCount).toBe(2);
    expect(inner("grid-search").currentNodeCount).toBe(120);
  });

  test("production has used up what was recorded: 20 of 20 cores, 3 clusters, no low priority", async () => {
    const on = stage({ world: "demo" });
    const [, production] = (await on.send("GET", "/subscriptions")).body.value;
    const { value } = (
      await on.send("GET", `${production.id}/providers/Microsoft.MachineLearningServices/locations/eastus/usages`)
    ).body;
    const row = (name: string): number[] => {
      const found = value.find((one: Json) => one.name.value === name);
      return [found.currentValue, found.limit];
    };
    expect([row("TotalClusters"), row("TotalDedicatedCores"), row("TotalLowPriorityCores")]).toEqual([
      [3, 200],
      [20, 20],
      [0, 0],
    ]);
    expect([row("standardDSv2Family"), row("standardFSv2Family")]).toEqual([
      [4, 6],
      [16, 16],
    ]);
  });

  test("only one workspace is slow, and only where latency is played", async () => {
    const { simulation, send } = stage({ world: "demo" });
    const [development] = (await send("GET", "/subscriptions")).body.value;
    const { token } = await simulation.getToken({});
    const delay = (group: string, workspace: string): number =>
      simulation.handle({
        method: "GET",
        url: `https://management.azure.com${development.id}/resourceGroups/${group}/providers/Microsoft.MachineLearningServices/workspaces/${workspace}/computes?api-version=2024-04-01`,
        headers: { authorization: `Bearer ${token}` },
      }).delayMs;
    expect(delay("rg-ml-west", "ml-west")).toBe(0);
    expect(delay("rg-ml-tokyo", "ml-tokyo")).toBeGreaterThan(5_000);
  });
});
