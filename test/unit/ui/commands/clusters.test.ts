import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AzureMl } from "../../../../src/app/ports";
import { armId, clusterId } from "../../../../src/core/armId";
import { type ComputeCluster, type ScaleSettings } from "../../../../src/core/cluster";
import { AzureMlError } from "../../../../src/core/errors";
import {
  aCluster,
  aDraft,
  aListing,
  aSubscriptionId,
  aVmSize,
  aWorkspace,
  aWorkspaceId,
  nodeCounts,
} from "../../../support/builders";
import { deferred, fakeAzureMl } from "../../../support/fakeAzureMl";
import { screen } from "../../../support/fakeVscode";
import { settle } from "../../../support/handClock";
import { type Ui, openUi } from "../../../support/openUi";

const id = clusterId(aWorkspaceId, "gpu-train");
const twinId = armId(
  `${aSubscriptionId}/resourceGroups/rg-two/providers/Microsoft.MachineLearningServices/workspaces/ml-west`,
);
const running = { currentNodeCount: 3, targetNodeCount: 3, nodeCounts: nodeCounts({ idle: 1, running: 2 }) };

let clusters: readonly ComputeCluster[];
let scaled: ScaleSettings[];
let deleted: string[];
let finish: ReturnType<typeof deferred<undefined>>;
let refusal: AzureMlError | undefined;
let ui: Ui;

function azure(): AzureMl {
  const accept = (): void => {
    if (refusal !== undefined) throw refusal;
  };
  return fakeAzureMl({
    listTenants: async () => [],
    listSubscriptions: async () => ({
      subscriptions: [
        { id: aSubscriptionId, subscriptionId: "1", tenantId: "tenant-1", displayName: "Research", state: "Enabled" },
      ],
      failures: new Map(),
    }),
    listWorkspaces: async () => [
      aWorkspace({ id: aWorkspaceId }),
      aWorkspace({ id: twinId, resourceGroup: "rg-two", location: "eastus" }),
    ],
    listComputes: async (workspace) => aListing(...clusters.filter((cluster) => cluster.id.startsWith(workspace))),
    listNodes: async () => ({ nodes: [] }),
    beginScale: async (cluster, scale) => {
      accept();
      scaled.push(scale);
      return { kind: "scale", cluster, resumeToken: "token" };
    },
    beginDelete: async (cluster) => {
      accept();
      deleted.push(cluster);
      return { kind: "delete", cluster, resumeToken: "token" };
    },
    finish: () => finish.promise,
    getCluster: async () => undefined,
    listRegions: async () => [{ name: "westeurope", displayName: "West Europe" }],
    listVmSizes: async () => [aVmSize()],
    getQuota: async () => ({ dedicatedFamilies: {}, lowPriorityFamilies: {} }),
    listWorkspaceQuota: async () => ({}),
    beginCreate: async (workspace, draft) => {
      accept();
      return { kind: "create", cluster: clusterId(workspace.id, draft.name), resumeToken: "token" };
    },
  });
}

beforeEach(async () => {
  clusters = [
    aCluster({ id, ...running }),
    aCluster({ id: clusterId(aWorkspaceId, "broken"), name: "broken", provisioningState: "Failed" }),
  ];
  scaled = [];
  deleted = [];
  finish = deferred<undefined>();
  refusal = undefined;
  ui = await openUi({ azureMl: azure() });
  await ui.text();
});
afterEach(() => ui.close());

describe("what a row offers", () => {
  const table: readonly (readonly [string, Partial<ComputeCluster>, string])[] = [
    ["at rest", {}, "cluster.deletable.resizable"],
    ["with nodes", running, "cluster.deletable.populated.resizable"],
    ["low priority", { vmPriority: "lowPriority" }, "cluster.deletable.lowPriority.resizable"],
    ["resizing", { allocationState: "resizing" }, "cluster.deletable.resizable"],
    ["failed", { provisioningState: "Failed" }, "cluster.deletable.failed.suspicious"],
    ["creating", { provisioningState: "Creating" }, "cluster"],
    ["deleting", { provisioningState: "Deleting" }, "cluster"],
  ];
  it.each(table)("of a cluster %s", async (_name, over, expected) => {
    clusters = [aCluster({ id, ...over })];
    await screen.run("amlClusters.refresh");
    expect(ui.contextValue(await ui.row("gpu-train"))).toBe(expected);
  });
});

