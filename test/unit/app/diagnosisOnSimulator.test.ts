import { describe, expect, it } from "vitest";
import { DiagnosisFactReader } from "../../../src/app/diagnosisFacts";
import { armId } from "../../../src/core/armId";
import { type Cause } from "../../../src/core/diagnosis/cause";
import { diagnose } from "../../../src/core/diagnosis/diagnose";
import type { ClusterState, WorkspaceState, WorldState } from "../../../src/simulator/model";
import { handClock, simulated } from "../../support/simulated";
import { simulatedAzure } from "../../support/simulatedAzure";

const hour = 3_600_000;
const day = 24 * hour;

interface Stage {
  readonly state: WorldState;
  readonly cluster: ClusterState;
  readonly workspace: WorkspaceState;
  /** `/subscriptions/…/resourceGroups/…` of the cluster. */
  readonly group: string;
}

type Edit = (stage: Stage) => void;

/** The causes that the whole chain finds, from ARM's JSON on, for a cluster of the demo world changed as said. */
async function causesOf(name: string, edit: Edit): Promise<readonly Cause[]> {
  const clock = handClock();
  const snapshot = simulated({ world: "demo", clock }).simulation.snapshot() as { state: WorldState };
  const { state } = snapshot;
  const cluster = state.clusters.find(({ id }) => id.endsWith(`/computes/${name}`))!;
  const workspace = state.workspaces.find(({ id }) => id === cluster.workspaceId)!;
  edit({ state, cluster, workspace, group: cluster.id.split("/").slice(0, 5).join("/") });
  const { azureMl } = simulatedAzure({ world: "demo", snapshot });
  await azureMl.listSubscriptions();
  const found = await azureMl.getCluster(armId(cluster.id));
  const reader = new DiagnosisFactReader(azureMl, { now: () => clock.now(), sleep: () => Promise.resolve() });
  return diagnose(await reader.read(found!, {}));
}

/** Moving for so long, with nothing that would end it. */
function hang(cluster: ClusterState, now: number, ms: number): void {
  cluster.allocationState = "Resizing";
  cluster.allocationStateSince = now - ms;
  cluster.cleanup = { endsAt: now + day };
}

function addNode(cluster: ClusterState, phase: "allocating" | "leaving" | "preparing", now: number): void {
  cluster.nodes.push({ id: `tvmps_${cluster.nodes.length}`, phase, since: now - hour, until: now + day, address: 9 });
}

function fail(cluster: ClusterState, code?: string, message = "It did not work."): void {
  cluster.provisioningState = "Failed";
  cluster.provisioningErrors = code === undefined ? [] : [{ code, message }];
}

const lockOn =
  (scope: (stage: Stage) => string, level: "CanNotDelete" | "ReadOnly" = "CanNotDelete"): Edit =>
  (stage) =>
    void stage.state.locks.push({ scope: scope(stage), name: "keep", level, notes: "" });

const stuckAtZero: Edit = ({ cluster, state }) => hang(cluster, state.now, hour);
const both =
  (...edits: readonly Edit[]): Edit =>
  (stage) =>
    edits.forEach((edit) => edit(stage));
const nothing: Edit = () => undefined;
const subnetOf = ({ cluster }: Stage): string => cluster.subnetId ?? "";
const networkOf = (stage: Stage): string => subnetOf(stage).split("/subnets/")[0]!;
const networkGroupOf = (stage: Stage): string => subnetOf(stage).split("/").slice(0, 5).join("/");

interface Scenario {
  readonly rule: string;
  readonly cluster: string;
  readonly when: Edit;
  /** What nearly triggers it and must not. */
  readonly nearly: Edit;
  /** Where the near case is another cluster of the demo world. */
  readonly nearlyCluster?: string;
}

