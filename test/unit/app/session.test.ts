import { describe, expect, it } from "vitest";
import { Sessions } from "../../../src/app/session";
import { deferred, fakeAzureMl } from "../../support/fakeAzureMl";

function anAzure(disposed: string[], label: string) {
  return { label, azureMl: fakeAzureMl({ dispose: () => void disposed.push(label) }) };
}

describe("sessions", () => {
  it("go from signed out over signing in to signed in, and let go of Azure at sign-out", async () => {
    const disposed: string[] = [];
    const sessions = new Sessions();
    const seen: string[] = [];
    sessions.onDidChange((session) => seen.push(session.kind));
    await sessions.signIn("simulated", () => Promise.resolve(anAzure(disposed, "demo")));
    expect(sessions.signedIn.label).toBe("demo");
    sessions.signOut();
    expect(seen).toEqual(["signingIn", "signedIn", "signedOut"]);
    expect(disposed).toEqual(["demo"]);
    expect(() => sessions.signedIn).toThrow("Nobody is signed in");
  });

  it("that could not be had leave everybody signed out, and the reason reaches who asked", async () => {
    const sessions = new Sessions();
    await expect(sessions.signIn("microsoft", () => Promise.reject(new Error("cancelled")))).rejects.toThrow(
      "cancelled",
    );
    expect(sessions.current.kind).toBe("signedOut");
  });

  it("that arrive after a sign-out or a newer sign-in are let go", async () => {
    const disposed: string[] = [];
    const sessions = new Sessions();
    const slow = deferred<ReturnType<typeof anAzure>>();
    const first = sessions.signIn("microsoft", () => slow.promise);
    await sessions.signIn("simulated", () => Promise.resolve(anAzure(disposed, "demo")));
    slow.resolve(anAzure(disposed, "late"));
    await first;
    expect(disposed).toEqual(["late"]);
    expect(sessions.signedIn.label).toBe("demo");
  });
});