describe("scaling", () => {
  it("asks min, max and idle time, filled in, checks while typing, and sums up before it applies", async () => {
    await ui.start("cluster.scale", await ui.row("gpu-train"));
    expect([screen.input.value, screen.input.step, screen.input.totalSteps]).toEqual(["0", 1, 3]);
    screen.input.type("many");
    expect(screen.input.validationMessage).toBe("Enter a whole number from 0 to 65000.");
    screen.input.enter();
    expect(screen.input.step).toBe(1);
    screen.input.enter("6");
    await settle();
    expect(screen.input.value).toBe("4");
    expect(screen.input.validationMessage).toBe("The minimum (6) is above the maximum (4).");
    screen.input.enter("8");
    await settle();
    screen.input.type("300");
    expect(screen.input.prompt).toContain("6 to 8 nodes, idle 300 s (now 0 to 4 nodes, idle 120 s)");
    screen.input.enter();
    await settle();
    expect(scaled).toEqual([{ minNodeCount: 6, maxNodeCount: 8, idleSecondsBeforeScaleDown: 300 }]);
    expect(await ui.text()).toContain("gpu-train  3/4 nodes · Changing…");
    finish.resolve(undefined);
    await settle();
    expect(screen.passing).toContain("gpu-train was scaled.");
    expect(await ui.text()).not.toContain("Changing…");
  });

  it("goes back a step with what was typed there", async () => {
    await ui.start("cluster.scale", await ui.row("gpu-train"));
    screen.input.enter("2");
    await settle();
    screen.input.back();
    await settle();
    expect([screen.input.step, screen.input.value]).toEqual([1, "2"]);
  });

  it("is given up with Escape, and sends nothing when nothing changed", async () => {
    await ui.start("cluster.scale", await ui.row("gpu-train"));
    screen.input.hide();
    await settle();
    await ui.start("cluster.scale", await ui.row("gpu-train"));
    for (let step = 0; step < 3; step++) {
      screen.input.enter();
      await settle();
    }
    expect(scaled).toEqual([]);
    expect(screen.messages).toEqual([]);
    expect(screen.passing).toEqual(["gpu-train already has these settings."]);
  });

  it("tells a refusal once, with what was tried, why, and buttons that help", async () => {
    refusal = new AzureMlError({
      kind: "quotaExceeded",
      code: "ClusterMinNodesExceedCoreQuota",
      message: "The quota has 2 vCPUs left",
      requestId: "req-7",
    });
    await ui.start("cluster.scale", await ui.row("gpu-train"));
    for (const text of ["1", "4", "120"]) {
      screen.input.enter(text);
      await settle();
    }
    expect(screen.messages).toEqual([
      {
        severity: "error",
        text:
          "gpu-train could not be scaled. The quota has 2 vCPUs left. Choose a smaller size, another region or " +
          "priority, or ask Azure for more quota.",
        buttons: ["Request quota", "Show log", "Copy request id"],
        modal: false,
        detail: undefined,
      },
    ]);
    expect(screen.logLines.filter((line) => line.startsWith("error"))).toHaveLength(1);
    expect(await ui.text()).toContain("gpu-train  3/4 nodes · running");
  });

  it("from the palette asks for workspace and cluster, telling namesakes apart, without those it cannot scale", async () => {
    await ui.start("cluster.scale");
    expect(screen.pick.items).toMatchObject([
      { label: "ml-west", description: "rg-ml · westeurope", detail: "Research" },
      { label: "ml-west", description: "rg-two · eastus", detail: "Research" },
    ]);
    screen.pick.choose("ml-west", "rg-ml · westeurope");
    await settle();
    expect(screen.pick.items).toMatchObject([{ label: "gpu-train", description: "3/4 nodes · running" }]);
    screen.pick.choose("gpu-train");
    await settle();
    expect(screen.input.title).toBe("Scale gpu-train");
  });

  it("says so where a workspace has no cluster to scale", async () => {
    await ui.start("cluster.scale");
    screen.pick.choose("ml-west", "rg-two · eastus");
    await settle();
    expect(screen.pick.labels).toEqual(["ml-west has no cluster for this."]);
    screen.pick.choose("ml-west has no cluster for this.");
    screen.pick.hide();
    await settle();
    expect(screen.messages).toEqual([]);
  });
});

