import * as l10n from "@vscode/l10n";
import { rolesWith } from "../permissions";
import { signInFix, signInProblem } from "../signInProblem";
import { type ErrorExplanation, type ErrorReader, hasCode } from "./explanation";

/** Locks, policies, rights, sign-in and throttling (azure-facts 2.7, azure-api/NOTES 2). */
export const accessErrors: readonly ErrorReader[] = [
  (error) => {
    // Also deep inside an AllocationFailed, as the provider's JSON (azure-docs batch-pool-node-error-checking, read 2026-11).
    const found = /scope\(s\) are locked:\s*((?:['"][^'"]+['"][\s,]*)+)/i.exec(error.message);
    if (found === null && !hasCode(error, "ScopeLocked") && !/"ScopeLocked"/.test(error.message)) return undefined;
    const lockedScopes = [...(found?.[1] ?? "").matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] ?? "");
    return {
      topic: "lock",
      cause:
        lockedScopes.length === 0
          ? l10n.t("A resource lock forbids the change.")
          : l10n.t("A resource lock forbids the change: {0} is locked.", lockedScopes.join(", ")),
      fix: l10n.t("Remove the lock, then try again."),
      lockedScopes,
    };
  },
  (error) =>
    // General ARM knowledge: a policy answers 403 too, but no role helps against it.
    hasCode(error, "RequestDisallowedByPolicy")
      ? {
          topic: "other",
          cause: l10n.t("A policy of your organization forbids this."),
          fix: l10n.t("Ask the owner of the subscription which policy it is and what it allows."),
        }
      : undefined,
  (error) => {
    const linked = /does not have permission to perform action\(?s?\)? '([^']+)' on the linked scope\(s\) '([^']+)'/i;
    const plain = /does not have authorization to perform action '([^']+)' over scope '([^']+)'/i;
    const found = linked.exec(error.message) ?? plain.exec(error.message);
    if (found !== null) return missingRight(found[1] ?? "", found[2] ?? "");
    return hasCode(error, "AuthorizationFailed", "LinkedAuthorizationFailed") || error.statusCode === 403
      ? {
          topic: "access",
          cause: l10n.t("Your account lacks a right for this."),
          fix: l10n.t("Ask an owner of the workspace for a role. New roles take up to an hour to count."),
        }
      : undefined;
  },
  (error) => {
    const found = /AADSTS(\d+)/.exec(`${error.code ?? ""} ${error.message}`);
    if (found === null) return undefined;
    const problem = signInProblem(error.code, error.message);
    return { ...signIn(signInCause(found[1] ?? "")), ...(problem === undefined ? {} : { fix: signInFix(problem) }) };
  },
  (error) =>
    hasCode(error, "InvalidAuthenticationTokenTenant")
      ? signIn(l10n.t("The sign-in is for another tenant than the subscription's."))
      : undefined,
  (error) =>
    error.statusCode === 401 || hasCode(error, "InvalidAuthenticationToken", "ExpiredAuthenticationToken")
      ? signIn(l10n.t("Azure did not accept the sign-in: it has run out or is for another tenant."))
      : undefined,
  (error) =>
    error.statusCode === 429 ||
    hasCode(error, "SubscriptionRequestsThrottled", "TooManyRequests", "OperationThrottled", "RequestThrottled")
      ? {
          topic: "throttled",
          cause: l10n.t("Azure has had too many requests from this account."),
          fix: l10n.t("Wait for the time that Azure names; requests before that are refused too."),
        }
      : undefined,
];

function missingRight(action: string, scope: string): ErrorExplanation {
  const roles = rolesWith(action);
  return {
    topic: "access",
    cause: l10n.t("Your account lacks the right {0} on {1}.", action, scope),
    fix:
      roles.length === 0
        ? l10n.t("Ask an owner for a role with that right. New roles take up to an hour to count.")
        : l10n.t(
            "Ask an owner for one of these roles: {0}. New roles take up to an hour to count; then sign in again.",
            roles.join(", "),
          ),
    missing: { action, scope },
  };
}

/** Seen with this product's neighbours (azure-facts 2.7, sign-in rows); any other number is told as it is. */
function signInCause(number: string): string {
  switch (number) {
    case "70043":
      return l10n.t("Your organization asks for a new sign-in after some time, and that time has passed.");
    case "50076":
    case "50078":
    case "50079":
      return l10n.t("Your organization asks for another confirmation of the sign-in (multi-factor authentication).");
    case "50173":
      return l10n.t("The sign-in is no longer valid, for example because the password has changed.");
    default:
      return l10n.t("Microsoft Entra ID refused the sign-in (AADSTS{0}).", number);
  }
}

function signIn(cause: string): ErrorExplanation {
  return { topic: "signIn", cause, fix: l10n.t("Sign in again, to the tenant of this subscription.") };
}
