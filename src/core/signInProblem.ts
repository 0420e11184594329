import * as l10n from "@vscode/l10n";

/** Ways of signing in beside VS Code's own account; `automatic` tries those that ask nobody. */
export type IdentityMethod =
  | "automatic"
  | "azureCli"
  | "azureDeveloperCli"
  | "azurePowerShell"
  | "environment"
  | "servicePrincipal"
  | "workloadIdentity"
  | "managedIdentity"
  | "deviceCode"
  | "interactiveBrowser";

/** `vscode`: the Microsoft account that VS Code itself signs in. */
export type SignInMethod = "vscode" | IdentityMethod;

/**
 * Why signing in failed, where a person has to act differently. Made of the numbers of Microsoft Entra ID (azure-facts 2.7; learn,
 * Microsoft Entra authentication error codes) and of what the sign-in libraries say.
 */
const problems = [
  "moreProof",
  "expired",
  "passwordChanged",
  "wrongTenant",
  "clock",
  "secret",
  "blocked",
  "proxy",
  "toolMissing",
  "toolSignedOut",
  "notSetUp",
] as const;

export type SignInProblem = (typeof problems)[number];

/** The code that our own errors carry for a problem without a number: `ToolMissing`. */
export function signInProblemCode(problem: SignInProblem): string {
  return problem.charAt(0).toUpperCase() + problem.slice(1);
}

const numbers: readonly (readonly [RegExp, SignInProblem])[] = [
  [/^(50076|50078|50079|50072|50074|50158|53000|53001)$/, "moreProof"],
  [/^(70043|700082|50132|700081|50089)$/, "expired"],
  [/^(50173|50133)$/, "passwordChanged"],
  [/^(50020|90002|90072|50034|500208|700016|50059|500011)$/, "wrongTenant"],
  [/^(700024|500133|50013)$/, "clock"],
  [/^(7000215|7000222|7000216|700027)$/, "secret"],
  [/^(53003|50105|65001|90094|50057)$/, "blocked"],
];

const words: readonly (readonly [RegExp, SignInProblem])[] = [
  [/\b407\b|proxy authentication/i, "proxy"],
  [
    /azure cli could not be found|developer cli couldn't be found|az\.account.* not installed|unable to execute powershell|is not recognized/i,
    "toolMissing",
  ],
  [/run 'az login'|az login|azd auth login|connect-azaccount/i, "toolSignedOut"],
  [
    /no underlying credential|is a required parameter|environment variable|imds|managed identity.*(unavailable|not)|endpoint is not available/i,
    "notSetUp",
  ],
  [/not configured to allow|InvalidAuthenticationTokenTenant|wrong issuer/i, "wrongTenant"],
];

/** @param code `AADSTS…`, `MoreProofNeeded`, … @returns undefined when nothing more is known than that it failed. */
export function signInProblem(code: string | undefined, message: string): SignInProblem | undefined {
  if (code === "MoreProofNeeded") return "moreProof";
  const own = problems.find((problem) => signInProblemCode(problem) === code);
  if (own !== undefined) return own;
  const number = /AADSTS(\d+)/.exec(`${code ?? ""} ${message}`)?.[1];
  const byNumber = number === undefined ? undefined : numbers.find(([pattern]) => pattern.test(number))?.[1];
  return byNumber ?? words.find(([pattern]) => pattern.test(`${code ?? ""} ${message}`))?.[1];
}

/** What to do about a failed sign-in, in a sentence or two. */
export function signInFix(problem: SignInProblem | undefined): string {
  switch (problem) {
    case "moreProof":
      return l10n.t("Sign in again and confirm it as your organization asks (multi-factor authentication).");
    case "expired":
      return l10n.t("Your organization ends sign-ins after some time: sign in again.");
    case "passwordChanged":
      return l10n.t("The password was changed or the sign-in withdrawn: sign in again with the new one.");
    case "wrongTenant":
      return l10n.t("Sign in to the tenant that the subscription belongs to, with an account that it knows.");
    case "clock":
      return l10n.t("Check this computer's clock: it differs too much from Azure's. Then sign in again.");
    case "secret":
      return l10n.t("Give a new secret or certificate: this one is wrong or has run out.");
    case "blocked":
      return l10n.t("A policy of your organization blocks this sign-in: ask the administrator of the tenant.");
    case "proxy":
      return l10n.t("The proxy wants a sign-in of its own: set it in VS Code's proxy settings.");
    case "toolMissing":
      return l10n.t("Install the tool and put it on PATH, or choose another way to sign in.");
    case "toolSignedOut":
      return l10n.t("Sign in with the tool in a terminal, then try again.");
    case "notSetUp":
      return l10n.t("This way to sign in is not set up here: choose another one.");
    case undefined:
      return l10n.t("Sign in again.");
  }
}
