import { beforeEach, describe, expect, it } from "vitest";
import { type AccessToken, type TokenRequest } from "../../../src/app/ports";
import { SignInGate } from "../../../src/app/signInGate";
import { AzureMlError } from "../../../src/core/errors";
import { HandClock, settle } from "../../support/handClock";

const good: AccessToken = { token: "t", expiresOnTimestamp: 1 };
const refusal = (code = "SignInNeeded"): AzureMlError => new AzureMlError({ kind: "notSignedIn", code, message: code });

let clock: HandClock;
let silent: (request: TokenRequest) => Promise<AccessToken>;
let signIn: (tenantId?: string) => Promise<void>;
let answers: ((yes: boolean) => void)[];
let told: string[];
let gate: SignInGate;

beforeEach(() => {
  clock = new HandClock();
  answers = [];
  told = [];
  silent = async () => good;
  signIn = async () => undefined;
  gate = new SignInGate({
    account: { label: "anna", getToken: (request) => silent(request), signIn: (tenantId) => signIn(tenantId) },
    clock,
    offer: (tenantId, error) => {
      told.push(`offer ${tenantId ?? "home"} ${error.code ?? ""}`);
      return new Promise((resolve) => answers.push(resolve));
    },
    resumed: (tenantId) => void told.push(`resumed ${tenantId ?? "home"}`),
    failed: (error) => void told.push(`failed ${String(error)}`),
  });
});

/** The tenant had been open and its sign-in has run out. */
async function runOut(code?: string): Promise<void> {
  await gate.getToken({ tenantId: "t1" });
  silent = async () => Promise.reject(refusal(code));
  signIn = async () => void (silent = async () => good);
}

describe("when a sign-in has run out", () => {
  it("many requests make one offer, and all go on once it is taken", async () => {
    await runOut();
    const requests = [1, 2, 3].map((n) => gate.getToken({ tenantId: "t1", claims: n === 3 ? "{}" : undefined }));
    await settle();
    expect(told).toEqual(["offer t1 SignInNeeded"]);
    answers[0]?.(true);
    expect(await Promise.all(requests)).toEqual([good, good, good]);
    expect(told).toEqual(["offer t1 SignInNeeded", "resumed t1"]);
  });

  it("nothing more is offered to who declines, until a sign-in of the person's own", async () => {
    await runOut();
    const request = gate.getToken({ tenantId: "t1" });
    await settle();
    answers[0]?.(false);
    await expect(request).rejects.toMatchObject({ kind: "notSignedIn" });
    await expect(gate.getToken({ tenantId: "t1" })).rejects.toMatchObject({ kind: "notSignedIn" });
    expect(told.length).toBe(1);
    await gate.signIn("t1");
    silent = async () => Promise.reject(refusal());
    void gate.getToken({ tenantId: "t1" }).catch(() => undefined);
    await settle();
    expect(told.length).toBe(2);
  });

  it("a request waits for a minute only; the offer stands on and resumes later", async () => {
    await runOut("MoreProofNeeded");
    const request = gate.getToken({ tenantId: "t1" });
    const outcome = expect(request).rejects.toMatchObject({ code: "MoreProofNeeded" });
    await clock.advance(60_000);
    await outcome;
    answers[0]?.(true);
    await settle();
    expect(told).toEqual(["offer t1 MoreProofNeeded", "resumed t1"]);
  });

  it("a sign-in that fails is told once, and the requests fail with their own reason", async () => {
    await runOut();
    signIn = async () => Promise.reject(refusal("AADSTS50079"));
    const request = gate.getToken({ tenantId: "t1" });
    await settle();
    answers[0]?.(true);
    await expect(request).rejects.toMatchObject({ code: "SignInNeeded" });
    expect(told[1]).toContain("AADSTS50079");
  });

  it("giving up in the sign-in page is an answer, and no failure", async () => {
    await runOut();
    signIn = async () => Promise.reject(Object.assign(new Error("given up"), { name: "AbortError" }));
    const request = gate.getToken({ tenantId: "t1" });
    await settle();
    answers[0]?.(true);
    await expect(request).rejects.toMatchObject({ kind: "notSignedIn" });
    await expect(gate.getToken({ tenantId: "t1" })).rejects.toMatchObject({ kind: "notSignedIn" });
    expect(told).toEqual(["offer t1 SignInNeeded"]);
  });
});

describe("nobody is interrupted", () => {
  it("for a tenant that was never open: its row offers the sign-in", async () => {
    silent = async () => Promise.reject(refusal());
    await expect(gate.getToken({ tenantId: "t2" })).rejects.toMatchObject({ kind: "notSignedIn" });
    expect(told).toEqual([]);
  });

  it("for a network that is gone", async () => {
    await gate.getToken({ tenantId: "t1" });
    silent = async () => Promise.reject(new AzureMlError({ kind: "network", message: "offline" }));
    await expect(gate.getToken({ tenantId: "t1" })).rejects.toMatchObject({ kind: "network" });
    expect(told).toEqual([]);
  });

  it("after signing out, and a token that comes late is dropped", async () => {
    let give: (token: AccessToken) => void = () => undefined;
    silent = () => new Promise((resolve) => (give = resolve));
    const late = gate.getToken({ tenantId: "t1" });
    gate.close();
    give(good);
    await expect(late).rejects.toMatchObject({ kind: "notSignedIn", code: "SignedOut" });
    expect(told).toEqual([]);
  });
});

it("requests for one token at a time share it", async () => {
  let asked = 0;
  silent = async () => {
    asked++;
    await settle();
    return good;
  };
  await Promise.all([gate.getToken({ tenantId: "t1" }), gate.getToken({ tenantId: "t1" }), gate.getToken({})]);
  expect(asked).toBe(2);
});
