import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type * as vscode from "vscode";
import { registerCommands } from "../../../src/ui/register";
import { commands, screen } from "../../support/fakeVscode";

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let ran: unknown[][];
let registered: vscode.Disposable;

beforeEach(() => {
  ran = [];
  const handler = (...args: unknown[]): void => void ran.push(args);
  registered = registerCommands({ "amlClusters.cluster.cost": handler, "amlClusters.money": handler }, log);
});

afterEach(() => void registered.dispose());

describe("a command of a row", () => {
  it("whose row VS Code has lost meanwhile says so instead of asking for another", async () => {
    const before = screen.messages.length;
    await commands.executeCommand("amlClusters.cluster.cost", undefined, undefined);
    expect(ran).toEqual([]);
    expect(screen.messages.slice(before).map(({ text }) => text)).toEqual([
      "The list was just being redrawn. Choose the command again.",
    ]);
  });

  it("runs without a row from the palette, and with the row that it is given", async () => {
    await commands.executeCommand("amlClusters.cluster.cost");
    await commands.executeCommand("amlClusters.cluster.cost", "row");
    expect(ran).toEqual([[], ["row"]]);
  });
});

it("a command on nothing in particular runs whatever VS Code passes", async () => {
  await commands.executeCommand("amlClusters.money", undefined);
  expect(ran).toHaveLength(1);
});
