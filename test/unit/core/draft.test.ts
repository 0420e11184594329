import { describe, expect, it } from "vitest";
import { type ClusterDraft, emptyDraft, scaleFindings, validateDraft } from "../../../src/core/draft";
import { blocks } from "../../../src/core/finding";
import { aDraft, aVmSize } from "../../support/builders";

const rulesOf = (draft: Partial<ClusterDraft>, facts = {}): string[] =>
  validateDraft(aDraft(draft), facts).map((finding) => finding.rule);

describe("a draft", () => {
  it("needs only a name and a size", () => {
    const empty = emptyDraft("westeurope");
    expect(validateDraft(empty).map((finding) => finding.rule)).toEqual(["name.missing", "vmSize.missing"]);
    expect(validateDraft({ ...empty, name: "gpu", vmSize: "Standard_DS3_v2" })).toEqual([]);
  });

  it("lists its findings in the order of the fields, each tied to one", () => {
    const findings = validateDraft(
      { ...emptyDraft(""), minNodeCount: -1, maxNodeCount: 0, idleSecondsBeforeScaleDown: 0 },
      { takenNames: [], vmSizes: [] },
    );
    expect(findings.map((finding) => finding.field)).toEqual([
      "name",
      "location",
      "vmSize",
      "minNodeCount",
      "maxNodeCount",
      "idleSecondsBeforeScaleDown",
    ]);
    expect(blocks(findings)).toBe(true);
  });
});

describe("a cluster's name", () => {
  it.each(["abc", "a1b", "CC-22050369", "gpu--train", "a".repeat(24)])("may be %j", (name) => {
    expect(rulesOf({ name })).toEqual([]);
  });

  it.each([
    ["ab", "3 to 24"],
    ["a".repeat(25), "has 25"],
    ["a".repeat(10_000), "has 10000"],
    ["1abc", "Start the name with a letter"],
    ["-abc", "Start the name with a letter"],
    ["abc-", "End the name with a letter or a digit"],
    ["a_b", "letters, digits and dashes only"],
    ["a b", "letters, digits and dashes only"],
    ["gpu😀x", "letters, digits and dashes only"],
    ["名前名前", "Start the name with a letter"],
    ["<img onerror=x>", "Start the name with a letter"],
    ["abc\n", "letters, digits and dashes only"],
  ])("may not be %j", (name, why) => {
    const [finding, ...more] = validateDraft(aDraft({ name }));
    expect(finding).toMatchObject({ rule: "name.pattern", severity: "error", field: "name" });
    expect(finding?.message).toContain(why);
    expect(more).toEqual([]);
  });

  it("is taken whatever its case", () => {
    expect(rulesOf({ name: "GPU-Train" }, { takenNames: ["other", "gpu-train"] })).toEqual(["name.taken"]);
    expect(rulesOf({ name: "gpu-train2" }, { takenNames: ["gpu-train"] })).toEqual([]);
  });
});

describe("a cluster's region", () => {
  it("is one of those offered, in any spelling", () => {
    expect(rulesOf({ location: "West Europe" }, { regions: ["westeurope"] })).toEqual([]);
    expect(rulesOf({ location: "moonbase" }, { regions: ["westeurope"] })).toEqual(["location.unknown"]);
    expect(rulesOf({ location: "../etc" }, { regions: [] })).toEqual(["location.unknown"]);
    expect(rulesOf({ location: "" }, { regions: ["westeurope"] })).toEqual(["location.missing"]);
  });
});

describe("a cluster's size", () => {
  it("is found whatever its case", () => {
    expect(rulesOf({ vmSize: "STANDARD_DS3_V2" }, { vmSizes: [aVmSize()] })).toEqual([]);
  });

  it.each([
    ["Standard_Nothing", "vmSize.notInRegion"],
    ["Standard_NC6", "vmSize.retired"],
    ["", "vmSize.missing"],
  ])("%j is refused by %s", (vmSize, rule) => {
    expect(rulesOf({ vmSize }, { vmSizes: [aVmSize()] })).toEqual([rule]);
  });

  it("must be one that clusters can use", () => {
    expect(rulesOf({}, { vmSizes: [aVmSize({ supportsClusters: false })] })).toEqual(["vmSize.notForClusters"]);
  });

  it("runs at low priority only where it can", () => {
    const vmSizes = [aVmSize({ lowPriorityCapable: false })];
    expect(rulesOf({ vmPriority: "lowPriority" }, { vmSizes })).toEqual(["vmPriority.notCapable"]);
    expect(rulesOf({ vmPriority: "dedicated" }, { vmSizes })).toEqual([]);
  });

  it("is not judged while the region's sizes are unknown", () => {
    expect(rulesOf({ vmSize: "Standard_Nothing" })).toEqual([]);
  });
});

describe("a cluster's scale", () => {
  const rules = (minNodeCount: number, maxNodeCount: number, idleSecondsBeforeScaleDown = 120): string[] =>
    scaleFindings({ minNodeCount, maxNodeCount, idleSecondsBeforeScaleDown }).map((finding) => finding.rule);

  it.each([
    [0, 1],
    [1, 1],
    [0, 65_000],
    [65_000, 65_000],
  ])("may be %d to %d nodes", (min, max) => {
    expect(rules(min, max)).toEqual([]);
  });

  it.each([
    [-1, 4, ["scale.min"]],
    [0, 0, ["scale.max"]],
    [0, 65_001, ["scale.max"]],
    [65_001, 4, ["scale.min"]],
    [Number.NaN, 4, ["scale.min"]],
    [0, Number.NaN, ["scale.max"]],
    [0.5, 4, ["scale.min"]],
    [0, 1e99, ["scale.max"]],
    [5, 4, ["scale.order"]],
    [0, Infinity, ["scale.max"]],
  ])("may not be %d to %d nodes", (min, max, expected) => {
    expect(rules(min, max)).toEqual(expected);
  });

  it.each([
    [1, []],
    [604_800, []],
    [0, ["scale.idle"]],
    [604_801, ["scale.idle"]],
    [1.5, ["scale.idle"]],
    [Number.NaN, ["scale.idle"]],
  ])("with %d idle seconds gives %j", (idle, expected) => {
    expect(rules(0, 4, idle)).toEqual(expected);
  });
});
