import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AzureMl } from "../../../src/app/ports";
import { type ComputeCluster } from "../../../src/core/cluster";
import { AzureMlError } from "../../../src/core/errors";
import { type DetailsView } from "../../../src/protocol/details";
import { aCluster, aListing, aSubscriptionId, aVmSize, aWorkspace, nodeCounts } from "../../support/builders";
import { aGroupId, aLock, aQuota } from "../../support/diagnosisBuilders";
import { fakeAzureMl } from "../../support/fakeAzureMl";
import { screen } from "../../support/fakeVscode";
import { settle } from "../../support/handClock";
import { type Ui, openUi } from "../../support/openUi";

let clusters: ComputeCluster[];
let locks: ReturnType<typeof aLock>[];
let sent: string[];
let ui: Ui;
let over: Partial<AzureMl>;

const ssh = aCluster({
  name: "debug",
  currentNodeCount: 1,
  targetNodeCount: 1,
  nodeCounts: nodeCounts({ running: 1 }),
  remoteLogin: "enabled",
  adminUserName: "azureuser",
});
const node = {
  nodeId: "tvmps_1",
  state: "running",
  publicIpAddress: "20.1.2.3",
  port: 50_000,
  runId: "run_7",
} as const;
/** Six minutes at 0 → 0 by the tests' clock, which begins at 9 o'clock. */
const stuck = aCluster({ allocationState: "resizing", allocationStateTransitionTime: "2026-01-05T08:54:00Z" });

beforeEach(() => {
  clusters = [stuck, ssh];
  locks = [aLock(aGroupId, { notes: "Ask Ren first." })];
  sent = [];
  over = {};
});
afterEach(() => ui.close());

async function open(): Promise<void> {
  const azureMl = fakeAzureMl({
    serviceNow: () => ui.clock.now(),
    listTenants: async () => [],
    listSubscriptions: async () => ({
      subscriptions: [
        { id: aSubscriptionId, subscriptionId: "1", displayName: "Research", state: "Enabled", tenantId: "t" },
      ],
      failures: new Map(),
    }),
    listWorkspaces: async () => [aWorkspace()],
    listComputes: async () => aListing(...clusters),
    getWorkspace: async () => aWorkspace(),
    getCluster: async (id) => clusters.find((cluster) => cluster.id === id),
    listNodes: async () => ({ nodes: [node] }),
    listLocks: async () => locks,
    deleteLock: async (id) => {
      sent.push(`delete ${id.slice(id.lastIndexOf("/") + 1)}`);
      locks = [];
    },
    getQuota: async () => aQuota(),
    listWorkspaceQuota: async () => ({}),
    listVmSizes: async () => [aVmSize()],
    getRetailPrice: async () => undefined,
    listPermissions: async () => [{ actions: ["*"], notActions: [] }],
    getClusterJson: async () => ({ id: 1 }),
    ...over,
  });
  ui = await openUi({ azureMl });
  await ui.text();
}

const page = () => screen.panels.at(-1)!;
const views = (): DetailsView[] =>
  page().posted.flatMap((message) => {
    const { type, data, init } = message as { type: string; data?: DetailsView; init?: DetailsView };
    return type === "event" && data !== undefined ? [data] : type === "init" && init !== undefined ? [init] : [];
  });

/** A page draws at most every 100 ms, by this machine's real clock. */
async function drawn(): Promise<DetailsView> {
  await new Promise((resolve) => setTimeout(resolve, 130));
  await settle();
  return views().at(-1)!;
}

async function ask(name: string, input: unknown): Promise<unknown> {
  const id = page().posted.length + 1_000;
  page().received.fire({ type: "request", id, name, input });
  await settle();
  return page().posted.find((message) => (message as { id?: number }).id === id);
}

async function openPage(command = "cluster.diagnose", row = "gpu-train"): Promise<DetailsView> {
  await ui.start(command, await ui.row(row));
  page().received.fire({ type: "ready" });
  await settle();
  return drawn();
}

