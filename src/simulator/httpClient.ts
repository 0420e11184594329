import { setTimeout as sleep } from "node:timers/promises";
import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { NetworkTrouble, type Router } from "./router";

/** How long an answer takes in real milliseconds, like a network: this is no part of the world, which has no timers. */
export interface Latency {
  readonly requestMs: number;
  /** Whether slow workspaces and slow faults make their callers wait. */
  readonly playDelays: boolean;
}

/** The simulated ARM as the Azure SDK's HTTP client. Every host leads to it. */
export function makeHttpClient(router: Router, latency: Latency, afterwards: () => void): HttpClient {
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      if (request.abortSignal?.aborted === true) throw abortError();
      try {
        const answer = router.handle({
          method: request.method,
          url: request.url,
          headers: request.headers.toJSON(),
          body: typeof request.body === "string" ? request.body : undefined,
        });
        await wait(latency.requestMs + (latency.playDelays ? answer.delayMs : 0), request);
        const headers = createHttpHeaders({ ...answer.headers });
        return { request, status: answer.status, headers, bodyAsText: answer.body };
      } catch (error) {
        throw error instanceof NetworkTrouble ? restError(error, request) : error;
      } finally {
        afterwards();
      }
    },
  };
}

async function wait(ms: number, request: PipelineRequest): Promise<void> {
  if (ms <= 0) return;
  const gaveUp = new AbortController();
  const onAbort = (): void => gaveUp.abort();
  request.abortSignal?.addEventListener("abort", onAbort);
  try {
    await sleep(ms, undefined, { signal: gaveUp.signal });
  } catch {
    throw abortError();
  } finally {
    request.abortSignal?.removeEventListener("abort", onAbort);
  }
}

/** The SDK knows these errors by name, so its classes need not be in this bundle. */
function abortError(): Error {
  return Object.assign(new Error("The operation was aborted."), { name: "AbortError" });
}

function restError(trouble: NetworkTrouble, request: PipelineRequest): Error {
  return Object.assign(new Error(trouble.message, { cause: trouble }), {
    name: "RestError",
    code: trouble.code,
    request,
  });
}
