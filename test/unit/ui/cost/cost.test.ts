import { afterEach, describe, expect, it } from "vitest";
import { type AzureMl } from "../../../../src/app/ports";
import { subscriptionOf } from "../../../../src/core/armId";
import { type ComputeCluster, type ScaleSettings } from "../../../../src/core/cluster";
import { AzureMlError } from "../../../../src/core/errors";
import { type MoneyFacts } from "../../../../src/protocol/money";
import { aCluster, aListing, aSubscriptionId, aVmSize, aWorkspace, nodeCounts } from "../../../support/builders";
import { fakeAzureMl } from "../../../support/fakeAzureMl";
import { Uri, screen } from "../../../support/fakeVscode";
import { settle } from "../../../support/handClock";
import { type Ui, openUi } from "../../../support/openUi";

const size = aVmSize({ price: { dedicated: 2, lowPriority: 0.4 } });
const kept = aCluster({
  name: "kept",
  scaleSettings: { minNodeCount: 1, maxNodeCount: 4, idleSecondsBeforeScaleDown: 120 },
  currentNodeCount: 1,
  targetNodeCount: 1,
  nodeCounts: nodeCounts({ idle: 1 }),
});
const busy = aCluster({
  name: "busy",
  scaleSettings: { minNodeCount: 2, maxNodeCount: 6, idleSecondsBeforeScaleDown: 60 },
  currentNodeCount: 3,
  targetNodeCount: 3,
  nodeCounts: nodeCounts({ running: 3 }),
});
const asleep = aCluster({ name: "sleeper" });

let ui: Ui;
let asked: string[];
let scaled: [string, ScaleSettings][];
let clusters: ComputeCluster[];
afterEach(() => ui.close());

async function open(over: Partial<AzureMl> = {}, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
  asked = [];
  scaled = [];
  clusters = [kept, busy, asleep];
  const subscription = {
    id: aSubscriptionId,
    subscriptionId: "1",
    tenantId: "t",
    displayName: "Research",
    state: "Enabled",
  };
  const azureMl = fakeAzureMl({
    listTenants: async () => [{ tenantId: "t", displayName: "Contoso" }],
    listSubscriptions: async () => ({ subscriptions: [subscription], failures: new Map() }),
    listWorkspaces: async () => [aWorkspace()],
    listComputes: async () => aListing(...clusters),
    listNodes: async () => ({ nodes: [] }),
    listVmSizes: async (_, region) => {
      asked.push(`sizes ${region}`);
      return [size];
    },
    getRetailPrice: async (_region, vmSize, currency) => {
      asked.push(`retail ${vmSize} ${currency}`);
      return undefined;
    },
    getQuota: async () => ({
      totalDedicatedCores: { used: 16, limit: 100 },
      dedicatedFamilies: {},
      lowPriorityFamilies: {},
    }),
    beginScale: async (id, scale) => {
      scaled.push([id, scale]);
      clusters = clusters.map((cluster) => (cluster.id === id ? { ...cluster, scaleSettings: scale } : cluster));
      return undefined;
    },
    ...over,
  });
  ui = await openUi({ azureMl, settings });
}

describe("the burn meter", () => {
  it("stands in the rows of clusters, workspace and subscription: 1 × 2 and 3 × 2 dollars and load balancers", async () => {
    await open();
    const text = await ui.text();
    expect(text).toContain("kept  1/4 nodes · idle · $2.01/h");
    expect(text).toContain("busy  3/6 nodes · running · $6.01/h");
    expect(text).toContain("sleeper  0/4 nodes · asleep\n");
    // 4 nodes × 2 + 3 load balancers × 0.33 / 24.
    expect(text).toContain("ml-west  westeurope · $8.04/h");
    expect(text).toContain("Research  $8.04/h");
    expect(ui.tooltip(await ui.row("kept"))).toContain("idle");
  });

  it("stands in the status bar, and its hover ranks the spenders and tells idle apart", async () => {
    await open();
    await ui.text();
    const item = screen.statusItems.find(({ text }) => text.includes("$(flame)"));
    expect(item).toMatchObject({ text: "$(flame) $8.04/h", isShown: true, command: "amlClusters.money" });
    const hover = (item!.tooltip as { value: string }).value;
    expect(hover.indexOf("busy")).toBeLessThan(hover.indexOf("kept"));
    expect(hover).toContain("idle: **\\$2\\.00/h**");
  });

  it("is silent when switched off: no figure, no question about prices", async () => {
    await open({}, { "amlClusters.cost.burnMeter": false });
    expect(await ui.text()).not.toContain("$");
    expect(asked).toEqual([]);
    expect(screen.statusItems.some(({ text, isShown }) => isShown && text.includes("flame"))).toBe(false);
    screen.set("amlClusters.cost.burnMeter", true);
    expect(await ui.text()).toContain("$8.04/h");
  });

  it("asks nothing while no row is drawn", async () => {
    await open();
    expect(asked).toEqual([]);
  });

  it("leaves out what preparing nodes cost for who knows that they are free", async () => {
    await open({}, { "amlClusters.cost.preparingIsCharged": false });
    clusters = [{ ...kept, nodeCounts: nodeCounts({ idle: 1, preparing: 1 }), currentNodeCount: 2 }];
    expect(await ui.text()).toContain("$2.01/h");
  });

  it("says that a sum lacks clusters whose price nobody names", async () => {
    await open({ listVmSizes: async () => [] });
    expect(await ui.text()).not.toContain("$");
  });
});

