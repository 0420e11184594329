import { describe, expect, test } from "vitest";
import { type Json } from "../../support/simulated";
import { type Stage, stage, untilNodesAreUp } from "./stage";

const location = (region = "westeurope"): string => `/providers/Microsoft.MachineLearningServices/locations/${region}`;

/** `used/limit` of a usage row. */
async function usage({ send, subscription }: Stage, name: string, type: string): Promise<string> {
  const { body } = await send("GET", `${subscription}${location()}/usages`);
  const row = body.value.find((one: Json) => one.name.value === name && one.type.includes(type));
  return `${row.currentValue}/${row.limit}`;
}

describe("usage", () => {
  test("dedicated nodes use family and total, from the moment they are asked for; low priority its own total", async () => {
    const on = stage();
    await on.create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 2 } });
    await on.create("low", { vmPriority: "LowPriority", scaleSettings: { maxNodeCount: 4, minNodeCount: 3 } });
    expect(await usage(on, "standardDSv2Family", "dedicatedCores")).toBe("8/100");
    expect(await usage(on, "TotalDedicatedCores", "totalDedicated")).toBe("8/400");
    expect(await usage(on, "TotalLowPriorityCores", "totalLowPriority")).toBe("12/200");
    expect(await usage(on, "standardDSv2Family", "lowPriorityCores")).toBe("12/-1");
    expect(await usage(on, "TotalClusters", "totalClusters")).toBe("2/200");
  });

  test("deleting gives the quota back", async () => {
    const on = stage();
    await on.create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 2 } });
    await on.remove("cpu");
    on.clock.advance(60);
    expect(await usage(on, "TotalDedicatedCores", "totalDedicated")).toBe("0/400");
    expect(await usage(on, "TotalClusters", "totalClusters")).toBe("0/200");
  });
});

describe("too little quota", () => {
  test("a create fails in the end, with the service's words, when the family's limit is below one node", async () => {
    const { create, get } = stage();
    await create("gpu", { vmSize: "Standard_NC40ads_H100_v5", scaleSettings: { maxNodeCount: 2 } });
    expect((await get("gpu")).body.properties).toMatchObject({
      provisioningState: "Failed",
      provisioningErrors: [
        {
          error: {
            code: "ClusterMinNodesExceedCoreQuota",
            message:
              "The specified subscription has a Standard NCadsH100v5 family vCPU quota of 0 and cannot accomodate for at least " +
              "1 requested managed compute nodes which maps to 40 vCPUs. Talk to your Subscription Admin or refer to " +
              "https://docs.microsoft.com/azure/machine-learning/how-to-manage-quotas#request-quota-increases to increase the " +
              "family quota",
          },
        },
      ],
    });
  });

  test("a region where the subscription has no quota at all fails on the total", async () => {
    const { get, send, idOf, clock } = stage();
    const body = {
      location: "westeurope",
      properties: {
        computeType: "AmlCompute",
        computeLocation: "northeurope",
        properties: { vmSize: "Standard_DS3_v2", scaleSettings: { maxNodeCount: 1 } },
      },
    };
    await send("PUT", idOf("north"), body);
    clock.advance(10);
    expect((await get("north")).body.properties.provisioningErrors[0].error.message).toContain("total vCPU quota of 0");
  });

  test("a resize takes what there is, rests with errors, and grows again when there is room", async () => {
    const { create, allocation, get, clock, remove } = stage();
    await create("hog", { scaleSettings: { maxNodeCount: 23, minNodeCount: 23 } });
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 4 } });
    clock.advance(untilNodesAreUp);
    expect(await allocation("cpu")).toBe("2/4 Steady");
    expect((await get("cpu")).body.properties.properties.errors[0].error.code).toBe("AccountCoreQuotaReached");
    expect((await get("cpu")).body.properties.provisioningState).toBe("Succeeded");
    await remove("hog");
    clock.advance(300 + untilNodesAreUp);
    expect(await allocation("cpu")).toBe("4/4 Steady");
    expect((await get("cpu")).body.properties.properties.errors).toBeNull();
  });

  for (const [what, size, priority] of [
    ["total", "Standard_DS3_v2", "Dedicated"],
    ["standardDSv2Family", "Standard_DS3_v2", "Dedicated"],
    ["lowPriority", "Standard_DS3_v2", "LowPriority"],
  ] as const) {
    test(`exhausting ${what} leaves no room for another node`, async () => {
      const { create, allocation, clock, simulation, subscription } = stage();
      simulation.commands.exhaustQuota(subscription, "westeurope", what);
      await create("cpu", { vmSize: size, vmPriority: priority, scaleSettings: { maxNodeCount: 1, minNodeCount: 1 } });
      clock.advance(60);
      expect(await allocation("cpu")).toBe("0/1 Steady");
    });
  }

  test("an unknown family or region cannot be exhausted", () => {
    const { simulation, subscription } = stage();
    expect(() => simulation.commands.exhaustQuota(subscription, "westeurope", "noFamily")).toThrow(/no quota family/);
    expect(() => simulation.commands.exhaustQuota(subscription, "nowhere", "total")).toThrow(/no quota in nowhere/);
  });
});

