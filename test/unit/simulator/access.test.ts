import { describe, expect, test } from "vitest";
import { type Json } from "../../support/simulated";
import { clusterBody, stage } from "./stage";

async function subscriptions(on: ReturnType<typeof stage>): Promise<Record<string, string>> {
  const { state } = on.simulation.snapshot() as {
    state: { subscriptions: { displayName: string; subscriptionId: string }[] };
  };
  return Object.fromEntries(
    state.subscriptions.map((one) => [one.displayName, `/subscriptions/${one.subscriptionId}`]),
  );
}

describe("tokens", () => {
  const call = (on: ReturnType<typeof stage>, authorization: string | undefined) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const answer = on.simulation.handle({
      method: "GET",
      url: `https://management.azure.com${on.subscription}?api-version=2022-12-01`,
      headers,
    });
    return {
      status: answer.status,
      code: JSON.parse(answer.body).error?.code,
      challenge: answer.headers["www-authenticate"],
    };
  };

  test("none, or one that is not ours, is refused with a challenge", () => {
    const on = stage();
    expect(call(on, undefined)).toMatchObject({
      status: 401,
      code: "AuthenticationFailed",
      challenge: expect.stringContaining("authorization_uri"),
    });
    for (const token of ["x", "a.b.c", `a.${Buffer.from("null").toString("base64url")}.`]) {
      expect(call(on, `Bearer ${token}`)).toMatchObject({ status: 401, code: "InvalidAuthenticationToken" });
    }
  });

  test("expire after an hour of real time, whatever simulated time does", async () => {
    const on = stage({ speed: 1_000 });
    const { token, expiresOnTimestamp } = await on.simulation.getToken({});
    expect(expiresOnTimestamp - on.clock.now()).toBe(3_600_000);
    on.simulation.commands.fastForward(86_400);
    on.clock.advance(3_599);
    expect(call(on, `Bearer ${token}`).status).toBe(200);
    on.clock.advance(1);
    expect(call(on, `Bearer ${token}`)).toMatchObject({ status: 401, code: "ExpiredAuthenticationToken" });
  });

  test("of one tenant do not open another's subscription", async () => {
    const on = stage({ world: "demo" });
    const { token } = await on.simulation.getToken({});
    const partner = (await subscriptions(on))["Fabrikam Research"] ?? "";
    const answer = on.simulation.handle({
      method: "GET",
      url: `https://management.azure.com${partner}?api-version=2022-12-01`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.body).error).toMatchObject({
      code: "InvalidAuthenticationTokenTenant",
      message: expect.stringContaining("wrong issuer"),
    });
  });

  test("a tenant that there is not gives none", async () => {
    await expect(stage().simulation.getToken({ tenantId: "nobody" })).rejects.toThrow(/no simulated tenant/);
  });

  test("each tenant lists its own subscriptions", async () => {
    const { simulation } = stage({ world: "demo" });
    const { state } = simulation.snapshot() as { state: { tenants: { tenantId: string }[] } };
    const names = state.tenants.map(async ({ tenantId }) => {
      const { token } = await simulation.getToken({ tenantId });
      const answer = simulation.handle({
        method: "GET",
        url: "https://management.azure.com/subscriptions?api-version=2022-12-01",
        headers: { authorization: `Bearer ${token}` },
      });
      return JSON.parse(answer.body).value.map((one: Json) => one.displayName);
    });
    expect(await Promise.all(names)).toEqual([
      ["Contoso ML Development", "Contoso ML Production"],
      ["Fabrikam Research"],
    ]);
  });
});

