import { describe, expect, it } from "vitest";
import { clusterId } from "../../../src/core/armId";
import { type OperationKind, type PendingOperation } from "../../../src/core/operation";
import { aDraft, aWorkspace, aWorkspaceId } from "../../support/builders";
import { type Answer, type Connection, ScriptedHttp, connectTo, failureOf } from "./scriptedHttp";

const cluster = clusterId(aWorkspaceId, "gpu-train");
const status = "/subscriptions/s/providers/Microsoft.MachineLearningServices/locations/x/computeOperationsStatus/1";
const statusUrl = `https://management.azure.com${status}?api-version=2024-04-01&service=new&s=${"x".repeat(3_000)}`;
const accepted = (code: number): Answer => ({
  status: code,
  headers: { "azure-asyncoperation": statusUrl },
  json: { properties: { computeType: "AmlCompute", provisioningState: "Creating", properties: {} } },
});
const scale = { minNodeCount: 1, maxNodeCount: 8, idleSecondsBeforeScaleDown: 90 };

describe("a create", () => {
  it("is a PUT with both regions, closed SSH and plain seconds, and returns without polling", async () => {
    const http = new ScriptedHttp().on(`PUT ${cluster}`, accepted(201));
    const { azureMl } = connectTo(http);
    const draft = aDraft({ location: "eastus", vmPriority: "lowPriority", maxNodeCount: 8 });
    const operation = await azureMl.beginCreate(aWorkspace(), draft);
    expect(operation).toEqual({ kind: "create", cluster, resumeToken: statusUrl });
    expect(http.sent).toHaveLength(1);
    expect(http.sent[0]!.body).toEqual({
      location: "westeurope",
      properties: {
        computeType: "AmlCompute",
        computeLocation: "eastus",
        properties: {
          osType: "Linux",
          vmSize: "Standard_DS3_v2",
          vmPriority: "LowPriority",
          scaleSettings: { minNodeCount: 0, maxNodeCount: 8, nodeIdleTimeBeforeScaleDown: "PT120S" },
          remoteLoginPortPublicAccess: "Disabled",
        },
      },
    });
  });

  it("that Azure refuses is the refusal", async () => {
    const json = { error: { code: "ScopeLocked", message: "Please remove the lock and try again." } };
    const { azureMl } = connectTo(new ScriptedHttp().on(`PUT ${cluster}`, { status: 409, json }));
    expect(await failureOf(azureMl.beginCreate(aWorkspace(), aDraft()))).toMatchObject({
      kind: "locked",
      message: "Please remove the lock and try again.",
      requestId: "req-1",
    });
  });

  it("accepted without an operation's address is followed on the cluster itself", async () => {
    const http = new ScriptedHttp()
      .on(`PUT ${cluster}`, { status: 201, json: {} })
      .on(
        `GET ${cluster}`,
        { json: { properties: { provisioningState: "Creating" } } },
        { json: { properties: { provisioningState: "Succeeded" } } },
      );
    const connection = connectTo(http);
    const operation = await connection.azureMl.beginCreate(aWorkspace(), aDraft());
    await end(connection, operation);
    expect(http.calls("GET")).toHaveLength(2);
  });

  it("answered by a web page was not accepted", async () => {
    const { azureMl } = connectTo(new ScriptedHttp().on(`PUT ${cluster}`, { status: 200, text: "<html></html>" }));
    expect(await failureOf(azureMl.beginCreate(aWorkspace(), aDraft()))).toMatchObject({ kind: "network" });
  });

  it("that is given up before it is sent throws AbortError", async () => {
    const http = new ScriptedHttp();
    const { azureMl } = connectTo(http);
    const failure = await failureOf(azureMl.beginCreate(aWorkspace(), aDraft(), AbortSignal.abort()));
    expect(failure.name).toBe("AbortError");
    expect(http.sent).toHaveLength(0);
  });
});

