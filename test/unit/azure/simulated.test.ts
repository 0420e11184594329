import { describe, expect, it } from "vitest";
import { connect } from "../../../src/azure/connect";
import { type AzureMl, type RequestRecord } from "../../../src/app/ports";
import { type ArmId, armId, clusterId, nameOf, resourceGroupOf, subscriptionOf } from "../../../src/core/armId";
import { conditionOf } from "../../../src/core/cluster";
import { type Workspace } from "../../../src/core/workspace";
import { type SimulationOptions } from "../../../src/simulator/simulation";
import { aDraft } from "../../support/builders";
import { type Simulated, simulated } from "../../support/simulated";
import { failureOf } from "./scriptedHttp";

interface World extends Simulated {
  readonly azureMl: AzureMl;
  readonly records: RequestRecord[];
  /** Connects anew, as after a window reload. */
  connectAnew(): AzureMl;
}

/** The adapter on the simulator; resting moves the simulated clock instead of waiting. */
function aWorld(options: Omit<SimulationOptions, "clock"> = {}): World {
  const world = simulated(options);
  const records: RequestRecord[] = [];
  const silent = (): void => undefined;
  const clock = {
    now: () => world.clock.now(),
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      world.clock.advance(ms / 1_000);
    },
  };
  const connectAnew = (): AzureMl =>
    connect({
      credential: { label: "simulated", getToken: (request) => world.simulation.getToken(request) },
      httpClient: world.httpClient,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      onRequest: (record) => records.push(record),
      clock,
      retryDelayMs: 0,
      priceSpacingMs: 0,
    });
  return { ...world, azureMl: connectAnew(), records, connectAnew };
}

/** Every workspace of the demo's subscriptions by name; same-named ones by group. */
async function workspacesOf(azureMl: AzureMl): Promise<ReadonlyMap<string, Workspace>> {
  const { subscriptions } = await azureMl.listSubscriptions();
  const lists = await Promise.all(subscriptions.map(({ id }) => azureMl.listWorkspaces(id)));
  return new Map(
    lists.flat().flatMap((one) => [
      [one.name, one],
      [`${one.resourceGroup}/${one.name}`, one],
    ]),
  );
}

async function theWorkspace({ azureMl, workspace }: World): Promise<Workspace> {
  await azureMl.listSubscriptions();
  return azureMl.getWorkspace(armId(workspace));
}

