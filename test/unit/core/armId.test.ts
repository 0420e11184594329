import { describe, expect, it } from "vitest";
import {
  armId,
  clusterId,
  isArmId,
  isWithin,
  nameOf,
  parseArmId,
  resourceGroupOf,
  sameArmId,
  subscriptionOf,
  workspaceOf,
} from "../../../src/core/armId";

const workspace = armId(
  "/subscriptions/s1/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ml-west",
);

describe("ARM ids", () => {
  it("are read into their parts", () => {
    expect(parseArmId(clusterId(workspace, "gpu-train"))).toEqual({
      subscriptionId: "s1",
      resourceGroup: "rg-ml",
      provider: "Microsoft.MachineLearningServices",
      type: "workspaces/computes",
      names: ["ml-west", "gpu-train"],
      name: "gpu-train",
    });
  });

  it("of locks on a resource name the lock's provider, not the resource's", () => {
    const lock = armId(`${workspace}/providers/Microsoft.Authorization/locks/keep`);
    expect(parseArmId(lock)).toMatchObject({ provider: "Microsoft.Authorization", type: "locks", names: ["keep"] });
    expect(workspaceOf(lock)).toBe(workspace);
  });

  it("are the same whatever their case", () => {
    expect(sameArmId(workspace, armId(workspace.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions")))).toBe(true);
    expect(sameArmId(workspace, clusterId(workspace, "a"))).toBe(false);
  });

  it("lead to the scopes above them", () => {
    const cluster = clusterId(workspace, "gpu-train");
    expect(subscriptionOf(cluster)).toBe("/subscriptions/s1");
    expect(resourceGroupOf(cluster)).toBe("/subscriptions/s1/resourceGroups/rg-ml");
    expect(workspaceOf(cluster)).toBe(workspace);
    expect(nameOf(cluster)).toBe("gpu-train");
  });

  it("know what lies below them, by whole segments", () => {
    expect(isWithin(clusterId(workspace, "a"), workspace)).toBe(true);
    expect(isWithin(armId(`${workspace}-2`), workspace)).toBe(false);
  });

  it.each(["", "ml-west", "subscriptions/s1", "/subscriptions/", "/subscriptions/s1/", "https://x/subscriptions/s1"])(
    "%j is refused",
    (text) => {
      expect(isArmId(text)).toBe(false);
      expect(() => armId(text)).toThrow(RangeError);
    },
  );
});
