import { describe, expect, it } from "vitest";
import { type SignInProblem, signInFix, signInProblem, signInProblemCode } from "../../../src/core/signInProblem";

describe("a failed sign-in", () => {
  it.each<[SignInProblem | undefined, string | undefined, string]>([
    ["moreProof", undefined, "AADSTS50076: you must use multi-factor authentication"],
    ["moreProof", "AADSTS50078", "expired"],
    ["moreProof", "MoreProofNeeded", "This tenant wants your sign-in confirmed again."],
    ["passwordChanged", undefined, "AADSTS50173: The provided grant has expired due to it being revoked"],
    ["expired", undefined, "AADSTS70043: The refresh token has expired"],
    ["wrongTenant", undefined, "AADSTS50020: User account does not exist in tenant"],
    ["wrongTenant", "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer"],
    ["clock", undefined, "AADSTS700024: Client assertion is not within its valid time range."],
    ["secret", undefined, "AADSTS7000215: Invalid client secret provided."],
    ["blocked", undefined, "AADSTS53003: Access has been blocked by Conditional Access policies."],
    ["proxy", undefined, "tunneling socket could not be established, statusCode=407"],
    ["toolMissing", undefined, "Azure CLI could not be found. Please visit https://aka.ms/azure-cli"],
    ["toolSignedOut", undefined, "Please run 'az login' from a command prompt"],
    ["notSetUp", undefined, "EnvironmentCredential is unavailable. No underlying credential could be used."],
    [undefined, undefined, "Something odd"],
    [undefined, "AADSTS999999", "AADSTS999999: New."],
  ])("is %s for %s %s", (problem, code, message) => {
    expect(signInProblem(code, message)).toBe(problem);
  });

  it("is known again by the code that our errors carry", () => {
    for (const problem of ["toolMissing", "toolSignedOut", "notSetUp", "proxy"] as const) {
      expect(signInProblem(signInProblemCode(problem), "whatever")).toBe(problem);
    }
  });

  it("has a fix of its own for each problem", () => {
    const problems = ["moreProof", "expired", "passwordChanged", "wrongTenant", "clock", "secret", "blocked"] as const;
    const others = ["proxy", "toolMissing", "toolSignedOut", "notSetUp", undefined] as const;
    const fixes = [...problems, ...others].map((problem) => signInFix(problem));
    expect(new Set(fixes).size).toBe(fixes.length);
  });
});
