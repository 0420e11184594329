import { describe, expect, it } from "vitest";
import { ClusterStore } from "../../../src/app/clusterStore";
import { type AzureMl } from "../../../src/app/ports";
import { Refresher } from "../../../src/app/refresher";
import { Sessions } from "../../../src/app/session";
import { type ComputeListing } from "../../../src/core/compute";
import { AzureMlError } from "../../../src/core/errors";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId, nodeCounts } from "../../support/builders";
import { deferred, fakeAzureMl } from "../../support/fakeAzureMl";
import { HandClock, settle } from "../../support/handClock";

async function signedIn(azure: Partial<AzureMl>) {
  const sessions = new Sessions();
  const store = new ClusterStore();
  const clock = new HandClock();
  const refresher = new Refresher(sessions, store, clock);
  await sessions.signIn("simulated", () => Promise.resolve({ label: "demo", azureMl: fakeAzureMl(azure) }));
  store.setWorkspaces(aSubscriptionId, { value: [aWorkspace()], loading: false });
  return { sessions, store, clock, refresher };
}

const trouble = new AzureMlError({ kind: "unavailable", message: "Azure is resting." });

describe("the refresher", () => {
  it("keeps the last known rows when asking fails, with the reason beside them", async () => {
    let fail = false;
    const { store, refresher, clock } = await signedIn({
      listComputes: () => (fail ? Promise.reject(trouble) : Promise.resolve(aListing(aCluster()))),
    });
    await refresher.computes(aWorkspaceId);
    const then = clock.now();
    fail = true;
    await clock.advance(5_000);
    const answer = await refresher.computes(aWorkspaceId);
    expect(answer).toMatchObject({ error: trouble, loading: false, updatedAt: then });
    expect(store.clusters(aWorkspaceId)).toHaveLength(1);
    fail = false;
    expect((await refresher.computes(aWorkspaceId)).error).toBeUndefined();
  });

  it("sends one request for two who ask at once", async () => {
    let requests = 0;
    const gate = deferred<ComputeListing>();
    const { refresher } = await signedIn({ listComputes: () => (requests++, gate.promise) });
    const both = Promise.all([refresher.computes(aWorkspaceId), refresher.computes(aWorkspaceId)]);
    gate.resolve(aListing());
    const [one, two] = await both;
    expect(requests).toBe(1);
    expect(one).toBe(two);
  });

  it("drops an answer for somebody who has signed out", async () => {
    const gate = deferred<ComputeListing>();
    const { refresher, sessions, store } = await signedIn({ listComputes: () => gate.promise });
    const asked = refresher.computes(aWorkspaceId);
    sessions.signOut();
    store.clear();
    gate.resolve(aListing(aCluster()));
    await asked;
    await settle();
    expect(store.computes(aWorkspaceId).value).toBeUndefined();
  });

  it("does not ask for the nodes of a cluster that has none, since that counts as a write", async () => {
    const grown = aCluster({ name: "b", currentNodeCount: 1, nodeCounts: nodeCounts({ idle: 1 }) });
    const asked: string[] = [];
    const { refresher, store } = await signedIn({
      listComputes: () => Promise.resolve(aListing(aCluster({ name: "a" }), grown)),
      listNodes: (id) => (asked.push(id), Promise.resolve({ nodes: [{ nodeId: "tvm-1", state: "idle" }] })),
    });
    await refresher.computes(aWorkspaceId);
    await refresher.nodes(aCluster({ name: "a" }).id);
    await refresher.nodes(grown.id);
    expect(asked).toEqual([grown.id]);
    expect(store.nodes(aCluster({ name: "a" }).id).value).toEqual([]);
    expect(store.nodes(grown.id).value).toHaveLength(1);
  });

  it("asks nobody while nobody is signed in", async () => {
    const store = new ClusterStore();
    const refresher = new Refresher(new Sessions(), store, new HandClock());
    expect(await refresher.computes(aWorkspaceId)).toEqual({ loading: false });
  });
});
