import { getEventListeners } from "node:events";
import { type RestError } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { usGovernmentCloud } from "../../../src/azure/cloud";
import { AzureMlError } from "../../../src/core/errors";
import { aSubscriptionId, aWorkspaceId } from "../../support/builders";
import { deferred } from "../../support/fakeAzureMl";
import { type Answer, CountingCredential, ScriptedHttp, connectTo, failureOf } from "./scriptedHttp";

const computes = `GET ${aWorkspaceId}/computes`;
const noComputes: Answer = { json: { value: [] } };
const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';

describe("tokens", () => {
  it("are asked for at the first request, and kept", async () => {
    const { azureMl, http, credential } = connectTo(new ScriptedHttp().on(computes, noComputes));
    expect(credential.requests).toHaveLength(0);
    await azureMl.listComputes(aWorkspaceId);
    await azureMl.listComputes(aWorkspaceId);
    expect(credential.requests).toHaveLength(1);
    expect(http.sent.map(({ token }) => token)).toEqual(["Bearer home-1", "Bearer home-1"]);
  });

  it("are asked for with the claims of a challenge, once", async () => {
    const header = `Bearer authorization_uri="https://login.example", error="insufficient_claims", claims="${btoa(claims)}"`;
    const http = new ScriptedHttp().on(computes, { status: 401, headers: { "www-authenticate": header } }, noComputes);
    const { azureMl, credential } = connectTo(http);
    await azureMl.listComputes(aWorkspaceId);
    expect(credential.requests.map((request) => request.claims)).toEqual([undefined, claims]);
    expect(http.sent.map(({ token }) => token)).toEqual(["Bearer home-1", "Bearer home-2"]);
  });

  it("that died early are replaced once; a second refusal is notSignedIn", async () => {
    const json = { error: { code: "ExpiredAuthenticationToken", message: "The access token has expired." } };
    const expired = { status: 401, json };
    const http = new ScriptedHttp().on(computes, expired, noComputes, expired, expired);
    const { azureMl, credential } = connectTo(http);
    await azureMl.listComputes(aWorkspaceId);
    expect(credential.requests).toHaveLength(2);
    expect(await failureOf(azureMl.listComputes(aWorkspaceId))).toMatchObject({
      kind: "notSignedIn",
      code: "ExpiredAuthenticationToken",
    });
    expect(http.sent).toHaveLength(4);
  });

  it("wanted by several requests at once are not lost when one of those is given up", async () => {
    const credential = new CountingCredential();
    const ask = credential.getToken.bind(credential);
    const waiting = deferred<undefined>();
    credential.getToken = async (request) => {
      await waiting.promise;
      request.signal?.throwIfAborted();
      return ask(request);
    };
    const { azureMl } = connectTo(new ScriptedHttp().on(computes, noComputes), { credential });
    const stop = new AbortController();
    const given = failureOf(azureMl.listComputes(aWorkspaceId, stop.signal));
    const wanted = azureMl.listComputes(aWorkspaceId);
    stop.abort();
    waiting.resolve(undefined);
    expect((await given).name).toBe("AbortError");
    expect((await wanted).names).toEqual([]);
  });

  it.each([
    ["an answer", { status: 500 }],
    ["a broken connection", { fails: "ECONNRESET" }],
    ["a web page", { text: "<html></html>" }],
  ])("are not in what a failure keeps of %s", async (_name, answer: Answer) => {
    const { azureMl, http } = connectTo(new ScriptedHttp().on(computes, answer));
    const failure = await failureOf(azureMl.listComputes(aWorkspaceId));
    expect(http.sent[0]?.token).toBe("Bearer home-1");
    const cause = failure.cause as RestError;
    expect(cause.request?.url).toContain("/computes");
    expect(JSON.stringify([cause.request?.headers.toJSON(), cause.response?.request.headers.toJSON()])).not.toContain(
      "home-1",
    );
  });

  it("that cannot be had without asking somebody fail with the source's own error", async () => {
    const credential = new CountingCredential();
    const reason = new AzureMlError({ kind: "notSignedIn", message: "Sign in first." });
    credential.getToken = () => Promise.reject(reason);
    const { azureMl, http } = connectTo(new ScriptedHttp(), { credential });
    expect(await failureOf(azureMl.listComputes(aWorkspaceId))).toBe(reason);
    expect(await failureOf(azureMl.listLocks(aWorkspaceId))).toBe(reason);
    expect(http.sent).toHaveLength(0);
  });
});

