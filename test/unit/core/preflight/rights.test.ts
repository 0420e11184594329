import { describe, expect, it } from "vitest";
import { type Permission } from "../../../../src/core/compute";
import { rightToAssign, rightToCreate, rightToJoin, rightsAfterwards } from "../../../../src/core/preflight/rights";
import { aWorkspaceId } from "../../../support/builders";
import { aSubnetId, anIdentityId } from "../../../support/draftBuilders";

const reader: Permission = { actions: ["*/read"], notActions: [] };
const contributor: Permission = { actions: ["*"], notActions: ["Microsoft.Authorization/*/Write"] };
const computes = "Microsoft.MachineLearningServices/workspaces/computes";

describe("rights", () => {
  it.each([
    ["create", rightToCreate, aWorkspaceId, `${computes}/write`, "AzureML Compute Operator"],
    ["join", rightToJoin, aSubnetId, "Microsoft.Network/virtualNetworks/subnets/join/action", "Network Contributor"],
    [
      "assign",
      rightToAssign,
      anIdentityId,
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
      "Managed Identity Operator",
    ],
  ])("to %s are there or are missing by name, with the roles that have them", (_, rule, scope, action, role) => {
    expect(rule(scope, [reader, contributor])).toEqual([]);
    expect(rule(scope, [{ actions: [action.toUpperCase()], notActions: [] }])).toEqual([]);
    const [finding] = rule(scope, [reader]);
    expect(finding).toMatchObject({ severity: "error" });
    expect(finding?.message).toContain(action);
    expect(finding?.advice).toContain(role);
    expect(finding?.remedy).toMatchObject({ kind: "copyText" });
    expect(JSON.stringify(finding?.remedy)).toContain(scope);
    expect(rule(scope, []).length).toBe(1);
  });

  it("that a role takes away again are missing", () => {
    expect(rightToCreate(aWorkspaceId, [{ actions: ["*"], notActions: [`${computes}/write`] }]).length).toBe(1);
  });

  it.each([
    ["a reader", [reader], ["rights.nodes", "rights.delete"]],
    ["a contributor", [contributor], []],
    [
      "somebody who may only write",
      [{ actions: [`${computes}/write`], notActions: [] }],
      ["rights.read", "rights.nodes", "rights.delete"],
    ],
  ])("after creation: %s", (_, permissions, expected) => {
    const findings = rightsAfterwards(aWorkspaceId, permissions);
    expect(findings.map((finding) => finding.rule)).toEqual(expected);
    expect(findings.some((finding) => finding.severity === "error")).toBe(false);
  });
});
