import { beforeEach, describe, expect, it } from "vitest";
import { AlertCenter } from "../../../src/app/alertCenter";
import { AwaitedStates, type WishEnd } from "../../../src/app/awaitedStates";
import { ClusterObserver } from "../../../src/app/clusterObserver";
import { ClusterStore } from "../../../src/app/clusterStore";
import { Diagnoses, belowTargetGraceMs } from "../../../src/app/diagnoses";
import { ClusterHistories } from "../../../src/app/clusterHistories";
import { type Memory } from "../../../src/app/ports";
import { Refresher } from "../../../src/app/refresher";
import { Sessions } from "../../../src/app/session";
import { Timeline, limits } from "../../../src/app/timeline";
import { Watcher } from "../../../src/app/watcher";
import { type ComputeCluster } from "../../../src/core/cluster";
import {
  aCluster,
  aListing,
  aSubscriptionId,
  aVmSize,
  aWorkspace,
  aWorkspaceId,
  nodeCounts,
} from "../../support/builders";
import { aLock, aGroupId, aQuota } from "../../support/diagnosisBuilders";
import { fakeAzureMl } from "../../support/fakeAzureMl";
import { HandClock, settle } from "../../support/handClock";

const idle = aCluster({ currentNodeCount: 2, targetNodeCount: 2, nodeCounts: nodeCounts({ idle: 2 }) });
const broken: ComputeCluster = { ...idle, nodeCounts: nodeCounts({ idle: 1, unusable: 1 }) };

let clock: HandClock;
let sessions: Sessions;
let store: ClusterStore;
let observer: ClusterObserver;
let memory: Memory;
let lockLists: number;
let kept: Map<string, unknown>;

beforeEach(async () => {
  clock = new HandClock();
  sessions = new Sessions();
  store = new ClusterStore();
  kept = new Map();
  memory = { get: (key) => kept.get(key), set: async (key, value) => void kept.set(key, value) };
  lockLists = 0;
  const azureMl = fakeAzureMl({
    serviceNow: () => clock.now(),
    getWorkspace: async () => aWorkspace(),
    listNodes: async () => ({ nodes: [] }),
    listLocks: async () => ((lockLists += 1), [aLock(aGroupId)]),
    getQuota: async () => aQuota(),
    listWorkspaceQuota: async () => ({}),
    listVmSizes: async () => [aVmSize()],
    listPermissions: async () => [{ actions: ["*"], notActions: [] }],
    getCluster: async (id) => store.cluster(id),
  });
  await sessions.signIn("microsoft", () => Promise.resolve({ label: "x", azureMl }));
  store.setWorkspaces(aSubscriptionId, { value: [aWorkspace()], loading: false });
  observer = new ClusterObserver(store, sessions, clock);
});

/** A list arrives. */
async function list(...clusters: ComputeCluster[]): Promise<void> {
  await clock.advance(1);
  store.setComputes(aWorkspaceId, { value: aListing(...clusters), loading: false, updatedAt: clock.now() });
  await settle();
}

describe("alerts", () => {
  function center(wants = true, claims = true) {
    const told: string[] = [];
    const alerts = new AlertCenter({ observer, memory, wants: () => wants, claim: () => Promise.resolve(claims) });
    alerts.onDidAlert(({ kind }) => told.push(kind));
    return { alerts, told };
  }

  it("tell an event once, whatever is listed again and after a reload", async () => {
    const { told } = center();
    await list(idle);
    await list(broken);
    await list(broken);
    await list(idle);
    expect(told).toEqual(["nodeUnusable"]);
    const again = center();
    await list(broken);
    expect(again.told).toEqual([]);
  });

  it("are silent for the first list, for kinds that nobody wants, and where another window tells", async () => {
    const first = center();
    await list(broken);
    expect(first.told).toEqual([]);
    const unwanted = center(false);
    const elsewhere = center(true, false);
    await list(idle);
    await list({ ...broken, allocationStateTransitionTime: "2026-01-05T09:00:00Z" });
    expect(unwanted.told).toEqual([]);
    expect(elsewhere.told).toEqual([]);
  });

  it("count what nobody has looked at", async () => {
    const { alerts } = center();
    const counts: number[] = [];
    alerts.onDidChangeUnseen((count) => counts.push(count));
    await list(idle);
    await list(broken);
    alerts.seen(idle.id);
    alerts.seen(idle.id);
    expect(counts).toEqual([1, 0]);
  });
});

describe("what somebody waits for", () => {
  function awaiting() {
    const watcher = new Watcher(new Refresher(sessions, store, clock), store, clock, () => 0);
    const states = new AwaitedStates(observer, watcher, sessions, memory);
    const ends: WishEnd[] = [];
    states.onDidEnd((end) => ends.push(end));
    return { states, ends };
  }

  it("is told once when it comes, also in the next window", async () => {
    const first = awaiting();
    await first.states.add({ cluster: idle.id, awaited: { kind: "reachesNodes", nodes: 3 } });
    await list(idle);
    expect(first.ends).toEqual([]);
    first.states.dispose();
    const { states, ends } = awaiting();
    expect(states.of(idle.id)).toHaveLength(1);
    await list({ ...idle, nodeCounts: nodeCounts({ idle: 3 }) });
    await list({ ...idle, nodeCounts: nodeCounts({ idle: 3 }) });
    expect(ends.map(({ outcome }) => outcome)).toEqual(["met"]);
    expect(states.of(idle.id)).toEqual([]);
  });

  it("is given up when it cannot come any more", async () => {
    const { states, ends } = awaiting();
    await states.add({ cluster: idle.id, awaited: { kind: "idle" } });
    await list();
    expect(ends).toMatchObject([{ outcome: "hopeless" }]);
  });

  it("is not made up from what another version had stored", () => {
    kept.set("awaited.microsoft", [{ cluster: "../x", awaited: { kind: "idle" } }, { cluster: idle.id }, 3]);
    expect(awaiting().states.of(idle.id)).toEqual([]);
  });
});

