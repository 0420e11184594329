import { describe, expect, test } from "vitest";
import { type Json } from "../../support/simulated";
import { clusterBody, stage } from "./stage";

describe("PUT on a new cluster", () => {
  test("answers 201 with a projection full of nulls, and GET tells the truth afterwards", async () => {
    const { put, get, clock } = stage();
    const { status, body, headers } = await put("cpu");
    expect(status).toBe(201);
    expect(headers).not.toHaveProperty("location");
    expect(headers).not.toHaveProperty("retry-after");
    expect(body.tags).toBeNull();
    expect(body.properties).toMatchObject({ provisioningState: "Creating", resourceId: null });
    expect(body.properties).not.toHaveProperty("computeLocation");
    expect(body.properties.properties).toMatchObject({
      vmSize: "STANDARD_DS3_V2",
      vmPriority: null,
      allocationState: null,
      nodeStateCounts: null,
      currentNodeCount: null,
      remoteLoginPortPublicAccess: "NotSpecified",
      scaleSettings: { maxNodeCount: 4, minNodeCount: 0, nodeIdleTimeBeforeScaleDown: null },
    });
    clock.advance(10);
    const truth = (await get("cpu")).body;
    expect(truth.tags).toEqual({});
    expect(truth.properties).toMatchObject({ provisioningState: "Succeeded", computeLocation: "westeurope" });
    expect(truth.properties.properties).toMatchObject({
      vmPriority: "Dedicated",
      allocationState: "Steady",
      remoteLoginPortPublicAccess: "Enabled",
      scaleSettings: { nodeIdleTimeBeforeScaleDown: "PT2M" },
    });
  });

  test("a region of its own is kept apart from the workspace's", async () => {
    const { put, get, clock, send, idOf } = stage();
    const body: Json = clusterBody();
    body.properties.computeLocation = "eastus";
    await send("PUT", idOf("abroad"), body);
    clock.advance(10);
    expect((await get("abroad")).body).toMatchObject({
      location: "westeurope",
      properties: { computeLocation: "eastus" },
    });
    expect((await put("x-other", {}, { location: "Mars Central" })).body.error.code).toBe(
      "LocationNotAvailableForResourceType",
    );
  });

  for (const name of ["ab", "1st", "ends-", "under_score", "a".repeat(25), "with space", "日本語クラスタ"]) {
    test(`the name ${JSON.stringify(name)} is refused`, async () => {
      const { put } = stage();
      const { status, body } = await put(encodeURIComponent(name));
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/^Compute name is invalid/);
    });
  }

  const refused: Record<string, object> = {
    "no size": { vmSize: undefined },
    "no maximum": { scaleSettings: { minNodeCount: 0 } },
    "a minimum above the maximum": { scaleSettings: { minNodeCount: 5, maxNodeCount: 4 } },
    "a negative maximum": { scaleSettings: { maxNodeCount: -1 } },
    "half a node": { scaleSettings: { maxNodeCount: 1.5 } },
    "more nodes than Azure has": { scaleSettings: { maxNodeCount: 1e9 } },
    "an idle time in plain seconds": { scaleSettings: { maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: "120" } },
    "no public IP and no subnet": { enableNodePublicIp: false },
    "a user name without a secret": { userAccountCredentials: { adminUserName: "azureuser" } },
    "a subnet of another subscription": {
      subnet: { id: "/subscriptions/other/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s" },
    },
  };
  for (const [what, properties] of Object.entries(refused)) {
    test(`${what} is refused, and no cluster is left behind`, async () => {
      const { put, get } = stage();
      expect(await put("cpu", properties)).toMatchObject({ status: 400, body: { error: { code: "UserError" } } });
      expect((await get("cpu")).status).toBe(404);
    });
  }

  test("a body that is no JSON object is refused in ARM's form", async () => {
    const { simulation, idOf, send } = stage();
    const { token } = await simulation.getToken({});
    const answer = simulation.handle({
      method: "PUT",
      url: `https://management.azure.com${idOf("cpu")}?api-version=2024-04-01`,
      headers: { authorization: `Bearer ${token}` },
      body: "{oops",
    });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error.code).toBe("InvalidRequestContent");
    expect((await send("PUT", idOf("cpu"), [1])).body.error.code).toBe("InvalidRequestContent");
  });
});

describe("PUT on an existing cluster", () => {
  test("answers 201 Creating, names the inner cluster, changes scale, tags and identity, and ignores the size", async () => {
    const { create, put, get, clock } = stage();
    await create("cpu");
    const more = { tags: { team: "a" }, identity: { type: "SystemAssigned" } };
    const { status, body } = await put("cpu", { vmSize: "Standard_D2s_v3", scaleSettings: { maxNodeCount: 9 } }, more);
    expect(status).toBe(201);
    expect(body.identity).toMatchObject({
      type: "SystemAssigned",
      principalId: expect.any(String),
      tenantId: expect.any(String),
    });
    expect(body.properties).toMatchObject({
      provisioningState: "Creating",
      resourceId: expect.stringContaining("/providers/Microsoft.BatchAI/workspaces/ml-test/clusters/cpu"),
      properties: { vmSize: "STANDARD_D2S_V3" },
    });
    clock.advance(8);
    const truth = (await get("cpu")).body;
    expect(truth).toMatchObject({
      tags: { team: "a" },
      properties: { resourceId: null, provisioningState: "Succeeded" },
    });
    expect(truth.properties.properties).toMatchObject({
      vmSize: "STANDARD_DS3_V2",
      scaleSettings: { maxNodeCount: 9 },
    });
  });

  test("a failed cluster is replaced by a new attempt", async () => {
    const { create, put, get, clock } = stage();
    await create("cpu", { vmSize: "Standard_NC6s_v3" });
    expect((await get("cpu")).body.properties.provisioningState).toBe("Failed");
    await put("cpu");
    clock.advance(10);
    expect((await get("cpu")).body.properties).toMatchObject({
      provisioningState: "Succeeded",
      provisioningErrors: null,
      properties: { vmSize: "STANDARD_DS3_V2" },
    });
  });
});