const scenarios: readonly Scenario[] = [
  {
    rule: "locks.subscription",
    cluster: "cpu-pipelines",
    when: lockOn(({ state }) => `/subscriptions/${state.subscriptions[0]!.subscriptionId}`),
    nearly: lockOn(({ state }) => `/subscriptions/${state.subscriptions[1]!.subscriptionId}`),
  },
  { rule: "locks.group", cluster: "audit-cpu", when: nothing, nearly: ({ state }) => (state.locks = []) },
  {
    rule: "locks.workspace",
    cluster: "cpu-pipelines",
    when: lockOn(({ workspace }) => workspace.id),
    nearly: lockOn(({ workspace }) => `${workspace.id}-2`),
  },
  {
    rule: "locks.cluster",
    cluster: "cpu-pipelines",
    when: lockOn(({ cluster }) => cluster.id, "ReadOnly"),
    nearly: lockOn(({ workspace }) => `${workspace.id}/computes/etl-nightly`, "ReadOnly"),
  },
  {
    rule: "locks.network",
    cluster: "batch-private",
    when: lockOn(networkOf),
    nearly: lockOn((stage) => `${networkOf(stage)}-other`),
  },
  {
    rule: "locks.networkGroup",
    cluster: "batch-private",
    when: (stage) => {
      // The network moves to a group of its own.
      const other = `${stage.group}-net`;
      const old = stage.group;
      stage.state.groups.push({ id: other, location: "westeurope" });
      for (const network of stage.state.networks) network.id = network.id.replace(old, other);
      stage.cluster.subnetId = subnetOf(stage).replace(old, other);
      lockOn(networkGroupOf)(stage);
    },
    nearly: lockOn(({ group }) => `${group}-net`),
  },
  {
    rule: "allocation.stuckAtZero",
    cluster: "cpu-pipelines",
    when: stuckAtZero,
    nearly: ({ cluster, state }) => hang(cluster, state.now, 4 * 60_000),
  },
  {
    rule: "allocation.stuckGrowing",
    cluster: "cpu-pipelines",
    when: ({ cluster, state }) => {
      addNode(cluster, "allocating", state.now);
      hang(cluster, state.now, hour);
      cluster.target = 1;
    },
    nearly: ({ cluster, state }) => {
      addNode(cluster, "allocating", state.now);
      hang(cluster, state.now, 14 * 60_000);
      cluster.target = 1;
    },
  },
  {
    rule: "allocation.stuckShrinking",
    cluster: "cpu-pipelines",
    when: ({ cluster, state }) => {
      addNode(cluster, "leaving", state.now);
      hang(cluster, state.now, hour);
    },
    nearly: ({ cluster, state }) => {
      addNode(cluster, "leaving", state.now);
      hang(cluster, state.now, 14 * 60_000);
    },
  },
  {
    rule: "allocation.stuckProvisioning",
    cluster: "cpu-smoke",
    when: ({ cluster }) => void (cluster.modifiedOn = cluster.createdOn -= hour),
    nearly: nothing,
  },
  { rule: "allocation.failed", cluster: "gpu-eval", when: ({ cluster }) => fail(cluster), nearly: nothing },
  {
    rule: "allocation.belowTarget",
    cluster: "private-train",
    when: nothing,
    nearly: ({ cluster }) => void (cluster.target = 3),
  },
  {
    rule: "quota.family",
    cluster: "gpu-h100",
    when: nothing,
    nearly: nothing,
    nearlyCluster: "gpu-a100-dev",
  },
  {
    rule: "quota.total",
    cluster: "retraining",
    when: nothing,
    nearly: ({ state, cluster }) => {
      for (const quota of state.quotas) if (quota.region === cluster.location) quota.totalDedicated.limit += 100;
    },
  },
  {
    rule: "quota.lowPriority",
    cluster: "batch-scoring",
    when: ({ state, cluster }) => {
      for (const quota of state.quotas) if (quota.region === cluster.location) quota.totalLowPriority.limit = 32;
    },
    nearly: nothing,
  },
  {
    rule: "quota.workspace",
    cluster: "cpu-pipelines",
    when: ({ state, workspace }) => {
      for (const quota of state.quotas) quota.workspaces[workspace.id.toLowerCase()] = { standardDSv2Family: 2 };
    },
    nearly: ({ state, workspace }) => {
      for (const quota of state.quotas) quota.workspaces[workspace.id.toLowerCase()] = { standardDSv2Family: 4 };
    },
  },
  {
    rule: "quota.computes",
    cluster: "gpu-eval",
    when: ({ state, cluster }) => {
      fail(cluster);
      for (const quota of state.quotas) if (quota.region === cluster.location) quota.totalClusters.limit = 1;
    },
    nearly: ({ cluster }) => fail(cluster),
  },
  { rule: "nodes.unusable", cluster: "physics-sim", when: nothing, nearly: nothing, nearlyCluster: "grid-search" },
  {
    rule: "lowPriority.preempted",
    cluster: "batch-scoring",
    when: nothing,
    nearly: nothing,
    nearlyCluster: "etl-nightly",
  },
  { rule: "size.retired", cluster: "legacy-k80", when: nothing, nearly: nothing, nearlyCluster: "render" },
  {
    rule: "network.subnetFull",
    cluster: "private-train",
    when: nothing,
    nearly: nothing,
    nearlyCluster: "batch-private",
  },
  {
    rule: "network.managedRegion",
    cluster: "cpu-secure",
    when: ({ cluster }) => void (cluster.location = "eastus"),
    nearly: nothing,
  },
  {
    rule: "network.managedSubnet",
    cluster: "cpu-secure",
    when: ({ cluster, state }) => void (cluster.subnetId = `${state.networks[0]!.id}/subnets/snet-batch`),
    nearly: nothing,
  },
  {
    rule: "network.noPublicIp",
    cluster: "cpu-pipelines",
    when: ({ cluster }) => void (cluster.nodePublicIp = false),
    nearly: nothing,
    nearlyCluster: "cpu-secure",
  },
  {
    rule: "network.policies",
    cluster: "batch-private",
    when: ({ cluster }) => {
      cluster.subnetId = cluster.subnetId!.replace("snet-batch", "snet-endpoints");
      cluster.nodePublicIp = false;
    },
    nearly: ({ cluster }) => void (cluster.nodePublicIp = false),
  },
  {
    rule: "network.privateEndpointRegion",
    cluster: "batch-private",
    when: ({ cluster }) => void (cluster.location = "eastus"),
    nearly: nothing,
  },
  {
    rule: "workspace.beforeGa",
    cluster: "gpu-eval",
    when: ({ cluster, workspace }) => {
      fail(cluster);
      workspace.createdAt = Date.UTC(2018, 10, 30);
    },
    nearly: ({ cluster, workspace }) => {
      fail(cluster);
      workspace.createdAt = Date.UTC(2018, 11, 5);
    },
  },
  {
    rule: "access.write",
    cluster: "cpu-pipelines",
    when: ({ state }) => state.roles.forEach((role) => (role.role = "Reader")),
    nearly: nothing,
  },
  {
    rule: "unchecked.quota",
    cluster: "cpu-pipelines",
    when: ({ state, group }) => {
      const [role] = state.roles;
      state.roles = [{ ...role!, scope: group, role: "AzureML Compute Operator" }];
      state.roles.push({ ...role!, name: "second", scope: group, role: "Reader" });
    },
    nearly: nothing,
  },
];

