import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AdvancedDraft, emptyAdvancedDraft } from "../../../src/core/advancedDraft";
import { armId } from "../../../src/core/armId";
import { suggestName } from "../../../src/core/cloneCluster";
import { type ClusterDraft, emptyDraft, validateDraft } from "../../../src/core/draft";
import { blocks } from "../../../src/core/finding";
import { preflight } from "../../../src/core/preflight/preflight";
import { sshUserName } from "../../../src/core/preflight/ssh";
import { draftOfPreset } from "../../../src/core/presetReader";
import { presetOf } from "../../../src/core/presets";
import { filterAndSortSizes, noCriteria } from "../../../src/core/sizeFilter";
import { readSshKey } from "../../../src/core/sshKey";
import { aVmSize, aWorkspace, aWorkspaceId } from "../../support/builders";
import { aNetwork, aQuota, aSubnetId, anIdentityId } from "../../support/draftBuilders";
import { sshKeys } from "../../support/sshKeys";

const base: ClusterDraft = { ...emptyDraft("westeurope"), ...emptyAdvancedDraft() };
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "constructor", "{0}", "<script>alert(1)</script>", "\u202e", "../..", "' OR 1=1"),
);
const anyNumber = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(NaN, Infinity, -0));

const anyDraft: fc.Arbitrary<ClusterDraft> = fc.record({
  name: hostile,
  location: hostile,
  vmSize: hostile,
  vmPriority: fc.constantFrom("dedicated", "lowPriority"),
  minNodeCount: anyNumber,
  maxNodeCount: anyNumber,
  idleSecondsBeforeScaleDown: anyNumber,
  description: hostile,
  tags: fc.dictionary(hostile, hostile, { maxKeys: 60 }),
  ssh: fc.record({
    enabled: fc.boolean(),
    adminUserName: hostile,
    credential: fc.oneof(
      fc.record({ kind: fc.constant("publicKey" as const), key: fc.oneof(hostile, fc.constant(sshKeys.rsa2048)) }),
      fc.record({ kind: fc.constant("password" as const), password: hostile }),
    ),
  }),
  network: fc.constantFrom<AdvancedDraft["network"]>({ kind: "none" }, { kind: "subnet", subnetId: aSubnetId }),
  nodePublicIp: fc.boolean(),
  identity: fc.constantFrom<AdvancedDraft["identity"]>(
    { kind: "none" },
    { kind: "systemAssigned" },
    { kind: "userAssigned", ids: [] },
    { kind: "userAssigned", ids: [anIdentityId, armId(`${anIdentityId}2`)] },
  ),
  localAuthDisabled: fc.boolean(),
});

describe("whatever a draft holds", () => {
  it("the pre-flight answers with findings that say something", () => {
    fc.assert(
      fc.property(anyDraft, fc.integer({ min: 0, max: 50 }), (draft, vCpus) => {
        const findings = preflight(draft, {
          workspace: aWorkspace(),
          vmSizes: [aVmSize()],
          quota: aQuota(vCpus),
          virtualNetworks: [aNetwork()],
          identities: [],
        });
        for (const finding of findings) {
          expect(finding.rule).toMatch(/^[a-zA-Z0-9.]+$/);
          expect(finding.message.trim()).not.toBe("");
          expect(finding.message).not.toMatch(/NaN|undefined|\[object/);
        }
      }),
    );
  });

  it("more quota never makes a draft worse", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(20), fc.integer({ min: 1, max: 20 }), (vCpus, more, maxNodeCount) => {
        const draft = { ...base, name: "gpu-train", vmSize: "Standard_DS3_v2", maxNodeCount };
        const findings = (left: number) =>
          preflight(draft, { workspace: aWorkspace(), vmSizes: [aVmSize()], quota: aQuota(left) });
        expect(blocks(findings(vCpus + more)) && !blocks(findings(vCpus))).toBe(false);
        expect(findings(vCpus + more).length).toBeLessThanOrEqual(findings(vCpus).length);
      }),
    );
  });
});

describe("presets", () => {
  it("give back every draft without secrets that a form can hold, but for what they say they cannot", () => {
    fc.assert(
      fc.property(anyDraft, (raw) => {
        const draft: ClusterDraft = {
          ...raw,
          location: "westeurope",
          vmSize: "Standard_DS3_v2",
          localAuthDisabled: false,
          minNodeCount: 0,
          maxNodeCount: 4,
          idleSecondsBeforeScaleDown: 120,
          name: raw.name.trim(),
          description: raw.description.trim(),
          ssh: {
            enabled: raw.ssh.enabled,
            adminUserName: raw.ssh.enabled ? raw.ssh.adminUserName : "azureuser",
            credential: { kind: "publicKey", key: raw.ssh.enabled ? sshKeys.rsa2048 : "" },
          },
        };
        const { preset, findings } = presetOf(draft);
        fc.pre(findings.length === 0);
        expect(draftOfPreset(JSON.parse(JSON.stringify(preset)), base, aWorkspaceId)).toEqual({
          draft,
          findings: [],
          rest: {},
        });
      }),
    );
  });

  it("never hold the password", () => {
    fc.assert(
      fc.property(anyDraft, fc.stringMatching(/^[a-z]{12,20}$/), (draft, password) => {
        const ssh = { enabled: true, adminUserName: "a", credential: { kind: "password", password } } as const;
        expect(JSON.stringify(presetOf({ ...draft, ssh }))).not.toContain(password);
      }),
    );
  });

  it("are read without a throw, whatever the file holds, and written again", () => {
    const value = fc.oneof(fc.jsonValue(), hostile, anyNumber);
    const keys = ["name", "tags", "size", "tier", "ssh_settings", "network_settings", "identity", "min_instances"];
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.constantFrom(...keys), hostile), value), (file) => {
        const { draft, rest } = draftOfPreset({ ...file, type: "amlcompute" }, base, aWorkspaceId);
        expect(Object.keys(draft).sort()).toEqual(Object.keys(base).sort());
        expect(presetOf(draft, rest).preset["type"]).toBe("amlcompute");
      }),
    );
  });
});

describe("small readers", () => {
  it("suggest only names that are valid and free", () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile), (name, taken) => {
        const once = suggestName(name, taken);
        const again = suggestName(once, [...taken, once]);
        for (const suggested of [once, again]) {
          expect(validateDraft({ ...base, vmSize: "Standard_DS3_v2", name: suggested }, { takenNames: taken })).toEqual(
            [],
          );
        }
        expect(again.toLowerCase()).not.toBe(once.toLowerCase());
      }),
    );
  });

  it("take no SSH key and no user name that could be read as anything else", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(readSshKey(text).kind).toBe("problem");
        if (sshUserName(text).length === 0) expect(text).toMatch(/^[A-Za-z_][\w-]{0,31}$/);
      }),
    );
  });

  it("filter sizes to some of them, whatever is typed", () => {
    const sizes = ["Standard_A", "Standard_B", "Standard_C"].map((name) => aVmSize({ name }));
    fc.assert(
      fc.property(hostile, anyNumber, (text, limit) => {
        const criteria = { ...noCriteria, text, minVCpus: limit, maxPrice: limit };
        const rows = filterAndSortSizes(sizes, criteria, { by: "price", descending: true }, { priority: "dedicated" });
        expect(rows.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
