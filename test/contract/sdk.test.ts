import { AzureMachineLearningWorkspaces, type AmlCompute } from "@azure/arm-machinelearning";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCertificate } from "../../src/simulator/certificate";
import { type RunningServer, serveSimulation } from "../../src/simulator/server";
import { handClock, type HandClock, simulated, type Simulated } from "../support/simulated";
import { sdkOn } from "./support/client";

const group = "rg-test";
const workspaceName = "ml-test";

/** No rest between polls. */
const poll = { updateIntervalInMs: 1 };

const compute = (properties: object): { location: string; properties: AmlCompute } => ({
  location: "westeurope",
  properties: { computeType: "AmlCompute", properties: { vmSize: "Standard_DS3_v2", ...properties } },
});

/** Time goes on by itself while the SDK waits. */
function running(clock: HandClock): () => void {
  const timer = setInterval(() => clock.advance(2), 1);
  return () => clearInterval(timer);
}

describe("Azure's own SDK, in process", () => {
  const start = (): Simulated & { client: AzureMachineLearningWorkspaces } => {
    const world = simulated();
    return { ...world, client: sdkOn(world.simulation, world.httpClient, world.subscription, "2024-04-01") };
  };

  test("creates a cluster and gets the resource that the service settled on", async () => {
    const { client, clock } = start();
    const stop = running(clock);
    const scaleSettings = { maxNodeCount: 4, minNodeCount: 0 };
    const made = await client.computeOperations
      .beginCreateOrUpdateAndWait(group, workspaceName, "cpu-one", compute({ scaleSettings }), poll)
      .finally(stop);
    expect(made.properties).toMatchObject({
      provisioningState: "Succeeded",
      properties: {
        vmSize: "STANDARD_DS3_V2",
        allocationState: "Steady",
        scaleSettings: { nodeIdleTimeBeforeScaleDown: "PT2M" },
      },
    });
  });

  test("resizes it, sees its nodes come up, and deletes it", async () => {
    const { client, clock, simulation } = start();
    const { computeOperations } = client;
    const stop = running(clock);
    await computeOperations.beginCreateOrUpdateAndWait(
      group,
      workspaceName,
      "cpu-two",
      compute({ scaleSettings: { maxNodeCount: 1 } }),
      poll,
    );
    const scaleSettings = { maxNodeCount: 5, minNodeCount: 2, nodeIdleTimeBeforeScaleDown: "PT300S" };
    const update = { properties: { scaleSettings } };
    await computeOperations.beginUpdateAndWait(group, workspaceName, "cpu-two", update, poll);
    stop();
    clock.advance(200);
    const nodes = [];
    for await (const node of computeOperations.listNodes(group, workspaceName, "cpu-two")) nodes.push(node.nodeState);
    expect(nodes).toEqual(["idle", "idle"]);
    expect(simulation.snapshot()).toMatchObject({ state: { clusters: [{ scale: { min: 2, max: 5, idle: "PT5M" } }] } });
    const again = running(clock);
    await computeOperations.beginDeleteAndWait(group, workspaceName, "cpu-two", "Delete", poll).finally(again);
    await expect(computeOperations.get(group, workspaceName, "cpu-two")).rejects.toMatchObject({
      statusCode: 404,
      code: "ResourceNotFound",
    });
  });

  test("reports a failed create, and the failed cluster stays with its reason", async () => {
    const { client, clock } = start();
    const stop = running(clock);
    const creating = client.computeOperations.beginCreateOrUpdateAndWait(
      group,
      workspaceName,
      "gpu-one",
      compute({ vmSize: "Standard_NC6s_v3", scaleSettings: { maxNodeCount: 1 } }),
      poll,
    );
    await expect(creating.finally(stop)).rejects.toThrow(/ClusterMinNodesExceedCoreQuota.*cannot accomodate/s);
    const failed = await client.computeOperations.get(group, workspaceName, "gpu-one");
    expect(failed.properties).toMatchObject({
      provisioningState: "Failed",
      provisioningErrors: [{ error: { code: "ClusterMinNodesExceedCoreQuota" } }],
    });
  });

  test("follows pages of computes, sizes and nodes to their end", async () => {
    const world = simulated({ world: "demo", switches: { pageSize: 7, emptyFirstPage: true } });
    const client = sdkOn(world.simulation, world.httpClient, world.subscription, "2024-04-01");
    const nodes = [];
    for await (const node of client.computeOperations.listNodes("rg-vision", "vision", "grid-search"))
      nodes.push(node.nodeId);
    expect(new Set(nodes).size).toBe(120);
    const workspaces = [];
    for await (const workspace of client.workspaces.listBySubscription()) workspaces.push(workspace.name);
    expect(workspaces).toHaveLength(10);
  });
});

describe("Azure's own SDK, over https with a certificate of our own", () => {
  let server: RunningServer;
  let world: Simulated;
  let ca: string;

  beforeAll(async () => {
    world = simulated({ clock: handClock(new Date().toISOString()) });
    const certificate = await makeCertificate(Date.now());
    ca = certificate.cert;
    server = await serveSimulation(world.simulation, { port: 0, tls: certificate });
  });
  afterAll(() => server.close());

  test("creates and deletes a cluster, polling at the address that the server gave", async () => {
    const { token } = await tokenFrom(server.url, ca);
    const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_000_000 }) };
    const id = world.subscription.slice("/subscriptions/".length);
    const client = new AzureMachineLearningWorkspaces(credential, id, {
      endpoint: server.url,
      credentialScopes: "https://management.azure.com/.default",
      tlsOptions: { ca },
    });
    const stop = running(world.clock);
    const scaleSettings = { maxNodeCount: 2 };
    const { computeOperations } = client;
    const made = await computeOperations.beginCreateOrUpdateAndWait(
      group,
      workspaceName,
      "over-wire",
      compute({ scaleSettings }),
      poll,
    );
    expect(made.properties?.provisioningState).toBe("Succeeded");
    await computeOperations.beginDeleteAndWait(group, workspaceName, "over-wire", "Delete", poll).finally(stop);
    const left = [];
    for await (const one of computeOperations.list(group, workspaceName)) left.push(one.name);
    expect(left).toEqual([]);
  });
});

/** As the Azure CLI asks a managed identity endpoint. */
async function tokenFrom(url: string, ca: string): Promise<{ token: string }> {
  const { request } = await import("node:https");
  const text = await new Promise<string>((resolve, reject) => {
    const asking = request(
      `${url}/msi/token`,
      { method: "POST", ca, headers: { "content-type": "application/x-www-form-urlencoded" } },
      (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => resolve(body));
      },
    );
    asking.on("error", reject);
    asking.end("resource=https%3A%2F%2Fmanagement.azure.com%2F");
  });
  return { token: JSON.parse(text).access_token };
}
