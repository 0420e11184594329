import { type PipelinePolicy, type PipelineResponse } from "@azure/core-rest-pipeline";
import { type Clock, type Logger, type RequestKind, type RequestRecord } from "../app/ports";
import { isAbort } from "../core/errors";
import { fieldsOf, textOf } from "./looseJson";
import { retryAfterOf } from "./mapError";

export interface Recorder {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
  /** The answer's `Date` in milliseconds since the epoch. */
  readonly onServiceDate?: ((date: number) => void) | undefined;
}

/**
 * Writes every attempt into the log and to `onRequest`: reads at debug, changes at info, what went wrong as a warning.
 * Never a query value but the api-version (operation addresses are signed), never a header or body.
 */
export function recordingPolicy(recorder: Recorder, tenantId?: string): PipelinePolicy {
  const { clock, logger, onRequest, onServiceDate } = recorder;
  return {
    name: "amlRecordingPolicy",
    async sendRequest(request, next) {
      const started = clock.now();
      const path = pathOf(request.url);
      const record = (response: PipelineResponse | undefined, failure?: unknown): void => {
        const entry: RequestRecord = {
          method: request.method,
          path,
          statusCode: response?.status,
          durationMs: clock.now() - started,
          requestId: response?.headers.get("x-ms-request-id"),
          budgetLeft: response === undefined ? undefined : budgetLeft(response),
          at: clock.now(),
          kind: kindOf(request.method),
          scope: scopeOf(path) ?? tenantId,
          ownBudgetLeft: response === undefined ? undefined : ownBudgetLeft(response),
          retryAfterMs: response?.status === 429 ? retryAfterOf(response, clock.now()) : undefined,
        };
        onRequest?.(entry);
        log(logger, entry, failure);
      };
      try {
        const response = await next(request);
        const date = Date.parse(response.headers.get("date") ?? "");
        if (Number.isFinite(date)) onServiceDate?.(date);
        record(response);
        return response;
      } catch (error) {
        if (!isAbort(error)) record(undefined, error);
        throw error;
      }
    },
  };
}

function log(logger: Logger, entry: RequestRecord, failure: unknown): void {
  const { method, path, statusCode, durationMs, requestId } = entry;
  if (statusCode === undefined) {
    const code = textOf(fieldsOf(failure)["code"]) ?? "no answer";
    logger.warn(`${method} ${path}: ${code} after ${durationMs} ms`);
    return;
  }
  const left = entry.budgetLeft === undefined ? "" : `, ${entry.budgetLeft} requests left`;
  const line = `${method} ${path}: ${statusCode} in ${durationMs} ms${left}`;
  // A 404 to a GET is an ordinary answer: does this name exist?
  const isOrdinary = statusCode < 400 || (statusCode === 404 && method === "GET");
  if (!isOrdinary) logger.warn(`${line}, request id ${requestId ?? "none"}`);
  else if (method === "PUT" || method === "PATCH" || method === "DELETE") logger.info(line);
  else logger.debug(line);
}

/** Path and api-version of an address; anything unreadable is not repeated. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return "(unreadable address)";
  const { pathname, searchParams } = new URL(url);
  const version = searchParams.get("api-version");
  return version === null ? pathname : `${pathname}?api-version=${version}`;
}

/** The lowest of `x-ms-ratelimit-remaining-*`, of which each answer has those that its request drew on (NOTES 2). */
function budgetLeft(response: PipelineResponse): number | undefined {
  return lowestOf(response, () => true);
}

/** The account's own bucket alone: that of all accounts together (`-global-`) is larger and fills faster. */
function ownBudgetLeft(response: PipelineResponse): number | undefined {
  return lowestOf(response, (name) => !name.includes("-global-"));
}

function lowestOf(response: PipelineResponse, counts: (header: string) => boolean): number | undefined {
  const left = Object.entries(response.headers.toJSON())
    .filter(([name, value]) => name.startsWith("x-ms-ratelimit-remaining-") && counts(name) && /^\d+$/.test(value))
    .map(([, value]) => Number(value));
  return left.length === 0 ? undefined : Math.min(...left);
}

function kindOf(method: string): RequestKind {
  if (method === "GET" || method === "HEAD") return "read";
  return method === "DELETE" ? "delete" : "write";
}

function scopeOf(path: string): string | undefined {
  return /^\/subscriptions\/([^/?]+)/i.exec(path)?.[1]?.toLowerCase();
}
