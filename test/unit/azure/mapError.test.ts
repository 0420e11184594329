import { RestError, createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { mapError, mapOperationFailure } from "../../../src/azure/mapError";
import { AzureMlError } from "../../../src/core/errors";

const url = "https://management.azure.com/subscriptions/s?api-version=1&c=secret";

function answered(status: number, body: unknown, headers: Record<string, string> = {}): AzureMlError {
  const request = createPipelineRequest({ url });
  const bodyAsText = typeof body === "string" ? body : JSON.stringify(body);
  const response = { request, status, headers: createHttpHeaders(headers), bodyAsText };
  return asError(mapError(new RestError("outer", { statusCode: status, request, response }), { now: 0 }));
}

function asError(error: Error): AzureMlError {
  if (error instanceof AzureMlError) return error;
  throw error;
}

const arm = (code: string, message: string, more: object = {}): unknown => ({ error: { code, message, ...more } });

describe("an answer that is an error", () => {
  it.each([
    [401, arm("ExpiredAuthenticationToken", "The access token expiry…"), "notSignedIn"],
    [401, "", "notSignedIn"],
    [403, arm("AuthorizationFailed", "The client … does not have authorization"), "forbidden"],
    [403, arm("LinkedAuthorizationFailed", "…on the linked scope(s)"), "forbidden"],
    [403, arm("RequestDisallowedByPolicy", "…was disallowed by policy"), "forbidden"],
    [404, arm("ResourceNotFound", "The Resource … was not found"), "notFound"],
    [410, "", "notFound"],
    [409, arm("ScopeLocked", "The scope '…' cannot perform write operation"), "locked"],
    [409, arm("Conflict", "Another operation is in progress"), "conflict"],
    [409, arm("MissingSubscriptionRegistration", "not registered"), "conflict"],
    [409, arm("OperationNotAllowed", "results in exceeding approved standardDSv2Family Cores quota"), "quotaExceeded"],
    [400, arm("ClusterMinNodesExceedCoreQuota", "… vCPU quota of 0 …"), "quotaExceeded"],
    [403, arm("QuotaExceeded", "no more"), "quotaExceeded"],
    [400, arm("OK", "Operation results in exceeding quota limits of Microsoft.Batchlusters"), "quotaExceeded"],
    [400, arm("InvalidPropertyValue", "not a supported VM size"), "invalid"],
    [422, "", "invalid"],
    [429, arm("SubscriptionRequestsThrottled", "Number of 'read' requests…"), "throttled"],
    [429, arm("QuotaExceeded", "of requests"), "throttled"],
    [407, "", "network"],
    [408, "", "unavailable"],
    [500, arm("InternalServerError", "oops"), "unavailable"],
    [503, "", "unavailable"],
    [418, "", "invalid"],
  ])("of status %i with %j is of kind %s", (status, body, kind) => {
    expect(answered(status, body).kind).toBe(kind);
  });

  it("keeps code, message, status and request id", () => {
    const error = answered(409, arm("ScopeLocked", "Please remove the lock."), { "x-ms-request-id": "r-7" });
    expect(error).toMatchObject({
      name: "AzureMlError",
      code: "ScopeLocked",
      message: "Please remove the lock.",
      statusCode: 409,
      requestId: "r-7",
    });
    expect(error.cause).toBeInstanceOf(RestError);
  });

  it("takes the correlation id where there is no request id", () => {
    expect(answered(500, "", { "x-ms-correlation-request-id": "c-1" }).requestId).toBe("c-1");
  });

  it.each([
    [{ "retry-after": "17" }, 17_000],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "x-ms-retry-after-ms": "30" }, 30],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT", date: "Thu, 01 Jan 2026 00:00:00 GMT" }, 30_000],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:05 GMT" }, 5_000],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:00 GMT", date: "Thu, 01 Jan 2026 00:01:00 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{}, undefined],
  ])("with %j says to wait %s ms", (headers, expected) => {
    expect(answered(429, "", headers as Record<string, string>).retryAfterMs).toBe(expected);
  });
});

