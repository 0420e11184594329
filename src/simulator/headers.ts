import { type TokenClaims } from "./auth";
import { type Answer } from "./http";
import { nextBetween, nextGuid, type RandomState } from "./random";

export interface HeaderFacts {
  readonly answer: Answer;
  readonly method: string;
  /** Simulated milliseconds: the `Date` header is the world's time. */
  readonly now: number;
  readonly noise: RandomState;
  readonly bodyLength: number;
  readonly contentType: string;
  /** Region of the front end that answers. */
  readonly location: string;
  readonly budget: Readonly<Record<string, string>>;
  readonly claims: TokenClaims | undefined;
}

/** Headers as recorded 2025-11, but for those of Azure's own network (x-cache, x-msedge-ref, request-context, …). */
export function formatHeaders(facts: HeaderFacts): Record<string, string> {
  const { answer, noise, claims } = facts;
  const id = nextGuid(noise);
  const time = new Date(facts.now);
  const stamp = time.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const operator =
    claims === undefined
      ? {}
      : {
          "x-ms-operation-identifier": `tenantId=${claims.tid},objectId=${claims.oid}/${facts.location}/${nextGuid(noise)}`,
        };
  return {
    "cache-control": "no-cache",
    pragma: "no-cache",
    expires: "-1",
    date: time.toUTCString(),
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-ms-request-id": id,
    "x-ms-correlation-request-id": id,
    "x-ms-routing-request-id": `${facts.location.toUpperCase()}:${stamp}:${id}`,
    "x-ms-response-type": answer.status < 400 ? "standard" : "error",
    "azureml-served-by-cluster": `vienna-${facts.location}-0${nextBetween(noise, 1, 2)}`,
    "x-request-time": (nextBetween(noise, 20, 310) / 1000).toFixed(3),
    "content-length": String(facts.bodyLength),
    ...(facts.bodyLength > 0 ? { "content-type": facts.contentType } : {}),
    ...(facts.method === "GET" ? { vary: "Accept-Encoding" } : {}),
    ...operator,
    ...facts.budget,
    ...answer.headers,
  };
}
