import { describe, expect, it } from "vitest";
import { gpuModelOf } from "../../../src/core/gpuModel";
import {
  type SizeCriteria,
  type SizeFacts,
  type SizeSort,
  filterAndSortSizes,
  noCriteria,
  sizeRow,
} from "../../../src/core/sizeFilter";
import { type VmSize, familyKey } from "../../../src/core/vmSize";
import { aVmSize } from "../../support/builders";
import { aQuota } from "../../support/draftBuilders";

const ds3 = aVmSize({ price: { dedicated: 0.3, lowPriority: 0.06 } });
const ds12 = aVmSize({ name: "Standard_DS12_v2", vCpus: 4, memoryGb: 28 });
const nc24 = aVmSize({
  name: "Standard_NC24ads_A100_v4",
  family: "StandardNCADSA100v4Family",
  vCpus: 24,
  gpus: 1,
  memoryGb: 220,
  price: { dedicated: 3.67, lowPriority: 0.734 },
});
const nd96 = aVmSize({
  name: "Standard_ND96asr_v4",
  family: "Standard NDASv4_A100 Family",
  vCpus: 96,
  gpus: 8,
  memoryGb: 900,
  lowPriorityCapable: false,
  infiniBand: true,
  price: { dedicated: 27.2, lowPriority: 5.44 },
});
const retired = aVmSize({ name: "Standard_NC6", family: "standardNCFamily", vCpus: 6, gpus: 1, memoryGb: 56 });
const notForClusters = aVmSize({ name: "Standard_NV6ads_A10_v5", supportsClusters: false });
const sizes: readonly VmSize[] = [nd96, ds12, notForClusters, retired, nc24, ds3];

const dedicated: SizeFacts = { priority: "dedicated" };
const names = (
  criteria: Partial<SizeCriteria> = {},
  facts: SizeFacts = dedicated,
  sort: SizeSort = { by: "name", descending: false },
): string[] =>
  filterAndSortSizes(sizes, { ...noCriteria, ...criteria }, sort, facts).map((row) =>
    row.size.name.replace("Standard_", ""),
  );

describe("the size list", () => {
  it("has every size that clusters can have, by name with its numbers in order", () => {
    expect(names()).toEqual(["DS3_v2", "DS12_v2", "NC6", "NC24ads_A100_v4", "ND96asr_v4"]);
  });

  it.each<[Partial<SizeCriteria>, string[]]>([
    [{ text: "  " }, ["DS3_v2", "DS12_v2", "NC6", "NC24ads_A100_v4", "ND96asr_v4"]],
    [{ text: "ds" }, ["DS3_v2", "DS12_v2", "NC24ads_A100_v4"]],
    [{ text: "DSV2" }, ["DS3_v2", "DS12_v2"]],
    [{ text: "nvidia a100" }, ["NC24ads_A100_v4", "ND96asr_v4"]],
    [{ text: "Ａ１００ 40" }, ["ND96asr_v4"]],
    [{ text: "gpu v4" }, ["NC24ads_A100_v4", "ND96asr_v4"]],
    [{ text: "cpu" }, ["DS3_v2", "DS12_v2"]],
    [{ text: "4 vcpu 28gb" }, ["DS12_v2"]],
    [{ text: "8gpu" }, ["ND96asr_v4"]],
    [{ text: "<b>" }, []],
    [{ kind: "gpu" }, ["NC6", "NC24ads_A100_v4", "ND96asr_v4"]],
    [{ kind: "cpu" }, ["DS3_v2", "DS12_v2"]],
    [{ minVCpus: 24 }, ["NC24ads_A100_v4", "ND96asr_v4"]],
    [{ minVCpus: 25 }, ["ND96asr_v4"]],
    [{ minVCpus: Number.NaN, kind: "cpu" }, ["DS3_v2", "DS12_v2"]],
    [{ minMemoryGb: 28, kind: "cpu" }, ["DS12_v2"]],
    [{ minMemoryGb: 28.1, kind: "cpu" }, []],
    [{ maxPrice: 3.67 }, ["DS3_v2", "NC24ads_A100_v4"]],
    [{ maxPrice: 3.66 }, ["DS3_v2"]],
    [{ maxPrice: Number.NaN, kind: "cpu" }, ["DS3_v2", "DS12_v2"]],
    [{ lowPriorityOnly: true, kind: "gpu" }, ["NC6", "NC24ads_A100_v4"]],
    [{ infiniBandOnly: true }, ["ND96asr_v4"]],
  ])("filtered by %j is %j", (criteria, expected) => {
    expect(names(criteria)).toEqual(expected);
  });

  it("filtered by quota leaves out what has none, and keeps what nothing limits", () => {
    expect(names({ quotaLeftOnly: true }, { ...dedicated, quota: aQuota(4) })).toContain("DS3_v2");
    expect(names({ quotaLeftOnly: true }, { ...dedicated, quota: aQuota(3) })).toEqual([
      "NC6",
      "NC24ads_A100_v4",
      "ND96asr_v4",
    ]);
  });

  it.each<[SizeSort, string[]]>([
    [{ by: "name", descending: true }, ["ND96asr_v4", "NC24ads_A100_v4", "NC6", "DS12_v2", "DS3_v2"]],
    [{ by: "vCpus", descending: false }, ["DS3_v2", "DS12_v2", "NC6", "NC24ads_A100_v4", "ND96asr_v4"]],
    [{ by: "gpus", descending: true }, ["ND96asr_v4", "NC6", "NC24ads_A100_v4", "DS3_v2", "DS12_v2"]],
    [{ by: "memory", descending: true }, ["ND96asr_v4", "NC24ads_A100_v4", "NC6", "DS12_v2", "DS3_v2"]],
    [{ by: "price", descending: false }, ["DS3_v2", "NC24ads_A100_v4", "ND96asr_v4", "DS12_v2", "NC6"]],
    [{ by: "price", descending: true }, ["ND96asr_v4", "NC24ads_A100_v4", "DS3_v2", "DS12_v2", "NC6"]],
    [{ by: "usable", descending: false }, ["DS3_v2", "DS12_v2", "NC24ads_A100_v4", "ND96asr_v4", "NC6"]],
  ])("sorted by %j has what is unknown last", (sort, expected) => {
    expect(names({}, dedicated, sort)).toEqual(expected);
  });

  it("sorted by quota has the roomiest first and those without a known limit last", () => {
    const quota = {
      ...aQuota(8),
      dedicatedFamilies: {
        ...aQuota(8).dedicatedFamilies,
        [familyKey(nc24.family)]: { used: 0, limit: 240, displayName: "NC" },
      },
    };
    expect(names({}, { ...dedicated, quota }, { by: "nodesLeft", descending: true })).toEqual([
      "NC24ads_A100_v4",
      "DS3_v2",
      "DS12_v2",
      "NC6",
      "ND96asr_v4",
    ]);
  });
});

