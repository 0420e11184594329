import { describe, expect, it } from "vitest";
import { aSubscriptionId, aWorkspaceId } from "../../support/builders";
import { clusterId } from "../../../src/core/armId";
import { ScriptedHttp, connectTo, failureOf } from "./scriptedHttp";

const cluster = clusterId(aWorkspaceId, "gpu-train");
const computes = `GET ${aWorkspaceId}/computes`;
const next = (token: string): string => `https://management.azure.com${aWorkspaceId}/computes?$skip=${token}`;

function aCompute(name: string, computeType = "AmlCompute", inner: object = {}): object {
  return {
    id: `${aWorkspaceId}/computes/${name}`,
    name,
    location: "westeurope",
    properties: { computeType, provisioningState: "Succeeded", properties: inner },
  };
}

describe("the computes of a workspace", () => {
  it("are read over every page, empty ones too, and counted by type", async () => {
    const http = new ScriptedHttp().on(
      computes,
      { json: { value: [aCompute("cpu"), aCompute("ci-anna", "ComputeInstance")], nextLink: next("a") } },
      { json: { value: [], nextLink: next("b") } },
      { json: { value: [aCompute("gpu"), aCompute("ci-bob", "ComputeInstance"), aCompute("new", "Quantum")] } },
    );
    const { azureMl } = connectTo(http);
    const { clusters, others, names } = await azureMl.listComputes(aWorkspaceId);
    expect(clusters.map(({ name }) => name)).toEqual(["cpu", "gpu"]);
    expect(others).toEqual({ ComputeInstance: 2, Quantum: 1 });
    expect(names).toEqual(["cpu", "ci-anna", "gpu", "ci-bob", "new"]);
    expect(http.sent.map(({ url }) => new URL(url).searchParams.get("$skip"))).toEqual([null, "a", "b"]);
    expect(new URL(http.sent[0]!.url).searchParams.get("api-version")).toBe("2024-04-01");
  });

  it("are asked for at the next page's address as it came, escapes and all", async () => {
    const link = `https://management.azure.com${aWorkspaceId}/computes?api-version=2024-04-01&%24skip=aB%2Bc%3D%3D`;
    const http = new ScriptedHttp().on(computes, { json: { value: [], nextLink: link } }, { json: { value: [] } });
    await connectTo(http).azureMl.listComputes(aWorkspaceId);
    expect(http.sent[1]!.url).toBe(link);
  });

  it("survive entries that say nothing and a list that is none", async () => {
    const odd = [{ name: "bare" }, {}, { properties: null, name: "gone" }, aCompute("cpu"), aCompute("cpu")];
    const { azureMl } = connectTo(new ScriptedHttp().on(computes, { json: { value: odd } }, { json: { value: null } }));
    expect(await azureMl.listComputes(aWorkspaceId)).toMatchObject({
      others: { Unknown: 2 },
      names: ["bare", "gone", "cpu"],
      clusters: [{ name: "cpu" }],
    });
    expect(await azureMl.listComputes(aWorkspaceId)).toEqual({ clusters: [], others: {}, names: [] });
  });

  it("are not followed to a strange host, which gets no token", async () => {
    const http = new ScriptedHttp().on(computes, { json: { value: [], nextLink: "https://evil.example/computes" } });
    const { azureMl } = connectTo(http);
    expect(await failureOf(azureMl.listComputes(aWorkspaceId))).toMatchObject({
      kind: "invalid",
      code: "UnexpectedHost",
    });
    expect(http.sent).toHaveLength(1);
  });

  it("answered by a web page are a network failure", async () => {
    const { azureMl } = connectTo(new ScriptedHttp().on(computes, { text: "<html>Guest Wi-Fi</html>" }));
    expect(await failureOf(azureMl.listComputes(aWorkspaceId))).toMatchObject({ kind: "network", statusCode: 200 });
  });
});

describe("one cluster", () => {
  it("is undefined when Azure says that it does not exist", async () => {
    const json = { error: { code: "ResourceNotFound", message: "…was not found" } };
    const { azureMl } = connectTo(new ScriptedHttp().on(`GET ${cluster}`, { status: 404, json }));
    expect(await azureMl.getCluster(cluster)).toBeUndefined();
  });

  it("is not taken for absent because something else answers 404", async () => {
    const { azureMl } = connectTo(new ScriptedHttp().on(`GET ${cluster}`, { status: 404, text: "not here" }));
    expect(await failureOf(azureMl.getCluster(cluster))).toMatchObject({ kind: "notFound", code: undefined });
  });

  it("has its size in the catalogue's spelling once the catalogue was read", async () => {
    const http = new ScriptedHttp()
      .on(`GET ${cluster}`, { json: aCompute("gpu-train", "AmlCompute", { vmSize: "STANDARD_NC8AS_T4_V3" }) })
      .on(`GET ${aSubscriptionId}/providers/Microsoft.MachineLearningServices/locations/eastus/vmSizes`, {
        json: { value: [{ name: "Standard_NC8as_T4_v3", vCPUs: 8 }] },
      });
    const { azureMl } = connectTo(http);
    expect((await azureMl.getCluster(cluster))?.vmSize).toBe("STANDARD_NC8AS_T4_V3");
    await azureMl.listVmSizes(aSubscriptionId, "East US");
    expect((await azureMl.getCluster(cluster))?.vmSize).toBe("Standard_NC8as_T4_v3");
  });
});

describe("nodes", () => {
  const link = `https://management.azure.com${cluster}/listNodes?api-version=2024-04-01&$skip=2`;
  const page = (nodeId: string, nextLink?: string): object => ({ nodes: [{ nodeId, nodeState: "idle" }], nextLink });

  it("are read over pages by GET", async () => {
    const http = new ScriptedHttp()
      .on(`POST ${cluster}/listNodes`, { json: page("n1", link) })
      .on(`GET ${cluster}/listNodes`, { json: page("n2") });
    const { nodes } = await connectTo(http).azureMl.listNodes(cluster);
    expect(nodes.map(({ nodeId }) => nodeId)).toEqual(["n1", "n2"]);
  });

  it("are read over pages by POST where GET is refused", async () => {
    const http = new ScriptedHttp()
      .on(`POST ${cluster}/listNodes`, { json: page("n1", link) }, { json: page("n2") })
      .on(`GET ${cluster}/listNodes`, { status: 405, json: { error: { code: "MethodNotAllowed", message: "POST" } } });
    const { nodes } = await connectTo(http).azureMl.listNodes(cluster);
    expect(nodes.map(({ nodeId }) => nodeId)).toEqual(["n1", "n2"]);
  });

  it("that may not be listed are an error on the first page", async () => {
    const json = { error: { code: "BadRequest", message: "ComputeListNodes is not supported." } };
    const http = new ScriptedHttp().on(`POST ${cluster}/listNodes`, { status: 400, json });
    expect(await failureOf(connectTo(http).azureMl.listNodes(cluster))).toMatchObject({ kind: "invalid" });
    expect(http.sent).toHaveLength(1);
  });
});
