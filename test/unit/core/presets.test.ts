import { describe, expect, it } from "vitest";
import { emptyAdvancedDraft } from "../../../src/core/advancedDraft";
import { type ClusterDraft, emptyDraft } from "../../../src/core/draft";
import { draftOfPreset } from "../../../src/core/presetReader";
import { presetOf } from "../../../src/core/presets";
import { aWorkspaceId } from "../../support/builders";
import { aFullDraft, aSubnetId, anIdentityId } from "../../support/draftBuilders";
import { sshKeys } from "../../support/sshKeys";

const base: ClusterDraft = { ...emptyDraft("westeurope"), ...emptyAdvancedDraft() };
const read = (preset: unknown) => draftOfPreset(preset, base, aWorkspaceId);
const amlcompute = (over: object) => ({ type: "amlcompute", ...over });
const rules = (preset: unknown): string[] => read(preset).findings.map((finding) => finding.rule);
const privateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----";

const everything: ClusterDraft = aFullDraft({
  vmPriority: "lowPriority",
  minNodeCount: 1,
  maxNodeCount: 8,
  idleSecondsBeforeScaleDown: 300,
  description: "For the vision team: 100 % <b>careful</b>",
  tags: { team: "vision", 部署: "研究", __proto__x: "1" },
  ssh: { enabled: true, adminUserName: "anna", credential: { kind: "publicKey", key: sshKeys.rsa2048 } },
  network: { kind: "subnet", subnetId: aSubnetId },
  nodePublicIp: false,
  identity: { kind: "userAssigned", ids: [anIdentityId] },
});

describe("a draft as a preset", () => {
  it("has the keys of the Azure CLI's file", () => {
    expect(presetOf(everything)).toEqual({
      findings: [],
      preset: {
        $schema: "https://azuremlschemas.azureedge.net/latest/amlCompute.schema.json",
        name: "gpu-train",
        type: "amlcompute",
        description: "For the vision team: 100 % <b>careful</b>",
        tags: { team: "vision", 部署: "研究", __proto__x: "1" },
        location: "westeurope",
        size: "Standard_DS3_v2",
        tier: "low_priority",
        min_instances: 1,
        max_instances: 8,
        idle_time_before_scale_down: 300,
        ssh_public_access_enabled: true,
        ssh_settings: { admin_username: "anna", ssh_key_value: sshKeys.rsa2048 },
        network_settings: { subnet: aSubnetId },
        enable_node_public_ip: false,
        identity: { type: "user_assigned", user_assigned_identities: [{ resource_id: anIdentityId }] },
      },
    });
  });

  it("leaves out what is empty or no number, and always says that SSH is closed", () => {
    const { preset } = presetOf({ ...base, minNodeCount: Number.NaN });
    expect(Object.keys(preset)).toEqual([
      "$schema",
      "type",
      "location",
      "tier",
      "max_instances",
      "idle_time_before_scale_down",
      "ssh_public_access_enabled",
      "enable_node_public_ip",
    ]);
    expect(preset["ssh_public_access_enabled"]).toBe(false);
  });

  it("never holds a password or a private key, wherever it was put", () => {
    const ssh = { enabled: true, adminUserName: "anna" };
    const written = [
      presetOf({ ...everything, ssh: { ...ssh, credential: { kind: "password", password: "Secret-123" } } }),
      presetOf({ ...everything, ssh: { ...ssh, credential: { kind: "publicKey", key: privateKey } } }),
      presetOf({ ...everything, description: privateKey, tags: { key: privateKey } }),
      presetOf(everything, { admin_password: "Secret-123", deep: [{ clientSecret: "Secret-123", note: privateKey }] }),
    ];
    for (const one of written) {
      expect(JSON.stringify(one)).not.toMatch(/Secret-123|c2VjcmV0/);
      expect(one.findings.length).toBeGreaterThan(0);
    }
    expect(written[3]?.preset["deep"]).toEqual([{}]);
  });

  it("says what it cannot carry", () => {
    const { findings } = presetOf({ ...everything, localAuthDisabled: true });
    expect(findings.map((finding) => finding.rule)).toEqual(["preset.localAuth"]);
  });

  it("keeps foreign keys as they were, and lets none replace its own", () => {
    const { preset } = presetOf(everything, { "x-owner": { team: 1 }, size: "Standard_X" });
    expect(preset).toMatchObject({ "x-owner": { team: 1 }, size: "Standard_DS3_v2" });
  });
});

