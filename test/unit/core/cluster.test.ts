import { describe, expect, it } from "vitest";
import { type ComputeCluster, conditionOf, isBusy, isInTransition } from "../../../src/core/cluster";
import { aCluster, nodeCounts } from "../../support/builders";

const noError = { code: "X", message: "x", path: ["X"] };
const nodes = (
  counts: Parameters<typeof nodeCounts>[0],
  current: number,
  target = current,
): Partial<ComputeCluster> => ({
  nodeCounts: nodeCounts(counts),
  currentNodeCount: current,
  targetNodeCount: target,
});

describe("the condition of a cluster", () => {
  it.each<[string, Partial<ComputeCluster>]>([
    ["creating", { provisioningState: "Creating", allocationState: "unknown" }],
    ["creating", { provisioningState: "provisioning" }],
    ["updating", { provisioningState: "Updating", ...nodes({ running: 1 }, 1) }],
    ["deleting", { provisioningState: "DELETING", errors: [noError] }],
    ["failed", { provisioningState: "Failed" }],
    ["failed", { provisioningState: "Canceled" }],
    ["resizing", { allocationState: "resizing", ...nodes({ unusable: 1 }, 1, 2) }],
    ["troubled", { errors: [noError], ...nodes({ running: 1 }, 1) }],
    ["troubled", nodes({ running: 1, unusable: 1 }, 2)],
    ["troubled", nodes({ idle: 1 }, 1, 2)],
    ["running", nodes({ running: 1, idle: 3 }, 4)],
    ["running", nodes({ running: 1 }, 1, 0)],
    ["idle", nodes({ idle: 1 }, 1)],
    ["asleep", {}],
    ["unknown", { allocationState: "unknown" }],
    ["asleep", { provisioningState: "SomethingNew" }],
  ])("is %s (case %#)", (condition, over) => {
    expect(conditionOf(aCluster(over))).toBe(condition);
  });

  it("below its target is trouble only once it has come to rest", () => {
    const below = nodes({}, 0, 2);
    expect(conditionOf(aCluster({ ...below, allocationState: "steady" }))).toBe("troubled");
    expect(conditionOf(aCluster({ ...below, allocationState: "resizing" }))).toBe("resizing");
    expect(conditionOf(aCluster({ ...below, allocationState: "unknown" }))).toBe("unknown");
  });
});

describe("a cluster in transition", () => {
  it.each<[boolean, Partial<ComputeCluster>]>([
    [true, { provisioningState: "Creating" }],
    [true, { provisioningState: "Deleting" }],
    [true, { allocationState: "resizing" }],
    [true, nodes({ preparing: 1 }, 1)],
    [true, nodes({ leaving: 1 }, 1)],
    [false, nodes({ running: 1 }, 1)],
    [false, nodes({ unusable: 1 }, 1)],
    [false, { provisioningState: "Failed" }],
    [false, {}],
  ])("is looked at often: %s (case %#)", (fast, over) => {
    expect(isInTransition(aCluster(over))).toBe(fast);
  });

  it("takes no second write while Azure carries one out, but does while nodes come and go", () => {
    expect(isBusy(aCluster({ provisioningState: "Updating" }))).toBe(true);
    expect(isBusy(aCluster({ allocationState: "resizing" }))).toBe(false);
  });
});
