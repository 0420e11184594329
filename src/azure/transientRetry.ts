import { type PipelinePolicy, retryPolicy } from "@azure/core-rest-pipeline";
import { networkFailure } from "./networkFailure";
import { retryAfterOf } from "./mapError";

/** A wait that nobody notices; longer ones are the caller's to decide, who knows whether anybody is looking. */
const longestHiddenWaitMs = 3_000;

/**
 * One more try after a broken connection, a 5xx or a 429 that asks for a moment only. Safe for every request we make: PUT,
 * PATCH and DELETE say what shall be, listNodes reads. A broken certificate or an unknown host stays as it is.
 */
export function transientRetryPolicy(delayMs: number, now: () => number): PipelinePolicy {
  return {
    ...retryPolicy(
      [
        {
          name: "transient",
          retry({ response, responseError }) {
            if (response === undefined) {
              const code = networkFailure(responseError)?.code ?? "";
              return lastingNetworkTrouble.test(code) ? { skipStrategy: true } : { retryAfterInMs: delayMs };
            }
            if (!passing.has(response.status)) return { skipStrategy: true };
            // A 429 that names no time is the caller's to space out.
            const wait = retryAfterOf(response, now()) ?? (response.status === 429 ? undefined : delayMs);
            if (wait === undefined || wait > longestHiddenWaitMs) return { skipStrategy: true };
            return { retryAfterInMs: wait };
          },
        },
      ],
      { maxRetries: 1 },
    ),
    name: "amlTransientRetryPolicy",
  };
}

const passing = new Set([408, 429, 500, 502, 503, 504]);
const lastingNetworkTrouble = /^ENOTFOUND$|CERT|SELF_SIGNED|UNABLE_TO|^ERR_/;