describe("a preset as a draft", () => {
  it("is the draft that it was made of", () => {
    expect(read(JSON.parse(JSON.stringify(presetOf(everything).preset)))).toEqual({
      draft: everything,
      findings: [],
      rest: {},
    });
    expect(read(presetOf(base).preset)).toEqual({ draft: base, findings: [], rest: {} });
  });

  it("leaves what it does not say as it was", () => {
    expect(read(amlcompute({})).draft).toEqual(base);
    expect(read(amlcompute({ size: null, tags: null, ssh_settings: null }))).toMatchObject({
      draft: base,
      findings: [],
    });
  });

  it.each([
    ["nothing", undefined, "preset.shape"],
    ["null, as an empty file", null, "preset.shape"],
    ["a text", "type: amlcompute", "preset.shape"],
    ["a list", [{ type: "amlcompute" }], "preset.shape"],
    ["no type", { size: "Standard_DS3_v2" }, "preset.type"],
    ["another type", { type: "computeinstance", size: "Standard_DS3_v2" }, "preset.type"],
    ["a type that is no text", { type: { a: 1 } }, "preset.type"],
    ["an inherited type", Object.create({ type: "amlcompute" }), "preset.type"],
  ])("is refused as a whole when it is %s", (_, preset, rule) => {
    const { draft, findings } = read(preset);
    expect(draft).toBe(base);
    expect(findings).toMatchObject([{ rule, severity: "error" }]);
  });

  it.each([
    ["dedicated", "dedicated", 0],
    ["low_priority", "lowPriority", 0],
    ["LowPriority", "lowPriority", 0],
    ["spot", "dedicated", 1],
    ["constructor", "dedicated", 1],
    [5, "dedicated", 1],
  ])("reads the tier %j as %s", (tier, vmPriority, faults) => {
    const { draft, findings } = read(amlcompute({ tier }));
    expect(draft.vmPriority).toBe(vmPriority);
    expect(findings.length).toBe(faults);
  });

  it.each([
    { min_instances: "1" },
    { max_instances: Infinity },
    { name: 5 },
    { size: ["a"] },
    { size: "../x" },
    { location: "west/europe" },
    { tags: ["a"] },
    { tags: { a: { b: 1 } } },
    { ssh_public_access_enabled: "yes" },
    { enable_node_public_ip: 0 },
    { network_settings: "default" },
    { network_settings: { subnet: "default" } },
    { network_settings: { vnet_name: "v" } },
    { network_settings: { vnet_name: "v", subnet: "a/b" } },
    { network_settings: { subnet: "/subscriptions/1/somethingElse" } },
    { network_settings: { subnet: aSubnetId, dns: 1 } },
    { identity: { type: "other" } },
    { identity: { type: "user_assigned", user_assigned_identities: [5] } },
  ])("reports %j and takes the rest", (fault) => {
    const { draft, findings } = read(amlcompute({ idle_time_before_scale_down: 77, ...fault }));
    expect(draft.idleSecondsBeforeScaleDown).toBe(77);
    expect(findings.map((finding) => finding.rule)).toEqual(["preset.value"]);
    expect(findings[0]?.message).toContain(Object.keys(fault)[0]);
  });

  it("leaves numbers that make no sense to the draft's own rules", () => {
    expect(read(amlcompute({ min_instances: -1, max_instances: 1e9 }))).toMatchObject({
      draft: { minNodeCount: -1, maxNodeCount: 1e9 },
      findings: [],
    });
  });

  it("makes texts of what YAML reads as numbers and truths in tags", () => {
    expect(read(amlcompute({ tags: { cost: 17, live: true, none: null } })).draft.tags).toEqual({
      cost: "17",
      live: "true",
      none: "",
    });
  });

  it("finds a subnet that is only named in the workspace's group, as the CLI does", () => {
    const { draft } = read(amlcompute({ network_settings: { vnet_name: "vnet", subnet: "nodes" } }));
    expect(draft.network).toEqual({
      kind: "subnet",
      subnetId:
        "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-ml/providers/Microsoft.Network/virtualNetworks/vnet/subnets/nodes",
    });
  });

  it.each([
    [{ type: "system_assigned" }, { kind: "systemAssigned" }, []],
    [{ type: "SystemAssigned" }, { kind: "systemAssigned" }, []],
    [{ type: "none" }, { kind: "none" }, []],
    [
      { type: "user_assigned", user_assigned_identities: [anIdentityId] },
      { kind: "userAssigned", ids: [anIdentityId] },
      [],
    ],
    [
      { type: "system_assigned,user_assigned", user_assigned_identities: [{ resource_id: anIdentityId }] },
      { kind: "userAssigned", ids: [anIdentityId] },
      ["preset.bothIdentities"],
    ],
  ])("reads the identity %j", (identity, expected, findings) => {
    expect(read(amlcompute({ identity })).draft.identity).toEqual(expected);
    expect(rules(amlcompute({ identity }))).toEqual(findings);
  });

  it("never takes a password or a private key", () => {
    const preset = amlcompute({
      description: privateKey,
      tags: { a: privateKey },
      ssh_public_access_enabled: true,
      ssh_settings: { admin_username: "anna", admin_password: "Secret-123", ssh_key_value: privateKey },
      extra: { password: "Secret-123" },
    });
    expect(JSON.stringify(read(preset))).not.toMatch(/Secret-123|c2VjcmV0/);
    expect(rules(preset).filter((rule) => rule === "preset.secret").length).toBe(5);
  });

  it("opens SSH only when it is said", () => {
    const ssh_settings = { admin_username: "anna", ssh_key_value: sshKeys.rsa2048 };
    const closed = read(amlcompute({ ssh_settings }));
    expect(closed.draft.ssh).toMatchObject({ enabled: false, adminUserName: "anna" });
    expect(closed.findings).toMatchObject([{ rule: "preset.sshOff", severity: "info" }]);
    expect(read(amlcompute({ ssh_settings, ssh_public_access_enabled: true })).draft.ssh.enabled).toBe(true);
    expect(read(amlcompute({ ssh_settings, ssh_public_access_enabled: false }))).toMatchObject({
      draft: { ssh: { enabled: false } },
      findings: [],
    });
  });

  it("keeps and reports keys that it does not know, and drops those that nobody can set", () => {
    const { rest, findings } = read(amlcompute({ "x-owner": "anna", id: "/x", provisioning_state: "Succeeded" }));
    expect(rest).toEqual({ "x-owner": "anna" });
    expect(findings).toMatchObject([{ rule: "preset.unknown", severity: "info" }]);
    expect(findings[0]?.message).toContain("x-owner");
  });

  it("survives a file that holds itself", () => {
    const round: Record<string, unknown> = amlcompute({});
    round["loop"] = round;
    expect(read(round).draft).toEqual(base);
  });

  it("pollutes no prototype", () => {
    const hostile: unknown = JSON.parse('{"type":"amlcompute","__proto__":{"polluted":1},"tags":{"__proto__":"x"}}');
    const { draft, rest } = read(hostile);
    expect(Object.getPrototypeOf(rest)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(draft.tags)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
    expect(Object.entries(draft.tags)).toEqual([["__proto__", "x"]]);
  });
});
