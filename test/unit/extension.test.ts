import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type * as vscode from "vscode";
import { activate, deactivate } from "../../src/extension";
import { type ClusterTreeProvider } from "../../src/ui/tree/provider";
import { FakeMemento, Uri, screen } from "../support/fakeVscode";

let subscriptions: { dispose(): unknown }[];

/** Activates as VS Code does, in a window that inherits these. */
function start(globalState = new FakeMemento()): void {
  subscriptions = [];
  activate({
    extensionUri: Uri.file("/extension"),
    globalStorageUri: Uri.file("/storage"),
    globalState,
    workspaceState: new FakeMemento(),
    subscriptions,
  } as unknown as vscode.ExtensionContext);
}

function provider(): ClusterTreeProvider {
  return screen.treeViews.at(-1)!.provider as unknown as ClusterTreeProvider;
}

/** Labels and descriptions down to clusters, as soon as `isThere` says that what is awaited is among them. */
async function rowsWhen(isThere: (rows: string) => boolean): Promise<string> {
  for (let turn = 0; turn < 200; turn++) {
    const lines: string[] = [];
    for (const subscription of provider().getChildren()) {
      lines.push(line(subscription));
      for (const workspace of provider().getChildren(subscription)) {
        lines.push(`  ${line(workspace)}`);
        if (workspace.kind !== "workspace") continue;
        for (const cluster of provider().getChildren(workspace)) lines.push(`    ${line(cluster)}`);
      }
    }
    if (isThere(lines.join("\n"))) return lines.join("\n");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("It did not come.");
}

function line(node: Parameters<ClusterTreeProvider["getTreeItem"]>[0]): string {
  const { label, description } = provider().getTreeItem(node);
  return `${label as string}  ${(description as string | undefined) ?? ""}`.trimEnd();
}

beforeEach(() => {
  screen.reset();
  screen.settingDefaults.set("amlClusters.polling", "whenVisible");
  screen.settingDefaults.set("amlClusters.simulation.speed", 10);
  screen.settingDefaults.set("amlClusters.simulation.startAutomatically", false);
});
afterEach(() => {
  for (const subscription of subscriptions) subscription.dispose();
});

describe("the extension", () => {
  it("registers every command and connects to nothing when it starts", () => {
    start();
    expect([...screen.commands.keys()].filter((id) => !id.startsWith("amlClusters."))).toEqual([]);
    expect(screen.commands.size).toBeGreaterThan(20);
    expect(provider().getChildren()).toEqual([]);
  });

  it("shows the demo world over the real adapter when the simulated subscription is started", async () => {
    start();
    await screen.run("amlClusters.simulation.start");
    const rows = await rowsWhen((text) => /\d+\/\d+ nodes/.test(text) && /Could not load/.test(text));
    expect(rows.match(/^\S.*simulated/gm)?.length).toBeGreaterThanOrEqual(3);
    expect(rows).toMatch(/not shown \(.*ComputeInstance \d/);
    expect(screen.messages).toEqual([]);
  }, 20_000);

  it("finds the world as the last window left it", async () => {
    const globalState = new FakeMemento();
    start(globalState);
    await screen.run("amlClusters.simulation.start");
    await rowsWhen((text) => /\d+\/\d+ nodes/.test(text));
    const group = provider().getChildren(provider().getChildren()[0])[0]!;
    await screen.run("amlClusters.simulation.lockGroup", group);
    await deactivate();
    for (const subscription of subscriptions) subscription.dispose();
    expect(new TextDecoder().decode(screen.files.get("/storage/simulation.json"))).toContain("simulated-lock");
    start(globalState);
    await rowsWhen((text) => /\d+\/\d+ nodes/.test(text));
    expect(screen.logLines.join("\n")).not.toContain("anew");
  }, 20_000);
});