describe("a scale", () => {
  it("is a PATCH with scale settings only", async () => {
    const http = new ScriptedHttp().on(`PATCH ${cluster}`, accepted(202));
    const operation = await connectTo(http).azureMl.beginScale(cluster, scale);
    expect(operation).toEqual({ kind: "scale", cluster, resumeToken: statusUrl });
    expect(http.sent.map(({ body }) => body)).toEqual([
      {
        properties: {
          properties: { scaleSettings: { minNodeCount: 1, maxNodeCount: 8, nodeIdleTimeBeforeScaleDown: "PT90S" } },
        },
      },
    ]);
  });

  it("answered with 200 and no address had nothing left to do", async () => {
    const http = new ScriptedHttp().on(`PATCH ${cluster}`, { status: 200, json: {} });
    expect(await connectTo(http).azureMl.beginScale(cluster, scale)).toBeUndefined();
  });
});

describe("a delete", () => {
  it("takes the nodes along and returns without polling", async () => {
    const http = new ScriptedHttp().on(`DELETE ${cluster}`, { ...accepted(202), json: undefined });
    const operation = await connectTo(http).azureMl.beginDelete(cluster);
    expect(operation).toEqual({ kind: "delete", cluster, resumeToken: statusUrl });
    expect(new URL(http.sent[0]!.url).searchParams.get("underlyingResourceAction")).toBe("Delete");
    expect(http.sent).toHaveLength(1);
  });

  it.each([
    ["204", { status: 204 }],
    ["200", { status: 200 }],
    ["404", { status: 404, json: { error: { code: "ResourceNotFound", message: "gone" } } }],
  ])("answered with %s is over", async (_name, answer: Answer) => {
    const http = new ScriptedHttp().on(`DELETE ${cluster}`, answer);
    expect(await connectTo(http).azureMl.beginDelete(cluster)).toBeUndefined();
  });

  it("accepted without an address ends when the cluster is gone", async () => {
    const gone = { status: 404, json: { error: { code: "ResourceNotFound", message: "gone" } } };
    const http = new ScriptedHttp()
      .on(`DELETE ${cluster}`, { status: 202 })
      .on(
        `GET ${cluster}`,
        { json: { properties: { provisioningState: "Succeeded" } } },
        { json: { properties: { provisioningState: "Deleting" } } },
        gone,
      );
    const connection = connectTo(http);
    const operation = await connection.azureMl.beginDelete(cluster);
    await end(connection, operation!);
    expect(http.calls("GET")).toHaveLength(3);
  });
});