describe("scale to zero", () => {
  it("of one cluster says what changes, sends the minimum alone, and can be undone", async () => {
    await open();
    await ui.text();
    screen.presses.push("Scale to zero", "Undo");
    await ui.start("cluster.scaleToZero", await ui.row("kept"));
    const [question] = screen.messages;
    expect(question).toMatchObject({ modal: true, text: "Set the minimum of kept to 0 nodes?" });
    expect(question?.detail).toBe("Minimum 1 → 0. 1 idle node goes after 120 s. The minimum costs $1,460.00/month.");
    await settle();
    expect(scaled.map(([id, scale]) => [id, scale.minNodeCount, scale.maxNodeCount])).toEqual([
      [kept.id, 0, 4],
      [kept.id, 1, 4],
    ]);
  });

  it("of a workspace lists every change, and leaves out what is taken out of the list", async () => {
    await open();
    await ui.text();
    await ui.start("cluster.scaleToZero", await ui.row("ml-west"));
    expect(screen.pick.labels).toEqual(["busy", "kept"]);
    expect(screen.pick.placeholder).toBe("Already at 0: sleeper.");
    expect(screen.pick.items[0]).toMatchObject({ description: "minimum 2 → 0" });
    screen.pick.untick("busy");
    screen.pick.accept();
    await settle();
    expect(scaled.map(([id]) => id)).toEqual([kept.id]);
  });

  it("of several selected rows takes those, each once", async () => {
    await open();
    await ui.text();
    const rows = [await ui.row("kept"), await ui.row("sleeper"), await ui.row("busy")];
    await ui.start("cluster.scaleToZero", rows[0], rows);
    expect(screen.pick.labels).toEqual(["kept", "busy"]);
    screen.pick.hide();
    await settle();
    expect(scaled).toEqual([]);
  });

  it("says when there is nothing to do, and reports each cluster that fails", async () => {
    await open({
      beginScale: () => Promise.reject(new AzureMlError({ kind: "locked", message: "The group is locked." })),
    });
    await ui.text();
    await ui.start("cluster.scaleToZero", await ui.row("sleeper"));
    expect(screen.messages.at(-1)?.text).toBe("No cluster to scale to zero. Already at 0: sleeper.");
    screen.presses.push("Scale to zero");
    await ui.start("cluster.scaleToZero", await ui.row("kept"));
    await settle();
    expect(screen.messages.at(-1)).toMatchObject({ severity: "error" });
    expect(screen.messages.at(-1)?.text).toContain("kept could not be scaled. The group is locked.");
  });
});

interface Posted {
  readonly type: string;
  readonly id?: number;
  readonly ok?: boolean;
  readonly name?: string;
  readonly init?: unknown;
  readonly data?: unknown;
  readonly error?: { readonly kind: string };
}

function panel() {
  const last = screen.panels.at(-1);
  if (last === undefined) throw new Error("No panel is open.");
  const posted = (): readonly Posted[] => last.posted as readonly Posted[];
  return {
    send: async (message: object) => {
      last.received.fire(message);
      await settle();
    },
    posted,
    title: last.title,
  };
}