describe("subscriptions", () => {
  const tenants = { json: { value: [{ tenantId: "t1", displayName: "One" }, { tenantId: "t2" }, {}] } };
  const row = (subscriptionId: string, tenantId?: string): object => ({
    subscriptionId,
    tenantId,
    displayName: `Sub ${subscriptionId}`,
    state: "Enabled",
  });

  it("are listed with a token of each tenant, over pages, and then reached with their tenant's", async () => {
    const id = aSubscriptionId.split("/")[2]!;
    const http = new ScriptedHttp()
      .on("GET /tenants", tenants)
      .on("GET /subscriptions", ({ token, url }) => {
        if (token!.startsWith("Bearer t1")) return { json: { value: [row("a", "t1"), row("shared", "t2")] } };
        if (!url.includes("skip")) return { json: { value: [], nextLink: `${url}&$skip=1` } };
        return { json: { value: [row(id, "t2"), row("shared", "t2"), {}] } };
      })
      .on(computes, noComputes)
      .on(`GET ${aSubscriptionId}/providers/Microsoft.MachineLearningServices/workspaces`, noComputes);
    const { azureMl } = connectTo(http);
    const { subscriptions, failures } = await azureMl.listSubscriptions();
    expect(failures.size).toBe(0);
    expect(subscriptions.map((subscription) => [subscription.subscriptionId, subscription.tenantId]).sort()).toEqual(
      [
        ["a", "t1"],
        [id, "t2"],
        ["shared", "t2"],
      ].sort(),
    );
    http.sent.length = 0;
    await azureMl.listComputes(aWorkspaceId);
    await azureMl.listWorkspaces(aSubscriptionId);
    expect(http.sent.map(({ token }) => token?.slice(0, 9))).toEqual(["Bearer t2", "Bearer t2"]);
  });

  it("of a tenant that fails do not hide the others", async () => {
    const credential = new CountingCredential();
    const ask = credential.getToken.bind(credential);
    credential.getToken = (request) => {
      if (request.tenantId !== "t2") return ask(request);
      throw new AzureMlError({ kind: "notSignedIn", message: "Sign in to t2." });
    };
    const http = new ScriptedHttp()
      .on("GET /tenants", tenants)
      .on("GET /subscriptions", { json: { value: [row("a")] } });
    const { azureMl } = connectTo(http, { credential });
    const { subscriptions, failures } = await azureMl.listSubscriptions();
    expect(subscriptions).toMatchObject([{ subscriptionId: "a", tenantId: "t1", id: "/subscriptions/a" }]);
    expect([...failures]).toMatchObject([["t2", { kind: "notSignedIn" }]]);
  });

  it("are those of the home tenant where tenants cannot be listed", async () => {
    const http = new ScriptedHttp()
      .on("GET /tenants", { json: { value: [] } })
      .on("GET /subscriptions", { json: { value: [row("a", "t9")] } });
    const { azureMl, credential } = connectTo(http);
    expect((await azureMl.listSubscriptions()).subscriptions).toMatchObject([{ subscriptionId: "a", tenantId: "t9" }]);
    expect(credential.requests.map(({ tenantId }) => tenantId)).toEqual([undefined]);
  });

  it("given up are no tenant's failure", async () => {
    const stop = new AbortController();
    const http = new ScriptedHttp().on("GET /tenants", () => {
      stop.abort();
      return tenants;
    });
    const { azureMl } = connectTo(http);
    expect((await failureOf(azureMl.listSubscriptions(stop.signal))).name).toBe("AbortError");
  });

  it("go to another cloud's own address", async () => {
    const http = new ScriptedHttp().on("GET https://management.usgovcloudapi.net/tenants", tenants);
    const { azureMl } = connectTo(http, { cloud: usGovernmentCloud });
    expect(await azureMl.listTenants()).toEqual([
      { tenantId: "t1", displayName: "One" },
      { tenantId: "t2", displayName: "t2" },
    ]);
    expect(await azureMl.getRetailPrice("usgovvirginia", "Standard_DS3_v2", "USD")).toBeUndefined();
  });
});

describe("a passing failure", () => {
  it.each([
    ["a broken connection", { fails: "ECONNRESET" }, 2],
    ["a 503", { status: 503 }, 2],
    ["a 429 that asks for a moment", { status: 429, headers: { "retry-after-ms": "1" } }, 2],
  ])("(%s) is tried once more without a word", async (_name, answer: Answer, sent) => {
    const { azureMl, http } = connectTo(new ScriptedHttp().on(computes, answer, noComputes));
    await azureMl.listComputes(aWorkspaceId);
    expect(http.sent).toHaveLength(sent);
  });

  it.each([
    ["a 429 that asks for longer", { status: 429, headers: { "retry-after": "10" } }, "throttled", 1],
    ["a 429 that names no time", { status: 429 }, "throttled", 1],
    ["a 503 that asks for longer", { status: 503, headers: { "retry-after": "60" } }, "unavailable", 1],
    ["a refusal", { status: 403, json: { error: { code: "AuthorizationFailed", message: "" } } }, "forbidden", 1],
    ["an unknown host", { fails: "ENOTFOUND" }, "network", 1],
    ["a 500 that stays", { status: 500 }, "unavailable", 2],
  ])("but %s is the caller's", async (_name, answer: Answer, kind, sent) => {
    const { azureMl, http } = connectTo(new ScriptedHttp().on(computes, answer));
    expect(await failureOf(azureMl.listComputes(aWorkspaceId))).toMatchObject({ kind });
    expect(http.sent).toHaveLength(sent);
  });

  it("tells how long to wait", async () => {
    const answer: Answer = { status: 429, headers: { "retry-after": "10" } };
    const { azureMl } = connectTo(new ScriptedHttp().on(computes, answer));
    expect(await failureOf(azureMl.listComputes(aWorkspaceId))).toMatchObject({
      retryAfterMs: 10_000,
      statusCode: 429,
    });
  });
});