describe("the end of an operation", () => {
  const pending = (kind: OperationKind = "create"): PendingOperation => ({ kind, cluster, resumeToken: statusUrl });
  const polls = (...answers: Answer[]): ScriptedHttp => new ScriptedHttp().on(`GET ${status}`, ...answers);
  const running: Answer = { json: { status: "InProgress" } };
  const done: Answer = { json: { status: "Succeeded", percentComplete: 100.0 } };

  it("is asked for every two seconds at the signed address, letter by letter", async () => {
    const connection = connectTo(polls(running, running, done));
    const from = connection.clock.now();
    const ended = connection.azureMl.finish(pending()).then(() => connection.clock.now() - from);
    await connection.clock.advance(10_000);
    expect(connection.http.sent.map(({ url }) => url)).toEqual([statusUrl, statusUrl, statusUrl]);
    expect(connection.log.join()).not.toContain("xxx");
    await ended;
  });

  it("waits as long as Azure says", async () => {
    const connection = connectTo(polls({ ...running, headers: { "retry-after": "30" } }, done));
    void connection.azureMl.finish(pending());
    await connection.clock.advance(31_000);
    expect(connection.http.sent).toHaveLength(1);
    await connection.clock.advance(2_000);
    expect(connection.http.sent).toHaveLength(2);
  });

  it("comes through broken connections, 5xx, throttling and web pages", async () => {
    const troubles: Answer[] = [
      { fails: "ENOTFOUND" },
      { fails: "ECONNRESET" },
      { fails: "ECONNRESET" },
      { status: 503 },
      { status: 503 },
      { status: 429, headers: { "retry-after": "17" }, json: { error: { code: "TooManyRequests", message: "" } } },
      { text: "<html></html>" },
      running,
      done,
    ];
    const connection = connectTo(polls(...troubles));
    await end(connection, pending());
    expect(connection.http.sent).toHaveLength(9);
  });

  it("rests longer with each failure, up to a minute", async () => {
    const connection = connectTo(polls({ fails: "ENOTFOUND" }));
    const stop = new AbortController();
    const ended = failureOf(connection.azureMl.finish(pending(), stop.signal));
    await connection.clock.advance(3_600_000);
    const tries = connection.http.sent.length;
    expect(tries).toBeGreaterThan(55);
    expect(tries).toBeLessThan(70);
    stop.abort();
    expect((await ended).name).toBe("AbortError");
  });

  it("is given up when something else keeps answering", async () => {
    const connection = connectTo(polls({ text: "<html></html>" }));
    const ended = failureOf(connection.azureMl.finish(pending()));
    await connection.clock.advance(600_000);
    expect(await ended).toMatchObject({ kind: "network" });
    expect(connection.http.sent).toHaveLength(5);
  });

  it("is notFound when Azure has forgotten the operation", async () => {
    const json = { error: { code: "NotFound", message: "no such operation" } };
    const connection = connectTo(polls({ status: 404, json }));
    const ended = failureOf(connection.azureMl.finish(pending("delete")));
    await connection.clock.advance(2_000);
    expect(await ended).toMatchObject({ kind: "notFound" });
  });

  it("that failed carries Azure's code and message", async () => {
    const error = { code: "ClusterMinNodesExceedCoreQuota", message: "…vCPU quota of 0…" };
    const connection = connectTo(polls({ json: { status: "Failed", error } }));
    const ended = failureOf(connection.azureMl.finish(pending()));
    await connection.clock.advance(2_000);
    expect(await ended).toMatchObject({ name: "AzureMlError", kind: "quotaExceeded", ...error, requestId: "req-1" });
    expect(connection.http.sent).toHaveLength(1);
  });

  it("that failed in a word that says nothing is explained by the cluster it left behind", async () => {
    const reason = { code: "InvalidPropertyValue", message: "Standard_B2s is not a supported VM size." };
    const http = polls({ json: { status: "Failed", error: { code: "BadRequest", message: "Failed." } } }).on(
      `GET ${cluster}`,
      { json: { properties: { computeType: "AmlCompute", provisioningErrors: [{ error: reason }] } } },
    );
    const connection = connectTo(http);
    const ended = failureOf(connection.azureMl.finish(pending()));
    await connection.clock.advance(2_000);
    expect(await ended).toMatchObject({ kind: "invalid", ...reason });
  });

  it("keeps the vague failure when the cluster cannot be asked", async () => {
    const http = polls({ json: { status: "Failed", error: { code: "BadRequest", message: "Failed." } } }).on(
      `GET ${cluster}`,
      { status: 403, json: { error: { code: "AuthorizationFailed", message: "no" } } },
    );
    const connection = connectTo(http);
    const ended = failureOf(connection.azureMl.finish(pending()));
    await connection.clock.advance(2_000);
    expect(await ended).toMatchObject({ kind: "invalid", code: "BadRequest", message: "Failed." });
  });

  it.each([
    "https://evil.example/subscriptions/s",
    "https://management.azure.com.evil.example/subscriptions/s",
    "https://management.azure.com@evil.example/subscriptions/s",
    "https://me:you@management.azure.com/subscriptions/s",
    "http://management.azure.com/subscriptions/s",
    "not an address",
    "",
  ])("is not asked for at %j, which gets no token", async (resumeToken) => {
    const { azureMl, http, credential } = connectTo(new ScriptedHttp());
    const failure = await failureOf(azureMl.finish({ ...pending(), resumeToken }));
    expect(failure).toMatchObject({ kind: "invalid", code: "UnexpectedHost" });
    expect(http.sent).toHaveLength(0);
    expect(credential.requests).toHaveLength(0);
  });

  it("is not waited for any longer once the connection is disposed of", async () => {
    const { azureMl, clock } = connectTo(polls(running));
    const ended = failureOf(azureMl.finish(pending()));
    await clock.advance(5_000);
    azureMl.dispose();
    expect((await ended).name).toBe("AbortError");
  });
});

/** Lets an operation come to its end, hours at most. */
async function end({ azureMl, clock }: Connection, operation: PendingOperation): Promise<void> {
  const outcome: { settled: boolean; failure?: unknown } = { settled: false };
  const settleWith = (failure?: unknown): void => void Object.assign(outcome, { settled: true, failure });
  void azureMl.finish(operation).then(() => settleWith(), settleWith);
  for (let step = 0; step < 200 && !outcome.settled; step++) await clock.advance(1_000);
  expect(outcome).toEqual({ settled: true, failure: undefined });
}
