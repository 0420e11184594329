import * as l10n from "@vscode/l10n";
import { type ArmId, armId, isWithin, subscriptionOf } from "./armId";
import { type Workspace } from "./workspace";

/**
 * A role somebody has, as `roleAssignments?$filter=assignedTo('{principal}')` answers: also those of groups that the principal
 * is in, and those inherited from above (azure-api/NOTES 3).
 */
export interface RoleAssignment {
  readonly principalId: string;
  /** Ends in the definition's GUID. */
  readonly roleDefinitionId: string;
  readonly scope: ArmId;
  /** Limits the role to part of the data (attribute-based access control). */
  readonly condition?: string | undefined;
}

/**
 * GUIDs of Azure's built-in roles, the same in every tenant (azure-docs role-based-access-control/built-in-roles, 2026-07).
 */
export const roleDefinitions = {
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  "Storage Blob Data Owner": "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  AcrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
  "Key Vault Secrets Officer": "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  "Key Vault Administrator": "00482a5a-887f-4fb3-b363-3b7fe8e74483",
  "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
} as const;

export type RoleName = keyof typeof roleDefinitions;

/** Something that jobs commonly need and the role that gives it. */
export interface RoleCheck {
  readonly resource: "storage" | "registry" | "keyVault";
  readonly scope: ArmId;
  /** The narrowest built-in role that is enough. */
  readonly role: RoleName;
  readonly purpose: string;
  /** `optional` ones are needed in some workspaces only; `purpose` says in which. */
  readonly need: "usual" | "optional";
  /** `conditional`: granted for part of the data. `other`: only by roles that this check does not know, so perhaps. */
  readonly status: "granted" | "conditional" | "missing" | "other";
  /** The role that grants it. */
  readonly grantedBy?: RoleName | undefined;
}

interface RoleNeed {
  readonly resource: RoleCheck["resource"];
  readonly need: RoleCheck["need"];
  /** The first is the narrowest; any is enough. */
  readonly roles: readonly [RoleName, ...RoleName[]];
  readonly purpose: () => string;
}

/**
 * What the cluster's identity is used for (azure-ai-docs how-to-identity-based-service-authentication @014addf, 2025-06-10).
 * Owner, Contributor and Reader may pull images but not read the data of storage and vaults (learn container-registry-roles).
 * A registry that grants per repository goes by other roles, so there the answer "missing" or "granted" can be wrong.
 */
const needs: readonly RoleNeed[] = [
  {
    resource: "storage",
    need: "usual",
    roles: ["Storage Blob Data Reader", "Storage Blob Data Contributor", "Storage Blob Data Owner"],
    purpose: () => l10n.t("read data of datastores that keep no key"),
  },
  {
    resource: "storage",
    need: "optional",
    roles: ["Storage Blob Data Contributor", "Storage Blob Data Owner"],
    purpose: () => l10n.t("write outputs to datastores that keep no key"),
  },
  {
    resource: "registry",
    need: "usual",
    roles: ["AcrPull", "AcrPush", "Reader", "Contributor", "Owner"],
    purpose: () => l10n.t("pull images where the registry's admin user is off"),
  },
  {
    resource: "keyVault",
    need: "optional",
    roles: ["Key Vault Secrets User", "Key Vault Secrets Officer", "Key Vault Administrator"],
    purpose: () => l10n.t("read secrets in your own code, in a vault with role-based access"),
  },
];

/** Every need with how it stands; resources that the workspace does not have are left out. */
export function checkRoles(assignments: readonly RoleAssignment[], workspace: Workspace): readonly RoleCheck[] {
  const scopes = {
    storage: workspace.storageAccountId,
    registry: workspace.containerRegistryId,
    keyVault: workspace.keyVaultId,
  };
  return needs.flatMap(({ resource, need, roles, purpose }) => {
    const scope = scopes[resource];
    if (scope === undefined) return [];
    return [{ resource, scope, role: roles[0], purpose: purpose(), need, ...statusOf(roles, scope, assignments) }];
  });
}

/** Those needs that no known role meets. */
export function missingRoles(assignments: readonly RoleAssignment[], workspace: Workspace): readonly RoleCheck[] {
  return checkRoles(assignments, workspace).filter(({ status }) => status === "missing" || status === "other");
}

function statusOf(
  roles: readonly RoleName[],
  scope: ArmId,
  assignments: readonly RoleAssignment[],
): Pick<RoleCheck, "status" | "grantedBy"> {
  const here = assignments.filter((assignment) => isWithin(scope, assignment.scope));
  const granting = roles.flatMap((role) =>
    here.filter((assignment) => roleOf(assignment) === role).map(({ condition }) => ({ role, condition })),
  );
  const whole = granting.find(({ condition }) => condition === undefined || condition === "");
  if (whole !== undefined) return { status: "granted", grantedBy: whole.role };
  if (granting[0] !== undefined) return { status: "conditional", grantedBy: granting[0].role };
  return { status: here.some((assignment) => roleOf(assignment) === undefined) ? "other" : "missing" };
}

/** @returns undefined for a role that is not in `roleDefinitions`, a custom one for example. */
function roleOf(assignment: RoleAssignment): RoleName | undefined {
  const guid = assignment.roleDefinitionId.split("/").at(-1)?.toLowerCase();
  return (Object.keys(roleDefinitions) as RoleName[]).find((name) => roleDefinitions[name] === guid);
}

/** The id of a built-in role as a role assignment at `scope` names it. @throws RangeError for a scope without subscription. */
export function roleDefinitionId(role: RoleName, scope: ArmId): ArmId {
  return armId(`${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitions[role]}`);
}

/**
 * The command that grants a role to a managed identity, for bash, zsh and PowerShell. Object id and type are given so that the
 * CLI need not ask Microsoft Entra, where a new identity is not found at once.
 */
export function roleAssignmentCommand(role: RoleName, principalId: string, scope: ArmId): string {
  return [
    "az role assignment create",
    `--assignee-object-id ${quoted(principalId)}`,
    "--assignee-principal-type ServicePrincipal",
    `--role ${quoted(role)}`,
    `--scope ${quoted(scope)}`,
  ].join(" ");
}

/** Single quotes keep everything as it is in all three shells; none of the values can hold one, so any is dropped. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "")}'`;
}
