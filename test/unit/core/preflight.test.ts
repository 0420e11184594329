import { describe, expect, it } from "vitest";
import { distanceFindings, quotaFindings } from "../../../src/core/preflight";
import { type RegionQuota } from "../../../src/core/quota";
import { familyKey } from "../../../src/core/vmSize";
import { aDraft, aVmSize } from "../../support/builders";

const size = aVmSize({ vCpus: 4 });
const key = familyKey(size.family);
const withLeft = (vCpus: number): RegionQuota => ({
  dedicatedFamilies: { [key]: { used: 0, limit: vCpus, displayName: "DSv2" } },
  lowPriorityFamilies: {},
  totalLowPriorityCores: { used: 0, limit: 0 },
});

describe("quota findings", () => {
  it("are silent when everything fits", () => {
    expect(quotaFindings(aDraft({ maxNodeCount: 4 }), size, { quota: withLeft(16) })).toEqual([]);
  });

  it("stop a cluster of which not even one node fits, at its size", () => {
    const [finding] = quotaFindings(aDraft({ minNodeCount: 0 }), size, { quota: withLeft(3) });
    expect(finding).toMatchObject({ rule: "quota.none", severity: "error", field: "vmSize" });
    expect(finding?.message).toBe(
      "The quota of standardDSv2Family in westeurope has 3 of 3 vCPUs left. One node of Standard_DS3_v2 needs 4.",
    );
  });

  it("warn of a maximum out of reach and offer the one in reach", () => {
    const [finding] = quotaFindings(aDraft({ maxNodeCount: 5 }), size, { quota: withLeft(16) });
    expect(finding).toMatchObject({
      rule: "quota.max",
      severity: "warning",
      field: "maxNodeCount",
      remedy: { kind: "setField", field: "maxNodeCount", value: 4 },
    });
  });

  it("stop a minimum beyond the limit, at the minimum", () => {
    const draft = aDraft({ minNodeCount: 5, maxNodeCount: 5 });
    expect(quotaFindings(draft, size, { quota: withLeft(16) })).toMatchObject([
      { rule: "quota.min", severity: "error", field: "minNodeCount" },
    ]);
  });

  it("name the single low priority quota", () => {
    const draft = aDraft({ vmPriority: "lowPriority" });
    const [finding] = quotaFindings(draft, size, { quota: withLeft(100) });
    expect(finding).toMatchObject({ rule: "quota.none" });
    expect(finding?.message).toContain("all low priority vCPUs in westeurope has 0 of 0 left");
  });

  it("obey the workspace's own limit", () => {
    const facts = { quota: withLeft(100), workspaceLimits: { [key]: 8 } };
    expect(quotaFindings(aDraft({ maxNodeCount: 3 }), size, facts)).toMatchObject([{ rule: "quota.max" }]);
    expect(quotaFindings(aDraft({ maxNodeCount: 2 }), size, facts)).toEqual([]);
  });

  it("keep silent about node counts that are none", () => {
    const draft = aDraft({ minNodeCount: Number.NaN, maxNodeCount: Number.NaN });
    expect(quotaFindings(draft, size, { quota: withLeft(16) })).toEqual([]);
  });
});

describe("a region other than the workspace's", () => {
  it("is warned of, in whatever spelling", () => {
    expect(distanceFindings("East US", "westeurope")).toMatchObject([{ rule: "location.other", severity: "warning" }]);
    expect(distanceFindings("West Europe", "westeurope")).toEqual([]);
    expect(distanceFindings("", "westeurope")).toEqual([]);
  });
});
