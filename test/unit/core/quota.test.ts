import { describe, expect, it } from "vitest";
import { type RegionQuota, quotaLeft } from "../../../src/core/quota";
import { familyKey } from "../../../src/core/vmSize";
import { aVmSize } from "../../support/builders";

const size = aVmSize({ vCpus: 6, family: "standardNCSv3Family" });

function quota(over: Partial<RegionQuota> & { family?: [number, number | undefined] } = {}): RegionQuota {
  const { family = [0, 24], ...rest } = over;
  const [used, limit] = family;
  return {
    dedicatedFamilies: { [familyKey("standardNCSv3Family")]: { used, limit, displayName: "NCSv3" } },
    lowPriorityFamilies: { [familyKey("standardNCSv3Family")]: { used: 0, limit: undefined, displayName: "NCSv3" } },
    ...rest,
  };
}

describe("quota left", () => {
  it("counts whole nodes of the size", () => {
    expect(quotaLeft(quota({ family: [0, 23] }), size, "dedicated")).toEqual({
      binding: "family",
      vCpusLeft: 23,
      limit: 23,
      nodes: 3,
    });
  });

  it("is the tighter of family and region total", () => {
    const both = quota({ totalDedicatedCores: { used: 20, limit: 20 } });
    expect(quotaLeft(both, size, "dedicated")).toMatchObject({ binding: "total", nodes: 0 });
    const wide = quota({ totalDedicatedCores: { used: 0, limit: 300 } });
    expect(quotaLeft(wide, size, "dedicated")).toMatchObject({ binding: "family", nodes: 4 });
  });

  it("at low priority is the region's single total, since families set no limit there", () => {
    const low = quota({ totalLowPriorityCores: { used: 4, limit: 16 }, totalDedicatedCores: { used: 0, limit: 0 } });
    expect(quotaLeft(low, size, "lowPriority")).toMatchObject({ binding: "total", vCpusLeft: 12, nodes: 2 });
  });

  it("is capped by the workspace's own limit, for dedicated nodes only", () => {
    expect(quotaLeft(quota(), size, "dedicated", 12)).toMatchObject({ binding: "workspace", nodes: 2, limit: 12 });
    expect(quotaLeft(quota(), size, "lowPriority", 12)).toBeUndefined();
  });

  it("does not hold other workspaces' use of the family against this workspace's limit", () => {
    const shared = quota({ family: [60, 120] });
    expect(quotaLeft(shared, size, "dedicated", 48)).toMatchObject({ binding: "workspace", nodes: 8 });
  });

  it("never falls below nothing, when more is used than allowed", () => {
    expect(quotaLeft(quota({ family: [30, 24] }), size, "dedicated")).toMatchObject({ vCpusLeft: 0, nodes: 0 });
  });

  it("is unknown where nothing limits", () => {
    const none = quota({ family: [5, undefined] });
    expect(quotaLeft(none, size, "dedicated")).toBeUndefined();
    expect(quotaLeft(quota(), aVmSize({ family: "constructor" }), "dedicated")).toBeUndefined();
    expect(quotaLeft(quota(), { ...size, vCpus: 0 }, "dedicated")).toBeUndefined();
  });
});
