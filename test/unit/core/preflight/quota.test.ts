import { describe, expect, it } from "vitest";
import {
  type QuotaCase,
  computesInRegion,
  quotaCase,
  quotaForOneNode,
  quotaRules,
} from "../../../../src/core/preflight/quota";
import { type RegionQuota } from "../../../../src/core/quota";
import { familyKey } from "../../../../src/core/vmSize";
import { aDraft, aVmSize } from "../../../support/builders";

const size = aVmSize({ vCpus: 4 });

function quota(used: number, limit: number, total = { used: 0, limit: 1_000 }): RegionQuota {
  return {
    dedicatedFamilies: { [familyKey(size.family)]: { used, limit, displayName: "DSv2" } },
    lowPriorityFamilies: {},
    totalDedicatedCores: total,
    totalLowPriorityCores: { used, limit },
  };
}

function aCase(quotas: RegionQuota, draft = aDraft(), workspaceLimit?: number): QuotaCase {
  const about = quotaCase(draft, size, quotas, workspaceLimit);
  if (about === undefined) throw new Error("no quota");
  return about;
}
const rules = (about: QuotaCase): string[] => quotaRules(about).map(({ rule, severity }) => `${severity} ${rule}`);

describe("quota for one node", () => {
  const oneNode = aDraft({ minNodeCount: 0, maxNodeCount: 1 });

  it.each([
    [0, 0, ["error quota.none"]],
    [0, 3, ["error quota.none"]],
    [3, 3, ["error quota.none"]],
    [0, 4, []],
    [1, 4, ["warning quota.usedUp"]],
    [4, 4, ["warning quota.usedUp"]],
    [9, 4, ["warning quota.usedUp"]],
    [96, 100, []],
    [97, 100, ["warning quota.usedUp"]],
  ])("with %d of %d vCPUs used gives %j for a size of 4", (used, limit, expected) => {
    expect(rules(aCase(quota(used, limit), oneNode))).toEqual(expected);
    expect(rules(aCase(quota(used, limit), { ...oneNode, vmPriority: "lowPriority" }))).toEqual(expected);
  });

  it("stops at a family without quota also when the region's total is what is used up", () => {
    const about = aCase(quota(0, 0, { used: 20, limit: 20 }), oneNode);
    expect(rules(about)).toEqual(["error quota.none"]);
    expect(quotaForOneNode(about)[0]?.message).toContain("standardDSv2Family");
  });

  it("says the numbers and asks for the family's quota", () => {
    expect(quotaRules(aCase(quota(1, 3)))).toMatchObject([
      {
        rule: "quota.none",
        message:
          "The quota of standardDSv2Family in westeurope has 2 of 3 vCPUs left. One node of Standard_DS3_v2 needs 4.",
        remedy: { kind: "requestQuota", region: "westeurope", family: "standardDSv2Family" },
      },
    ]);
    expect(quotaRules(aCase(quota(10, 12)))).toMatchObject([
      {
        rule: "quota.usedUp",
        message:
          "No node will start until quota is freed. The quota of standardDSv2Family in westeurope has 2 of 12 vCPUs left. One node of Standard_DS3_v2 needs 4.",
        remedy: { kind: "requestQuota", family: "standardDSv2Family" },
      },
    ]);
  });

  it("asks for the region's total at low priority and where the total binds", () => {
    for (const about of [
      aCase(quota(0, 3), aDraft({ vmPriority: "lowPriority" })),
      aCase(quota(0, 100, { used: 0, limit: 3 })),
    ]) {
      expect(quotaRules(about)[0]?.remedy).toEqual({
        kind: "requestQuota",
        label: "Request quota",
        region: "westeurope",
      });
    }
  });

  it("does not ask Azure for what the workspace's own limit holds back", () => {
    const [finding] = quotaRules(aCase(quota(0, 100), aDraft(), 3));
    expect(finding).toMatchObject({ rule: "quota.none" });
    expect(finding?.message).toContain("This workspace may use 3 vCPUs");
    expect(finding?.remedy).toBeUndefined();
  });

  it("is silent where nothing is known to limit", () => {
    expect(quotaCase(aDraft(), size, undefined)).toBeUndefined();
  });
});

describe("quota for the minimum and the maximum", () => {
  it.each([
    [0, 8, 2, 2, []],
    [0, 8, 0, 3, ["warning quota.max"]],
    [0, 8, 2, 3, ["warning quota.max"]],
    [0, 8, 3, 3, ["error quota.min"]],
    [4, 12, 2, 2, []],
    [4, 12, 3, 3, ["warning quota.min"]],
    [4, 12, 4, 4, ["error quota.min"]],
    [12, 12, 1, 4, ["warning quota.usedUp"]],
    [12, 12, 4, 4, ["warning quota.usedUp", "error quota.min"]],
    [0, 3, 3, 3, ["error quota.none"]],
    [0, 8, Number.NaN, Number.NaN, []],
  ])(
    "with %d of %d vCPUs used for %d to %d nodes of 4 gives %j",
    (used, limit, minNodeCount, maxNodeCount, expected) => {
      expect(rules(aCase(quota(used, limit), aDraft({ minNodeCount, maxNodeCount })))).toEqual(expected);
    },
  );

  it.each([
    [0, 8, 3, 3, "minNodeCount", 2],
    [4, 12, 3, 3, "minNodeCount", 2],
    [0, 8, 0, 3, "maxNodeCount", 2],
  ])("offer what is in reach (%d of %d used, %d to %d)", (used, limit, minNodeCount, maxNodeCount, field, value) => {
    const [finding] = quotaRules(aCase(quota(used, limit), aDraft({ minNodeCount, maxNodeCount })));
    expect(finding?.remedy).toMatchObject({ kind: "setField", field, value });
  });
});

describe("the number of computes in a region", () => {
  it.each([
    [{ used: 499, limit: 500 }, 0],
    [{ used: 500, limit: 500 }, 1],
    [{ used: 501, limit: 500 }, 1],
    [{ used: 500, limit: undefined }, 0],
    [undefined, 0],
  ])("%j gives %d findings", (allowance, count) => {
    const findings = computesInRegion(allowance, "westeurope");
    expect(findings.length).toBe(count);
    if (count > 0) expect(findings[0]).toMatchObject({ severity: "error", field: "location" });
  });
});