describe("the record of requests", () => {
  it("has method, path, status, request id and the lowest budget, and no query but the version", async () => {
    const headers = {
      "x-ms-ratelimit-remaining-subscription-reads": "249",
      "x-ms-ratelimit-remaining-subscription-global-reads": "3749",
      "x-ms-ratelimit-remaining-resource": "Microsoft.X/Y;3",
    };
    const json = {
      value: [],
      nextLink: `https://management.azure.com${aWorkspaceId}/computes?api-version=2024-04-01&$skip=SECRET`,
    };
    const http = new ScriptedHttp().on(computes, { headers, json }, noComputes);
    const { azureMl, records, log } = connectTo(http);
    await azureMl.listComputes(aWorkspaceId);
    expect(records).toEqual([
      {
        method: "GET",
        path: `${aWorkspaceId}/computes?api-version=2024-04-01`,
        statusCode: 200,
        durationMs: 0,
        requestId: "req-1",
        budgetLeft: 249,
        at: expect.any(Number) as number,
        kind: "read",
        scope: "11111111-1111-1111-1111-111111111111",
        ownBudgetLeft: 249,
        retryAfterMs: undefined,
      },
      expect.objectContaining({ path: `${aWorkspaceId}/computes?api-version=2024-04-01`, budgetLeft: undefined }),
    ]);
    expect(log.every((line) => line.startsWith("debug GET "))).toBe(true);
    expect(log.join()).not.toMatch(/SECRET|Bearer|home-1/);
  });

  it("has every attempt, with what went wrong as a warning", async () => {
    const http = new ScriptedHttp().on(computes, { fails: "ECONNRESET" }, { status: 500 });
    const { azureMl, records, log } = connectTo(http);
    await failureOf(azureMl.listComputes(aWorkspaceId));
    expect(records.map(({ statusCode }) => statusCode)).toEqual([undefined, 500]);
    expect(log[0]).toMatch(/^warn GET .*: ECONNRESET after 0 ms$/);
    expect(log[1]).toMatch(/^warn GET .*: 500 in 0 ms, request id req-1$/);
  });
});

describe("Azure's clock", () => {
  it("is this machine's until the first answer, then that of the Date header", async () => {
    const date = "Mon, 05 Jan 2026 10:30:00 GMT";
    const http = new ScriptedHttp().on(computes, { headers: { date }, ...noComputes });
    const { azureMl, clock } = connectTo(http);
    expect(azureMl.serviceNow()).toBe(clock.now());
    await azureMl.listComputes(aWorkspaceId);
    expect(azureMl.serviceNow()).toBe(Date.parse(date));
    await clock.advance(60_000);
    expect(azureMl.serviceNow()).toBe(Date.parse(date) + 60_000);
  });
});

describe("a signal that outlives many calls", () => {
  it("keeps nothing of them", async () => {
    const { azureMl } = connectTo(new ScriptedHttp().on(computes, noComputes));
    const { signal } = new AbortController();
    for (let call = 0; call < 30; call++) await azureMl.listComputes(aWorkspaceId, signal);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

describe("after dispose", () => {
  it("nothing is sent and every call ends as given up", async () => {
    const { azureMl, http } = connectTo(new ScriptedHttp().on(computes, noComputes));
    azureMl.dispose();
    expect((await failureOf(azureMl.listComputes(aWorkspaceId))).name).toBe("AbortError");
    expect((await failureOf(azureMl.listLocks(aWorkspaceId))).name).toBe("AbortError");
    expect((await failureOf(azureMl.getRetailPrice("eastus", "x", "USD"))).name).toBe("AbortError");
    expect(http.sent).toHaveLength(0);
  });
});

describe("texts of our own", () => {
  it("are in the person's language once it is given", async () => {
    const texts = { "The name {0} could not be found.": "Name {0} unbekannt." };
    const { azureMl } = connectTo(new ScriptedHttp().on(computes, { fails: "ENOTFOUND" }), { texts });
    const failure = await failureOf(azureMl.listComputes(aWorkspaceId));
    expect(failure.message).toBe("Name management.azure.com unbekannt.");
  });
});