describe("the timeline", () => {
  function timeline(stored?: unknown) {
    let saved: (() => unknown) | undefined;
    const storage = { load: async () => stored, saveSoon: (snapshot: () => unknown) => void (saved = snapshot) };
    const line = new Timeline(observer, storage, clock);
    return { line, saved: () => JSON.parse(JSON.stringify(saved?.())) as unknown };
  }

  it("keeps what was seen and done, and has it after a reload", async () => {
    const { line, saved } = timeline();
    await list(idle);
    line.changed(idle.id, "scale", "begun");
    await list({ ...broken, currentNodeCount: 1 });
    expect(line.entries(idle.id).map(({ event }) => event.kind)).toEqual(["change", "state", "nodes", "unusable"]);
    expect(line.samples(idle.id)).toHaveLength(2);
    line.dispose();
    const again = timeline(saved());
    await again.line.loaded;
    expect(again.line.entries(idle.id)).toEqual(line.entries(idle.id));
    expect(again.line.samples(idle.id)).toEqual(line.samples(idle.id));
  });

  it("keeps no more than its limits, the newest", async () => {
    const { line } = timeline();
    for (let n = 0; n <= limits.entriesPerCluster + 5; n++) line.changed(idle.id, "scale", n % 2 ? "done" : "begun");
    expect(line.entries(idle.id)).toHaveLength(limits.entriesPerCluster);
    for (let n = 0; n <= limits.clusters; n++) line.changed(aCluster({ name: `c-${n}` }).id, "scale", "begun");
    expect(line.entries(idle.id)).toEqual([]);
    expect(line.entries(aCluster({ name: `c-${limits.clusters}` }).id)).toHaveLength(1);
  });

  it.each([
    [undefined],
    ["rubbish"],
    [{ version: 2, clusters: {} }],
    [{ version: 1, clusters: { "/x": 3, [idle.id]: { entries: [{ at: "x" }], samples: 7 } } }],
  ])("begins anew where %j was stored", async (stored) => {
    const { line } = timeline(stored);
    await line.loaded;
    expect(line.entries(idle.id)).toEqual([]);
  });
});

describe("diagnosis by itself", () => {
  function diagnosing() {
    const histories = new ClusterHistories(observer);
    const silent = (): void => undefined;
    const log = { debug: silent, info: silent, warn: silent, error: silent };
    return new Diagnoses({
      ...{ sessions, store, observer, histories, clock, log },
      inBackground: (_scope, _reads, work) => work(),
    });
  }
  const stuck = (minutes: number): ComputeCluster =>
    aCluster({
      allocationState: "resizing",
      allocationStateTransitionTime: new Date(clock.now() - minutes * 60_000).toISOString(),
    });

  it("looks once at what is stuck, marks the row with the cause, and takes the mark away when it has passed", async () => {
    const diagnoses = diagnosing();
    const cluster = stuck(6);
    await list(cluster);
    expect(store.mark(cluster.id)).toMatchObject({
      stuck: true,
      cause: expect.stringContaining('lock "keep"') as string,
    });
    await list(cluster);
    await list(cluster);
    expect(lockLists).toBe(1);
    await list(aCluster());
    expect(store.mark(cluster.id)).toBeUndefined();
    expect(diagnoses.get(cluster.id)).toBeUndefined();
  });

  it("leaves alone what may still pass: a resize of four minutes", async () => {
    diagnosing();
    await list(stuck(4));
    expect(store.mark(stuck(4).id)).toBeUndefined();
    expect(lockLists).toBe(0);
  });

  it("gives a cluster below its target two minutes before it looks", async () => {
    diagnosing();
    const below = aCluster({ currentNodeCount: 1, targetNodeCount: 2, nodeCounts: nodeCounts({ idle: 1 }) });
    await list(below);
    await clock.advance(belowTargetGraceMs - 1_000);
    await list(below);
    expect(store.mark(below.id)).toBeUndefined();
    await clock.advance(1_000);
    await list(below);
    expect(store.mark(below.id)).toMatchObject({ stuck: false });
  });

  it("on request looks anew, and what it finds in a healthy cluster stays", async () => {
    const diagnoses = diagnosing();
    await list(idle);
    const { causes } = await diagnoses.diagnose(idle.id);
    expect(causes.map(({ rule }) => rule)).toEqual(["locks.group"]);
    await list(idle);
    expect(diagnoses.get(idle.id)).toBeDefined();
    await diagnoses.diagnose(idle.id);
    expect(lockLists).toBe(2);
  });
});
