import { describe, expect, it } from "vitest";
import { type Awaited, checkAwaited } from "../../../src/core/awaited";
import { type ComputeCluster } from "../../../src/core/cluster";
import { aCluster, nodeCounts } from "../../support/builders";

const nodes = (count: number): Awaited => ({ kind: "reachesNodes", nodes: count });
const withNodes = (counts: Parameters<typeof nodeCounts>[0], current = 4): ComputeCluster =>
  aCluster({ nodeCounts: nodeCounts(counts), currentNodeCount: current, targetNodeCount: current });

describe("a wait", () => {
  it.each<[string, Awaited, ComputeCluster | undefined, "met" | "waiting" | "hopeless"]>([
    ["for 3 nodes counts those that can work", nodes(3), withNodes({ idle: 1, running: 2 }), "met"],
    ["for 3 nodes goes on while one is prepared", nodes(3), withNodes({ running: 2, preparing: 1 }), "waiting"],
    ["for 3 nodes goes on while one is unusable", nodes(3), withNodes({ running: 2, unusable: 1 }), "waiting"],
    ["for more than the maximum is hopeless", nodes(5), withNodes({ running: 4 }), "hopeless"],
    ["for as many as the maximum goes on", nodes(4), withNodes({ running: 3 }), "waiting"],
    ["for nodes of a deleted cluster is hopeless", nodes(1), undefined, "hopeless"],
    ["for nodes of a failed cluster is hopeless", nodes(1), aCluster({ provisioningState: "Failed" }), "hopeless"],
    ["for no node is over at rest", nodes(0), aCluster(), "met"],
    ["for no node goes on while one leaves", nodes(0), withNodes({ leaving: 1 }, 0), "waiting"],
    ["for no node goes on while resizing", nodes(0), aCluster({ allocationState: "resizing" }), "waiting"],
    ["for idleness is over when nodes rest", { kind: "idle" }, withNodes({ idle: 4 }), "met"],
    ["for idleness is over when none is left", { kind: "idle" }, aCluster(), "met"],
    ["for idleness goes on with a job", { kind: "idle" }, withNodes({ idle: 3, running: 1 }), "waiting"],
    ["for the end goes on", { kind: "gone" }, aCluster({ provisioningState: "Deleting" }), "waiting"],
    ["for the end is over", { kind: "gone" }, undefined, "met"],
  ])("%s", (_what, awaited, cluster, outcome) => {
    expect(checkAwaited(awaited, cluster)).toBe(outcome);
  });
});