describe("a stuck cluster", () => {
  it("has a red row that asks to see why, says the cause on hovering, and offers the diagnosis", async () => {
    await open();
    expect(await ui.text()).toContain("gpu-train  stuck? see why · 0/4 nodes");
    const row = await ui.row("gpu-train");
    expect(ui.contextValue(row)).toContain(".suspicious");
    expect(ui.tooltip(row)).toContain("keep");
    expect(ui.contextValue(await ui.row("debug"))).not.toContain("suspicious");
  });

  it("asks nothing by itself where polling is manual", async () => {
    over = { listLocks: async () => (sent.push("locks"), []) };
    await open();
    expect(sent).toEqual(["locks"]);
    sent = [];
    screen.set("amlClusters.polling", "manual");
    clusters = [{ ...stuck, allocationStateTransitionTime: "2026-01-05T08:50:00Z" }];
    await ui.start("refresh");
    expect(sent).toEqual([]);
  });

  it("is freed by removing the lock, which is asked first and says what it protects", async () => {
    await open();
    const { diagnosis } = await openPage();
    expect(diagnosis?.causes[0]).toMatchObject({ rule: "locks.group", likelihood: "likely" });
    const choice = { at: diagnosis?.at, cause: 0, remedy: 1 };
    await ask("remedy", choice);
    expect(screen.messages.at(-1)).toMatchObject({ modal: true, buttons: ["Remove the Lock"] });
    expect(screen.messages.at(-1)?.detail).toContain("Ask Ren first.");
    expect(sent).toEqual([]);
    screen.presses = ["Remove the Lock"];
    clusters = [aCluster(), ssh];
    expect(await ask("remedy", choice)).toMatchObject({ ok: true });
    expect(sent).toEqual(["delete keep"]);
    expect((await drawn()).diagnosis?.causes).toEqual([]);
    expect(await ui.text()).not.toContain("stuck");
  });

  it("keeps its page and says why when Azure refuses the remedy", async () => {
    over = {
      deleteLock: () => Promise.reject(new AzureMlError({ kind: "forbidden", message: "No.", requestId: "r-1" })),
    };
    await open();
    const { diagnosis } = await openPage();
    screen.presses = ["Remove the Lock"];
    const answer = await ask("remedy", { at: diagnosis?.at, cause: 0, remedy: 1 });
    expect(answer).toMatchObject({ ok: false, error: { kind: "forbidden", requestId: "r-1" } });
  });
});

describe("a page", () => {
  it("refuses a button of a diagnosis that is no more, and one that was never there", async () => {
    await open();
    const { diagnosis } = await openPage();
    for (const input of [
      { at: (diagnosis?.at ?? 0) - 1, cause: 0, remedy: 1 },
      { at: diagnosis?.at, cause: 99, remedy: 0 },
      { at: diagnosis?.at, cause: 0, remedy: -1 },
    ]) {
      expect(await ask("remedy", input)).toMatchObject({ ok: false, error: { kind: "invalid" } });
    }
    expect(await ask("remedy", { at: 0, cause: "0", remedy: 1 })).toMatchObject({
      ok: false,
      error: { kind: "protocol" },
    });
    expect(sent).toEqual([]);
  });

  it("shows nodes with their SSH command, JSON on request, and copies a summary without account names", async () => {
    await open();
    const view = await openPage("cluster.openDetails", "debug");
    expect(view.nodes).toMatchObject([{ ssh: "ssh azureuser@20.1.2.3 -p 50000", node: { runId: "run_7" } }]);
    expect(await ask("json", null)).toMatchObject({ ok: true, output: { text: '{\n  "id": 1\n}' } });
    await ask("copySummary", null);
    expect(screen.clipboard).toContain("Azure Machine Learning compute cluster debug");
  });

  it("lets its cluster rest when it is hidden", async () => {
    await open();
    await openPage("cluster.openDetails", "debug");
    ui.view.setVisible(false);
    let asked = 0;
    const count = clusters;
    clusters = new Proxy(count, {
      get: (target, key) => (key === "length" && asked++, Reflect.get(target, key) as never),
    });
    await ui.clock.advance(61_000);
    expect(asked).toBeGreaterThan(0);
    page().visible = false;
    page().viewStateChanged.fire();
    asked = 0;
    await ui.clock.advance(300_000);
    expect(asked).toBe(0);
  });
});

describe("a node", () => {
  it("is reached by SSH and its job opened in Studio, from its row", async () => {
    await open();
    await ui.expand("debug");
    const row = await ui.row("tvmps_1");
    expect(ui.contextValue(row)).toBe("node.job.running.ssh");
    await ui.start("node.copySsh", row);
    expect(screen.clipboard).toBe("ssh azureuser@20.1.2.3 -p 50000");
    await ui.start("node.openRun", row);
    expect(screen.opened.at(-1)).toContain("/runs/run_7?wsid=");
  });

  it.each([
    [{ remoteLogin: "disabled" as const }],
    [{ adminUserName: "x; rm -rf ~" }],
    [{ adminUserName: "-oProxyCommand=evil" }],
  ])("has no SSH command where %j", async (change) => {
    clusters = [{ ...ssh, ...change }];
    await open();
    await ui.expand("debug");
    const row = await ui.row("tvmps_1");
    expect(ui.contextValue(row)).toBe("node.job.running");
    await ui.start("node.copySsh", row);
    expect(screen.clipboard).toBe("");
    expect(screen.messages.at(-1)?.text).toContain("closed to SSH");
  });
});

describe("an alert", () => {
  it("is one quiet message with a way to its cause; its kind can be switched off", async () => {
    clusters = [ssh];
    await open();
    clusters = [{ ...ssh, nodeCounts: nodeCounts({ unusable: 1 }) }];
    await ui.start("refresh");
    await ui.start("refresh");
    const told = screen.messages.filter(({ text }) => text.includes("unusable"));
    expect(told).toMatchObject([
      { severity: "warning", modal: false, buttons: ["Why?", "Don't tell me of such events"] },
    ]);
    screen.set("amlClusters.alerts.clusterFailed", false);
    clusters = [{ ...ssh, provisioningState: "Failed" }];
    await ui.start("refresh");
    expect(screen.messages.filter(({ text }) => text.includes("failed"))).toEqual([]);
  });
});