describe("rights", () => {
  test("a workspace may be listed and yet refuse to show its computes", async () => {
    const on = stage({ world: "demo" });
    const production = (await subscriptions(on))["Contoso ML Production"] ?? "";
    const list = await on.send("GET", `${production}/providers/Microsoft.MachineLearningServices/workspaces`);
    expect(list.body.value.map((one: Json) => one.name)).toEqual(["ml-production", "ml-payroll"]);
    const refused = await on.send("GET", `${list.body.value[1].id}/computes`);
    expect(refused.status).toBe(403);
    expect(refused.headers["x-ms-failure-cause"]).toBe("gateway");
    expect(refused.body.error).toMatchObject({
      code: "AuthorizationFailed",
      message: expect.stringMatching(
        /does not have authorization to perform action 'Microsoft\.MachineLearningServices\/workspaces\/computes\/read' over scope/,
      ),
    });
  });

  test("an operator of computes may write them but not set locks or quota", async () => {
    const on = stage({ world: "demo" });
    const production = (await subscriptions(on))["Contoso ML Production"] ?? "";
    const workspace = `${production}/resourceGroups/rg-ml-production/providers/Microsoft.MachineLearningServices/workspaces/ml-production`;
    expect((await on.send("PUT", `${workspace}/computes/fresh`, { ...clusterBody(), location: "eastus" })).status).toBe(
      201,
    );
    expect((await on.send("POST", `${workspace}/computes/scoring/listNodes`)).status).toBe(200);
    const lock = `${workspace}/providers/Microsoft.Authorization/locks/mine?api-version=2020-05-01`;
    expect((await on.send("PUT", lock, { properties: { level: "ReadOnly" } })).status).toBe(403);
    const quotas = `${production}/providers/Microsoft.MachineLearningServices/locations/eastus`;
    expect((await on.send("GET", `${quotas}/usages`)).status).toBe(200);
    expect((await on.send("POST", `${quotas}/updateQuotas`, { value: [] })).status).toBe(403);
  });

  test("permissions name the rights of every role held there or above", async () => {
    const on = stage({ world: "demo" });
    const production = (await subscriptions(on))["Contoso ML Production"] ?? "";
    const { body } = await on.send(
      "GET",
      `${production}/resourceGroups/rg-ml-production/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
    );
    expect(body.value.map((one: Json) => one.actions)).toEqual(
      expect.arrayContaining([["*/read"], ["Microsoft.MachineLearningServices/workspaces/computes/*"]]),
    );
  });

  test("an operator without rights on a subnet is told which linked right is missing", async () => {
    const on = stage({ world: "demo" });
    const production = (await subscriptions(on))["Contoso ML Production"] ?? "";
    const group = `${production}/resourceGroups/rg-ml-production`;
    const id = `${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s`;
    const { status, body } = await on.send(
      "PUT",
      `${group}/providers/Microsoft.MachineLearningServices/workspaces/ml-production/computes/linked`,
      clusterBody({ subnet: { id } }),
    );
    expect(status).toBe(403);
    expect(body.error).toMatchObject({
      code: "LinkedAuthorizationFailed",
      message: expect.stringContaining("subnets/join/action"),
    });
  });

  test("a role given is a right had", async () => {
    const { send, workspace, simulation } = stage();
    const { state } = simulation.snapshot() as { state: { person: { objectId: string } } };
    const list = `${workspace}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=assignedTo('${state.person.objectId}')`;
    const [owner] = (await send("GET", list)).body.value;
    const put = await send(
      "PUT",
      `${workspace}/providers/Microsoft.Authorization/roleAssignments/0-1?api-version=2022-04-01`,
      {
        properties: { roleDefinitionId: owner.properties.roleDefinitionId, principalId: state.person.objectId },
      },
    );
    expect(put.status).toBe(201);
    expect((await send("GET", list)).body.value).toHaveLength(2);
  });
});

describe("what ARM says of wrong addresses", () => {
  const cases: readonly (readonly [string, string, number, string])[] = [
    ["no api-version", "/subscriptions?x-api=1", 400, "MissingApiVersionParameter"],
    ["a garbled api-version", "/subscriptions?api-version=latest", 400, "InvalidApiVersionParameter"],
    ["an unknown subscription", "/subscriptions/nobody?api-version=2022-12-01", 404, "SubscriptionNotFound"],
    ["a path that nothing answers", "/nothing?api-version=2022-12-01", 404, "NotFound"],
  ];
  for (const [what, path, status, code] of cases) {
    test(`${what}: ${status} ${code}`, async () => {
      const { simulation } = stage();
      const { token } = await simulation.getToken({});
      const answer = simulation.handle({
        method: "GET",
        url: `https://management.azure.com${path}`,
        headers: { authorization: `Bearer ${token}` },
      });
      expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([status, code]);
    });
  }

  test("groups, workspaces, regions and versions that there are not", async () => {
    const { send, subscription, workspace } = stage();
    const ml = "providers/Microsoft.MachineLearningServices";
    const codeOf = async (path: string): Promise<string> => (await send("GET", path)).body.error.code;
    expect(await codeOf(`${subscription}/resourceGroups/none/${ml}/workspaces/w/computes`)).toBe(
      "ResourceGroupNotFound",
    );
    expect(await codeOf(`${workspace}x/computes`)).toBe("ResourceNotFound");
    expect(await codeOf(`${workspace}/computes/none`)).toBe("ResourceNotFound");
    expect(await codeOf(`${workspace}/computes?api-version=2019-01-01`)).toBe("InvalidResourceType");
    expect(await codeOf(`${subscription}/${ml}/locations/eastus/usages?api-version=2019-01-01`)).toBe(
      "NoRegisteredProviderFound",
    );
    expect(await codeOf(`${subscription}/${ml}/locations/mars/usages`)).toBe("NoRegisteredProviderFound");
  });

  for (const version of ["2022-10-01", "2023-04-01", "2024-04-01", "2025-06-01", "2025-09-01", "2024-10-01-preview"]) {
    test(`api-version ${version} is answered`, async () => {
      const { send, workspace } = stage();
      expect((await send("GET", `${workspace}/computes?api-version=${version}`)).status).toBe(200);
    });
  }

  test("a workspace has kind and managed network only in newer versions", async () => {
    const { send, workspace } = stage();
    expect((await send("GET", `${workspace}?api-version=2022-10-01`)).body).not.toHaveProperty("kind");
    expect((await send("GET", `${workspace}?api-version=2024-04-01`)).body).toMatchObject({ kind: "Default" });
  });
});
