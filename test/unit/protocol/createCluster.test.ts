import { describe, expect, it } from "vitest";
import { createClusterParsers, parseSavedForm } from "../../../src/protocol/createCluster";
import { parseDraft } from "../../../src/protocol/draftParser";
import { ProtocolError } from "../../../src/protocol/parse";
import { aSubnetId, anIdentityId } from "../../support/draftBuilders";
import { aDraft, aSavedForm, aWorkspaceId } from "../../support/builders";

const saved = aSavedForm();

const withCredential = (credential: unknown): object => ({ ...aDraft(), ssh: { ...aDraft().ssh, credential } });

describe("a draft from a form", () => {
  it("may hold everything a cluster can have", () => {
    const draft = aDraft({
      description: "for <b>vision</b>",
      tags: { team: "vision", "": "odd" },
      ssh: { enabled: true, adminUserName: "azureuser", credential: { kind: "password", password: "x" } },
      network: { kind: "subnet", subnetId: aSubnetId },
      nodePublicIp: false,
      identity: { kind: "userAssigned", ids: [anIdentityId] },
      localAuthDisabled: true,
    });
    expect(parseDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  });

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
    ["a switch as text", { ...aDraft(), nodePublicIp: "true" }],
    ["tags as a list", { ...aDraft(), tags: ["a"] }],
    ["a tag that is no text", { ...aDraft(), tags: { a: 1 } }],
    ["201 tags", { ...aDraft(), tags: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`t${i}`, ""])) }],
    ["a key and a password", withCredential({ kind: "publicKey", key: "a", password: "b" })],
    ["a password that is none", withCredential({ kind: "password", password: null })],
    ["another credential", withCredential({ kind: "certificate" })],
    ["a subnet that climbs", { ...aDraft(), network: { kind: "subnet", subnetId: aSubnetId.replace("nodes", "..") } }],
    ["a subnet that is a query", { ...aDraft(), network: { kind: "subnet", subnetId: `${aSubnetId}?x=1` } }],
    ["no network and a subnet", { ...aDraft(), network: { kind: "none", subnetId: aSubnetId } }],
    ["both identities", { ...aDraft(), identity: { kind: "systemAssigned", ids: [anIdentityId] } }],
    ["an identity that is a subnet", { ...aDraft(), identity: { kind: "userAssigned", ids: [aSubnetId] } }],
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
    ["another version", { ...saved, version: 1 }],
    ["another resource", { ...saved, workspace: `${aWorkspaceId}/computes/gpu` }],
    ["a path that climbs", { ...saved, workspace: aWorkspaceId.replace("ml-west", "..") }],
    ["a group that climbs", { ...saved, workspace: aWorkspaceId.replace("rg-ml", "..") }],
    ["a query", { ...saved, workspace: `${aWorkspaceId}?a=b` }],
    ["no id", { ...saved, workspace: "https://example.com" }],
    ["too many touched fields", { ...saved, touched: Array<string>(20).fill("name") }],
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

describe("a saved form with a password", () => {
  it("is read without it", () => {
    const texts = { ...saved.texts, "ssh.password": "hunter2!" };
    expect(parseSavedForm({ ...saved, texts }).texts["ssh.password"]).toBe("");
  });
});

describe("a finding's button", () => {
  const lock = `${aWorkspaceId}/providers/Microsoft.Authorization/locks/keep`;
  it.each([
    { kind: "requestQuota", label: "Request", region: "westeurope", family: "standardDSv2Family" },
    { kind: "openLock", label: "Show", lock, scope: aWorkspaceId },
    { kind: "openResource", label: "Open", id: aSubnetId },
    { kind: "deleteCluster", label: "Delete", cluster: `${aWorkspaceId}/computes/gpu` },
    { kind: "copyText", label: "Copy", text: "I need <b>" },
  ])("$kind is taken", (remedy) => {
    expect(createClusterParsers.remedy(remedy)).toEqual(remedy);
  });

  it.each([
    ["a link", { kind: "openUrl", label: "x", url: "https://example.com" }],
    ["a field", { kind: "setField", label: "x", field: "name", value: 1 }],
    ["no id", { kind: "openResource", label: "x", id: "https://example.com" }],
    ["an id that climbs", { kind: "openResource", label: "x", id: `${aWorkspaceId}/../../x` }],
    ["an id with a fragment", { kind: "openResource", label: "x", id: `${aWorkspaceId}#x` }],
    ["a missing part", { kind: "openLock", label: "x", lock }],
    ["a part too many", { kind: "copyText", label: "x", text: "y", command: "z" }],
  ])("that is %s is refused", (_, remedy) => {
    expect(() => createClusterParsers.remedy(remedy)).toThrow(ProtocolError);
  });
});

describe("the other requests", () => {
  it("ask about sizes, choices and steps by names and ids that are such", () => {
    const size = { region: "eastus", vmSize: "Standard_DS3_v2" };
    expect(createClusterParsers.price(size)).toEqual(size);
    expect(createClusterParsers.compare(size)).toEqual(size);
    expect(() => createClusterParsers.price({ ...size, vmSize: "x' or 1 eq 1" })).toThrow(ProtocolError);
    const choices = { subnetId: null, identityIds: [anIdentityId] };
    expect(createClusterParsers.choices(choices)).toEqual(choices);
    expect(() => createClusterParsers.choices({ ...choices, subnetId: aWorkspaceId })).toThrow(ProtocolError);
    expect(() => createClusterParsers.favourites({ names: ["../x"] })).toThrow(ProtocolError);
    const step = { step: "reveal", clusterId: `${aWorkspaceId}/computes/gpu` };
    expect(createClusterParsers.nextStep(step)).toEqual(step);
    expect(() => createClusterParsers.nextStep({ ...step, clusterId: aWorkspaceId })).toThrow(ProtocolError);
    expect(() => createClusterParsers.nextStep({ ...step, step: "erase" })).toThrow(ProtocolError);
  });

  it("take only what they need", () => {
    expect(createClusterParsers.sizes({ region: "eastus" })).toEqual({ region: "eastus" });
    expect(createClusterParsers.close(null)).toBeNull();
    expect(() => createClusterParsers.sizes({ region: "eastus/usages" })).toThrow(ProtocolError);
    expect(() => createClusterParsers.sizes("eastus")).toThrow(ProtocolError);
    expect(() => createClusterParsers.close({})).toThrow(ProtocolError);
  });
});
