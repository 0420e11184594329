import { describe, expect, it } from "vitest";
import { type ComparisonOf, type RegionCandidate, compareRegions } from "../../../src/core/regionComparison";
import { aVmSize, aWorkspace } from "../../support/builders";
import { aQuota } from "../../support/draftBuilders";

const region = (name: string, over: Partial<RegionCandidate> = {}): RegionCandidate => ({
  region: { name, displayName: name.toUpperCase() },
  vmSizes: [aVmSize()],
  quota: aQuota(40),
  price: { dedicated: 0.3, lowPriority: 0.06, currency: "USD" },
  ...over,
});
const about: ComparisonOf = {
  vmSize: "STANDARD_DS3_V2",
  priority: "dedicated",
  workspace: aWorkspace({ location: "westeurope" }),
  hasSubnet: false,
};
const only = (candidate: RegionCandidate, over: Partial<ComparisonOf> = {}) => {
  const [row] = compareRegions([candidate], { ...about, ...over });
  if (row === undefined) throw new Error("no row");
  return { ...row, rules: row.findings.map((finding) => finding.rule) };
};

describe("a comparison of regions", () => {
  it("has the workspace's region first, then usable ones by price, unknown prices after them", () => {
    const rows = compareRegions(
      [
        region("full", { quota: aQuota(3), price: { dedicated: 0.01, currency: "USD" } }),
        region("unpriced", { price: undefined }),
        region("dear", { price: { dedicated: 0.5, currency: "USD" } }),
        region("cheap", { price: { dedicated: 0.2, currency: "USD" } }),
        region("West Europe", { price: { dedicated: 0.9, currency: "USD" } }),
      ],
      about,
    );
    expect(rows.map((row) => row.region.name)).toEqual(["West Europe", "cheap", "dear", "unpriced", "full"]);
    expect(rows.map((row) => row.own)).toEqual([true, false, false, false, false]);
    expect(rows.map((row) => row.usable)).toEqual([true, true, true, true, false]);
  });

  it("tells what a region offers", () => {
    expect(only(region("eastus"))).toMatchObject({
      offered: true,
      lowPriority: true,
      price: { perHour: 0.3, currency: "USD" },
      left: { nodes: 10 },
      allowed: true,
      usable: true,
      rules: ["location.other"],
    });
  });

  it("tells a region that lacks the size from one that is not known", () => {
    expect(only(region("eastus", { vmSizes: [] }))).toMatchObject({ offered: false, usable: false });
    const notForClusters = [aVmSize({ supportsClusters: false })];
    expect(only(region("eastus", { vmSizes: notForClusters }))).toMatchObject({ offered: false, usable: false });
    const unread = only(region("eastus", { vmSizes: { unavailable: "403" }, quota: { unavailable: "also 403" } }));
    expect(unread).toMatchObject({ offered: undefined, lowPriority: undefined, usable: true });
    expect(unread.price).toEqual({ perHour: 0.3, currency: "USD" });
    expect(unread.problems).toEqual(["403", "also 403"]);
  });

  it.each([
    ["a managed network", { managedNetworkIsolation: "AllowInternetOutbound" }, false, ["location.managedNetwork"]],
    ["private endpoints", { privateEndpointCount: 1 }, true, ["location.other", "location.privateEndpoint"]],
    ["neither", {}, true, ["location.other"]],
  ])("says what %s of the workspace means elsewhere", (_, over, allowed, rules) => {
    expect(only(region("eastus"), { workspace: aWorkspace(over) })).toMatchObject({ allowed, usable: allowed, rules });
    expect(only(region("westeurope"), { workspace: aWorkspace(over) })).toMatchObject({ allowed: true, rules: [] });
  });

  it("counts quota for one node and the number of computes", () => {
    expect(only(region("westeurope", { quota: aQuota(4) }))).toMatchObject({ usable: true, rules: [] });
    expect(only(region("westeurope", { quota: aQuota(3) }))).toMatchObject({ usable: false, rules: ["quota.none"] });
    const full = { ...aQuota(40), totalClusters: { used: 5, limit: 5 } };
    expect(only(region("westeurope", { quota: full }))).toMatchObject({ usable: false, rules: ["quota.computes"] });
    const capped = { workspaceLimits: { standarddsv2family: 3 } };
    expect(only(region("westeurope", capped))).toMatchObject({ usable: false, left: { binding: "workspace" } });
  });

  it("goes by the chosen priority", () => {
    const lowPriority = { priority: "lowPriority" } as const;
    expect(only(region("westeurope"), lowPriority)).toMatchObject({ price: { perHour: 0.06 }, usable: true });
    const incapable = region("westeurope", { vmSizes: [aVmSize({ lowPriorityCapable: false })] });
    const row = only(incapable, lowPriority);
    expect(row).toMatchObject({ lowPriority: false, usable: false });
    expect(row.price).toBeUndefined();
  });
});
