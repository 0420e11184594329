import { describe, expect, it } from "vitest";
import {
  type AdvancedDraft,
  type SshDraft,
  draftFieldOrder,
  emptyAdvancedDraft,
  validateAdvancedDraft,
  withoutSecrets,
} from "../../../src/core/advancedDraft";
import { armId } from "../../../src/core/armId";
import { emptyDraft } from "../../../src/core/draft";
import { aSubscriptionId, aWorkspace } from "../../support/builders";
import { sshKeys } from "../../support/sshKeys";

const subnetId = armId(`${aSubscriptionId}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s`);
const rules = (over: Partial<AdvancedDraft>, facts = {}): string[] =>
  validateAdvancedDraft({ ...emptyAdvancedDraft(), ...over }, facts).map((finding) => finding.rule);

describe("an advanced draft", () => {
  it("has nothing to say when nothing was changed", () => {
    expect(rules({}, { workspace: aWorkspace() })).toEqual([]);
  });

  it("keeps SSH closed unless asked", () => {
    expect(emptyAdvancedDraft().ssh.enabled).toBe(false);
  });

  it("lists its findings in form order, each tied to a field of the form", () => {
    const findings = validateAdvancedDraft(
      {
        ...emptyAdvancedDraft(),
        description: "x".repeat(4_001),
        tags: { "": "" },
        ssh: { enabled: true, adminUserName: "", credential: { kind: "publicKey", key: "" } },
        nodePublicIp: false,
        identity: { kind: "userAssigned", ids: [] },
      },
      { workspace: aWorkspace() },
    );
    const fields = findings.map((finding) => finding.field);
    expect(fields).toEqual(["description", "tags", "ssh.adminUserName", "ssh.credential", "nodePublicIp", "identity"]);
    const places = fields.map((field) => draftFieldOrder.findIndex((name) => name === field));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("has a place in the form for every field of a draft", () => {
    const tops = new Set(draftFieldOrder.map((field) => field.split(".")[0]));
    expect([...tops].sort()).toEqual(Object.keys({ ...emptyDraft("x"), ...emptyAdvancedDraft() }).sort());
  });

  it("gives away its password, and only that, when it is kept", () => {
    const ssh: SshDraft = {
      enabled: true,
      adminUserName: "anna",
      credential: { kind: "password", password: "Secret-123" },
    };
    const kept = withoutSecrets({ ...emptyAdvancedDraft(), description: "d", ssh });
    expect(JSON.stringify(kept)).not.toContain("Secret-123");
    expect(kept).toEqual({
      ...emptyAdvancedDraft(),
      description: "d",
      ssh: { ...ssh, credential: { kind: "password", password: "" } },
    });
    const withKey = {
      ...emptyAdvancedDraft(),
      ssh: { ...ssh, credential: { kind: "publicKey", key: sshKeys.rsa2048 } as const },
    };
    expect(withoutSecrets(withKey)).toBe(withKey);
  });
});

describe("a description", () => {
  it.each([
    [0, []],
    [4_000, []],
    [4_001, ["description.length"]],
  ])("of %d characters gives %j", (length, expected) => {
    expect(rules({ description: "x".repeat(length) })).toEqual(expected);
  });
});

describe("tags", () => {
  const many = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, ""]));

  it.each([
    ["50 of them", many(50), []],
    ["51 of them", many(51), ["tags.count"]],
    ["a name of 512", { ["n".repeat(512)]: "" }, []],
    ["a name of 513", { ["n".repeat(513)]: "" }, ["tags.name"]],
    ["a value of 256", { team: "v".repeat(256) }, []],
    ["a value of 257", { team: "v".repeat(257) }, ["tags.value"]],
    ["no name", { "": "v" }, ["tags.name"]],
    ["a blank name", { "  ": "v" }, ["tags.name"]],
    ["an empty value", { team: "" }, []],
    ["a line end in the name", { "a\nb": "" }, ["tags.name"]],
    ["a name in Japanese", { 部署: "研究" }, []],
    ["markup in a value", { team: "<img src=x onerror=alert(1)>" }, []],
    ["a reserved beginning", { "Microsoft.cost": "" }, ["tags.reserved"]],
    ["another reserved beginning", { azurelike: "" }, ["tags.reserved"]],
    ["a reserved word inside", { "my-azure": "" }, []],
    ["names that differ in case", { team: "a", Team: "b" }, ["tags.same"]],
    ["names that differ", { team: "a", team2: "a" }, []],
    ["two faults", { "a/b": "v".repeat(257) }, ["tags.name", "tags.value"]],
  ])("with %s give the right findings", (_, tags, expected) => {
    expect(rules({ tags })).toEqual(expected);
  });

  it.each(["<", ">", "%", "&", "\\", "?", "/"])("may not have %s in a name, and it is named", (letter) => {
    const [finding] = validateAdvancedDraft({ ...emptyAdvancedDraft(), tags: { [`a${letter}b`]: "" } });
    expect(finding?.message).toContain(`must not contain ${letter}.`);
  });

  it("with a huge name are reported in a short text", () => {
    const [finding] = validateAdvancedDraft({ ...emptyAdvancedDraft(), tags: { ["n".repeat(100_000)]: "" } });
    expect(finding?.message.length).toBeLessThan(150);
  });
});

