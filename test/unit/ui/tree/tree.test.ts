import { afterEach, describe, expect, it } from "vitest";
import { type AzureMl } from "../../../../src/app/ports";
import { type Subscription, type Tenant } from "../../../../src/core/account";
import { type ArmId, armId, armKey, clusterId, subscriptionScope } from "../../../../src/core/armId";
import { type ClusterNode, type ComputeCluster } from "../../../../src/core/cluster";
import { type ComputeListing } from "../../../../src/core/compute";
import { AzureMlError } from "../../../../src/core/errors";
import { type Workspace } from "../../../../src/core/workspace";
import { aCluster, aListing, aWorkspace, nodeCounts } from "../../../support/builders";
import { deferred, fakeAzureMl } from "../../../support/fakeAzureMl";
import { FakeMemento, screen } from "../../../support/fakeVscode";
import { type Ui, openUi } from "../../../support/openUi";

const research: Subscription = {
  id: subscriptionScope("11111111-1111-1111-1111-111111111111"),
  subscriptionId: "11111111-1111-1111-1111-111111111111",
  tenantId: "t1",
  displayName: "Contoso Research",
  state: "Enabled",
};
const contoso: Tenant = { tenantId: "t1", displayName: "Contoso" };

function workspace(name: string, over: Partial<Workspace> & { subscription?: Subscription } = {}): Workspace {
  const group = over.resourceGroup ?? "rg-ml";
  const { subscription = research, ...rest } = over;
  const id = armId(
    `${subscription.id}/resourceGroups/${group}/providers/Microsoft.MachineLearningServices/workspaces/${name}`,
  );
  return aWorkspace({ id, name, resourceGroup: group, ...rest });
}

function cluster(parent: Workspace, name: string, over: Partial<ComputeCluster> = {}): ComputeCluster {
  return aCluster({ id: clusterId(parent.id, name), name, ...over });
}

/** An Azure with these workspaces, each with its listing or a failure. */
function azureWith(
  listings: readonly (readonly [Workspace, ComputeListing | (() => Promise<ComputeListing>)])[],
  parts: Partial<AzureMl> = {},
): AzureMl {
  const byId = new Map(listings.map(([at, listing]) => [armKey(at.id), listing]));
  return fakeAzureMl({
    listTenants: async () => [contoso],
    listSubscriptions: async () => ({ subscriptions: [research], failures: new Map() }),
    listWorkspaces: async (subscription) =>
      listings.map(([at]) => at).filter((at) => armKey(at.id).startsWith(armKey(subscription))),
    listComputes: async (id: ArmId) => {
      const listing = byId.get(armKey(id));
      return typeof listing === "function" ? listing() : listing!;
    },
    listNodes: async () => ({ nodes: [] }),
    ...parts,
  });
}

const forbidden = new AzureMlError({
  kind: "forbidden",
  code: "AuthorizationFailed",
  message: "The client does not have authorization to read computes.",
  requestId: "req-1",
});

let ui: Ui;
afterEach(() => ui.close());

