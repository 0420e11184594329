import { isWithin } from "./ids";
import { type WorldState } from "./model";

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
