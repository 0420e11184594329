import { isWithin } from "./ids";
import { type WorldState } from "./model";

/** GUIDs of Azure's built-in roles, the same in every tenant (azure-docs built-in-roles); others get one by their name. */
export const definitionIds: Readonly<Record<string, string>> = {
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
  "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
};

export interface RoleRights {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

const ml = "Microsoft.MachineLearningServices";

/**
 * Built-in roles as far as they matter here (azure-ai-docs how-to-assign-roles 2024-09-03): the Compute Operator may do all
 * with computes, the Data Scientist may not write them.
 */
export const roles: Readonly<Record<string, RoleRights>> = {
  Owner: { actions: ["*"], notActions: [] },
  Contributor: {
    actions: ["*"],
    notActions: ["Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"],
  },
  Reader: { actions: ["*/read"], notActions: [] },
  "AzureML Compute Operator": { actions: [`${ml}/workspaces/computes/*`], notActions: [] },
  "AzureML Data Scientist": {
    actions: [
      `${ml}/workspaces/*/read`,
      `${ml}/workspaces/*/action`,
      `${ml}/workspaces/*/delete`,
      `${ml}/workspaces/*/write`,
    ],
    notActions: [
      `${ml}/workspaces/delete`,
      `${ml}/workspaces/write`,
      `${ml}/workspaces/computes/*/write`,
      `${ml}/workspaces/computes/*/delete`,
      `${ml}/workspaces/computes/write`,
      `${ml}/workspaces/computes/delete`,
      "Microsoft.Authorization/*/write",
    ],
  },
  "Managed Identity Operator": {
    actions: [
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    ],
    notActions: [],
  },
  // Roles on data: on the control plane they hardly allow anything.
  "Storage Blob Data Reader": {
    actions: ["Microsoft.Storage/storageAccounts/blobServices/containers/read"],
    notActions: [],
  },
  "Storage Blob Data Contributor": {
    actions: ["Microsoft.Storage/storageAccounts/blobServices/containers/*"],
    notActions: [],
  },
  AcrPull: { actions: ["Microsoft.ContainerRegistry/registries/pull/read"], notActions: [] },
  "Key Vault Secrets User": { actions: [], notActions: [] },
  /** No built-in role: sees that a workspace exists and nothing in it. */
  "Workspace Lister": { actions: [`${ml}/workspaces/read`], notActions: [] },
  /** No built-in role: sees sizes, usage and limits of a subscription, but none of its resources. */
  "Quota Reader": {
    actions: [
      `${ml}/locations/*/read`,
      "Microsoft.Authorization/locks/read",
      "Microsoft.Authorization/permissions/read",
    ],
    notActions: [],
  },
};

/** The rights of each role that a principal has at a scope: given there or above. */
export function rightsAt(state: WorldState, principalId: string, scope: string): readonly RoleRights[] {
  return state.roles
    .filter((assignment) => assignment.principalId === principalId && isWithin(scope, assignment.scope))
    .map((assignment) => roles[assignment.role])
    .filter((rights) => rights !== undefined);
}

/** Allowed if any one role's actions match and its notActions do not. */
export function isAllowed(state: WorldState, principalId: string, action: string, scope: string): boolean {
  return rightsAt(state, principalId, scope).some(
    (rights) =>
      rights.actions.some((pattern) => matches(pattern, action)) &&
      !rights.notActions.some((pattern) => matches(pattern, action)),
  );
}

function matches(pattern: string, action: string): boolean {
  const expression = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${expression}$`, "i").test(action);
}
