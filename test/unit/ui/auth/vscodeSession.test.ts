import { beforeEach, describe, expect, it } from "vitest";
import { MicrosoftAccount } from "../../../../src/ui/auth/vscodeSession";
import { authentication } from "../../../support/fakeVscode";

type Request = readonly string[] | { readonly wwwAuthenticate: string; readonly fallbackScopes: readonly string[] };

interface Call {
  readonly provider: string;
  readonly request: Request;
  readonly options: { silent?: boolean; createIfNone?: boolean; account?: { label: string } };
}

const audience = "https://management.core.windows.net/";
const scope = "https://management.core.windows.net//.default";
const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
const now = 1_000_000;

let calls: Call[];
let answer: (call: Call) => unknown;

const session = (accessToken = "token"): object => ({
  accessToken,
  account: { id: "1", label: "anna@contoso.example" },
});
const jwt = (payload: object): string => `h.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.s`;
const account = (): MicrosoftAccount => new MicrosoftAccount({ audience, now: () => now });

beforeEach(() => {
  calls = [];
  answer = () => session();
  authentication["getSession"] = async (provider: string, request: Request, options: Call["options"]) => {
    const call = { provider, request, options };
    calls.push(call);
    return answer(call);
  };
});

describe("a token of VS Code's Microsoft account", () => {
  it("is had silently, for the tenant", async () => {
    await account().getToken({ tenantId: "t1" });
    expect(calls).toEqual([{ provider: "microsoft", request: [scope, "VSCODE_TENANT:t1"], options: { silent: true } }]);
  });

  it("is of the home tenant when none is named", async () => {
    await account().getToken({});
    expect(calls[0]?.request).toEqual([scope]);
  });

  it.each([
    ["its own end", jwt({ exp: 2_000 }), 2_000_000],
    ["five minutes when it names no end", jwt({ sub: "x" }), now + 300_000],
    ["five minutes when it cannot be read", "opaque", now + 300_000],
    ["five minutes when its end is no number", jwt({ exp: "soon" }), now + 300_000],
  ])("is good until %s", async (_name, token, expiresOnTimestamp) => {
    answer = () => session(token);
    expect(await account().getToken({})).toEqual({ token, expiresOnTimestamp });
  });

  it("is refused as notSignedIn where somebody would have to be asked", async () => {
    answer = () => undefined;
    await expect(account().getToken({})).rejects.toMatchObject({ kind: "notSignedIn", code: "SignInNeeded" });
  });

  it.each([
    ["AADSTS50078: Presented multi-factor authentication has expired.", "notSignedIn", "AADSTS50078"],
    ["request to login.microsoftonline.com failed, reason: getaddrinfo ENOTFOUND", "network", undefined],
    ["Something odd", "notSignedIn", undefined],
  ])("fails with the provider's words: %s", async (message, kind, code) => {
    answer = () => {
      throw new Error(message);
    };
    await expect(account().getToken({})).rejects.toMatchObject({ kind, code, message });
  });

  it("is not given to somebody who has given up", async () => {
    await expect(account().getToken({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
  });

  it("is asked for with a challenge's claims in the header's form", async () => {
    await account().getToken({ tenantId: "t1", claims });
    const request = calls[0]?.request as Exclude<Request, readonly string[]>;
    expect(request.fallbackScopes).toEqual([scope, "VSCODE_TENANT:t1"]);
    const sent = /^Bearer error="insufficient_claims", claims="([^"]+)"$/.exec(request.wwwAuthenticate)?.[1] ?? "";
    expect(Buffer.from(sent, "base64").toString("utf8")).toBe(claims);
  });
});

describe("signing in", () => {
  it("asks, and uses the account it was given from then on", async () => {
    const microsoft = account();
    expect(microsoft.label).toBe("Microsoft account");
    await microsoft.signIn();
    expect(calls[0]?.options).toEqual({ createIfNone: true });
    expect(microsoft.label).toBe("anna@contoso.example");
    await microsoft.getToken({ tenantId: "t2" });
    expect(calls[1]?.options).toEqual({ silent: true, account: { id: "1", label: "anna@contoso.example" } });
  });

  it("meets the challenge that could not be met silently, once", async () => {
    const microsoft = account();
    answer = ({ options }) => (options.silent === true ? undefined : session());
    await expect(microsoft.getToken({ tenantId: "t1", claims })).rejects.toMatchObject({ code: "MoreProofNeeded" });
    await microsoft.signIn("t2");
    await microsoft.signIn("t1");
    await microsoft.signIn("t1");
    expect(calls.slice(1).map(({ request }) => "wwwAuthenticate" in request)).toEqual([false, true, false]);
  });

  it.each(["User did not consent to login.", "Cancelled", "Canceled"])("is given up with %j", async (message) => {
    answer = () => {
      throw new Error(message);
    };
    await expect(account().signIn()).rejects.toMatchObject({ name: "AbortError" });
  });

  it("that fails says why, and keeps the challenge for the next time", async () => {
    const microsoft = account();
    answer = () => undefined;
    await expect(microsoft.getToken({ claims })).rejects.toThrow();
    answer = () => {
      throw new Error("AADSTS700016: Application was not found.");
    };
    await expect(microsoft.signIn()).rejects.toMatchObject({ kind: "notSignedIn", code: "AADSTS700016" });
    answer = () => session();
    await microsoft.signIn();
    expect("wwwAuthenticate" in (calls[2]?.request ?? {})).toBe(true);
  });

  it("goes to the provider of another cloud where told", async () => {
    const options = { audience: "https://management.core.usgovcloudapi.net/", providerId: "microsoft-sovereign-cloud" };
    await new MicrosoftAccount({ ...options, now: () => now }).signIn();
    expect(calls[0]).toMatchObject({
      provider: "microsoft-sovereign-cloud",
      request: ["https://management.core.usgovcloudapi.net//.default"],
    });
  });
});
