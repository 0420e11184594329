import { describe, expect, it } from "vitest";
import { createClusterParsers, parseDraft, parseSavedForm } from "../../../src/protocol/createCluster";
import { ProtocolError } from "../../../src/protocol/parse";
import { aDraft, aWorkspaceId } from "../../support/builders";

const saved = {
  version: 1,
  workspace: aWorkspaceId,
  texts: {
    name: "gpu-train",
    location: "westeurope",
    vmSize: "Standard_DS3_v2",
    vmPriority: "dedicated",
    minNodeCount: "",
    maxNodeCount: "many",
    idleSecondsBeforeScaleDown: "120",
  },
  touched: ["name"],
  scrollTop: 12.5,
  savedAt: 1_700_000_000_000,
};

describe("a draft from a form", () => {
  it("is taken as it is when its types are right, sense or not", () => {
    const draft = aDraft({ name: "<img src=x onerror=alert(1)>", minNodeCount: 9, maxNodeCount: 1e99 });
    expect(parseDraft(draft)).toEqual(draft);
  });

  it.each([
    ["no object", "draft"],
    ["a list", []],
    ["a missing field", { ...aDraft(), name: undefined }],
    ["a field too many", { ...aDraft(), subnetId: "/x" }],
    ["a number as text", { ...aDraft(), minNodeCount: "0" }],
    ["no number", { ...aDraft(), minNodeCount: null }],
    ["an endless number", { ...aDraft(), maxNodeCount: Infinity }],
    ["an unknown priority", { ...aDraft(), vmPriority: "spot" }],
    ["a priority of Object's", { ...aDraft(), vmPriority: "constructor" }],
    ["a region that is a path", { ...aDraft(), location: "../../subscriptions" }],
    ["a region that is a query", { ...aDraft(), location: "eastus?x=1" }],
    ["a huge name", { ...aDraft(), name: "a".repeat(20_001) }],
    ["a huge size", { ...aDraft(), vmSize: "a".repeat(101) }],
    ["a list as name", { ...aDraft(), name: ["gpu"] }],
    ["a prototype", JSON.parse(`{"__proto__":{"name":"x"},${JSON.stringify(aDraft()).slice(1)}`)],
    ["inherited fields", Object.create(aDraft())],
  ])("with %s is refused", (_, input) => {
    expect(() => parseDraft(input)).toThrow(ProtocolError);
  });

  it("leaves every prototype alone", () => {
    expect(() =>
      parseDraft(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')),
    ).toThrow(ProtocolError);
    expect("polluted" in {}).toBe(false);
  });
});

describe("a saved form", () => {
  it("keeps what was typed, numbers that are none included", () => {
    expect(parseSavedForm(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
  });

  it.each([
    ["another version", { ...saved, version: 2 }],
    ["another resource", { ...saved, workspace: `${aWorkspaceId}/computes/gpu` }],
    ["a path that climbs", { ...saved, workspace: aWorkspaceId.replace("ml-west", "..") }],
    ["a group that climbs", { ...saved, workspace: aWorkspaceId.replace("rg-ml", "..") }],
    ["a query", { ...saved, workspace: `${aWorkspaceId}?a=b` }],
    ["no id", { ...saved, workspace: "https://example.com" }],
    ["too many touched fields", { ...saved, touched: Array<string>(8).fill("name") }],
    ["a text that is none", { ...saved, texts: { ...saved.texts, minNodeCount: 0 } }],
    ["nothing", undefined],
  ])("with %s is refused", (_, input) => {
    expect(() => parseSavedForm(input)).toThrow(ProtocolError);
  });

  it("names groups in any script", () => {
    const workspace = aWorkspaceId.replace("rg-ml", "研究-グループ_(1)");
    expect(parseSavedForm({ ...saved, workspace }).workspace).toBe(workspace);
  });
});

describe("the other requests", () => {
  it("take only what they need", () => {
    expect(createClusterParsers.sizes({ region: "eastus" })).toEqual({ region: "eastus" });
    expect(createClusterParsers.close(null)).toBeNull();
    expect(() => createClusterParsers.sizes({ region: "eastus/usages" })).toThrow(ProtocolError);
    expect(() => createClusterParsers.sizes("eastus")).toThrow(ProtocolError);
    expect(() => createClusterParsers.close({})).toThrow(ProtocolError);
  });
});
