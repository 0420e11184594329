import { describe, expect, it } from "vitest";
import { type ArmId, armId, resourceGroupOf } from "../../../src/core/armId";
import {
  type RoleAssignment,
  type RoleName,
  checkRoles,
  missingRoles,
  roleAssignmentCommand,
  roleDefinitionId,
  roleDefinitions,
} from "../../../src/core/workspaceRoles";
import { aSubscriptionId, aWorkspace } from "../../support/builders";

const group = `${aSubscriptionId}/resourceGroups/rg-ml`;
const storage = armId(`${group}/providers/Microsoft.Storage/storageAccounts/mldata`);
const registry = armId(`${group}/providers/Microsoft.ContainerRegistry/registries/mlimages`);
const vault = armId(`${group}/providers/Microsoft.Keyvault/vaults/mlsecrets`);
const workspace = aWorkspace({ storageAccountId: storage, containerRegistryId: registry, keyVaultId: vault });

function assigned(role: RoleName, scope: ArmId, condition?: string): RoleAssignment {
  return { principalId: "p-1", roleDefinitionId: roleDefinitionId(role, scope), scope, condition };
}

function statuses(...assignments: RoleAssignment[]): string[] {
  return checkRoles(assignments, workspace).map(({ role, status }) => `${role}: ${status}`);
}

describe("the roles of a cluster's identity", () => {
  it("are all missing at first", () => {
    expect(missingRoles([], workspace).map(({ role, need, scope }) => [role, need, scope])).toEqual([
      ["Storage Blob Data Reader", "usual", storage],
      ["Storage Blob Data Contributor", "optional", storage],
      ["AcrPull", "usual", registry],
      ["Key Vault Secrets User", "optional", vault],
    ]);
  });

  it("are asked only of resources that the workspace has", () => {
    expect(missingRoles([], aWorkspace({ storageAccountId: storage })).map(({ resource }) => resource)).toEqual([
      "storage",
      "storage",
    ]);
    expect(missingRoles([], aWorkspace())).toEqual([]);
  });

  it("are granted by the role itself, in whatever case the ids come", () => {
    const lower = assigned("AcrPull", armId(registry.toLowerCase()));
    expect(statuses({ ...lower, roleDefinitionId: lower.roleDefinitionId.toUpperCase() })).toContain(
      "AcrPull: granted",
    );
  });

  it("are granted by a wider role, which is named", () => {
    const checks = checkRoles([assigned("Storage Blob Data Owner", storage)], workspace);
    expect(checks.slice(0, 2)).toMatchObject([
      { role: "Storage Blob Data Reader", status: "granted", grantedBy: "Storage Blob Data Owner" },
      { role: "Storage Blob Data Contributor", status: "granted", grantedBy: "Storage Blob Data Owner" },
    ]);
  });

  it("reading does not grant writing", () => {
    expect(statuses(assigned("Storage Blob Data Reader", storage)).slice(0, 2)).toEqual([
      "Storage Blob Data Reader: granted",
      "Storage Blob Data Contributor: missing",
    ]);
  });

  it("are inherited from the group and the subscription, not from elsewhere", () => {
    expect(statuses(assigned("AcrPull", resourceGroupOf(registry)))).toContain("AcrPull: granted");
    expect(statuses(assigned("AcrPull", aSubscriptionId))).toContain("AcrPull: granted");
    expect(statuses(assigned("AcrPull", armId(`${aSubscriptionId}/resourceGroups/rg-m`)))).toContain(
      "AcrPull: missing",
    );
    expect(statuses(assigned("AcrPull", storage))).toContain("AcrPull: missing");
  });

  it("to data are not in Owner and Contributor, to images they are", () => {
    for (const role of ["Owner", "Contributor"] as const) {
      expect(statuses(assigned(role, aSubscriptionId))).toEqual([
        "Storage Blob Data Reader: missing",
        "Storage Blob Data Contributor: missing",
        "AcrPull: granted",
        "Key Vault Secrets User: missing",
      ]);
    }
  });

  it("under a condition count as that, unless granted without one too", () => {
    const conditional = assigned("Storage Blob Data Reader", storage, "@Resource[...] StringEquals 'x'");
    expect(statuses(conditional)[0]).toBe("Storage Blob Data Reader: conditional");
    expect(statuses(conditional, assigned("Storage Blob Data Owner", storage))[0]).toBe(
      "Storage Blob Data Reader: granted",
    );
    expect(missingRoles([conditional], workspace).map(({ role }) => role)).not.toContain("Storage Blob Data Reader");
  });

  it("may lie in a role that is not known here, which is said instead of guessed", () => {
    const custom = {
      principalId: "p-1",
      roleDefinitionId: `${aSubscriptionId}/x/roleDefinitions/1234`,
      scope: storage,
    };
    expect(statuses(custom).slice(0, 3)).toEqual([
      "Storage Blob Data Reader: other",
      "Storage Blob Data Contributor: other",
      "AcrPull: missing",
    ]);
  });
});

describe("a role's definition", () => {
  it("is one GUID per role", () => {
    const guids = Object.values(roleDefinitions);
    expect(new Set(guids).size).toBe(guids.length);
    for (const guid of guids) expect(guid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("is named by the subscription of the scope", () => {
    expect(roleDefinitionId("AcrPull", registry)).toBe(
      `${aSubscriptionId}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d`,
    );
  });
});

describe("the command that grants a role", () => {
  it("can be pasted as it is", () => {
    expect(roleAssignmentCommand("Storage Blob Data Reader", "33333333-3333-3333-3333-333333333333", storage)).toBe(
      "az role assignment create --assignee-object-id 33333333-3333-3333-3333-333333333333 " +
        "--assignee-principal-type ServicePrincipal --role 'Storage Blob Data Reader' " +
        `--scope ${storage}`,
    );
  });

  it("quotes what a shell would read otherwise", () => {
    const odd = armId(`${aSubscriptionId}/resourceGroups/rg(1)$(rm)'x/providers/Microsoft.Storage/storageAccounts/a`);
    expect(roleAssignmentCommand("AcrPull", "p", odd)).toContain(
      `--role AcrPull --scope '${aSubscriptionId}/resourceGroups/rg(1)$(rm)x/providers/Microsoft.Storage/storageAccounts/a'`,
    );
  });
});