describe("the cost form's host", () => {
  it("opens for the row's cluster, follows it, and scales what the form asks", async () => {
    await open();
    await ui.text();
    await ui.start("cluster.cost", await ui.row("kept"));
    const form = panel();
    expect(form.title).toBe("Cost · kept");
    await form.send({ type: "ready" });
    const init = form.posted().find(({ type }) => type === "init")?.init;
    expect(init).toMatchObject({ cluster: { name: "kept" }, price: { perHour: 2 }, resizable: true });
    const scale = { minNodeCount: 0, maxNodeCount: 2, idleSecondsBeforeScaleDown: 60 };
    await form.send({ type: "request", id: 1, name: "apply", input: scale });
    expect(scaled).toEqual([[kept.id, scale]]);
    expect(form.posted()).toContainEqual({ type: "response", id: 1, ok: true, output: null });
    const facts = form.posted().filter(({ name }) => name === "facts");
    expect(facts.at(-1)?.data).toMatchObject({ cluster: { scaleSettings: scale } });
  });

  it("refuses what a form would refuse, and advice that no longer holds", async () => {
    await open();
    await ui.text();
    await ui.start("cluster.cost", await ui.row("kept"));
    const form = panel();
    await form.send({ type: "ready" });
    const scale = { minNodeCount: 3, maxNodeCount: 2, idleSecondsBeforeScaleDown: 60 };
    await form.send({ type: "request", id: 1, name: "apply", input: scale });
    await form.send({ type: "request", id: 2, name: "follow", input: { rule: "retiredSize" } });
    await form.send({ type: "request", id: 3, name: "apply", input: { ...scale, vmSize: "x" } });
    const errors = form.posted().filter(({ ok }) => ok === false);
    expect(errors.map(({ error }) => error?.kind)).toEqual(["unknown", "conflict", "protocol"]);
    expect(scaled).toEqual([]);
  });

  it("says when the cluster is gone", async () => {
    await open();
    await ui.text();
    await ui.start("cluster.cost", await ui.row("kept"));
    const form = panel();
    await form.send({ type: "ready" });
    clusters = [busy];
    await ui.start("item.refresh", await ui.row("ml-west"));
    expect(form.posted().at(-1)).toEqual({ type: "event", name: "gone", data: null });
  });
});

describe("a low-priority copy", () => {
  it("begins in the create form, with the cluster's settings under a new name; nothing is created yet", async () => {
    await open({ listRegions: async () => [{ name: "westeurope", displayName: "West Europe" }] });
    await ui.text();
    await ui.start("cluster.cost", await ui.row("kept"));
    const form = panel();
    await form.send({ type: "ready" });
    await form.send({ type: "request", id: 1, name: "lowPriorityCopy", input: null });
    const create = panel();
    expect(create.title).toContain("ml-west");
    await create.send({ type: "ready" });
    expect(JSON.stringify(create.posted())).toContain('"vmPriority":"lowPriority"');
    expect(JSON.stringify(create.posted())).toContain('"minNodeCount":1');
    expect(scaled).toEqual([]);
  });
});

describe("the money page's host", () => {
  it("reads every workspace and tells rows, quota and advice as they come", async () => {
    await open();
    await ui.start("money");
    const page = panel();
    await page.send({ type: "ready" });
    await ui.clock.advance(1_000);
    const facts = page.posted().filter(({ name }) => name === "facts");
    const last = facts.at(-1)?.data as MoneyFacts;
    expect(last.rows.map(({ name, cost }) => [name, cost.now])).toEqual([
      ["busy", { USD: 6 + 0.33 / 24 }],
      ["kept", { USD: 2 + 0.33 / 24 }],
      ["sleeper", { USD: 0.33 / 24 }],
    ]);
    expect(last).toMatchObject({ reading: false, unread: [] });
    expect(last.places).toMatchObject([{ subscription: subscriptionOf(kept.id), location: "westeurope" }]);
    expect(last.places[0]?.bars[0]).toMatchObject({ kind: "dedicatedTotal", used: 16, limit: 100 });
  });

  it("writes the CSV where the person says, and nowhere when they give up", async () => {
    await open();
    await ui.start("money");
    const page = panel();
    await page.send({ type: "ready" });
    await ui.clock.advance(1_000);
    const input = { clusters: [busy.id, kept.id] };
    await page.send({ type: "request", id: 1, name: "exportCsv", input });
    expect(page.posted()).toContainEqual({ type: "response", id: 1, ok: true, output: { saved: false } });
    expect(screen.files.size).toBe(0);
    screen.saveTo = Uri.file("/tmp/costs.csv");
    await page.send({ type: "request", id: 2, name: "exportCsv", input });
    const lines = new TextDecoder().decode(screen.files.get("/tmp/costs.csv")).trim().split("\r\n");
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["busy", "kept"]);
  });
});