describe("deleting", () => {
  it("asks modally, naming the cluster and what it holds, and deletes only on Delete", async () => {
    await ui.start("cluster.delete", await ui.row("gpu-train"));
    expect(screen.messages).toMatchObject([
      {
        severity: "warning",
        modal: true,
        text: "Delete the compute cluster gpu-train?",
        detail:
          "It has 3 nodes now, 2 of them running a job. " +
          "They are released, and the vCPU quota that the cluster holds becomes free. This cannot be undone.",
        buttons: ["Delete"],
      },
    ]);
    expect(deleted).toEqual([]);
  });

  it("shows on the row while Azure works, and the row goes with it", async () => {
    screen.presses = ["Delete"];
    await ui.start("cluster.delete", await ui.row("gpu-train"));
    expect(deleted).toEqual([id]);
    expect(await ui.text()).toContain("gpu-train  3/4 nodes · Deleting…");
    expect(ui.contextValue(await ui.row("gpu-train"))).toBe("cluster.populated");
    clusters = [];
    finish.resolve(undefined);
    await settle();
    expect(await ui.text()).not.toContain("gpu-train");
    expect(screen.passing).toContain("gpu-train was deleted.");
  });

  it("tells when Azure fails at it later, and keeps the row", async () => {
    screen.presses = ["Delete"];
    await ui.start("cluster.delete", await ui.row("gpu-train"));
    finish.reject(new AzureMlError({ kind: "locked", code: "ScopeLocked", message: "The scope is locked." }));
    await settle();
    expect(screen.messages.at(-1)?.text).toBe(
      "gpu-train could not be deleted. The scope is locked. Remove the lock, then try again.",
    );
    expect(await ui.text()).toContain("gpu-train  3/4 nodes · running");
  });

  it("acts on the selection when the Delete key is pressed in the tree, and on nothing else", async () => {
    ui.view.selection = [await ui.row("Research")];
    await ui.start("cluster.delete", "selection");
    expect(screen.messages).toEqual([]);
    expect(screen.picks).toEqual([]);
    ui.view.selection = [await ui.row("gpu-train")];
    await ui.start("cluster.delete", "selection");
    expect(screen.messages).toHaveLength(1);
  });

  it("refuses arguments that are no row instead of guessing", async () => {
    for (const target of [{ kind: "cluster", id: "../../x" }, "/etc/passwd", 7, { kind: "cluster" }]) {
      await ui.start("cluster.delete", target);
    }
    expect([screen.messages, screen.picks, deleted]).toEqual([[], [], []]);
  });
});

describe("creating", () => {
  it("opens the form of the workspace that was right-clicked", async () => {
    await ui.start("workspace.createCluster", aWorkspaceId);
    expect(screen.panels.map((panel) => panel.title)).toEqual(["Create compute cluster · ml-west"]);
  });

  it("shows the new row at once, and tells the end with a way to it", async () => {
    await ui.start("workspace.createCluster", aWorkspaceId);
    const panel = screen.panels[0]!;
    panel.received.fire({ type: "ready" });
    await settle();
    panel.received.fire({ type: "request", id: 1, name: "create", input: aDraft({ name: "new-one" }) });
    await settle();
    expect(panel.posted.at(-1)).toMatchObject({ type: "response", id: 1, ok: true, output: { accepted: true } });
    expect(await ui.text()).toContain("    new-one  Creating…");
    const newId = clusterId(aWorkspaceId, "new-one");
    expect(ui.view.selection.map((node) => ui.key(node))).toEqual([newId.toLowerCase()]);
    expect(ui.contextValue(await ui.row("new-one"))).toBe("cluster");
    screen.presses = ["Show"];
    clusters = [...clusters, aCluster({ id: newId, name: "new-one" })];
    finish.resolve(undefined);
    await settle();
    expect(screen.messages).toMatchObject([{ severity: "info", text: "The compute cluster new-one was created." }]);
    expect(await ui.text()).toContain("    new-one  0/4 nodes · asleep");
  });

  it("tells a creation that Azure accepted and then gave up, and the row goes", async () => {
    await ui.start("workspace.createCluster", aWorkspaceId);
    const panel = screen.panels[0]!;
    panel.received.fire({ type: "ready" });
    await settle();
    panel.received.fire({ type: "request", id: 1, name: "create", input: aDraft({ name: "new-one" }) });
    await settle();
    finish.reject(new AzureMlError({ kind: "unavailable", message: "No machines." }));
    await settle();
    expect(screen.messages.map(({ text }) => text)).toEqual([
      "new-one could not be created. No machines. Try again in a few minutes.",
    ]);
    expect(await ui.text()).not.toContain("new-one");
  });

  it("from the palette asks for the workspace", async () => {
    await ui.start("workspace.createCluster");
    screen.pick.choose("ml-west", "rg-two · eastus");
    await settle();
    expect(screen.panels).toHaveLength(1);
  });
});
