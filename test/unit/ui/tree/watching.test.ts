import { afterEach, describe, expect, it } from "vitest";
import { type AzureMl } from "../../../../src/app/ports";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId, nodeCounts } from "../../../support/builders";
import { fakeAzureMl } from "../../../support/fakeAzureMl";
import { screen } from "../../../support/fakeVscode";
import { type Ui, openUi } from "../../../support/openUi";

const minute = 60_000;
let asked: string[] = [];

/** One workspace with one cluster at rest that has a node; counts what is asked. */
function countingAzure(): AzureMl {
  asked = [];
  const cluster = aCluster({ currentNodeCount: 1, targetNodeCount: 1, nodeCounts: nodeCounts({ idle: 1 }) });
  return fakeAzureMl({
    listTenants: async () => [],
    listSubscriptions: async () => ({
      subscriptions: [
        { id: aSubscriptionId, subscriptionId: "1", tenantId: "t", displayName: "Research", state: "Enabled" },
      ],
      failures: new Map(),
    }),
    listWorkspaces: async () => [aWorkspace({ id: aWorkspaceId })],
    listComputes: async () => {
      asked.push("computes");
      return aListing(cluster);
    },
    listNodes: async () => {
      asked.push("nodes");
      return { nodes: [{ nodeId: "n1", state: "idle" }] };
    },
  });
}

let ui: Ui;
afterEach(() => ui.close());

async function openWorkspace(settings: Record<string, unknown> = {}): Promise<void> {
  ui = await openUi({ azureMl: countingAzure(), settings });
  await ui.expand("ml-west");
  asked = [];
}

describe("watching", () => {
  it("polls an open workspace with one list call a minute while all is steady", async () => {
    await openWorkspace();
    await ui.clock.advance(3 * minute);
    expect(asked).toEqual(["computes", "computes", "computes"]);
  });

  it("asks for nodes only while their cluster stands open", async () => {
    await openWorkspace();
    await ui.expand("gpu-train");
    asked = [];
    await ui.clock.advance(minute);
    expect(asked).toEqual(["computes", "nodes"]);
    await ui.collapse("gpu-train");
    asked = [];
    await ui.clock.advance(minute);
    expect(asked).toEqual(["computes"]);
  });

  it("is silent while the view is hidden, and looks at once when it is shown again", async () => {
    await openWorkspace();
    ui.view.setVisible(false);
    await ui.clock.advance(10 * minute);
    expect(asked).toEqual([]);
    ui.view.setVisible(true);
    await ui.clock.advance(0);
    expect(asked).toEqual(["computes"]);
  });

  it("is silent while the window is in the background", async () => {
    await openWorkspace();
    screen.focusWindow(false);
    await ui.clock.advance(10 * minute);
    expect(asked).toEqual([]);
    screen.focusWindow(true);
    await ui.clock.advance(0);
    expect(asked).toEqual(["computes"]);
  });

  it("rests for a closed workspace, and for one under a closed subscription", async () => {
    await openWorkspace();
    await ui.collapse("Research");
    await ui.clock.advance(10 * minute);
    expect(asked).toEqual([]);
    await ui.expand("Research");
    await ui.clock.advance(0);
    expect(asked).toEqual(["computes"]);
    await ui.collapse("ml-west");
    asked = [];
    await ui.clock.advance(10 * minute);
    expect(asked).toEqual([]);
  });

  it("goes on behind a hidden view when told always", async () => {
    await openWorkspace({ "amlClusters.polling": "always" });
    ui.view.setVisible(false);
    await ui.clock.advance(2 * minute);
    expect(asked).toEqual(["computes", "computes"]);
  });

  it("asks only when told to in manual mode, and follows a change of the setting", async () => {
    await openWorkspace({ "amlClusters.polling": "manual" });
    await ui.clock.advance(10 * minute);
    expect(asked).toEqual([]);
    await screen.run("amlClusters.item.refresh", aWorkspaceId);
    expect(asked).toEqual(["computes"]);
    screen.set("amlClusters.polling", "whenVisible");
    await ui.clock.advance(minute);
    expect(asked.length).toBeGreaterThan(1);
  });

  it("takes a setting that makes no sense for its default", async () => {
    await openWorkspace({ "amlClusters.polling": "sometimes" });
    await ui.clock.advance(minute);
    expect(asked).toEqual(["computes"]);
  });

  it("goes on in the next window where the last one stood open, and only there", async () => {
    await openWorkspace();
    await ui.expand("gpu-train");
    const { workspaceState, globalState } = ui;
    ui.close();
    ui = await openUi({ azureMl: countingAzure(), workspaceState, globalState });
    await ui.text();
    expect(ui.provider.getTreeItem(await ui.row("gpu-train")).collapsibleState).toBe(2);
    asked = [];
    await ui.clock.advance(minute);
    expect(asked).toEqual(["computes", "nodes"]);
    await ui.collapse("ml-west");
    asked = [];
    await ui.clock.advance(10 * minute);
    expect(asked).toEqual([]);
  });

  it("ends with the session", async () => {
    await openWorkspace();
    await screen.run("amlClusters.signOut");
    await ui.clock.advance(10 * minute);
    expect(asked).toEqual([]);
  });
});
