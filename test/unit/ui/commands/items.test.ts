import { afterEach, describe, expect, it } from "vitest";
import { type AzureMl } from "../../../../src/app/ports";
import { clusterId } from "../../../../src/core/armId";
import { AzureMlError } from "../../../../src/core/errors";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId } from "../../../support/builders";
import { fakeAzureMl } from "../../../support/fakeAzureMl";
import { screen } from "../../../support/fakeVscode";
import { settle } from "../../../support/handClock";
import { type Ui, openUi } from "../../../support/openUi";

const id = clusterId(aWorkspaceId, "gpu-train");

function azure(parts: Partial<AzureMl> = {}): AzureMl {
  return fakeAzureMl({
    listTenants: async () => [],
    listSubscriptions: async () => ({
      subscriptions: [
        { id: aSubscriptionId, subscriptionId: "1", tenantId: "tenant-1", displayName: "Research", state: "Enabled" },
      ],
      failures: new Map(),
    }),
    listWorkspaces: async () => [aWorkspace({ id: aWorkspaceId })],
    listComputes: async () => aListing(aCluster({ id })),
    listNodes: async () => ({ nodes: [] }),
    ...parts,
  });
}

let ui: Ui;
afterEach(() => ui.close());

describe("links", () => {
  it("open a cluster in Studio, with its workspace and tenant", async () => {
    ui = await openUi({ azureMl: azure() });
    await screen.run("amlClusters.item.openInStudio", await ui.row("gpu-train"));
    expect(screen.opened).toEqual([`https://ml.azure.com/compute/gpu-train/details?wsid=${aWorkspaceId}&tid=tenant-1`]);
  });

  it("open a workspace in the portal, also for its cluster, which has no page there", async () => {
    ui = await openUi({ azureMl: azure() });
    await screen.run("amlClusters.item.openInPortal", await ui.row("gpu-train"));
    await screen.run("amlClusters.item.openInPortal", await ui.row("ml-west"));
    expect(new Set(screen.opened)).toEqual(new Set([`https://portal.azure.com/#@tenant-1/resource${aWorkspaceId}`]));
    expect(screen.opened).toHaveLength(2);
  });

  it("of something simulated are offered but not opened", async () => {
    ui = await openUi({ azureMl: azure(), source: "simulated" });
    const row = await ui.row("ml-west");
    screen.presses = ["Copy link"];
    await screen.run("amlClusters.item.openInStudio", row);
    expect(screen.opened).toEqual([]);
    expect(screen.messages[0]?.text).toContain("ml-west is simulated");
    expect(screen.clipboard).toContain("https://ml.azure.com/compute/list?wsid=");
  });
});

describe("from the palette", () => {
  it("copying an id asks for a workspace, then for it or one of its clusters", async () => {
    ui = await openUi({ azureMl: azure() });
    await ui.start("item.copyId");
    screen.pick.choose("ml-west");
    await settle();
    expect(screen.pick.labels).toEqual(["ml-west", "gpu-train"]);
    screen.pick.choose("gpu-train");
    await settle();
    expect(screen.clipboard).toBe(id);
  });

  it("a workspace list that cannot be had is told once", async () => {
    const failure = new AzureMlError({ kind: "network", message: "getaddrinfo ENOTFOUND management.azure.com" });
    ui = await openUi({
      azureMl: azure({ listSubscriptions: () => Promise.reject(failure) }),
    });
    await ui.start("cluster.reveal");
    expect(screen.messages.map(({ text }) => text)).toEqual([
      "getaddrinfo ENOTFOUND management.azure.com. Check the network connection and the proxy settings.",
    ]);
  });

  it("a slow subscription does not keep the others' workspaces from the list", async () => {
    const second = "/subscriptions/2" as typeof aSubscriptionId;
    ui = await openUi({
      azureMl: azure({
        listSubscriptions: async () => ({
          subscriptions: [
            { id: second, subscriptionId: "2", tenantId: "t", displayName: "Slow", state: "Enabled" },
            { id: aSubscriptionId, subscriptionId: "1", tenantId: "t", displayName: "Research", state: "Enabled" },
          ],
          failures: new Map(),
        }),
        listWorkspaces: async (subscription) =>
          subscription === second ? new Promise(() => undefined) : [aWorkspace({ id: aWorkspaceId })],
      }),
    });
    await ui.start("workspace.createCluster");
    expect(screen.pick.labels).toEqual(["ml-west"]);
    expect(screen.pick.busy).toBe(true);
  });

  it("a person who is signed out is offered both ways in, and goes on from there", async () => {
    ui = await openUi({ azureMl: azure(), source: "none" });
    screen.presses = ["Try the simulated subscription"];
    await ui.start("item.copyId");
    expect(screen.messages[0]).toMatchObject({ buttons: ["Sign in", "Try the simulated subscription"] });
    expect(screen.pick.labels).toEqual(["ml-west"]);
    expect(screen.contexts.get("amlClusters.session")).toBe("simulated");
  });

  it("and one who dismisses the offer is left alone", async () => {
    ui = await openUi({ azureMl: azure(), source: "none" });
    await ui.start("cluster.delete");
    expect(screen.picks).toEqual([]);
  });
});

describe("a node's row", () => {
  it("copies the node's id", async () => {
    const populated = aCluster({ id, currentNodeCount: 1 });
    ui = await openUi({
      azureMl: azure({
        listComputes: async () => aListing(populated),
        listNodes: async () => ({ nodes: [{ nodeId: "tvm-1", state: "idle" }] }),
      }),
    });
    await screen.run("amlClusters.item.copyId", await ui.row("tvm-1"));
    expect(screen.clipboard).toBe("tvm-1");
  });
});