describe("a row of the size list", () => {
  it.each<[string, VmSize, SizeFacts, string | undefined]>([
    ["can be used", ds3, dedicated, undefined],
    ["is retired", retired, dedicated, "Retired by Azure"],
    ["is not for clusters", notForClusters, dedicated, "Not for clusters"],
    ["cannot run at low priority", nd96, { priority: "lowPriority" }, "Not at low priority"],
    ["has quota for one node", ds3, { ...dedicated, quota: aQuota(4) }, undefined],
    ["has no quota", ds3, { ...dedicated, quota: aQuota(3) }, "No quota: 3 of 3 vCPUs left, one node needs 4"],
    [
      "has no quota in the workspace",
      ds3,
      { ...dedicated, workspaceLimits: { [familyKey(ds3.family)]: 2 } },
      "No quota: 2 of 2 vCPUs left, one node needs 4",
    ],
    [
      "has no low priority quota",
      ds3,
      { priority: "lowPriority", quota: aQuota(100, 0) },
      "No quota: 0 of 0 vCPUs left, one node needs 4",
    ],
  ])("says why a size %s", (_, size, facts, whyNot) => {
    expect(sizeRow(size, facts).whyNot).toBe(whyNot);
  });

  it("names the GPU, the price and its currency", () => {
    expect(sizeRow(nc24, dedicated)).toMatchObject({
      gpuModel: "NVIDIA A100 80 GB",
      price: { perHour: 3.67, currency: "USD" },
      retired: false,
    });
    const prices = { standard_ds3_v2: { dedicated: 0.28, lowPriority: 0, currency: "EUR" } };
    expect(sizeRow(ds3, { priority: "dedicated", prices }).price).toEqual({ perHour: 0.28, currency: "EUR" });
    expect(sizeRow(ds3, { priority: "lowPriority", prices }).price).toEqual({ perHour: 0.06, currency: "USD" });
    expect(sizeRow(nd96, { priority: "lowPriority" }).price).toBeUndefined();
    expect(sizeRow(ds12, dedicated).price).toBeUndefined();
  });

  it("compares prices in one currency only", () => {
    const prices = { standard_ds3_v2: { dedicated: 99, currency: "EUR" } };
    const facts: SizeFacts = { priority: "dedicated", prices, currency: "EUR" };
    expect(names({ maxPrice: 100 }, facts)).toEqual(["DS3_v2"]);
    expect(names({}, facts, { by: "price", descending: true })[0]).toBe("DS3_v2");
  });
});

describe("the GPU of a family", () => {
  it("is found in any spelling, and unknown where it is not known", () => {
    expect(gpuModelOf("Standard NCASv3_T4 Family")).toBe("NVIDIA T4 16 GB");
    expect(gpuModelOf("STANDARDNCASv3T4FAMILY")).toBe("NVIDIA T4 16 GB");
    expect(gpuModelOf("standardDSv2Family")).toBeUndefined();
    expect(gpuModelOf("constructor")).toBeUndefined();
  });
});
