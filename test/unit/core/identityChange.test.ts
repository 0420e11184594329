import { describe, expect, it } from "vitest";
import { type IdentityDraft } from "../../../src/core/advancedDraft";
import { type ArmId, armId } from "../../../src/core/armId";
import { type ClusterIdentity } from "../../../src/core/identity";
import {
  choiceOf,
  distinctIds,
  previewIdentityChange,
  readIdentityId,
  rightsForIdentityChange,
} from "../../../src/core/identityChange";
import { aCluster, aWorkspaceId } from "../../support/builders";
import { deployIdentity as b, trainIdentity as a } from "../../support/computeAnswers";

const none: ClusterIdentity = { kind: "none" };
const system: ClusterIdentity = { kind: "systemAssigned", principalId: "p-1" };
const users = (...ids: ArmId[]): ClusterIdentity => ({ kind: "userAssigned", identities: ids.map((id) => ({ id })) });
const user = (...ids: ArmId[]): IdentityDraft => ({ kind: "userAssigned", ids });

function rules(from: ClusterIdentity, to: IdentityDraft, nodesUp = 0): string[] {
  return previewIdentityChange(from, to, nodesUp).findings.map(({ rule }) => rule);
}

describe("a change of identity", () => {
  it("from none to system-assigned makes a principal without roles", () => {
    const preview = previewIdentityChange(none, { kind: "systemAssigned" });
    expect(preview).toMatchObject({
      changed: true,
      replaced: false,
      gainsSystemPrincipal: true,
      losesSystemPrincipal: false,
      newDefault: { kind: "systemAssigned" },
    });
    expect(rules(none, { kind: "systemAssigned" })).toEqual(["identity.system"]);
  });

  it("from none to user-assigned adds, the first being the default", () => {
    expect(previewIdentityChange(none, user(b, a))).toMatchObject({
      changed: true,
      added: [b, a],
      removed: [],
      replaced: false,
      newDefault: { kind: "userAssigned", id: b },
    });
    expect(rules(none, user(a))).toEqual([]);
    expect(rules(none, user(a, b))).toEqual(["identity.several"]);
  });

  it("from system-assigned to user-assigned replaces and loses the principal with its roles", () => {
    expect(previewIdentityChange(system, user(a))).toMatchObject({
      replaced: true,
      losesSystemPrincipal: true,
      lostPrincipalId: "p-1",
      gainsSystemPrincipal: false,
    });
    expect(rules(system, user(a))).toEqual(["identity.losesSystem"]);
  });

  it("from user-assigned to system-assigned replaces and takes the others off", () => {
    const preview = previewIdentityChange(users(a, b), { kind: "systemAssigned" });
    expect(preview).toMatchObject({ replaced: true, removed: [a, b], losesSystemPrincipal: false });
    expect(rules(users(a, b), { kind: "systemAssigned" })).toEqual(["identity.removed", "identity.system"]);
  });

  it("of the list adds and removes one by one", () => {
    expect(previewIdentityChange(users(a), user(a, b))).toMatchObject({ added: [b], removed: [], kept: [a] });
    expect(previewIdentityChange(users(a, b), user(b))).toMatchObject({
      added: [],
      removed: [a],
      kept: [b],
      replaced: false,
      newDefault: { id: b },
    });
  });

  it("to none is warned of, for no document shows it", () => {
    expect(rules(system, { kind: "none" })).toEqual(["identity.losesSystem", "identity.toNone"]);
    expect(rules(users(a), { kind: "none" })).toEqual(["identity.removed", "identity.toNone"]);
    expect(previewIdentityChange(users(a), { kind: "none" })).toMatchObject({
      changed: true,
      replaced: false,
      newDefault: { kind: "none" },
    });
  });

  it("to an empty list is an error", () => {
    const preview = previewIdentityChange(none, user());
    expect(preview.findings).toMatchObject([{ rule: "identity.none", severity: "error" }]);
    expect(preview.newDefault).toEqual({ kind: "none" });
  });

  it.each([
    [none, { kind: "none" }],
    [system, { kind: "systemAssigned" }],
    [users(a, b), user(a, b)],
    [users(a), user(armId(a.toLowerCase()))],
    [users(a), user(a, armId(a.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions")))],
  ] as const)("of nothing is none: %j to %j", (from, to) => {
    expect(previewIdentityChange(from, to)).toMatchObject({ changed: false, added: [], removed: [] });
    expect(rules(from, to, 3).filter((rule) => rule !== "identity.several")).toEqual([]);
  });

  it("of the order alone is none, and says so", () => {
    expect(previewIdentityChange(users(a, b), user(b, a)).changed).toBe(false);
    expect(rules(users(a, b), user(b, a))).toEqual(["identity.order", "identity.several"]);
  });

  it("warns of nodes that are up", () => {
    expect(rules(none, user(a), 1)).toEqual(["identity.nodesUp"]);
    expect(previewIdentityChange(none, user(a), 2).findings[0]).toMatchObject({ severity: "warning" });
  });

  it("begins with what the cluster has", () => {
    expect(choiceOf(none)).toEqual({ kind: "none" });
    expect(choiceOf(system)).toEqual({ kind: "systemAssigned" });
    expect(choiceOf(users(a, b))).toEqual(user(a, b));
  });
});

describe("a list of identities", () => {
  it("has each once, in the order given", () => {
    expect(distinctIds([b, a, armId(b.toLowerCase())])).toEqual([b, a]);
  });
});

describe("a pasted identity", () => {
  it.each([a, ` ${a} `, `${a}/`, a.replace("resourceGroups", "resourcegroups"), a.replace("rg-ml", "研究.(a)_1")])(
    "is taken: %j",
    (text) => {
      expect(readIdentityId(text)).toBe(text.trim().replace(/\/$/, ""));
    },
  );

  it.each([
    "",
    "train",
    "11111111-1111-1111-1111-111111111111",
    aWorkspaceId,
    a.replace("/train", ""),
    `${a}/federatedIdentityCredentials/x`,
    a.replace("/resourceGroups/rg-ml", ""),
    a.replace("rg-ml", ".."),
    a.replace("rg-ml", "a?b"),
    a.replace("rg-ml", "a%2Fb"),
    a.replace("/train", "//train"),
    `${a}#`,
  ])("is refused: %j", (text) => {
    expect(readIdentityId(text)).toBeUndefined();
  });
});

describe("the rights that a change needs", () => {
  const read = { action: "Microsoft.MachineLearningServices/workspaces/computes/read", scope: aWorkspaceId };
  const write = { action: "Microsoft.MachineLearningServices/workspaces/computes/write", scope: aWorkspaceId };
  const assign = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

  it("are those on the cluster, and on every identity that the body names", () => {
    expect(rightsForIdentityChange(aCluster(), { kind: "systemAssigned" })).toEqual([read, write]);
    expect(rightsForIdentityChange(aCluster(), user(a, b, a))).toEqual([
      read,
      write,
      { action: assign, scope: a },
      { action: assign, scope: b },
    ]);
  });

  it("include joining the subnet, which the whole body names too", () => {
    const subnetId = armId("/subscriptions/1/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/s");
    expect(rightsForIdentityChange(aCluster({ subnetId }), { kind: "none" })).toEqual([
      read,
      write,
      { action: "Microsoft.Network/virtualNetworks/subnets/join/action", scope: subnetId },
    ]);
  });
});
