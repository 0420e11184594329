import { afterEach, describe, expect, it } from "vitest";
import { AzureMlError } from "../../../src/core/errors";
import { deferred, fakeAzureMl } from "../../support/fakeAzureMl";
import { FakeMemento, screen } from "../../support/fakeVscode";
import { settle } from "../../support/handClock";
import { type Ui, openUi } from "../../support/openUi";

const azureMl = fakeAzureMl({
  listTenants: async () => [],
  listSubscriptions: async () => ({ subscriptions: [], failures: new Map() }),
});

function remembered(source: string): FakeMemento {
  const memento = new FakeMemento();
  memento.stored.set("session.source", source);
  return memento;
}

let ui: Ui;
afterEach(() => ui.close());

describe("the session", () => {
  it("of the last window is taken up without a question", async () => {
    ui = await openUi({ azureMl, globalState: remembered("simulated") });
    expect(screen.contexts.get("amlClusters.session")).toBe("simulated");
    expect(screen.messages).toEqual([]);
  });

  it("that cannot be taken up leaves the welcome text and a line in the log, no message", async () => {
    const connect = (): Promise<never> =>
      Promise.reject(new AzureMlError({ kind: "notSignedIn", message: "Nobody is signed in to VS Code." }));
    ui = await openUi({ azureMl, globalState: remembered("microsoft"), connect });
    expect(screen.contexts.get("amlClusters.session")).toBe("signedOut");
    expect(screen.messages).toEqual([]);
    expect(screen.logLines.join()).toContain("microsoft could not be resumed");
  });

  it("begins simulated by itself where the setting says so, but not after somebody left it", async () => {
    const settings = { "amlClusters.simulation.startAutomatically": true };
    ui = await openUi({ azureMl, source: "none", settings });
    expect(screen.contexts.get("amlClusters.session")).toBe("simulated");
    ui.close();
    ui = await openUi({ azureMl, settings, globalState: remembered("none") });
    expect(screen.contexts.get("amlClusters.session")).toBe("signedOut");
  });

  it("that fails to begin when asked for is told with a way out", async () => {
    const failure = new AzureMlError({ kind: "network", message: "The sign-in service did not answer." });
    ui = await openUi({ azureMl, source: "none", connect: () => Promise.reject(failure) });
    await screen.run("amlClusters.signIn");
    expect(screen.focused).toEqual([]);
    expect(screen.messages).toMatchObject([
      {
        text: "The sign-in did not work. The sign-in service did not answer. Check the connection and the proxy, then try again.",
        buttons: ["Show log"],
      },
    ]);
  });

  it("that somebody begins brings the view to the front", async () => {
    ui = await openUi({ azureMl, source: "none" });
    await screen.run("amlClusters.simulation.start");
    expect(screen.focused).toEqual(["amlClusters.clusters.focus"]);
  });

  it("that somebody breaks off is told nowhere", async () => {
    const abort = new DOMException("Cancelled", "AbortError");
    ui = await openUi({ azureMl, source: "none", connect: () => Promise.reject(abort) });
    await screen.run("amlClusters.signIn");
    expect(screen.messages).toEqual([]);
  });

  it("says in the tree that it is beginning, and a command started then waits for it", async () => {
    const connection = deferred<{ label: string; azureMl: typeof azureMl }>();
    ui = await openUi({ azureMl, globalState: remembered("microsoft"), connect: () => connection.promise });
    expect(await ui.text()).toBe("Signing in…");
    await ui.start("item.copyId");
    expect(screen.picks).toEqual([]);
    connection.resolve({ label: "me", azureMl });
    await settle();
    expect(screen.pick.placeholder).toBe("Choose a workspace");
  });

  it("shows in the status bar, whose click offers what else there is", async () => {
    ui = await openUi({ azureMl, source: "microsoft" });
    expect(screen.statusItems[0]).toMatchObject({ isShown: true, command: "amlClusters.session.choose" });
    await ui.start("session.choose");
    expect(screen.pick.labels).toEqual([
      "$(beaker) Try the simulated subscription",
      "$(sign-out) Sign out",
      "$(output) Show log",
    ]);
    screen.pick.choose("$(sign-out) Sign out");
    await settle();
    expect(screen.contexts.get("amlClusters.session")).toBe("signedOut");
  });

  it("keeps the account's name out of the log", async () => {
    ui = await openUi({ azureMl, source: "microsoft" });
    expect(screen.statusItems[0]?.tooltip).toContain("someone@contoso.com");
    expect(screen.logLines.join()).not.toContain("someone");
  });
});
