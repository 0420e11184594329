import { describe, expect, it } from "vitest";
import { ClusterStore } from "../../../src/app/clusterStore";
import { Sessions } from "../../../src/app/session";
import { SpendingLog } from "../../../src/app/spendingLog";
import { type NodeCounts } from "../../../src/core/cluster";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId, nodeCounts } from "../../support/builders";
import { fakeAzureMl } from "../../support/fakeAzureMl";

const id = aCluster().id;

async function world(stored = new Map<string, unknown>()) {
  const sessions = new Sessions();
  const store = new ClusterStore();
  const memory = {
    get: (key: string) => stored.get(key),
    set: async (key: string, value: unknown) => void stored.set(key, JSON.parse(JSON.stringify(value))),
  };
  const log = new SpendingLog(sessions, store, memory);
  const clock = { now: 1000 };
  await sessions.signIn("simulated", () =>
    Promise.resolve({ label: "demo", azureMl: fakeAzureMl({ serviceNow: () => clock.now }) }),
  );
  store.setWorkspaces(aSubscriptionId, { value: [aWorkspace()], loading: false });
  const see = (at: number, counts: Partial<NodeCounts>) => {
    clock.now = at;
    store.setComputes(aWorkspaceId, { value: aListing(aCluster({ nodeCounts: nodeCounts(counts) })), loading: false });
  };
  return { log, see, stored };
}

describe("the log of what nodes were seen to do", () => {
  it("remembers since when nodes idle, until one works", async () => {
    const { log, see } = await world();
    see(2000, { idle: 1 });
    see(3000, { idle: 2 });
    expect(log.of(id)?.idleSince).toBe(2000);
    see(4000, { idle: 1, running: 1 });
    expect(log.of(id)?.idleSince).toBeUndefined();
    see(5000, { idle: 2 });
    expect(log.of(id)?.idleSince).toBe(5000);
  });

  it("remembers since when nodes are unusable", async () => {
    const { log, see } = await world();
    see(2000, { unusable: 1 });
    see(3000, { unusable: 3, running: 1 });
    expect(log.of(id)?.unusableSince).toBe(2000);
    see(4000, {});
    expect(log.of(id)?.unusableSince).toBeUndefined();
  });

  it("counts each preempted node once", async () => {
    const { log, see } = await world();
    see(1, { preempted: 2 });
    see(2, { preempted: 2, idle: 1 });
    see(3, { preempted: 0 });
    see(4, { preempted: 1 });
    expect(log.of(id)?.preemptions).toBe(3);
  });

  it("goes on in the next window", async () => {
    const { see, stored } = await world();
    see(2000, { idle: 1 });
    const next = await world(stored);
    next.see(9000, { idle: 1 });
    expect(next.log.of(id)?.idleSince).toBe(2000);
  });
});
