import { describe, expect, it } from "vitest";
import { idleKept, sameScale, scaleImpact } from "../../../src/core/scaleImpact";
import { aCluster, aVmSize, nodeCounts } from "../../support/builders";

const price = { perHour: 2, currency: "USD", source: "sizes" } as const;
const facts = { price, size: aVmSize(), locale: "en" };
const scale = { minNodeCount: 1, maxNodeCount: 4, idleSecondsBeforeScaleDown: 900 };
const cluster = aCluster({
  scaleSettings: scale,
  currentNodeCount: 2,
  nodeCounts: nodeCounts({ running: 0, idle: 2 }),
  nodePublicIp: false,
});

describe("what other scale settings would do", () => {
  it("is compared before and after: 1..4 for 15 min against 2..6 for 30 min at 2 dollars", () => {
    const impact = scaleImpact(cluster, { minNodeCount: 2, maxNodeCount: 6, idleSecondsBeforeScaleDown: 1800 }, facts);
    expect(impact).toMatchObject({
      changed: true,
      before: { floor: { USD: 2 }, ceiling: { USD: 8 }, idleTail: { USD: 1.5 } },
      after: { floor: { USD: 4 }, ceiling: { USD: 12 }, idleTail: { USD: 4 } },
      difference: { floor: { USD: 2 }, ceiling: { USD: 4 }, idleTail: { USD: 2.5 } },
      heldVCpus: { before: 16, after: 24 },
    });
  });

  it("shows less as a negative difference", () => {
    expect(scaleImpact(cluster, { ...scale, minNodeCount: 0 }, facts).difference.floor).toEqual({ USD: -2 });
  });

  it("is nothing for the same settings", () => {
    const impact = scaleImpact(cluster, { ...scale }, facts);
    expect(impact).toMatchObject({ changed: false, nodesStarting: 0, nodesReleased: 0, findings: [] });
    expect(impact.difference.floor).toEqual({ USD: 0 });
  });

  it("has no figures without a price, nor quota without a size", () => {
    const impact = scaleImpact(cluster, { ...scale, minNodeCount: 2 }, { locale: "en" });
    expect(impact.difference).toEqual({ floor: undefined, ceiling: undefined, idleTail: undefined });
    expect(impact.heldVCpus).toBeUndefined();
    expect(impact.findings[0]?.message).toBe("With a minimum of 2, that many nodes are paid for even without jobs.");
  });

  it.each([
    [2, 0],
    [3, 1],
    [4, 2],
  ])("with a minimum of %d starts %d nodes beside the two that are up", (minNodeCount, starting) => {
    expect(scaleImpact(cluster, { ...scale, minNodeCount }, facts).nodesStarting).toBe(starting);
  });

  it("releases the idle nodes that only the minimum kept", () => {
    const kept = { ...cluster, scaleSettings: { ...scale, minNodeCount: 2 } };
    expect(scaleImpact(kept, { ...scale, minNodeCount: 0 }, facts).nodesReleased).toBe(2);
    expect(scaleImpact(kept, { ...scale, minNodeCount: 1 }, facts).nodesReleased).toBe(1);
  });

  it("warns of a higher minimum with its cost per month: 3 × 2 × 730", () => {
    expect(scaleImpact(cluster, { ...scale, minNodeCount: 3 }, facts).findings).toMatchObject([
      {
        rule: "impact.minimum",
        severity: "warning",
        field: "minNodeCount",
        message: "With a minimum of 3, nodes cost $4,380.00/month even without jobs.",
      },
    ]);
  });

  it("does not warn of a minimum that is kept or lowered", () => {
    expect(scaleImpact(cluster, { ...scale, maxNodeCount: 9 }, facts).findings).toEqual([]);
    expect(scaleImpact(cluster, { ...scale, minNodeCount: 0 }, facts).findings).toEqual([]);
  });

  it("warns when more nodes are up than the new maximum, not when as many", () => {
    const rules = (maxNodeCount: number): string[] =>
      scaleImpact(cluster, { ...scale, maxNodeCount }, facts).findings.map((finding) => finding.rule);
    expect(rules(1)).toEqual(["impact.maximum"]);
    expect(rules(2)).toEqual([]);
  });
});

describe("idle nodes that a minimum keeps", () => {
  it.each([
    [{ idle: 2 }, 0, 0],
    [{ idle: 2 }, 1, 1],
    [{ idle: 2 }, 5, 2],
    [{ idle: 2, running: 1 }, 1, 0],
    [{ idle: 2, running: 1 }, 2, 1],
    [{ idle: 1, preparing: 1 }, 1, 0],
  ])("of %j with a minimum of %d: %d", (counts, min, kept) => {
    expect(idleKept(aCluster({ nodeCounts: nodeCounts(counts) }), min)).toBe(kept);
  });
});

describe("scale settings", () => {
  it("are the same only in all three values", () => {
    expect(sameScale(scale, { ...scale })).toBe(true);
    expect(sameScale(scale, { ...scale, minNodeCount: 0 })).toBe(false);
    expect(sameScale(scale, { ...scale, maxNodeCount: 5 })).toBe(false);
    expect(sameScale(scale, { ...scale, idleSecondsBeforeScaleDown: 901 })).toBe(false);
  });
});