describe("rows", () => {
  it("show a cluster's nodes against its maximum and what it is doing", async () => {
    const west = workspace("ml-west");
    const busy = { currentNodeCount: 2, targetNodeCount: 4, nodeCounts: nodeCounts({ running: 2 }) };
    ui = await openUi({
      azureMl: azureWith(
        [
          [
            west,
            aListing(
              cluster(west, "cpu-batch", { vmPriority: "lowPriority", nodeCounts: nodeCounts({ preempted: 2 }) }),
              cluster(west, "gpu-train", { ...busy, allocationState: "resizing" }),
              cluster(west, "stuck", { allocationState: "resizing", targetNodeCount: 0 }),
              cluster(west, "broken", { provisioningState: "Failed" }),
              cluster(west, "sick", { currentNodeCount: 1, nodeCounts: nodeCounts({ unusable: 1 }) }),
            ),
          ],
        ],
        { listNodes: async () => ({ nodes: [{ nodeId: "n1", state: "running", privateIpAddress: "10.0.0.4" }] }) },
      ),
    });
    expect(await ui.text()).toBe(
      [
        "Contoso Research",
        "  ml-west  westeurope",
        "    broken  0/4 nodes · failed",
        "      No nodes.",
        "    cpu-batch  0/4 nodes · asleep · 2 preempted · low priority",
        "      n1  running · 10.0.0.4",
        "    gpu-train  2/4 nodes · resizing",
        "      n1  running · 10.0.0.4",
        "    sick  1/4 nodes · 1 unusable",
        "      n1  running · 10.0.0.4",
        "    stuck  0/4 nodes · resizing to 0",
        "      No nodes.",
      ].join("\n"),
    );
  });

  it("tell workspaces of one name apart by resource group, and name hubs and projects", async () => {
    const shared = [
      workspace("ml-shared", { resourceGroup: "rg-a" }),
      workspace("ml-shared", { resourceGroup: "rg-b" }),
      workspace("hub-one", { kind: "Hub" }),
      workspace("project-one", { kind: "Project" }),
    ];
    ui = await openUi({ azureMl: azureWith(shared.map((at) => [at, aListing()])) });
    const lines = (await ui.text()).split("\n").filter((line) => /^ {2}\S/.test(line));
    expect(lines).toEqual([
      "  hub-one  westeurope · hub",
      "  ml-shared  rg-a",
      "  ml-shared  rg-b",
      "  project-one  westeurope · project",
    ]);
  });

  it("name the tenant where there are several, and say what is simulated", async () => {
    const other = {
      ...research,
      id: subscriptionScope("2"),
      subscriptionId: "2",
      tenantId: "t2",
      displayName: "Fabrikam",
    };
    ui = await openUi({
      source: "simulated",
      azureMl: azureWith([], {
        listTenants: async () => [contoso, { tenantId: "t2", displayName: "Fabrikam Inc" }],
        listSubscriptions: async () => ({ subscriptions: [research, other], failures: new Map() }),
      }),
    });
    expect((await ui.text()).split("\n").filter((line) => !line.startsWith(" "))).toEqual([
      "Contoso Research  simulated · Contoso",
      "Fabrikam  simulated · Fabrikam Inc",
    ]);
    expect(ui.view.description).toMatch(/^simulated/);
    expect(screen.statusItems[0]?.text).toContain("Simulated subscription");
  });

  it("say an empty workspace's emptiness with a way out, and count what is not shown", async () => {
    const west = workspace("ml-west");
    const listing = { ...aListing(), others: { ComputeInstance: 2, Kubernetes: 1 } };
    ui = await openUi({ azureMl: azureWith([[west, listing]]) });
    expect(await ui.text()).toContain(
      "    No compute clusters. Create one…\n    3 other computes are not shown (ComputeInstance 2, Kubernetes 1)",
    );
    const row = await ui.row("No compute clusters. Create one…");
    expect(ui.provider.getTreeItem(row).command?.command).toBe("amlClusters.workspace.createCluster");
  });

  it("shorten a node's long id, so that its state stays in sight, and keep the whole in the tooltip", async () => {
    const west = workspace("ml-west");
    const nodeId = `tvmps_${"0123456789abcdef".repeat(4)}_p`;
    const listing = aListing(cluster(west, "gpu-train", { currentNodeCount: 1 }));
    const azureMl = azureWith([[west, listing]], {
      listNodes: async () => ({ nodes: [{ nodeId, state: "leaving" }] }),
    });
    ui = await openUi({ azureMl });
    expect(await ui.text()).toContain("      tvmps_01234567…  leaving");
    expect(ui.tooltip(await ui.row("tvmps_01234567…")).replaceAll("\\", "")).toContain(nodeId);
  });

  it("speak their state in words for a screen reader", async () => {
    const west = workspace("ml-west");
    ui = await openUi({ azureMl: azureWith([[west, aListing(cluster(west, "gpu-train"))]]) });
    const row = await ui.row("gpu-train");
    expect(ui.provider.getTreeItem(row).accessibilityInformation?.label).toBe(
      "Compute cluster gpu-train, nodes: 0 of at most 4, asleep, dedicated",
    );
  });

  it("keep their identity over refreshes, so that selection stays", async () => {
    const west = workspace("ml-west");
    ui = await openUi({ azureMl: azureWith([[west, aListing(cluster(west, "gpu-train"))]]) });
    const before = await ui.row("gpu-train");
    await screen.run("amlClusters.refresh");
    expect(await ui.row("gpu-train")).toBe(before);
    expect(ui.provider.getTreeItem(before).id).toBe(armKey(clusterId(west.id, "gpu-train")));
  });
});

