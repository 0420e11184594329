import * as l10n from "@vscode/l10n";
import { type PipelineResponse, isRestError } from "@azure/core-rest-pipeline";
import { AzureMlError, type AzureMlErrorKind, isAbort } from "../core/errors";
import { type ErrorFinding, chooseError, readErrorBody } from "./errorBody";
import { fieldsOf, propertiesOf, textOf } from "./looseJson";
import { networkFailure } from "./networkFailure";
import { abortError } from "./systemClock";

/** What the outcome depends on besides the failure itself. */
export interface ErrorContext {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. */
  readonly now: number;
}

/**
 * Every failure as one AzureMlError, or as an Error named AbortError when somebody gave up waiting.
 * Bodies that are no ARM errors (a proxy's web page, nothing at all) are survived.
 */
export function mapError(error: unknown, context: ErrorContext): Error {
  if (error instanceof AzureMlError) return error;
  if (isAbort(error)) return error as Error;
  if (context.signal?.aborted === true) return abortError();
  if (isRestError(error) && error.response !== undefined) return mapResponse(error.response, context, error);
  return networkFailure(error) ?? signInFailure(error) ?? surprise(error);
}

/** The error that an answer other than a success means. */
export function mapResponse(response: PipelineResponse, context: ErrorContext, cause?: unknown): AzureMlError {
  const { status, headers } = response;
  const body = readErrorBody(response.bodyAsText ?? "");
  const found: ErrorFinding = body === undefined ? { path: [] } : chooseError(body);
  const garbled = body === undefined && isGarbled(status, response.bodyAsText ?? "");
  return new AzureMlError({
    kind: garbled ? "network" : kindOf(status, found),
    code: found.code ?? headers.get("x-ms-error-code"),
    message: found.message ?? (garbled ? garbledMessage(response) : plainMessage(response, found.code)),
    statusCode: status,
    requestId: headers.get("x-ms-request-id") ?? headers.get("x-ms-correlation-request-id"),
    retryAfterMs: retryAfterOf(response, context.now),
    cause,
  });
}

/** The error of a long-running operation that ended badly; its poll itself was answered with 200. */
export function mapOperationFailure(body: unknown, requestId: string | undefined): AzureMlError {
  const node = readErrorBody(fieldsOf(body)["error"] ?? propertiesOf(body)["error"]);
  const found: ErrorFinding = node === undefined ? { path: [] } : chooseError(node);
  const status = textOf(fieldsOf(body)["status"]) ?? "Failed";
  return new AzureMlError({
    kind: kindOf(undefined, found),
    code: found.code,
    message: found.message ?? l10n.t('Azure ended the operation as "{0}" and gave no reason.', status),
    requestId,
  });
}

/** Retry-After in seconds or as a date, or Azure's own headers in milliseconds. */
export function retryAfterOf(response: PipelineResponse, now: number): number | undefined {
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    const ms = Number(response.headers.get(name) ?? Number.NaN);
    if (Number.isFinite(ms) && ms >= 0) return ms;
  }
  const text = response.headers.get("retry-after");
  if (text === undefined || text.trim() === "") return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Number(text) * 1_000;
  // Both dates come from one clock, so the difference is right even where this machine's clock is not.
  const from = Date.parse(response.headers.get("date") ?? "");
  const ms = Date.parse(text) - (Number.isFinite(from) ? from : now);
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

const kindsOfCodes: readonly (readonly [RegExp, AzureMlErrorKind])[] = [
  [/^ScopeLocked$/i, "locked"],
  [/Throttl|^TooManyRequests$|^RequestLimitExceeded$/i, "throttled"],
  [/Quota/i, "quotaExceeded"],
  [/^(Invalid|Expired|Missing)?Authentication(Token.*|Failed)$|^AADSTS\d+/i, "notSignedIn"],
  [/^(Linked)?AuthorizationFailed$|^LinkedAccessCheckFailed$|^RequestDisallowedBy|^Forbidden$/i, "forbidden"],
  [/NotFound$/i, "notFound"],
  [/Conflict|AlreadyExists$|InProgress$|^Canceled$|^Cancelled$/i, "conflict"],
  [/^Internal|^ServiceUnavailable$|^ServerTimeout$|^GatewayTimeout$|^ServerBusy$/i, "unavailable"],
  [/^Invalid|^BadRequest$|^UserError$|^BadArgument$|^Validation|NotSupported|NotAvailable|^Unsupported/i, "invalid"],
];

/** Quota refusals have come with no code, or with `OperationNotAllowed` (azure-facts 2.7). */
const quotaMessage = /exceeding (quota limits|approved .*quota)|vCPU quota of/i;

/** The status decides where it is clear; codes decide within 4xx and for operations, whose polls have no telling status. */
export function kindOf(status: number | undefined, { message, path }: ErrorFinding): AzureMlErrorKind {
  if (status === 429) return "throttled";
  if (status === 401) return "notSignedIn";
  if (status === 407) return "network";
  if (status !== undefined && (status >= 500 || status === 408)) return "unavailable";
  const byCode = [...path]
    .reverse()
    .map(kindOfCode)
    .find((kind) => kind !== undefined);
  if (byCode === "quotaExceeded" || quotaMessage.test(message ?? "")) return "quotaExceeded";
  if (byCode === "locked") return "locked";
  return (status === undefined ? undefined : kindOfStatus(status)) ?? byCode ?? "unknown";
}

function kindOfCode(code: string): AzureMlErrorKind | undefined {
  return kindsOfCodes.find(([pattern]) => pattern.test(code))?.[1];
}

function kindOfStatus(status: number): AzureMlErrorKind | undefined {
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "notFound";
  if (status === 409 || status === 412 || status === 423) return "conflict";
  return status >= 400 ? "invalid" : undefined;
}

/** ARM answers in JSON: a web page, or a redirect elsewhere, was not written by ARM. */
function isGarbled(status: number, text: string): boolean {
  return status < 400 || /^\s*<(!doctype|html|head|\?xml)/i.test(text);
}

function garbledMessage(response: PipelineResponse): string {
  return l10n.t(
    "{0} was answered by something other than Azure (status {1}).",
    hostOf(response.request.url),
    response.status,
  );
}

function plainMessage(response: PipelineResponse, code: string | undefined): string {
  if (response.status === 407) return l10n.t("The proxy wants a sign-in of its own.");
  if (code === undefined) return l10n.t("Azure answered {0} without a reason.", response.status);
  return l10n.t("Azure answered {0} with {1}.", response.status, code);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "Azure";
}

/** What @azure/identity throws when it has no token; those classes are not loaded here. */
function signInFailure(error: unknown): AzureMlError | undefined {
  if (!(error instanceof Error)) return undefined;
  const named = /^(CredentialUnavailable|Authentication|AuthenticationRequired|AggregateAuthentication)Error$/;
  const code = /AADSTS\d+/.exec(error.message)?.[0];
  if (code === undefined && !named.test(error.name)) return undefined;
  return new AzureMlError({ kind: "notSignedIn", code, message: error.message, cause: error });
}

function surprise(error: unknown): AzureMlError {
  const message = error instanceof Error ? error.message : String(error);
  return new AzureMlError({ kind: "unknown", code: textOf(fieldsOf(error)["code"]), message, cause: error });
}
