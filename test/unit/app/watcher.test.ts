import { beforeEach, describe, expect, it } from "vitest";
import { ClusterStore } from "../../../src/app/clusterStore";
import { Refresher } from "../../../src/app/refresher";
import { Sessions } from "../../../src/app/session";
import { type Gate, type PollingMode, Watcher, cadence } from "../../../src/app/watcher";
import { type ComputeListing } from "../../../src/core/compute";
import { AzureMlError } from "../../../src/core/errors";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId, nodeCounts } from "../../support/builders";
import { fakeAzureMl } from "../../support/fakeAzureMl";
import { HandClock } from "../../support/handClock";

const steady = aCluster({ currentNodeCount: 1, targetNodeCount: 1, nodeCounts: nodeCounts({ idle: 1 }) });
const resizing = { ...steady, allocationState: "resizing" } as const;

let clock: HandClock;
let lists: number[];
let nodeLists: string[];
let answer: () => Promise<ComputeListing>;

async function aWatcher(
  mode: PollingMode = "whenVisible",
  gate?: Gate,
): Promise<{ watcher: Watcher; store: ClusterStore }> {
  const sessions = new Sessions();
  const store = new ClusterStore();
  const refresher = new Refresher(sessions, store, clock);
  const azureMl = fakeAzureMl({
    listComputes: () => (lists.push(clock.now() - start), answer()),
    listNodes: (id) => (nodeLists.push(id), Promise.resolve({ nodes: [] })),
  });
  await sessions.signIn("simulated", () => Promise.resolve({ label: "demo", azureMl }));
  store.setWorkspaces(aSubscriptionId, { value: [aWorkspace()], loading: false });
  return { store, watcher: new Watcher(refresher, store, clock, () => 0, mode, gate) };
}

let start: number;
beforeEach(() => {
  clock = new HandClock();
  start = clock.now();
  lists = [];
  nodeLists = [];
  answer = () => Promise.resolve(aListing(steady));
});

describe("watching a workspace", () => {
  it("asks once a minute while all is steady and every five seconds while nodes come and go", async () => {
    const { watcher } = await aWatcher();
    watcher.setVisible(true);
    watcher.watchWorkspace(aWorkspaceId);
    await clock.advance(cadence.steady);
    expect(lists).toEqual([0, 60_000]);
    answer = () => Promise.resolve(aListing(resizing));
    await clock.advance(cadence.steady + 10_000);
    expect(lists.slice(2)).toEqual([120_000, 125_000, 130_000]);
  });

  it("sends nothing while its view is hidden, and looks at once when it is seen again", async () => {
    const { watcher } = await aWatcher();
    watcher.watchWorkspace(aWorkspaceId);
    await clock.advance(600_000);
    expect(lists).toEqual([]);
    watcher.setVisible(true);
    await clock.advance(0);
    expect(lists).toEqual([600_000]);
    watcher.setVisible(false);
    await clock.advance(600_000);
    expect(lists).toHaveLength(1);
  });

  it("goes on hidden when told always, and never by itself when told manual", async () => {
    const { watcher } = await aWatcher("always");
    watcher.watchWorkspace(aWorkspaceId);
    await clock.advance(60_000);
    expect(lists).toHaveLength(2);
    watcher.setMode("manual");
    watcher.setVisible(true);
    await clock.advance(600_000);
    expect(lists).toHaveLength(2);
    await watcher.refreshNow(aWorkspaceId);
    expect(lists).toHaveLength(3);
  });

  it("stops when nobody has the row open any more", async () => {
    const { watcher } = await aWatcher();
    watcher.setVisible(true);
    const open = watcher.watchWorkspace(aWorkspaceId);
    await clock.advance(0);
    open.dispose();
    await clock.advance(600_000);
    expect(lists).toHaveLength(1);
    expect(clock.sleeping).toBe(0);
  });

  it("asks for the nodes of open clusters only", async () => {
    const { watcher } = await aWatcher();
    watcher.setVisible(true);
    watcher.watchWorkspace(aWorkspaceId);
    await clock.advance(0);
    expect(nodeLists).toEqual([]);
    const open = watcher.watchNodes(steady.id);
    await clock.advance(60_000);
    expect(nodeLists).toEqual([steady.id]);
    open.dispose();
    await clock.advance(60_000);
    expect(nodeLists).toHaveLength(1);
  });

  it("waits as long as Azure says after a 429, and backs off after other failures", async () => {
    answer = () => Promise.reject(new AzureMlError({ kind: "throttled", message: "Too many.", retryAfterMs: 47_000 }));
    const { watcher } = await aWatcher();
    watcher.setVisible(true);
    watcher.watchWorkspace(aWorkspaceId);
    await clock.advance(47_000);
    expect(lists).toEqual([0, 47_000]);
    answer = () => Promise.reject(new AzureMlError({ kind: "network", message: "Nobody answered." }));
    await clock.advance(47_000 + 20_000);
    expect(lists.slice(2)).toEqual([94_000, 114_000]);
  });

  it("looks at 2, 5, 10 and 20 seconds after a write of ours, then now and then, since a resize shows late", async () => {
    const { watcher } = await aWatcher();
    watcher.setVisible(true);
    watcher.watchWorkspace(aWorkspaceId);
    await clock.advance(30_000);
    watcher.expectChange(aWorkspaceId);
    await clock.advance(70_000);
    expect(lists.slice(1).map((at) => at - 30_000)).toEqual([0, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000]);
    await clock.advance(300_000);
    expect(lists.filter((at) => at > 90_000)).toHaveLength(5);
  });

  it("follows a write of ours to its end though nobody looks, then rests", async () => {
    const { watcher } = await aWatcher();
    watcher.setVisible(false);
    answer = () => Promise.resolve(aListing(resizing));
    watcher.expectChange(aWorkspaceId);
    await clock.advance(120_000);
    expect(lists.filter((at) => at > 60_000)).toEqual([65_000, 80_000, 95_000, 110_000]);
    answer = () => Promise.resolve(aListing(steady));
    await clock.advance(600_000);
    expect(lists.filter((at) => at > 120_000)).toEqual([125_000]);
    expect(clock.sleeping).toBe(0);
  });

  it("never follows by itself when told manual", async () => {
    const { watcher } = await aWatcher("manual");
    watcher.expectChange(aWorkspaceId);
    await clock.advance(600_000);
    expect(lists).toEqual([0]);
  });

  it("keeps asking unseen while somebody waits for something there", async () => {
    const { watcher } = await aWatcher();
    const following = watcher.follow(aWorkspaceId);
    await clock.advance(120_000);
    expect(lists).toEqual([0, 60_000, 120_000]);
    following.dispose();
    await clock.advance(600_000);
    expect(lists).toHaveLength(3);
  });

  it("lets a person's refresh past a poll that waits for the budget", async () => {
    const { watcher } = await aWatcher("always", (_workspace, _cost, work, signal) =>
      clock.sleep(3_600_000, signal).then(work),
    );
    watcher.watchWorkspace(aWorkspaceId);
    await clock.advance(60_000);
    expect(lists).toEqual([]);
    await Promise.all([watcher.refreshNow(aWorkspaceId), clock.advance(1_000)]);
    expect(lists.length).toBeGreaterThan(0);
    expect(lists[0]).toBe(60_000);
  });
});
