/** What a known error is about; diagnosis joins it with what it found itself. */
export type ErrorTopic =
  | "quota"
  | "workspaceQuota"
  | "computes"
  | "lock"
  | "access"
  | "signIn"
  | "name"
  | "size"
  | "region"
  | "subnet"
  | "subnetFull"
  | "capacity"
  | "preemption"
  | "resize"
  | "node"
  | "failedCluster"
  | "connection"
  | "throttled"
  | "notFound"
  | "other";

/** An error as Azure, the sign-in service or the network wrote it; codes above it in `path`, from the outside in. */
export interface ErrorText {
  readonly code?: string | undefined;
  readonly message: string;
  readonly statusCode?: number | undefined;
  readonly path?: readonly string[] | undefined;
}

/** What an error means in plain words, with the figures and ids that it names. */
export interface ErrorExplanation {
  readonly topic: ErrorTopic;
  readonly cause: string;
  readonly fix: string;
  readonly helpUrl?: string | undefined;
  /** vCPUs: what quota allows, and what the nodes asked for need. `family` undefined: the region's total. */
  readonly quota?:
    { readonly family?: string | undefined; readonly limit: number; readonly needed: number } | undefined;
  /** ARM ids of locked scopes. */
  readonly lockedScopes?: readonly string[] | undefined;
  /** The right that is missing, e.g. `…/computes/write`, and where. */
  readonly missing?: { readonly action: string; readonly scope: string } | undefined;
}

/** One row of the table of known errors: says what an error means, or undefined when it is another error. */
export type ErrorReader = (error: ErrorText) => ErrorExplanation | undefined;

/** Whether the error or one above it has one of these codes, whatever the case. */
export function hasCode(error: ErrorText, ...codes: readonly string[]): boolean {
  return [error.code, ...(error.path ?? [])].some(
    (code) => code !== undefined && codes.some((known) => known.toLowerCase() === code.toLowerCase()),
  );
}
