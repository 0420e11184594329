import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clusterId, nameOf } from "../../../../src/core/armId";
import { type SimulatedWorld } from "../../../../src/ui/commands/simulator";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId, nodeCounts } from "../../../support/builders";
import { fakeAzureMl } from "../../../support/fakeAzureMl";
import { screen } from "../../../support/fakeVscode";
import { settle } from "../../../support/handClock";
import { type Ui, openUi } from "../../../support/openUi";

const id = clusterId(aWorkspaceId, "gpu-train");
let happened: string[];
let ui: Ui;

const world: SimulatedWorld = {
  runJob: (cluster, nodes) => void happened.push(`job ${nameOf(cluster)} ${nodes}`),
  preemptNodes: (cluster, nodes) => void happened.push(`preempt ${nameOf(cluster)} ${nodes}`),
  makeNodeUnusable: (cluster) => void happened.push(`unusable ${nameOf(cluster)}`),
  lockGroup: (group) => void happened.push(`lock ${nameOf(group)}`),
  unlockGroup: (group) => void happened.push(`unlock ${nameOf(group)}`),
  exhaustQuota: (subscription, region) => void happened.push(`exhaust ${nameOf(subscription)} ${region}`),
  fastForward: (seconds) => void happened.push(`forward ${seconds}`),
  reset: () => void happened.push("reset"),
};

beforeEach(() => (happened = []));
afterEach(() => ui.close());

async function open(simulated = true): Promise<void> {
  const low = aCluster({
    id: clusterId(aWorkspaceId, "low"),
    name: "low",
    vmPriority: "lowPriority",
    currentNodeCount: 2,
    nodeCounts: nodeCounts({ idle: 2 }),
  });
  const azureMl = fakeAzureMl({
    listTenants: async () => [],
    listSubscriptions: async () => ({
      subscriptions: [
        { id: aSubscriptionId, subscriptionId: "1", tenantId: "t", displayName: "Research", state: "Enabled" },
      ],
      failures: new Map(),
    }),
    listWorkspaces: async () => [aWorkspace()],
    listComputes: async () => aListing(aCluster({ id }), low),
    listNodes: async () => ({ nodes: [] }),
  });
  ui = await openUi({ azureMl, source: simulated ? "simulated" : "microsoft", ...(simulated ? { world } : {}) });
  await ui.text();
}

describe("in the simulated subscription", () => {
  it("a demo job runs on as many nodes as asked for, at most the cluster's maximum", async () => {
    await open();
    await ui.start("simulation.runJob", await ui.row("gpu-train"));
    screen.input.type("5");
    expect(screen.input.validationMessage).toBe("Enter a whole number from 1 to 4.");
    screen.input.enter("3");
    await settle();
    expect(happened).toEqual(["job gpu-train 3"]);
  });

  it("preempting offers low priority clusters with nodes only", async () => {
    await open();
    await ui.start("simulation.preemptNodes");
    screen.pick.choose("ml-west");
    await settle();
    expect(screen.pick.labels).toEqual(["low"]);
    screen.pick.choose("low");
    await settle();
    screen.input.enter("2");
    await settle();
    expect(happened).toEqual(["preempt low 2"]);
  });

  it("locks, quota and broken nodes come from a row", async () => {
    await open();
    const row = await ui.row("low");
    await screen.run("amlClusters.simulation.lockGroup", row);
    await screen.run("amlClusters.simulation.unlockGroup", row);
    await screen.run("amlClusters.simulation.exhaustQuota", row);
    await screen.run("amlClusters.simulation.makeNodeUnusable", row);
    expect(happened).toEqual([
      "lock rg-ml",
      "unlock rg-ml",
      `exhaust ${nameOf(aSubscriptionId)} westeurope`,
      "unusable low",
    ]);
  });

  it("time jumps as far as chosen", async () => {
    await open();
    await ui.start("simulation.fastForward");
    screen.pick.choose("1 hour");
    await settle();
    expect(happened).toEqual(["forward 3600"]);
  });

  it("a reset asks first", async () => {
    await open();
    await screen.run("amlClusters.simulation.reset");
    expect(happened).toEqual([]);
    screen.presses = ["Reset"];
    await screen.run("amlClusters.simulation.reset");
    expect(happened).toEqual(["reset"]);
    expect(screen.messages.every((message) => message.modal)).toBe(true);
  });
});

describe("with a real account", () => {
  it("none of it happens, and the person learns why", async () => {
    await open(false);
    await screen.run("amlClusters.simulation.fastForward");
    await settle();
    expect(screen.messages.map(({ text }) => text)).toEqual(["This works in the simulated subscription only."]);
  });
});
