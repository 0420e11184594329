import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { armId, workspaceOf } from "../../../src/core/armId";
import { type ComputeCluster } from "../../../src/core/cluster";
import { mapQuota, mapWorkspaceQuota } from "../../../src/azure/mapQuota";
import { mapWorkspace } from "../../../src/azure/mapWorkspace";
import { ScriptedHttp, connectTo } from "./scriptedHttp";

/** Azure's own examples and recordings, which lie outside the repository; AML_SHARED says where else they are. */
const shared = process.env["AML_SHARED"] ?? join(import.meta.dirname, "../../../../shared");
const isThere = existsSync(join(shared, "azure-api"));
const why = isThere ? "" : ` (skipped: ${join("..", "shared", "azure-api")} is not here)`;
const versions = ["2022-10-01", "2024-04-01"];
const specification = join(
  shared,
  "azure-api/specification/machinelearningservices/resource-manager/Microsoft.MachineLearningServices/stable",
);

interface Example {
  readonly responses: Record<string, { readonly body: Record<string, unknown> }>;
}

interface Recording {
  readonly exchanges: readonly {
    readonly request: { readonly method: string; readonly url: string };
    readonly response: { readonly status: number; readonly body: unknown; readonly headers: Record<string, string> };
  }[];
}

function example(version: string, path: string): Record<string, unknown> {
  const text = readFileSync(join(specification, version, "examples", `${path}.json`), "utf8");
  return (JSON.parse(text) as Example).responses["200"]!.body;
}

function recording(name: string): Recording {
  return JSON.parse(readFileSync(join(shared, "azure-api/recordings", `${name}.json`), "utf8")) as Recording;
}

/** Through the SDK, as in the product. */
async function getThroughSdk(resource: Record<string, unknown>): Promise<ComputeCluster | undefined> {
  const id = armId(String(resource["id"]));
  const { azureMl } = connectTo(new ScriptedHttp().on(`GET ${id}`, { json: resource }));
  return azureMl.getCluster(id);
}

describe.skipIf(!isThere)(`Azure's published examples${why}`, () => {
  it.each(versions)("of an AmlCompute (%s) become a cluster", async (version) => {
    const cluster = await getThroughSdk(example(version, "Compute/get/AmlCompute"));
    expect(cluster).toMatchObject({
      name: "compute123",
      location: "eastus2",
      vmSize: "STANDARD_NC6",
      vmPriority: "dedicated",
      scaleSettings: { minNodeCount: 0, maxNodeCount: 1, idleSecondsBeforeScaleDown: 300 },
      allocationState: "resizing",
      currentNodeCount: 0,
      targetNodeCount: 1,
      provisioningState: "Succeeded",
      remoteLogin: "enabled",
      nodePublicIp: true,
    });
    expect(cluster?.nodeCounts).toEqual({ idle: 0, running: 0, preparing: 0, unusable: 0, leaving: 0, preempted: 0 });
  });

  it.each(versions)("of other computes (%s) are counted by type", async (version) => {
    const listing = example(version, "Compute/list") as { value: { id: string }[]; nextLink?: string };
    delete listing.nextLink;
    const workspace = workspaceOf(armId(listing.value[0]!.id));
    const { azureMl } = connectTo(new ScriptedHttp().on(`GET ${workspace}/computes`, { json: listing }));
    expect(await azureMl.listComputes(workspace)).toEqual({
      clusters: [],
      others: { AKS: 2 },
      names: ["compute123", "compute1234"],
    });
  });

  it.each(["AKSCompute", "ComputeInstance", "KubernetesCompute"])("of a %s are refused as a cluster", async (name) => {
    await expect(getThroughSdk(example("2024-04-01", `Compute/get/${name}`))).rejects.toMatchObject({
      kind: "invalid",
      code: "NotACluster",
    });
  });

  it("of nodes become nodes", async () => {
    const body = example("2024-04-01", "Compute/listNodes");
    delete body["nextLink"];
    const cluster = armId(
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/c",
    );
    const { azureMl } = connectTo(new ScriptedHttp().on(`POST ${cluster}/listNodes`, { json: body }));
    const { nodes } = await azureMl.listNodes(cluster);
    expect(nodes.map(({ state, port, runId }) => ({ state, port, runId }))).toEqual([
      { state: "running", port: 50000, runId: "2f378a44-38f2-443a-9f0d-9909d0b47890" },
      { state: "idle", port: 50001, runId: undefined },
    ]);
  });

  it.each(versions)("of usages (%s) give totals and families", (version) => {
    const rows = example(version, "Usage/list")["value"] as unknown[];
    const quota = mapQuota(rows);
    expect(quota.totalClusters).toEqual({ used: 7, limit: 100 });
    expect(quota.totalDedicatedCores).toEqual({ used: 14, limit: 24 });
    expect(quota.dedicatedFamilies["standarddsv2family"]).toMatchObject({ used: 2, limit: 24 });
  });
});

describe.skipIf(!isThere)(`recorded answers${why}`, () => {
  it("of usages give the exhausted subscription: room in the family, none in the total", () => {
    const body = recording("usages-list.2024-04-01").exchanges[0]!.response.body as { value: unknown[] };
    const quota = mapQuota(body.value);
    expect(quota.totalDedicatedCores).toEqual({ used: 20, limit: 20 });
    expect(quota.totalLowPriorityCores).toEqual({ used: 0, limit: 0 });
    expect(Object.keys(quota.dedicatedFamilies)).toHaveLength(62);
    expect(Object.keys(quota.lowPriorityFamilies)).toHaveLength(62);
    expect(Object.values(quota.lowPriorityFamilies).every(({ limit }) => limit === undefined)).toBe(true);
  });

  it("of quotas give one limit per family for the workspace", () => {
    const body = recording("quotas-list.2024-04-01").exchanges[0]!.response.body as { value: { id: string }[] };
    const row = body.value.find(({ id }) => id.includes("/workspaces/"))!;
    const limits = mapWorkspaceQuota(body.value, workspaceOf(armId(row.id)));
    expect(Object.keys(limits)).toHaveLength(62);
    expect(limits["standarddfamily"]).toBe(6);
  });

  it("of workspaces become workspaces", () => {
    const [list] = recording("workspaces-list-and-locks-at-workspace.c7n").exchanges;
    const workspaces = (list!.response.body as { value: unknown[] }).value.map(mapWorkspace);
    expect(workspaces[0]).toMatchObject({
      name: "mlwsp165red",
      resourceGroup: "165-rg-red",
      kind: "Default",
      managedNetworkIsolation: "Disabled",
      publicNetworkAccess: "Disabled",
      privateEndpointCount: 0,
    });
  });

  it("of a cluster's whole life are read at every step", async () => {
    const { exchanges } = recording("aml-create-get-patch-delete.2024-04-01");
    const gets = exchanges.filter(
      ({ request, response }) => request.method === "GET" && /computes\//.test(request.url) && response.status === 200,
    );
    expect(gets.length).toBeGreaterThan(0);
    for (const { response } of gets) {
      const cluster = await getThroughSdk(response.body as Record<string, unknown>);
      expect(cluster).toMatchObject({ name: "aml03", vmPriority: "dedicated", allocationState: "steady", tags: {} });
      expect(cluster?.scaleSettings.idleSecondsBeforeScaleDown).toBe(120);
    }
  });
});