describe("identities", () => {
  const withIdentity = (builderType: string, ids: readonly string[] = []): object => ({
    identity: { type: builderType, userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) },
  });

  test("user-assigned identities come back with their principals", async () => {
    const { send, subscription, workspace } = stage({ world: "demo" });
    const list = await send("GET", `${subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`);
    const [one] = list.body.value;
    expect(one.id).toContain("/resourcegroups/");
    const { status, body } = await send(
      "PUT",
      `${workspace}/computes/with-id`,
      clusterBody({}, withIdentity("UserAssigned", [one.id])),
    );
    expect(status).toBe(201);
    expect(body.identity.userAssignedIdentities[one.id]).toEqual({
      principalId: one.properties.principalId,
      clientId: one.properties.clientId,
    });
  });

  test("both kinds at once, an unknown kind, an empty list and an unknown identity are refused", async () => {
    const { put } = stage();
    const unknown =
      "/subscriptions/x/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nobody";
    expect((await put("cpu", {}, withIdentity("SystemAssigned,UserAssigned"))).status).toBe(400);
    expect((await put("cpu", {}, withIdentity("SystemAssigned, UserAssigned"))).status).toBe(400);
    expect((await put("cpu", {}, withIdentity("Other"))).status).toBe(400);
    expect((await put("cpu", {}, withIdentity("UserAssigned"))).status).toBe(400);
    expect((await put("cpu", {}, withIdentity("UserAssigned", [unknown]))).body.error.code).toBe(
      "FailedIdentityOperation",
    );
  });
});

describe("PATCH", () => {
  test("answers 202 with a body, keeps what was not sent, and shows the change when it has ended", async () => {
    const { create, scale, get, clock } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 0, nodeIdleTimeBeforeScaleDown: "PT900S" } });
    const { status, body, headers } = await scale("cpu", { maxNodeCount: 8 });
    expect(status).toBe(202);
    expect(headers["azure-asyncoperation"]).toContain("/computeOperationsStatus/");
    expect(body.properties).toMatchObject({
      provisioningState: "Updating",
      properties: { remoteLoginPortPublicAccess: "NotSpecified" },
    });
    expect(body.properties.properties.scaleSettings).toEqual({
      maxNodeCount: 8,
      minNodeCount: 0,
      nodeIdleTimeBeforeScaleDown: null,
    });
    clock.advance(8);
    expect((await get("cpu")).body.properties.properties.scaleSettings).toEqual({
      maxNodeCount: 8,
      minNodeCount: 0,
      nodeIdleTimeBeforeScaleDown: "PT15M",
    });
  });

  test("a maximum below the kept minimum, or no maximum, is refused", async () => {
    const { create, scale } = stage();
    await create("cpu", { scaleSettings: { maxNodeCount: 4, minNodeCount: 2 } });
    expect((await scale("cpu", { maxNodeCount: 1 })).status).toBe(400);
    expect((await scale("cpu", { minNodeCount: 1 })).status).toBe(400);
    expect((await scale("absent", { maxNodeCount: 1 })).status).toBe(404);
  });
});

describe("DELETE", () => {
  test("needs to be told what happens to the resource underneath", async () => {
    const { create, send, idOf } = stage();
    await create("cpu");
    expect((await send("DELETE", idOf("cpu"))).status).toBe(400);
    expect((await send("DELETE", `${idOf("cpu")}?underlyingResourceAction=Burn`)).status).toBe(400);
  });

  test("takes half a minute to a minute, shows Deleting meanwhile, and answers 204 for what is gone", async () => {
    const { create, remove, get, clock } = stage();
    await create("cpu");
    expect(await remove("cpu")).toMatchObject({ status: 202, body: undefined });
    clock.advance(29);
    expect((await get("cpu")).body.properties.provisioningState).toBe("Deleting");
    clock.advance(31);
    expect((await get("cpu")).status).toBe(404);
    expect((await remove("cpu")).status).toBe(204);
  });

  test("a failed cluster can be deleted", async () => {
    const { create, remove, get, clock } = stage();
    await create("cpu", { vmSize: "Standard_B2s" });
    expect((await get("cpu")).body.properties.provisioningErrors[0].error.details[0].code).toBe("SupportedVMSizes");
    await remove("cpu");
    clock.advance(60);
    expect((await get("cpu")).status).toBe(404);
  });
});

test("an operation's address is forgotten after a day, and an unknown one is 404", async () => {
  const { put, send, clock } = stage();
  const address = (await put("cpu")).headers["azure-asyncoperation"] ?? "";
  clock.advance(86_400 + 60);
  expect((await send("GET", address)).status).toBe(200);
  await put("cpu-two");
  clock.advance(60);
  expect((await send("GET", address)).status).toBe(404);
  expect((await send("GET", address.replace(/Status\/[^?]+/, "Status/none"))).status).toBe(404);
});

test("paths match without case, with doubled and with encoded slashes", async () => {
  const { create, send, idOf } = stage();
  await create("cpu");
  expect((await send("GET", idOf("CPU").toUpperCase())).body.name).toBe("cpu");
  expect((await send("GET", idOf("cpu").replace("/computes", "//computes"))).status).toBe(200);
  expect((await send("GET", idOf("cpu").replace("/computes/", "%2Fcomputes%2F"))).status).toBe(200);
});