describe("the life of a cluster", () => {
  it("goes from nothing over create, scale and delete to nothing", async () => {
    const world = aWorld();
    const { azureMl, clock } = world;
    const workspace = await theWorkspace(world);
    const id = clusterId(workspace.id, "gpu-train");
    expect(await azureMl.getCluster(id)).toBeUndefined();

    const create = await azureMl.beginCreate(workspace, aDraft({ minNodeCount: 1, idleSecondsBeforeScaleDown: 300 }));
    expect((await azureMl.getCluster(id))?.provisioningState).toBe("Creating");
    await azureMl.finish(create);
    await azureMl.listVmSizes(subscriptionOf(id), workspace.location);
    const created = await azureMl.getCluster(id);
    expect(created).toMatchObject({
      id,
      location: "westeurope",
      vmSize: "Standard_DS3_v2",
      vmPriority: "dedicated",
      provisioningState: "Succeeded",
      scaleSettings: { minNodeCount: 1, maxNodeCount: 4, idleSecondsBeforeScaleDown: 300 },
      allocationState: "resizing",
      remoteLogin: "disabled",
      tags: {},
    });
    clock.advance(600);
    const listing = await azureMl.listComputes(workspace.id);
    expect(listing.names).toEqual(["gpu-train"]);
    expect(listing.clusters[0]).toMatchObject({ currentNodeCount: 1, nodeCounts: { idle: 1 } });
    expect((await azureMl.listNodes(id)).nodes).toMatchObject([{ state: "idle" }]);

    const wanted = { minNodeCount: 2, maxNodeCount: 6, idleSecondsBeforeScaleDown: 90 };
    const scale = await azureMl.beginScale(id, wanted);
    await azureMl.finish(scale!);
    expect((await azureMl.getCluster(id))?.scaleSettings).toEqual(wanted);
    clock.advance(600);
    expect((await azureMl.listNodes(id)).nodes).toHaveLength(2);

    const remove = await azureMl.beginDelete(id);
    await azureMl.finish(remove!);
    expect(await azureMl.getCluster(id)).toBeUndefined();
    expect(await azureMl.beginDelete(id)).toBeUndefined();
    expect(azureMl.serviceNow()).toBeCloseTo(clock.now(), -4);
  });

  it("is followed to its end by a window that was reloaded", async () => {
    const world = aWorld();
    const workspace = await theWorkspace(world);
    const remembered = JSON.parse(JSON.stringify(await world.azureMl.beginCreate(workspace, aDraft()))) as never;
    world.azureMl.dispose();
    const azureMl = world.connectAnew();
    await azureMl.listSubscriptions();
    await azureMl.finish(remembered);
    expect((await azureMl.getCluster(clusterId(workspace.id, "gpu-train")))?.provisioningState).toBe("Succeeded");
    expect(world.records.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  it("whose operation Azure has forgotten is notFound", async () => {
    const world = aWorld();
    const workspace = await theWorkspace(world);
    const operation = await world.azureMl.beginCreate(workspace, aDraft());
    const resumeToken = operation.resumeToken.replace(/computeOperationsStatus\/[^?]+/, "computeOperationsStatus/gone");
    expect(await failureOf(world.azureMl.finish({ ...operation, resumeToken }))).toMatchObject({ kind: "notFound" });
  });

  it.each([
    ["a PATCH without an operation", { unchangedPatch: "done200" }],
    ["a Retry-After on polls", { operationRetryAfterSeconds: 15 }],
    ["states in lower case", { stateCase: "lower" }],
    ["the front end's 404", { absentCompute: "UserError" }],
    ["small pages after an empty one", { pageSize: 1, emptyFirstPage: true }],
    ["pages of nodes by POST", { pageSize: 1, nodePaging: "post" }],
    ["durations as sent", { idleTimeForm: "asSent" }],
    ["lists without node counts", { listHasNodeCounts: false }],
  ] as const)("is the same with %s", async (_name, switches) => {
    const world = aWorld({ switches });
    const { azureMl, clock } = world;
    const workspace = await theWorkspace(world);
    const id = clusterId(workspace.id, "gpu-train");
    expect(await azureMl.getCluster(id)).toBeUndefined();
    await azureMl.finish(await azureMl.beginCreate(workspace, aDraft({ minNodeCount: 3, maxNodeCount: 3 })));
    await azureMl.finish(await azureMl.beginCreate(workspace, aDraft({ name: "second" })));
    clock.advance(1_200);
    const same = { minNodeCount: 3, maxNodeCount: 3, idleSecondsBeforeScaleDown: 120 };
    const scale = await azureMl.beginScale(id, same);
    if (scale !== undefined) await azureMl.finish(scale);
    const { names, clusters } = await azureMl.listComputes(workspace.id);
    expect([...names].sort()).toEqual(["gpu-train", "second"]);
    const cluster = clusters.find(({ name }) => name === "gpu-train");
    expect(cluster).toMatchObject({ allocationState: "steady", currentNodeCount: 3, scaleSettings: same });
    const { nodes } = await azureMl.listNodes(id);
    expect(nodes.map(({ state }) => state)).toEqual(["idle", "idle", "idle"]);
  });
});

describe("a create that fails in the end", () => {
  it("for want of quota says so with the service's code, and leaves a failed cluster that can be deleted", async () => {
    const world = aWorld({ switches: { createComparesQuota: "remaining" } });
    const { azureMl } = world;
    const workspace = await theWorkspace(world);
    world.simulation.commands.exhaustQuota(subscriptionOf(workspace.id), workspace.location, "total");
    const id = clusterId(workspace.id, "gpu-train");
    const failure = await failureOf(azureMl.finish(await azureMl.beginCreate(workspace, aDraft())));
    expect(failure).toMatchObject({
      name: "AzureMlError",
      kind: "quotaExceeded",
      code: "ClusterMinNodesExceedCoreQuota",
    });
    const failed = await azureMl.getCluster(id);
    expect(conditionOf(failed!)).toBe("failed");
    expect(failed?.provisioningErrors.map(({ code }) => code)).toContain("ClusterMinNodesExceedCoreQuota");
    const remove = await azureMl.beginDelete(id);
    await azureMl.finish(remove!);
    expect(await azureMl.getCluster(id)).toBeUndefined();
  });

  it("for a size that is not offered is invalid and tells which", async () => {
    const world = aWorld();
    const workspace = await theWorkspace(world);
    const operation = await world.azureMl.beginCreate(workspace, aDraft({ vmSize: "Standard_B2s" }));
    const failure = await failureOf(world.azureMl.finish(operation));
    expect(failure).toMatchObject({ kind: "invalid", code: "InvalidPropertyValue" });
    expect(failure.message).toMatch(/Standard_B2s/i);
  });
});

describe("trouble", () => {
  it("of a lock is locked, and the lock is listed with what it inherits from", async () => {
    const world = aWorld();
    const workspace = await theWorkspace(world);
    const group = resourceGroupOf(workspace.id);
    world.simulation.commands.setGroupLock(group, "ReadOnly");
    expect(await failureOf(world.azureMl.beginCreate(workspace, aDraft()))).toMatchObject({
      kind: "locked",
      code: "ScopeLocked",
      statusCode: 409,
    });
    const locks = await world.azureMl.listLocks(workspace.id);
    expect(locks).toMatchObject([{ level: "readOnly" }]);
    expect(locks[0]?.scope.toLowerCase()).toBe(group.toLowerCase());
  });

  it("of a drained request budget is throttled and says how long", async () => {
    const world = aWorld();
    const workspace = await theWorkspace(world);
    const [subscriptionId] = [nameOf(subscriptionOf(workspace.id))];
    world.simulation.drainRequestBudget(subscriptionId);
    const failure = await failureOf(world.azureMl.listNodes(clusterId(workspace.id, "x")));
    expect(failure).toMatchObject({ kind: "throttled", statusCode: 429, code: "SubscriptionRequestsThrottled" });
    expect(failure["retryAfterMs"]).toBeGreaterThan(0);
  });

  it("of a claims challenge is met by a token asked for with the claims", async () => {
    const world = aWorld();
    const workspace = await theWorkspace(world);
    world.simulation.faults.inject({ trouble: { kind: "claims", claims: '{"access_token":{"x":1}}' } });
    expect((await world.azureMl.listComputes(workspace.id)).names).toEqual([]);
  });

  it("of a broken network during an operation does not end it", async () => {
    const world = aWorld();
    const workspace = await theWorkspace(world);
    const operation = await world.azureMl.beginCreate(workspace, aDraft());
    const trouble = { kind: "network", code: "ECONNRESET", message: "socket hang up" } as const;
    world.simulation.faults.inject({ trouble, path: /computeOperationsStatus/, times: 7 });
    await world.azureMl.finish(operation);
    expect((await world.azureMl.getCluster(operation.cluster))?.provisioningState).toBe("Succeeded");
  });
});

describe("the demo's world", () => {
  it("shows both tenants' subscriptions and every workspace but hides none behind another", async () => {
    const { azureMl } = aWorld({ world: "demo" });
    const tenants = await azureMl.listTenants();
    expect(tenants.map(({ displayName }) => displayName)).toEqual(["Contoso", "Fabrikam Labs"]);
    const { subscriptions, failures } = await azureMl.listSubscriptions();
    expect(failures.size).toBe(0);
    expect(new Set(subscriptions.map(({ tenantId }) => tenantId)).size).toBe(2);
    expect(subscriptions).toHaveLength(3);
    const workspaces = [...new Set((await workspacesOf(azureMl)).values())];
    expect(workspaces.length).toBeGreaterThanOrEqual(8);
    expect(new Set(workspaces.map(({ kind }) => kind))).toEqual(new Set(["Default", "Hub", "Project"]));
    const answers = await Promise.allSettled(workspaces.map(({ id }) => azureMl.listComputes(id)));
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused.map(({ reason }) => (reason as { kind: string }).kind)).toEqual(["forbidden"]);
  });

  it("has clusters in every condition", async () => {
    const { azureMl } = aWorld({ world: "demo" });
    const workspaces = [...new Set((await workspacesOf(azureMl)).values())];
    const seen = new Set<string>();
    for (const { id } of workspaces) {
      const listing = await azureMl.listComputes(id).catch(() => undefined);
      for (const cluster of listing?.clusters ?? []) seen.add(conditionOf(cluster));
    }
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(["asleep", "creating", "failed", "idle", "resizing", "running", "troubled"]),
    );
  });

  it("tells sizes, quota, regions, identities, networks, rights and prices in one vocabulary", async () => {
    const { azureMl } = aWorld({ world: "demo" });
    const workspace = (await workspacesOf(azureMl)).get("ml-west")!;
    const subscription: ArmId = subscriptionOf(workspace.id);
    const regions = await azureMl.listRegions(subscription);
    expect(regions).toContainEqual({ name: "westeurope", displayName: "West Europe" });
    const sizes = await azureMl.listVmSizes(subscription, "eastus");
    expect(sizes.find(({ name }) => name === "Standard_DS3_v2")).toMatchObject({ vCpus: 4, supportsClusters: true });
    const quota = await azureMl.getQuota(subscription, "eastus");
    expect(quota.totalDedicatedCores?.limit).toBe(1_000);
    expect(Object.keys(quota.dedicatedFamilies).length).toBeGreaterThan(20);
    expect(Object.values(quota.lowPriorityFamilies).every(({ limit }) => limit === undefined)).toBe(true);
    expect(Object.keys(await azureMl.listWorkspaceQuota(workspace.id, workspace.location)).length).toBeGreaterThan(0);
    expect((await azureMl.listIdentities(subscription)).map(({ name }) => name)).toContain("id-training-data");
    const [network] = await azureMl.listVirtualNetworks(subscription);
    expect(network?.subnets.length).toBeGreaterThan(0);
    expect(await azureMl.listPermissions(workspace.id)).toContainEqual(expect.objectContaining({ actions: ["*"] }));
    const price = await azureMl.getRetailPrice("eastus", "Standard_D2s_v3", "USD");
    expect(price).toEqual({ dedicated: 0.096, lowPriority: 0.019, currency: "USD" });
    expect(await azureMl.getRetailPrice("eastus", "Standard_None", "USD")).toBeUndefined();
  });
});