describe("SSH", () => {
  const ssh = (over: Partial<SshDraft>): string[] =>
    rules({
      ssh: {
        enabled: true,
        adminUserName: "azureuser",
        credential: { kind: "publicKey", key: sshKeys.rsa2048 },
        ...over,
      },
    });
  const key = (text: string): string[] => ssh({ credential: { kind: "publicKey", key: text } });
  const password = (text: string): string[] => ssh({ credential: { kind: "password", password: text } });

  it("is not judged while it is off", () => {
    expect(ssh({ enabled: false, adminUserName: "", credential: { kind: "password", password: "" } })).toEqual([]);
  });

  it.each(["a1", "anna", "_svc", "Anna-B_9", "x".repeat(32)])("may have the user %j", (adminUserName) => {
    expect(ssh({ adminUserName })).toEqual([]);
  });

  it.each([
    ["", "ssh.userName"],
    ["x".repeat(33), "ssh.userName"],
    ["9lives", "ssh.userName"],
    ["-anna", "ssh.userName"],
    ["anna b", "ssh.userName"],
    ["anna;id", "ssh.userName"],
    ["アンナ", "ssh.userName"],
    ["root", "ssh.userNameRefused"],
    ["Admin", "ssh.userNameRefused"],
    ["a", "ssh.userNameRefused"],
  ])("may not have the user %j", (adminUserName, rule) => {
    expect(ssh({ adminUserName })).toEqual([rule]);
  });

  it.each([
    ["an RSA line of 2048 bits", sshKeys.rsa2048, []],
    ["a PEM key", sshKeys.pem, []],
    ["an RSA line of 1024 bits", sshKeys.rsa1024, ["ssh.keyWeak"]],
    ["another type of key", sshKeys.ed25519, ["ssh.keyType"]],
    ["no key", "", ["ssh.key"]],
    ["something else", "hello", ["ssh.key"]],
  ])("with %s gives the right findings", (_, text, expected) => {
    expect(key(text)).toEqual(expected);
  });

  it("tells a private key from a wrong one and never repeats it", () => {
    const secret = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----";
    const findings = validateAdvancedDraft({
      ...emptyAdvancedDraft(),
      ssh: { enabled: true, adminUserName: "anna", credential: { kind: "publicKey", key: secret } },
    });
    expect(findings[0]?.message).toContain("This is a private key");
    expect(JSON.stringify(findings)).not.toContain("c2VjcmV0");
  });

  it.each([
    ["Abc-12", []],
    [`Ab1${"x".repeat(69)}`, []],
    [`Ab1${"x".repeat(70)}`, ["ssh.password"]],
    ["Abc-1", ["ssh.password"]],
    ["", ["ssh.password"]],
    ["abcdef1", ["ssh.password"]],
    ["abcDEF", ["ssh.password"]],
    ["abcDEF1", []],
    ["abcdef1_", []],
    ["P@ssw0rd", ["ssh.passwordRefused"]],
  ])("with the password %j gives %j", (text, expected) => {
    expect(password(text)).toEqual(expected);
  });

  it("may not have its user's name as password", () => {
    const credential = { kind: "password", password: "anna-B1" } as const;
    expect(ssh({ adminUserName: "Anna-b1", credential })).toEqual(["ssh.password"]);
    expect(ssh({ adminUserName: "Anna-b2", credential })).toEqual([]);
  });

  it("never repeats a password in a finding", () => {
    const findings = validateAdvancedDraft({
      ...emptyAdvancedDraft(),
      ssh: { enabled: true, adminUserName: "root", credential: { kind: "password", password: "hunter" } },
    });
    expect(findings.length).toBe(2);
    expect(JSON.stringify(findings)).not.toContain("hunter");
  });
});

describe("no public IP", () => {
  const managed = aWorkspace({ managedNetworkIsolation: "AllowInternetOutbound" });

  it.each([
    ["in a plain workspace without a subnet", { kind: "none" }, aWorkspace(), ["network.noPublicIp"]],
    ["in a plain workspace with a subnet", { kind: "subnet", subnetId }, aWorkspace(), []],
    ["in a managed network", { kind: "none" }, managed, []],
    ["while the workspace is unknown", { kind: "none" }, undefined, []],
  ] as const)("%s gives the right findings", (_, network, workspace, expected) => {
    expect(rules({ nodePublicIp: false, network }, { workspace })).toEqual(expected);
    expect(rules({ nodePublicIp: true, network }, { workspace })).toEqual([]);
  });
});

describe("user-assigned identities", () => {
  it("are one at least", () => {
    expect(rules({ identity: { kind: "userAssigned", ids: [] } })).toEqual(["identity.none"]);
    expect(rules({ identity: { kind: "userAssigned", ids: [subnetId] } })).toEqual([]);
    expect(rules({ identity: { kind: "systemAssigned" } })).toEqual([]);
  });
});
