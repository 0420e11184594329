import { describe, expect, it } from "vitest";
import { scaleToZeroPlan, undoChanges } from "../../../src/core/scaleToZero";
import { aCluster, nodeCounts } from "../../support/builders";

const scale = { minNodeCount: 2, maxNodeCount: 4, idleSecondsBeforeScaleDown: 900 };
const price = { perHour: 2, currency: "USD", source: "sizes" } as const;

describe("scaling to zero", () => {
  it("changes the minimum alone and says what goes and what stays", () => {
    const cluster = aCluster({
      scaleSettings: scale,
      currentNodeCount: 3,
      nodeCounts: nodeCounts({ idle: 2, running: 1 }),
    });
    expect(scaleToZeroPlan([cluster], () => price)).toEqual({
      changes: [
        {
          cluster: cluster.id,
          name: "gpu-train",
          from: scale,
          to: { ...scale, minNodeCount: 0 },
          nodesReleased: 1,
          nodesWorking: 1,
          savingPerMonth: { USD: 2920 },
        },
      ],
      skipped: [],
    });
  });

  it("has no figure without a price", () => {
    expect(scaleToZeroPlan([aCluster({ scaleSettings: scale })]).changes[0]?.savingPerMonth).toBeUndefined();
  });

  it("leaves alone what is at zero, under change or failed, and says why", () => {
    const plan = scaleToZeroPlan([
      aCluster({ name: "zero" }),
      aCluster({ name: "making", scaleSettings: scale, provisioningState: "Creating" }),
      aCluster({ name: "going", scaleSettings: scale, provisioningState: "deleting" }),
      aCluster({ name: "broken", scaleSettings: scale, provisioningState: "Failed" }),
      aCluster({ name: "resizing", scaleSettings: scale, allocationState: "resizing" }),
    ]);
    expect(plan.skipped.map(({ name, reason }) => [name, reason])).toEqual([
      ["zero", "alreadyZero"],
      ["making", "busy"],
      ["going", "busy"],
      ["broken", "failed"],
    ]);
    expect(plan.changes.map(({ name }) => name)).toEqual(["resizing"]);
  });

  it("is taken back by the same changes the other way round", () => {
    const { changes } = scaleToZeroPlan([aCluster({ scaleSettings: scale })]);
    expect(undoChanges(changes, () => ({ ...scale, minNodeCount: 0 }))).toEqual([
      { cluster: changes[0]!.cluster, name: "gpu-train", from: { ...scale, minNodeCount: 0 }, to: scale },
    ]);
  });

  it("is not taken back where somebody has changed the cluster since, or deleted it", () => {
    const { changes } = scaleToZeroPlan([aCluster({ scaleSettings: scale })]);
    expect(undoChanges(changes, () => ({ ...scale, minNodeCount: 0, maxNodeCount: 9 }))).toEqual([]);
    expect(undoChanges(changes, () => undefined)).toEqual([]);
  });
});
