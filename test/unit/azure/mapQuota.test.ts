import { describe, expect, it } from "vitest";
import { mapQuota, mapWorkspaceQuota } from "../../../src/azure/mapQuota";
import { aWorkspaceId } from "../../support/builders";

const provider = "Microsoft.MachineLearningServices";

function row(type: string, value: string, used: number, limit: unknown, localizedValue = value): object {
  return { type: `${provider}/${type}`, currentValue: used, limit, name: { value, localizedValue }, unit: "Count" };
}

describe("usages", () => {
  it("are told apart by type, though a family's two rows share their name", () => {
    const dedicated = "Standard  NCASv3_T4 Family Cluster Dedicated vCPUs";
    const lowPriority = "Standard  NCASv3_T4 Family Cluster LowPriority vCPUs";
    const quota = mapQuota([
      row("totalClusters/usages", "TotalClusters", 3, 200),
      row("totalDedicatedCores/usages", "TotalDedicatedCores", 20, 20),
      row("totalLowPriorityCores/usages", "TotalLowPriorityCores", 0, 0),
      row("vmFamily/dedicatedCores/usages", "Standard NCASv3_T4 Family", 4, 24, dedicated),
      row("vmFamily/lowPriorityCores/usages", "Standard NCASv3_T4 Family", 8, -1, lowPriority),
    ]);
    expect(quota).toEqual({
      totalClusters: { used: 3, limit: 200 },
      totalDedicatedCores: { used: 20, limit: 20 },
      totalLowPriorityCores: { used: 0, limit: 0 },
      dedicatedFamilies: {
        standardncasv3t4family: { used: 4, limit: 24, displayName: "Standard NCASv3_T4 Family" },
      },
      lowPriorityFamilies: {
        standardncasv3t4family: { used: 8, limit: undefined, displayName: "Standard NCASv3_T4 Family" },
      },
    });
  });

  it("are read in the published example's spelling too", () => {
    const quota = mapQuota([
      row("totalCores/usages", "Clusters", 7, 100),
      row("dedicatedCores/usages", "Total Cluster Dedicated Regional vCPUs", 14, 24),
      row("lowPriorityCores/usages", "Total Cluster LowPriority Regional vCPUs", 18, 50),
      row("vmFamily/usages", "Standard DSv2 Family Cluster Dedicated vCPUs", 2, 24),
      row("vmFamily/usages", "Standard DSv2 Family Cluster LowPriority vCPUs", 1, -1),
      row("workspaces/usages", "Standard DSv2 Family Cluster Dedicated vCPUs", 99, 99),
      row("workspace/computes/usages", "Standard DSv2 Family Cluster Dedicated vCPUs", 99, 99),
    ]);
    expect(quota.totalClusters).toEqual({ used: 7, limit: 100 });
    expect(quota.totalDedicatedCores).toEqual({ used: 14, limit: 24 });
    expect(quota.totalLowPriorityCores).toEqual({ used: 18, limit: 50 });
    expect(quota.dedicatedFamilies).toEqual({
      standarddsv2family: { used: 2, limit: 24, displayName: "Standard DSv2 Family" },
    });
    expect(quota.lowPriorityFamilies["standarddsv2family"]).toMatchObject({ used: 1, limit: undefined });
  });

  it("survive rows of other shapes", () => {
    const odd = [
      null,
      {},
      { type: 7 },
      row("vmFamily/dedicatedCores/usages", "", 1, 1),
      row("newThing/usages", "x", 1, 1),
    ];
    expect(mapQuota(odd)).toEqual({ dedicatedFamilies: {}, lowPriorityFamilies: {} });
  });
});

describe("quotas of a workspace", () => {
  const quota = (id: string, limit: number): object => ({ id, limit, name: { value: "standardDFamily" } });

  it("are the rows under its id, in any case; -1 caps nothing", () => {
    const rows = [
      quota("/subscriptions/s/quotas/standardDFamily", 48),
      quota(`${aWorkspaceId.toUpperCase()}/quotas/standardDFamily`, 12),
      quota(`${aWorkspaceId}-2/quotas/standardDFamily`, 3),
    ];
    expect(mapWorkspaceQuota(rows, aWorkspaceId)).toEqual({ standarddfamily: 12 });
    expect(mapWorkspaceQuota([quota(`${aWorkspaceId}/quotas/x`, -1)], aWorkspaceId)).toEqual({});
  });
});