describe("tooltips", () => {
  it("show text from Azure as text, never as a link, an icon or HTML", async () => {
    const west = workspace("ml-west");
    const hostile = "[click](command:evil) <img src=x> $(trash) | a";
    const failed = cluster(west, "broken", {
      provisioningState: "Failed",
      description: hostile,
      provisioningErrors: [{ code: "Quota", message: hostile, path: [] }],
    });
    ui = await openUi({ azureMl: azureWith([[west, aListing(failed)]]) });
    const text = ui.tooltip(await ui.row("broken"));
    expect(text).not.toContain("](command");
    expect(text).not.toContain("<img");
    expect(text).not.toMatch(/(?<!\\)\$\((trash)\)/);
    expect(text).toContain("**Quota** \\[click\\]");
  });

  it("name size, priority, limits and node states", async () => {
    const west = workspace("ml-west");
    const some = { currentNodeCount: 3, targetNodeCount: 3, nodeCounts: nodeCounts({ idle: 1, running: 2 }) };
    ui = await openUi({ azureMl: azureWith([[west, aListing(cluster(west, "gpu-train", some))]]) });
    const text = ui.tooltip(await ui.row("gpu-train")).replaceAll("\\", "");
    for (const fact of ["Standard_DS3_v2", "dedicated", "0 to 4 nodes", "120 s", "1 idle, 2 running", "westeurope"]) {
      expect(text).toContain(fact);
    }
  });
});

describe("failures", () => {
  it("of one workspace stand in its place and hide nothing else; Retry asks again", async () => {
    const west = workspace("ml-west");
    const closed = workspace("ml-closed");
    let allowed = false;
    const listing = async (): Promise<ComputeListing> => {
      if (!allowed) throw forbidden;
      return aListing(cluster(closed, "found"));
    };
    ui = await openUi({
      azureMl: azureWith([
        [west, aListing(cluster(west, "gpu-train"))],
        [closed, listing],
      ]),
    });
    const text = await ui.text();
    expect(text).toContain(
      "  ml-closed  westeurope\n    Could not load the clusters.  A right is missing. The client does",
    );
    expect(text).toContain("    gpu-train  0/4 nodes · asleep");
    const notice = await ui.row("Could not load the clusters.");
    expect(ui.contextValue(notice)).toBe("notice.retry");
    expect(ui.tooltip(notice).replaceAll("\\", "")).toContain("Request id req-1");
    allowed = true;
    await screen.run("amlClusters.retry", notice);
    expect(await ui.text()).toContain("    found  0/4 nodes · asleep");
  });

  it("of a later poll keep the rows and mark them as not up to date, until it works again", async () => {
    const west = workspace("ml-west");
    let broken = false;
    const listing = async (): Promise<ComputeListing> => {
      if (broken) throw new AzureMlError({ kind: "network", message: "getaddrinfo ENOTFOUND" });
      return aListing(cluster(west, "gpu-train"));
    };
    ui = await openUi({ azureMl: azureWith([[west, listing]]) });
    await ui.expand("ml-west");
    broken = true;
    await ui.clock.advance(60_000);
    const text = await ui.text();
    expect(text).toContain("  ml-west  westeurope · not up to date");
    expect(text).toMatch(/Could not refresh; as of \d.*Azure could not be reached\. getaddrinfo ENOTFOUND/);
    expect(text).toContain("    gpu-train  0/4 nodes · asleep");
    broken = false;
    await ui.clock.advance(60_000);
    expect(await ui.text()).not.toContain("not up to date");
  });

  it("of a tenant's sign-in leave the other tenants' subscriptions", async () => {
    const failure = new AzureMlError({ kind: "notSignedIn", message: "AADSTS50078" });
    ui = await openUi({
      azureMl: azureWith([], {
        listTenants: async () => [contoso, { tenantId: "t2", displayName: "Fabrikam" }],
        listSubscriptions: async () => ({ subscriptions: [research], failures: new Map([["t2", failure]]) }),
      }),
    });
    expect(await ui.text()).toBe(
      ["Contoso Research", "  No machine learning workspaces.", "Sign in to Fabrikam…  AADSTS50078"].join("\n"),
    );
    await screen.run("amlClusters.retry", await ui.row("Sign in to Fabrikam…"));
    expect(ui.signIns).toEqual(["t2"]);
  });

  it("to answer at all keep only that workspace waiting", async () => {
    const slow = workspace("ml-slow");
    const west = workspace("ml-west");
    const answer = deferred<ComputeListing>();
    ui = await openUi({
      azureMl: azureWith([
        [slow, () => answer.promise],
        [west, aListing(cluster(west, "gpu-train"))],
      ]),
    });
    expect(await ui.text()).toContain("  ml-slow  westeurope\n    Loading…\n  ml-west  westeurope\n    gpu-train");
    answer.resolve(aListing(cluster(slow, "late")));
    expect(await ui.text()).toContain("  ml-slow  westeurope\n    late  0/4 nodes");
  });
});

