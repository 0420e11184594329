import * as l10n from "@vscode/l10n";
import { explainError } from "../core/clusterErrorText";
import { type AzureMlError, type AzureMlErrorKind } from "../core/errors";
import { signInFix, signInProblem } from "../core/signInProblem";

/** What happened, in a short sentence of ours; Azure's own message says the rest. */
export function headline(error: AzureMlError): string {
  const headlines: Record<AzureMlErrorKind, string> = {
    notSignedIn: l10n.t("Sign-in is needed."),
    forbidden: l10n.t("A right is missing."),
    notFound: l10n.t("It does not exist (any more)."),
    conflict: l10n.t("Something else is in the way."),
    locked: l10n.t("A resource lock forbids it."),
    quotaExceeded: l10n.t("The quota is used up."),
    throttled: l10n.t("Azure asks to wait."),
    invalid: l10n.t("Azure refused the request."),
    network: l10n.t("Azure could not be reached."),
    unavailable: l10n.t("Azure has a problem."),
    unknown: "",
  };
  return headlines[error.kind];
}

/** The cause where the error is a known one (azure-facts 2.7), else the headline of its kind. */
export function cause(error: AzureMlError): string {
  return explainError(error)?.cause ?? headline(error);
}

/** What to do about it; empty where Azure's message is all there is. */
export function advice(error: AzureMlError): string {
  const fix = explainError(error)?.fix;
  // How long to wait, and how to sign in, is known better here.
  if (fix !== undefined && error.kind !== "throttled" && error.kind !== "notSignedIn") return fix;
  const advices: Record<AzureMlErrorKind, string> = {
    notSignedIn: signInFix(signInProblem(error.code, error.message)),
    forbidden: l10n.t("Ask an owner of the workspace for the right; a new role can take an hour to apply."),
    notFound: l10n.t("Refresh the list."),
    conflict: l10n.t("Wait until that has ended, then try again."),
    locked: l10n.t("Ask an owner of the resource group to remove the lock."),
    quotaExceeded: l10n.t("Choose another size, region or priority, delete unused clusters, or request more quota."),
    throttled: retryAdvice(error),
    invalid: "",
    network: l10n.t("Check the connection and the proxy, then try again."),
    unavailable: l10n.t("Try again in a few minutes."),
    unknown: "",
  };
  return advices[error.kind];
}

function retryAdvice({ retryAfterMs }: AzureMlError): string {
  return retryAfterMs === undefined
    ? l10n.t("Try again in a minute.")
    : l10n.t("Try again in {0} seconds.", Math.ceil(retryAfterMs / 1000));
}

/** One line: what was tried, what Azure says, what to do. */
export function errorText(error: AzureMlError, tried?: string): string {
  const said = endWithStop(error.message === "" ? headline(error) : error.message);
  return [tried, said, advice(error)].filter((part) => part !== undefined && part !== "").join(" ");
}

function endWithStop(text: string): string {
  return /[.!?。！？]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
