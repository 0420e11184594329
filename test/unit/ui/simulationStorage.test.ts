import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as vscode from "vscode";
import { Log } from "../../../src/ui/log";
import { SimulationStorage } from "../../../src/ui/simulationStorage";
import { Uri, screen } from "../../support/fakeVscode";

const folder = Uri.file("/storage") as unknown as vscode.Uri;
let storage: SimulationStorage;

beforeEach(() => {
  screen.reset();
  vi.useFakeTimers();
  storage = new SimulationStorage(folder, new Log());
});
afterEach(() => vi.useRealTimers());

describe("the simulated world's file", () => {
  it("is not there at first", async () => {
    expect(await storage.load()).toBeUndefined();
    expect(screen.logLines).toEqual([]);
  });

  it("holds the latest of many changes, written once, after a moment", async () => {
    let written = 0;
    for (const age of [1, 2, 3]) storage.saveSoon(() => ({ age, written: ++written }));
    expect(screen.files.size).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await storage.load()).toEqual({ age: 3, written: 1 });
    expect([...screen.files.keys()]).toEqual(["/storage/simulation.json"]);
  });

  it("is written at once when the window closes", async () => {
    storage.saveSoon(() => ({ age: 1 }));
    await storage.flush();
    expect(screen.files.size).toBe(1);
  });

  it("is found beside when the window closed while it was put in place", async () => {
    screen.files.set("/storage/simulation.json.new", new TextEncoder().encode('{"age":4}'));
    expect(await storage.load()).toEqual({ age: 4 });
  });

  it("that is damaged leads to a new world and a line in the log", async () => {
    screen.files.set("/storage/simulation.json", new TextEncoder().encode('{"half":'));
    expect(await storage.load()).toBeUndefined();
    expect(screen.logLines).toEqual([expect.stringMatching(/^warn .*begins anew/)]);
  });
});