describe("long lists", () => {
  it("end in Show more, fifty rows at a time", async () => {
    const west = workspace("ml-west");
    const nodes = Array.from({ length: 120 }, (_, at): ClusterNode => ({ nodeId: `node-${at}`, state: "idle" }));
    const big = cluster(west, "big", { currentNodeCount: 120, nodeCounts: nodeCounts({ idle: 120 }) });
    ui = await openUi({ azureMl: azureWith([[west, aListing(big)]], { listNodes: async () => ({ nodes }) }) });
    const count = async (): Promise<number> =>
      (await ui.text()).split("\n").filter((line) => line.includes("node-")).length;
    expect(await count()).toBe(50);
    await screen.run("amlClusters.showMore", await ui.row("Show more (70 left)"));
    expect(await count()).toBe(100);
    await screen.run("amlClusters.showMore", await ui.row("Show more (20 left)"));
    expect(await count()).toBe(120);
    expect(await ui.text()).not.toContain("Show more");
  });

  it("of clusters turn to the page of the one that is revealed", async () => {
    const west = workspace("ml-west");
    const names = Array.from({ length: 130 }, (_, at) => `cluster-${String(at).padStart(3, "0")}`);
    ui = await openUi({ azureMl: azureWith([[west, aListing(...names.map((name) => cluster(west, name)))]]) });
    await ui.text();
    await screen.run("amlClusters.cluster.reveal", clusterId(west.id, "cluster-120"));
    expect(ui.view.selection.map((node) => ui.key(node))).toEqual([armKey(clusterId(west.id, "cluster-120"))]);
  });
});

describe("the filter", () => {
  const west = workspace("ml-west");
  const north = workspace("ml-north");
  const azureMl = azureWith([
    [west, aListing(cluster(west, "gpu-train", { vmSize: "Standard_NC6s_v3" }), cluster(west, "cpu-batch"))],
    [north, aListing(cluster(north, "cpu-north"))],
  ]);

  it("hides what does not match by name, state or size, and says how much", async () => {
    ui = await openUi({ azureMl });
    await ui.text();
    await ui.start("filter");
    screen.input.type("nc6s");
    expect(await ui.text()).toBe(
      [
        "Contoso Research",
        "  ml-west  westeurope",
        "    gpu-train  0/4 nodes · asleep",
        "      No nodes.",
        "    1 hidden by the filter",
        "  1 hidden by the filter",
      ].join("\n"),
    );
    expect(ui.view.message).toBe('Showing what matches "nc6s".');
    screen.input.enter();
    await ui.text();
    expect(screen.contexts.get("amlClusters.filtered")).toBe(true);
    expect(ui.workspaceState.get("filter")).toBe("nc6s");
    await screen.run("amlClusters.clearFilter");
    expect(await ui.text()).toContain("cpu-north");
    expect(screen.contexts.get("amlClusters.filtered")).toBe(false);
  });

  it("is taken back by Escape", async () => {
    ui = await openUi({ azureMl });
    await ui.text();
    await ui.start("filter");
    screen.input.type("nothing like it");
    screen.input.hide();
    await ui.text();
    expect(await ui.text()).toContain("cpu-north");
  });

  it("is remembered for the next window", async () => {
    const workspaceState = new FakeMemento();
    workspaceState.stored.set("filter", "north");
    ui = await openUi({ azureMl, workspaceState });
    const text = await ui.text();
    expect(text).toContain("cpu-north");
    expect(text).not.toContain("gpu-train");
  });
});

describe("signed out", () => {
  it("leaves the view to its welcome text and asks Azure nothing", async () => {
    ui = await openUi({ azureMl: fakeAzureMl({}), source: "none" });
    expect(await ui.text()).toBe("");
    expect(screen.contexts.get("amlClusters.session")).toBe("signedOut");
    expect(screen.statusItems[0]?.isShown).toBe(false);
  });

  it("is where signing out leads, with no row left", async () => {
    const west = workspace("ml-west");
    ui = await openUi({ azureMl: azureWith([[west, aListing(cluster(west, "gpu-train"))]]) });
    expect(await ui.text()).toContain("gpu-train");
    await screen.run("amlClusters.signOut");
    expect(await ui.text()).toBe("");
    expect(ui.globalState.get("session.source")).toBe("none");
  });

  it("an account without subscriptions gets its own welcome text", async () => {
    ui = await openUi({
      azureMl: azureWith([], { listSubscriptions: async () => ({ subscriptions: [], failures: new Map() }) }),
    });
    expect(await ui.text()).toBe("");
    expect(screen.contexts.get("amlClusters.noSubscriptions")).toBe(true);
  });
});
