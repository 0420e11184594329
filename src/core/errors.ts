/**
 * What went wrong, as far as a person has to act differently:
 * `notSignedIn` 401 and sign-in failures · `forbidden` a missing right · `notFound` gone · `conflict` somebody or something
 * is in the way · `locked` a resource lock (ScopeLocked) · `quotaExceeded` · `throttled` wait `retryAfterMs` · `invalid` the
 * request was refused for what it says · `network` nobody answered · `unavailable` Azure answered 5xx · `unknown`.
 */
export type AzureMlErrorKind =
  | "notSignedIn"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "locked"
  | "quotaExceeded"
  | "throttled"
  | "invalid"
  | "network"
  | "unavailable"
  | "unknown";

export interface AzureMlErrorInit {
  readonly kind: AzureMlErrorKind;
  /** The innermost message that says something, as Azure wrote it. */
  readonly message: string;
  /** ARM's innermost meaningful code, e.g. `ClusterMinNodesExceedCoreQuota`. */
  readonly code?: string | undefined;
  readonly statusCode?: number | undefined;
  /** `x-ms-request-id`: what Azure support asks for. */
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Where a sign-in is missing: to which tenant. */
  readonly tenantId?: string | undefined;
  readonly cause?: unknown;
}

/** Every failure of Azure, of the way to it, or of signing in. Made in one place, `azure/mapError.ts`. */
export class AzureMlError extends Error {
  /** The lazily loaded files carry a copy of this class each: an error of one is an error of all. */
  static override [Symbol.hasInstance](value: unknown): value is AzureMlError {
    return value instanceof Error && value.name === "AzureMlError" && "kind" in value;
  }

  override readonly name = "AzureMlError";
  readonly kind: AzureMlErrorKind;
  readonly code: string | undefined;
  readonly statusCode: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly tenantId: string | undefined;

  constructor(init: AzureMlErrorInit) {
    super(init.message, { cause: init.cause });
    this.kind = init.kind;
    this.code = init.code;
    this.statusCode = init.statusCode;
    this.requestId = init.requestId;
    this.retryAfterMs = init.retryAfterMs;
    this.tenantId = init.tenantId;
  }
}

/** Whether the failure means that somebody gave up waiting, which is no failure to report. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

export function asAzureMlError(error: unknown): AzureMlError {
  if (error instanceof AzureMlError) return error;
  return new AzureMlError({
    kind: "unknown",
    message: error instanceof Error ? error.message : String(error),
    cause: error,
  });
}
