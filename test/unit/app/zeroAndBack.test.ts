import { beforeEach, describe, expect, it } from "vitest";
import { ClusterChanges } from "../../../src/app/clusterChanges";
import { ClusterStore } from "../../../src/app/clusterStore";
import { type Memory } from "../../../src/app/ports";
import { Refresher } from "../../../src/app/refresher";
import { Sessions } from "../../../src/app/session";
import { Watcher } from "../../../src/app/watcher";
import { type JourneyEnd, ZeroAndBack, downSettings } from "../../../src/app/zeroAndBack";
import { type ComputeCluster, type ScaleSettings } from "../../../src/core/cluster";
import { AzureMlError } from "../../../src/core/errors";
import { aCluster, aListing, aSubscriptionId, aWorkspace, nodeCounts } from "../../support/builders";
import { fakeAzureMl } from "../../support/fakeAzureMl";
import { HandClock } from "../../support/handClock";

const settings: ScaleSettings = { minNodeCount: 2, maxNodeCount: 4, idleSecondsBeforeScaleDown: 120 };
const broken = aCluster({
  scaleSettings: settings,
  currentNodeCount: 2,
  targetNodeCount: 2,
  nodeCounts: nodeCounts({ unusable: 2 }),
});

let clock: HandClock;
let cluster: ComputeCluster;
let sent: ScaleSettings[];
let refuse: AzureMlError | undefined;
let kept: Map<string, unknown>;

beforeEach(() => {
  clock = new HandClock();
  cluster = broken;
  sent = [];
  refuse = undefined;
  kept = new Map();
});

async function aWindow(): Promise<{ journeys: ZeroAndBack; ends: JourneyEnd[]; close: () => void }> {
  const sessions = new Sessions();
  const store = new ClusterStore();
  const memory: Memory = { get: (key) => kept.get(key), set: async (key, value) => void kept.set(key, value) };
  const azureMl = fakeAzureMl({
    listComputes: async () => aListing(cluster),
    beginScale: async (_id, scale) => {
      if (refuse !== undefined) throw refuse;
      sent.push(scale);
      return undefined;
    },
  });
  await sessions.signIn("microsoft", () => Promise.resolve({ label: "x", azureMl }));
  store.setWorkspaces(aSubscriptionId, { value: [aWorkspace()], loading: false });
  const silent = (): void => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const watcher = new Watcher(new Refresher(sessions, store, clock), store, clock, () => 0);
  const changes = new ClusterChanges(sessions, store, watcher, memory, log);
  const journeys = new ZeroAndBack(sessions, store, changes, watcher, clock, memory, log);
  const ends: JourneyEnd[] = [];
  journeys.onDidEnd((end) => ends.push(end));
  const close = (): void => {
    watcher.clear();
    sessions.signOut();
  };
  return { journeys, ends, close };
}

describe("to zero and back", () => {
  it("waits until the broken nodes are gone and gives the cluster its settings back", async () => {
    const { journeys, ends } = await aWindow();
    await journeys.start(cluster);
    await clock.advance(60_000);
    expect(sent).toEqual([{ ...settings, minNodeCount: 0, maxNodeCount: 1 }]);
    cluster = aCluster({ scaleSettings: sent[0]! });
    await clock.advance(60_000);
    expect(sent.slice(1)).toEqual([settings]);
    expect(ends).toEqual([{ cluster: broken.id }]);
    expect(journeys.isUnderWay(broken.id)).toBe(false);
  });

  it("keeps nodes that have a job", () => {
    const busy = { ...broken, nodeCounts: nodeCounts({ running: 3, unusable: 1 }) };
    expect(downSettings(busy)).toMatchObject({ minNodeCount: 0, maxNodeCount: 3 });
  });

  it("goes on in the next window, which gives the settings back", async () => {
    const first = await aWindow();
    await first.journeys.start(cluster);
    await clock.advance(10_000);
    first.close();
    await clock.advance(60_000);
    expect(sent).toHaveLength(1);
    cluster = aCluster({ scaleSettings: sent[0]! });
    const { journeys } = await aWindow();
    journeys.resume();
    await clock.advance(60_000);
    expect(sent.slice(1)).toEqual([settings]);
  });

  it("gives the settings back after 15 minutes though the nodes are still there", async () => {
    const { journeys } = await aWindow();
    await journeys.start(cluster);
    await clock.advance(14 * 60_000);
    expect(sent).toHaveLength(1);
    await clock.advance(2 * 60_000);
    expect(sent.slice(1)).toEqual([settings]);
  });

  it("begins nothing where Azure refuses the first step, and tells where it refuses the last", async () => {
    const { journeys, ends } = await aWindow();
    refuse = new AzureMlError({ kind: "locked", message: "Locked." });
    await expect(journeys.start(cluster)).rejects.toBe(refuse);
    expect(journeys.isUnderWay(cluster.id)).toBe(false);
    refuse = undefined;
    await journeys.start(cluster);
    refuse = new AzureMlError({ kind: "locked", message: "Locked." });
    cluster = aCluster();
    await clock.advance(60_000);
    expect(ends).toMatchObject([{ error: { kind: "locked" } }]);
  });
});
