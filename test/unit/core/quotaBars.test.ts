import { describe, expect, it } from "vitest";
import { subscriptionOf } from "../../../src/core/armId";
import { moneyRow } from "../../../src/core/moneyTable";
import { type RegionQuota } from "../../../src/core/quota";
import { quotaBars } from "../../../src/core/quotaBars";
import { aSubscriptionId, aWorkspaceId } from "../../support/builders";
import { handWorked } from "../../support/handWorkedClusters";

const rows = handWorked.map(({ cluster, size, price }) => moneyRow(cluster, { size, price }));
const west = { subscription: subscriptionOf(aWorkspaceId), location: "West Europe" };

const quota: RegionQuota = {
  totalClusters: { used: 14, limit: 200 },
  totalDedicatedCores: { used: 900, limit: 1000 },
  totalLowPriorityCores: { used: 32, limit: 100 },
  dedicatedFamilies: {
    standardncsv3family: { used: 54, limit: 60, displayName: "Standard NCSv3 Family" },
    standardfsv2family: { used: 204, limit: 300, displayName: "Standard FSv2 Family" },
    standardavfamily: { used: 0, limit: 0, displayName: "Standard Av Family" },
    unlimitedfamily: { used: 5, limit: undefined, displayName: "Unlimited" },
  },
  lowPriorityFamilies: {
    standarddv2family: { used: 32, limit: undefined, displayName: "Standard Dv2 Family" },
    standarddfamily: { used: 0, limit: 8, displayName: "Standard D Family" },
  },
};

describe("quota bars", () => {
  const bars = quotaBars(quota, rows, west);

  it("come as totals, then families, the fullest first, none for rows without a limit", () => {
    expect(bars.map(({ kind, family }) => `${kind} ${family}`.trim())).toEqual([
      "dedicatedTotal",
      "lowPriorityTotal",
      "clusters",
      "family standardncsv3family",
      "family standardfsv2family",
      "family standardavfamily",
      "lowPriorityFamily standarddfamily",
    ]);
  });

  it("name who holds a family: 8 × 24 and 2 × 6 vCPUs; 2 × 24 + 1 × 6 are up, all that is used", () => {
    const bar = bars.find(({ family }) => family === "standardncsv3family");
    expect(bar).toMatchObject({
      familyName: "Standard NCSv3 Family",
      used: 54,
      limit: 60,
      heldVCpus: 204,
      usedByOthers: 0,
    });
    expect(bar?.holders.map(({ name, usedVCpus, heldVCpus }) => [name, usedVCpus, heldVCpus])).toEqual([
      ["gpu-train", 48, 192],
      ["gpu-min1", 6, 12],
    ]);
  });

  it("keep dedicated and low priority apart", () => {
    expect(bars[1]?.holders.map(({ name }) => name)).toEqual(["batch-cheap"]);
    expect(bars[0]?.holders.map(({ name }) => name)).not.toContain("batch-cheap");
  });

  it("tell what others use: 204 of the FSv2 vCPUs are the sweep's 51 × 4, and 3 of 14 computes are not here", () => {
    expect(bars.find(({ family }) => family === "standardfsv2family")?.usedByOthers).toBe(0);
    expect(bars.find(({ kind }) => kind === "clusters")).toMatchObject({ used: 14, limit: 200, usedByOthers: 3 });
    // 32 used − batch-cheap's 4 × 8
    expect(bars[1]?.usedByOthers).toBe(0);
  });

  it("count only clusters of that region and subscription", () => {
    const held = bars.flatMap(({ holders }) => holders.map(({ name }) => name));
    expect(held).not.toContain("t4-private");
    const elsewhere = quotaBars(quota, rows, { subscription: aSubscriptionId, location: "japaneast" });
    expect(elsewhere.flatMap(({ holders }) => holders)).toEqual([]);
  });

  it("are none where nothing is limited", () => {
    expect(quotaBars({ dedicatedFamilies: {}, lowPriorityFamilies: {} }, rows, west)).toEqual([]);
  });
});
