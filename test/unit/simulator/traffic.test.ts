import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { describe, expect, test } from "vitest";
import { type Json } from "../../support/simulated";
import { stage } from "./stage";

describe("request budgets", () => {
  test("headers count down from 249 and 3749 for reads, from 199 and 2999 for writes, actions and deletes", async () => {
    const { get, put, remove, send, idOf, clock } = stage();
    const left = (headers: Readonly<Record<string, string>>, kind: string): (string | undefined)[] => [
      headers[`x-ms-ratelimit-remaining-subscription-${kind}`],
      headers[`x-ms-ratelimit-remaining-subscription-global-${kind}`],
    ];
    expect(left((await get("none")).headers, "reads")).toEqual(["249", "3749"]);
    expect(left((await get("none")).headers, "reads")).toEqual(["248", "3748"]);
    expect(left((await put("cpu")).headers, "writes")).toEqual(["199", "2999"]);
    clock.advance(20);
    expect(left((await send("POST", `${idOf("cpu")}/listNodes`)).headers, "writes")).toEqual(["199", "2999"]);
    expect(left((await remove("cpu")).headers, "deletes")).toEqual(["199", "2999"]);
  });

  test("an empty bucket answers 429 with Retry-After in the words that users reported, and fills again", async () => {
    const { get, clock, subscription } = stage();
    for (let index = 0; index < 250; index++) expect((await get("none")).status).toBe(404);
    const refused = await get("none");
    expect(refused.status).toBe(429);
    const seconds = refused.headers["retry-after"];
    expect(refused.body.error.code).toBe("SubscriptionRequestsThrottled");
    expect(refused.body.error.message).toMatch(
      new RegExp(
        `^Number of 'read' requests for subscription '${subscription.slice(15)}' actor '.*' exceeded\\. Please try again after '${seconds}' seconds\\.$`,
      ),
    );
    clock.advance(Number(seconds));
    expect((await get("none")).status).toBe(404);
  });

  test("writes have a bucket of their own", async () => {
    const { simulation, subscription, get, put, clock } = stage();
    simulation.drainRequestBudget(subscription.slice("/subscriptions/".length));
    expect((await get("none")).status).toBe(429);
    expect((await put("cpu")).status).toBe(429);
    clock.advance(1);
    expect((await put("cpu")).status).toBe(201);
  });
});

describe("pages", () => {
  test("nextLink is absolute, keeps the api-version, and leads through every item once", async () => {
    const { create, send, workspace } = stage({ switches: { pageSize: 2 } });
    for (const name of ["cpu-a", "cpu-b", "cpu-c", "cpu-d", "cpu-e"]) await create(name);
    const names: string[] = [];
    let link: string | undefined = `${workspace}/computes?api-version=2024-04-01`;
    let pages = 0;
    while (link !== undefined) {
      const { body }: { body: Json } = await send("GET", link);
      names.push(...body.value.map((one: Json) => one.name));
      link = body.nextLink;
      if (link !== undefined)
        expect(link).toMatch(/^https:\/\/management\.azure\.com\/.*api-version=2024-04-01.*\$skip=/);
      pages++;
    }
    expect(names).toEqual(["cpu-a", "cpu-b", "cpu-c", "cpu-d", "cpu-e"]);
    expect(pages).toBe(3);
  });

  test("the first page may be empty and still have a next one", async () => {
    const { create, send, workspace } = stage({ switches: { emptyFirstPage: true } });
    await create("cpu");
    const first = (await send("GET", `${workspace}/computes`)).body;
    expect(first.value).toEqual([]);
    expect((await send("GET", first.nextLink)).body.value).toHaveLength(1);
  });
});

describe("trouble", () => {
  const ask = (on: ReturnType<typeof stage>, abortSignal?: AbortSignal) => async () => {
    const { token } = await on.simulation.getToken({});
    const headers = createHttpHeaders({ authorization: `Bearer ${token}` });
    const url = `https://management.azure.com${on.workspace}/computes?api-version=2024-04-01`;
    return on.httpClient.sendRequest(createPipelineRequest({ url, headers, ...(abortSignal ? { abortSignal } : {}) }));
  };

  test("a status, so many times, with Retry-After", async () => {
    const on = stage();
    const error = { code: "ServerBusy", message: "Later." };
    on.simulation.faults.inject({ trouble: { kind: "status", status: 503, error, retryAfterSeconds: 7 }, times: 2 });
    const answers = [await ask(on)(), await ask(on)(), await ask(on)()];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(answers[0]?.headers.get("retry-after")).toBe("7");
  });

  test("only the requests that it names", async () => {
    const on = stage();
    on.simulation.faults.inject({
      trouble: { kind: "status", status: 500, error: { code: "x", message: "y" } },
      method: "PUT",
      path: /cpu$/,
    });
    expect((await ask(on)()).status).toBe(200);
    expect((await on.put("gpu")).status).toBe(201);
    expect((await on.put("cpu")).status).toBe(500);
    on.simulation.faults.clear();
    expect((await on.put("cpu")).status).toBe(201);
  });

  test("a network that is down is an error that the SDK knows", async () => {
    const on = stage();
    const undo = on.simulation.faults.inject({
      trouble: { kind: "network", code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND" },
    });
    await expect(ask(on)()).rejects.toMatchObject({ name: "RestError", code: "ENOTFOUND" });
    undo();
    expect((await ask(on)()).status).toBe(200);
  });

  test("a proxy's page instead of an answer", async () => {
    const on = stage();
    on.simulation.faults.inject({
      trouble: { kind: "raw", status: 407, body: "<html>Sign in</html>", contentType: "text/html" },
    });
    const answer = await ask(on)();
    expect([answer.status, answer.bodyAsText, answer.headers.get("content-type")]).toEqual([
      407,
      "<html>Sign in</html>",
      "text/html",
    ]);
  });

  test("a claims challenge, until the token answers it", async () => {
    const on = stage();
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    on.simulation.faults.inject({ trouble: { kind: "claims", claims } });
    const challenged = await ask(on)();
    expect(challenged.status).toBe(401);
    const header = challenged.headers.get("www-authenticate") ?? "";
    expect(header).toContain('error="insufficient_claims"');
    expect(Buffer.from(/claims="([^"]+)"/.exec(header)?.[1] ?? "", "base64").toString()).toBe(claims);
    const { token } = await on.simulation.getToken({ claims });
    expect(
      (await on.send("GET", `${on.workspace}/computes`, undefined, { authorization: `Bearer ${token}` })).status,
    ).toBe(200);
  });

  test("an operation that fails in the end, with the error on the cluster too", async () => {
    const { simulation, put, get, send, clock } = stage();
    simulation.failNextOperation({ code: "InternalServerError", message: "Something broke." });
    const { headers } = await put("cpu");
    clock.advance(10);
    expect((await send("GET", headers["azure-asyncoperation"] ?? "")).body).toEqual({
      status: "Failed",
      error: { code: "InternalServerError", message: "Something broke." },
    });
    expect((await get("cpu")).body.properties.provisioningState).toBe("Failed");
  });

  test("an answer that takes its time can be given up, and the world has moved on all the same", async () => {
    const on = stage({ latency: { requestMs: 60_000, playDelays: true } });
    const gaveUp = new AbortController();
    const waiting = ask(on, gaveUp.signal)();
    setTimeout(() => gaveUp.abort(), 5);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    await expect(ask(on, AbortSignal.abort())()).rejects.toMatchObject({ name: "AbortError" });
  });
});