describe("the code and message of an error", () => {
  it.each([
    [
      "details under BadRequest",
      arm("BadRequest", "outer", { details: [{ code: "X1", message: "deep" }] }),
      "X1",
      "deep",
    ],
    [
      "details of details",
      arm("UserError", "outer", {
        details: [{ code: "BadRequest", message: "mid", details: [{ code: "X2", message: "in" }] }],
      }),
      "X2",
      "in",
    ],
    ["innererror", arm("BadRequest", "outer", { innererror: { code: "X3", message: "inner" } }), "X3", "inner"],
    [
      "additionalInfo's InnerError, whose codes have no text",
      arm("UserError", "The name is taken.", {
        additionalInfo: [
          { type: "ComponentName", info: { value: "mfe" } },
          { type: "InnerError", info: { value: { code: "BadArgument", innerError: { code: "NameTaken" } } } },
        ],
      }),
      "NameTaken",
      "The name is taken.",
    ],
    [
      "the outer one when it says more than what is inside",
      arm("InvalidPropertyValue", "Standard_B2s is not a supported VM size.", {
        details: [{ code: "SupportedVMSizes", message: "STANDARD_D1,STANDARD_D2" }],
      }),
      "InvalidPropertyValue",
      "Standard_B2s is not a supported VM size.",
    ],
    [
      "the second detail when the first is vague",
      arm("BadRequest", "o", { details: [{ code: "Error" }, { code: "X4", message: "m" }] }),
      "X4",
      "m",
    ],
    ["JSON inside the message", arm("BadRequest", JSON.stringify(arm("X5", "really"))), "X5", "really"],
    ["an error without its envelope", { code: "X6", message: "bare" }, "X6", "bare"],
    [
      "the price service's capitals",
      { Error: { Code: "BadRequest", Message: "Invalid OData" } },
      "BadRequest",
      "Invalid OData",
    ],
    ["a vague code alone", arm("BadRequest", "The body is wrong."), "BadRequest", "The body is wrong."],
    ["a deep message under a bare code", arm("X7", "", { details: [{ message: "why" }] }), "X7", "why"],
    [
      "a sign-in service's form",
      { error: "invalid_grant", error_description: "AADSTS50078: expired" },
      "invalid_grant",
      "AADSTS50078: expired",
    ],
  ])("come from %s", (_where, body, code, message) => {
    expect(answered(400, body)).toMatchObject({ code, message });
  });

  it("survive a body nested without end", () => {
    const depth = 2_000;
    const body = '{"code":"BadRequest","details":['.repeat(depth) + "{}" + "]}".repeat(depth);
    const started = performance.now();
    expect(answered(400, `{"error":${body}}`).code).toBe("BadRequest");
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each(["", "null", "[]", "{}", '{"error":null}', '{"error":7}', "{broken", '"text"'])(
    "survive the body %s",
    (body) => {
      expect(answered(400, body)).toMatchObject({ kind: "invalid", message: "Azure answered 400 without a reason." });
    },
  );

  it("blame the network for a web page", () => {
    const error = answered(403, "<!DOCTYPE html><html><body>Please sign in to the guest network</body></html>");
    expect(error.kind).toBe("network");
    expect(error.message).toContain("management.azure.com was answered by something other than Azure");
    expect(error.message).not.toContain("secret");
  });
});

describe("no answer", () => {
  const broken = (code: string): AzureMlError =>
    asError(mapError(new RestError(`connect ${code}`, { code, request: createPipelineRequest({ url }) }), { now: 0 }));

  it.each([
    ["ENOTFOUND", "The name management.azure.com could not be found."],
    ["EAI_AGAIN", "could not be found"],
    ["ECONNREFUSED", "refused"],
    ["ECONNRESET", "was cut"],
    ["ETIMEDOUT", "did not answer in time"],
    ["ENETUNREACH", "no way to"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "is not trusted"],
    ["CERT_HAS_EXPIRED", "is not trusted"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "is not trusted"],
    ["REQUEST_SEND_ERROR", "could not be sent"],
  ])("(%s) is a network failure that says what to look at", (code, text) => {
    const error = broken(code);
    expect(error).toMatchObject({ kind: "network", code });
    expect(error.message).toContain(text);
  });

  it("finds the system's code under the library's and among several attempts", () => {
    const attempts = Object.assign(new Error("all failed"), { errors: [{ code: "ECONNREFUSED" }] });
    const error = new RestError("send", { code: "REQUEST_SEND_ERROR", request: createPipelineRequest({ url }) });
    Object.assign(error, { cause: attempts });
    expect(mapError(error, { now: 0 })).toMatchObject({ kind: "network", code: "ECONNREFUSED" });
  });

  it("is an AbortError when somebody gave up, whatever broke first", () => {
    const signal = AbortSignal.abort();
    expect(mapError(new RestError("x", { code: "ECONNRESET" }), { signal, now: 0 }).name).toBe("AbortError");
    expect(mapError(new DOMException("x", "AbortError"), { now: 0 }).name).toBe("AbortError");
  });

  it("of the sign-in is notSignedIn, with the AADSTS code", () => {
    const expired = new Error("AADSTS50078: Presented multi-factor authentication has expired.");
    expect(mapError(expired, { now: 0 })).toMatchObject({ kind: "notSignedIn", code: "AADSTS50078" });
    const none = Object.assign(new Error("Please run az login"), { name: "CredentialUnavailableError" });
    expect(mapError(none, { now: 0 })).toMatchObject({ kind: "notSignedIn", message: "Please run az login" });
  });

  it("of an unforeseen sort is unknown and keeps its cause", () => {
    const cause = new TypeError("x is not a function");
    expect(mapError(cause, { now: 0 })).toMatchObject({ kind: "unknown", message: cause.message, cause });
    expect(mapError("a string", { now: 0 })).toMatchObject({ kind: "unknown", message: "a string" });
  });
});

describe("an operation that ended badly", () => {
  it.each([
    [{ status: "Failed", error: { code: "ClusterMinNodesExceedCoreQuota", message: "q" } }, "quotaExceeded"],
    [
      { status: "Failed", error: { code: "BadRequest", message: "has a Standard NC vCPU quota of 0 and" } },
      "quotaExceeded",
    ],
    [{ status: "Failed", error: { code: "BadRequest", message: "no" } }, "invalid"],
    [{ status: "Failed", error: { code: "AuthorizationFailed", message: "no" } }, "forbidden"],
    [{ status: "Failed", error: { code: "ResourceNotFound", message: "no" } }, "notFound"],
    [{ status: "Failed", error: { code: "InternalServerError", message: "no" } }, "unavailable"],
    [{ status: "Canceled", error: { code: "Canceled", message: "no" } }, "conflict"],
    [{ status: "Failed", error: { code: "SomethingNew", message: "no" } }, "unknown"],
    [{ status: "Failed", properties: { error: { code: "ScopeLocked", message: "no" } } }, "locked"],
  ])("with %j is of kind %s", (body, kind) => {
    expect(mapOperationFailure(body, "r").kind).toBe(kind);
  });

  it("says so when Azure gave no reason", () => {
    expect(mapOperationFailure({ status: "Failed" }, "r").message).toBe(
      'Azure ended the operation as "Failed" and gave no reason.',
    );
  });
});