describe("diagnosis from the service's JSON on", () => {
  it.each(scenarios)("finds $rule in $cluster, and not where it is only nearly so", async (scenario) => {
    const { rule, cluster, when, nearly, nearlyCluster = cluster } = scenario;
    expect((await causesOf(cluster, when)).map((cause) => cause.rule)).toContain(rule);
    expect((await causesOf(nearlyCluster, nearly)).map((cause) => cause.rule)).not.toContain(rule);
  });

  it("puts the lock before everything else where a cluster hangs at 0 → 0", async () => {
    const [first] = await causesOf(
      "cpu-pipelines",
      both(
        stuckAtZero,
        lockOn(({ group }) => group),
      ),
    );
    expect(first).toMatchObject({ rule: "locks.group", severity: "error", likelihood: "likely" });
    expect(first?.remedies.map(({ kind }) => kind)).toEqual(["openLock", "removeLock"]);
  });

  it("says what could not be read and goes on with the rest", async () => {
    const { azureMl, simulation } = simulatedAzure({ world: "demo" });
    await azureMl.listSubscriptions();
    const state = (simulation.snapshot() as { state: WorldState }).state;
    const id = state.clusters.find((one) => one.id.endsWith("/audit-cpu"))!.id;
    const cluster = await azureMl.getCluster(armId(id));
    for (const path of [/\/usages$/, /\/permissions$/]) {
      simulation.faults.inject({
        path,
        trouble: {
          kind: "status",
          status: 403,
          error: { code: "AuthorizationFailed", message: "someone@contoso.com may not." },
        },
      });
    }
    const reader = new DiagnosisFactReader(azureMl, { now: () => 0, sleep: () => Promise.resolve() });
    const causes = diagnose(await reader.read(cluster!, {}));
    expect(causes.map(({ rule }) => rule)).toEqual(["locks.group", "unchecked.quota", "unchecked.permissions"]);
    expect(JSON.stringify(causes)).not.toContain("someone@");
  });

  it("asks once for clusters of one place within a minute", async () => {
    const { azureMl, simulation, records } = simulatedAzure({ world: "demo" });
    await azureMl.listSubscriptions();
    const state = (simulation.snapshot() as { state: WorldState }).state;
    const ids = state.clusters.filter(({ id }) => id.includes("/ml-west/")).map(({ id }) => armId(id));
    const clusters = await Promise.all(ids.slice(0, 2).map((id) => azureMl.getCluster(id)));
    const reader = new DiagnosisFactReader(azureMl, { now: () => 0, sleep: () => Promise.resolve() });
    for (const cluster of clusters) await reader.read(cluster!, { nodes: [] });
    expect(records.filter(({ path }) => path.includes("/usages"))).toHaveLength(1);
    expect(records.filter(({ path }) => path.includes("/locks"))).toHaveLength(2);
  });
});