describe("workspace quota", () => {
  const row = (workspace: string, limit: number, family = "standardDSv2Family"): object => ({
    id: `${workspace}/quotas/${family}`,
    type: "Microsoft.MachineLearningServices/workspaces/dedicatedCores/quotas",
    limit,
    unit: "Count",
  });

  test("failures come inside a 200, one status per row", async () => {
    const { send, subscription, workspace, create } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 2 } });
    const rows = [
      row(workspace, 20),
      row(workspace, 101),
      row(workspace, 4),
      row(workspace, 1, "noFamily"),
      row("/nowhere", 1),
    ];
    const { status, body } = await send("POST", `${subscription}${location()}/updateQuotas`, { value: rows });
    expect(status).toBe(200);
    expect(body.value.map((one: Json) => one.status)).toEqual([
      "Success",
      "InvalidQuotaExceedsSubscriptionLimit",
      "InvalidQuotaBelowClusterMinimum",
      "InvalidVMFamilyName",
      "Failure",
    ]);
  });

  test("a workspace's limit binds its clusters", async () => {
    const { send, subscription, workspace, create, allocation, clock } = stage();
    await send("POST", `${subscription}${location()}/updateQuotas`, { value: [row(workspace, 8)] });
    const quotas = await send("GET", `${subscription}${location()}/quotas`);
    expect(quotas.body.value.find((one: Json) => one.id === `${workspace}/quotas/standardDSv2Family`).limit).toBe(8);
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 2 } });
    await create("cpu-two", { scaleSettings: { maxNodeCount: 4, minNodeCount: 1 } });
    clock.advance(untilNodesAreUp);
    expect(await allocation("cpu")).toBe("2/2 Steady");
    expect(await allocation("cpu-two")).toBe("0/1 Steady");
  });
});

test("a limit raised while a resize is still trying leaves no errors behind", async () => {
  const { send, subscription, workspace, create, get, allocation, clock, simulation, idOf } = stage();
  const setLimit = (limit: number): Promise<unknown> =>
    send("POST", `${subscription}${location()}/updateQuotas`, {
      value: [{ id: `${workspace}/quotas/standardDSv2Family`, type: "", limit, unit: "Count" }],
    });
  await setLimit(4);
  await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 1 } });
  simulation.commands.runJob(idOf("cpu"), 2);
  await setLimit(100);
  simulation.commands.runJob(idOf("cpu"), 1);
  clock.advance(untilNodesAreUp);
  expect(await allocation("cpu")).toBe("3/3 Steady");
  expect((await get("cpu")).body.properties.properties.errors).toBeNull();
});

test("running compute instances use the same quota, stopped ones do not", async () => {
  const on = stage({ world: "demo" });
  // aiko-notebook runs (DS3_v2) while no DSv2 cluster has nodes; ren-notebook (D4s_v3) is stopped, so DSv3 is clusters only:
  // etl-nightly 3 × 4, private-train 3 × 8, audit-reports 1 × 2.
  expect(await usage(on, "standardDSv2Family", "dedicatedCores")).toBe("4/100");
  expect(await usage(on, "standardDSv3Family", "dedicatedCores")).toBe("38/100");
});

test("a subnet with too few addresses stops the growth, each node taking one", async () => {
  const { send } = stage({ world: "demo" });
  const networks = await send("GET", "/subscriptions").then(async ({ body }) =>
    send("GET", `${body.value[0].id}/providers/Microsoft.Network/virtualNetworks`),
  );
  const training = networks.body.value[0].properties.subnets[0];
  // A /29 has eight addresses, of which Azure keeps five.
  expect(training.properties.ipConfigurations).toHaveLength(3);
});
