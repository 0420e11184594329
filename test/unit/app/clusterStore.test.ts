import { describe, expect, it } from "vitest";
import { ClusterStore, type StoreChange } from "../../../src/app/clusterStore";
import { AzureMlError } from "../../../src/core/errors";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId, nodeCounts } from "../../support/builders";

function watchedStore(): { store: ClusterStore; changes: StoreChange[] } {
  const store = new ClusterStore();
  store.setWorkspaces(aSubscriptionId, { value: [aWorkspace()], loading: false });
  const changes: StoreChange[] = [];
  store.onDidChange((change) => changes.push(change));
  return { store, changes };
}

const a = aCluster({ name: "a" });
const b = aCluster({ name: "b" });
const trouble = new AzureMlError({ kind: "network", message: "Nobody answered." });

describe("the store", () => {
  it("tells of nothing when an answer brings nothing new", () => {
    const { store, changes } = watchedStore();
    store.setComputes(aWorkspaceId, { value: aListing(a, b), loading: false, updatedAt: 1 });
    expect(changes).toEqual([[aWorkspaceId]]);
    store.setComputes(aWorkspaceId, { value: aListing(a, b), loading: true, updatedAt: 1 });
    store.setComputes(aWorkspaceId, { value: aListing({ ...a }, { ...b }), loading: false, updatedAt: 2 });
    expect(changes).toHaveLength(1);
    expect(store.computes(aWorkspaceId).updatedAt).toBe(2);
  });

  it("names just the clusters that differ", () => {
    const { store, changes } = watchedStore();
    store.setComputes(aWorkspaceId, { value: aListing(a, b), loading: false });
    const grown = { ...b, currentNodeCount: 1, nodeCounts: nodeCounts({ idle: 1 }) };
    store.setComputes(aWorkspaceId, { value: aListing(a, grown), loading: false });
    expect(changes.at(-1)).toEqual([b.id]);
  });

  it("names the workspace when clusters come or go, or when asking fails or works again", () => {
    const { store, changes } = watchedStore();
    store.setComputes(aWorkspaceId, { value: aListing(a), loading: false });
    store.setComputes(aWorkspaceId, { value: aListing(b), loading: false });
    expect(changes.at(-1)).toEqual([aWorkspaceId]);
    store.setComputes(aWorkspaceId, { value: aListing(b), error: trouble, loading: false });
    store.setComputes(aWorkspaceId, { value: aListing(b), loading: false });
    expect(changes).toHaveLength(4);
  });

  it("shows a cluster being created at once, and Azure's own row as soon as there is one", () => {
    const { store } = watchedStore();
    store.setComputes(aWorkspaceId, { value: aListing(b), loading: false });
    store.changeStarted(a.id, { kind: "create", provisional: { ...a, provisioningState: "Creating" } });
    expect(store.clusters(aWorkspaceId).map((cluster) => `${cluster.name} ${cluster.provisioningState}`)).toEqual([
      "a Creating",
      "b Succeeded",
    ]);
    store.setComputes(aWorkspaceId, { value: aListing(a, b), loading: false });
    expect(store.clusters(aWorkspaceId)).toHaveLength(2);
    expect(store.cluster(a.id)?.provisioningState).toBe("Succeeded");
    store.changeEnded(a.id);
    expect(store.pending(a.id)).toBeUndefined();
  });

  it("finds rows whatever the case of their ids", () => {
    const { store } = watchedStore();
    store.setComputes(aWorkspaceId, { value: aListing(a), loading: false });
    const shouted = a.id.replace("resourceGroups/rg-ml", "resourcegroups/RG-ML") as typeof a.id;
    expect(store.cluster(shouted)?.name).toBe("a");
  });

  it("forgets everything at once", () => {
    const { store, changes } = watchedStore();
    store.setComputes(aWorkspaceId, { value: aListing(a), loading: false });
    store.changeStarted(a.id, { kind: "delete" });
    store.clear();
    expect(changes.at(-1)).toBe("all");
    expect([store.clusters(aWorkspaceId), store.pending(a.id), store.allWorkspaces()]).toEqual([[], undefined, []]);
  });
});
