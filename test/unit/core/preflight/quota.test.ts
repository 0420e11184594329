import { describe, expect, it } from "vitest";
import {
  type QuotaCase,
  computesInRegion,
  quotaForMax,
  quotaForMin,
  quotaForOneNode,
} from "../../../../src/core/preflight/quota";
import { quotaLeft } from "../../../../src/core/quota";
import { aDraft, aVmSize } from "../../../support/builders";
import { aQuota } from "../../../support/draftBuilders";

const size = aVmSize({ vCpus: 4 });
function withLeft(vCpus: number, draft = aDraft()): QuotaCase {
  const left = quotaLeft(aQuota(vCpus), size, draft.vmPriority);
  if (left === undefined) throw new Error("no quota");
  return { draft, size, left };
}

describe("quota for one node", () => {
  it.each([
    [0, true],
    [3, true],
    [4, false],
  ])("with %d vCPUs left for a size of 4 stops: %s", (vCpus, stops) => {
    expect(quotaForOneNode(withLeft(vCpus)).length > 0).toBe(stops);
  });

  it("says the numbers and asks for the family's quota", () => {
    expect(quotaForOneNode(withLeft(3))).toMatchObject([
      {
        rule: "quota.none",
        severity: "error",
        message:
          "The quota of standardDSv2Family in westeurope has 3 of 13 vCPUs left. One node of Standard_DS3_v2 needs 4.",
        remedy: { kind: "requestQuota", region: "westeurope", family: "standardDSv2Family" },
      },
    ]);
  });

  it("asks for the region's total at low priority", () => {
    const [finding] = quotaForOneNode(withLeft(3, aDraft({ vmPriority: "lowPriority" })));
    expect(finding?.remedy).toEqual({ kind: "requestQuota", label: "Request quota", region: "westeurope" });
    expect(finding?.message).toContain("all low priority vCPUs in westeurope has 3 of 13 left");
  });

  it("does not ask Azure for what the workspace's own limit holds back", () => {
    const left = { nodes: 0, vCpusLeft: 3, binding: "workspace", limit: 3 } as const;
    const [finding] = quotaForOneNode({ draft: aDraft(), size, left });
    expect(finding?.message).toContain("This workspace may use 3 vCPUs");
    expect(finding?.remedy).toBeUndefined();
  });
});

describe("quota for the minimum and the maximum", () => {
  const rules = (vCpus: number, minNodeCount: number, maxNodeCount: number): string[] => {
    const about = withLeft(vCpus, aDraft({ minNodeCount, maxNodeCount }));
    return [...quotaForOneNode(about), ...quotaForMin(about), ...quotaForMax(about)].map((finding) => finding.rule);
  };

  it.each([
    [8, 2, 2, []],
    [8, 0, 3, ["quota.max"]],
    [8, 2, 3, ["quota.max"]],
    [8, 3, 3, ["quota.min"]],
    [3, 3, 3, ["quota.none"]],
    [8, Number.NaN, Number.NaN, []],
  ])("with %d vCPUs for %d to %d nodes of 4 gives %j", (vCpus, min, max, expected) => {
    expect(rules(vCpus, min, max)).toEqual(expected);
  });

  it("offer what is in reach", () => {
    expect(quotaForMin(withLeft(8, aDraft({ minNodeCount: 3 })))[0]?.remedy).toMatchObject({
      field: "minNodeCount",
      value: 2,
    });
    expect(quotaForMax(withLeft(8))[0]?.remedy).toMatchObject({ field: "maxNodeCount", value: 2 });
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
