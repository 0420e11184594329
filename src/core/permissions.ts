import { type Permission } from "./compute";

/**
 * Actions that this extension needs (azure-facts 2.10 and azure-api/NOTES 3, 2026-11; the last four from the linked
 * resources' own providers).
 */
export const azureActions = {
  readClusters: "Microsoft.MachineLearningServices/workspaces/computes/read",
  writeClusters: "Microsoft.MachineLearningServices/workspaces/computes/write",
  deleteClusters: "Microsoft.MachineLearningServices/workspaces/computes/delete",
  listNodes: "Microsoft.MachineLearningServices/workspaces/computes/listNodes/action",
  updateQuotas: "Microsoft.MachineLearningServices/locations/updateQuotas/action",
  deleteLocks: "Microsoft.Authorization/locks/delete",
  joinSubnet: "Microsoft.Network/virtualNetworks/subnets/join/action",
  assignIdentity: "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
  fileSupportTickets: "Microsoft.Support/supportTickets/write",
} as const;

interface BuiltInRole extends Permission {
  readonly name: string;
}

/**
 * Built-in roles that people ask their administrator for, the narrowest first. Control-plane actions only (azure-docs
 * role-based-access-control/built-in-roles, privileged.md of 2026-07-01; the two AzureML roles as published 2022-09-27
 * and 2023-06-01; Locks Contributor 2024-06-10).
 */
const builtInRoles: readonly BuiltInRole[] = [
  {
    name: "AzureML Compute Operator",
    actions: [
      "Microsoft.MachineLearningServices/workspaces/computes/*",
      "Microsoft.MachineLearningServices/workspaces/notebooks/vm/*",
    ],
    notActions: [],
  },
  {
    name: "AzureML Data Scientist",
    actions: ["read", "action", "delete", "write"].map(
      (verb) => `Microsoft.MachineLearningServices/workspaces/*/${verb}`,
    ),
    notActions: [
      "Microsoft.MachineLearningServices/workspaces/delete",
      "Microsoft.MachineLearningServices/workspaces/write",
      "Microsoft.MachineLearningServices/workspaces/computes/*/write",
      "Microsoft.MachineLearningServices/workspaces/computes/*/delete",
      "Microsoft.MachineLearningServices/workspaces/computes/listKeys/action",
      "Microsoft.MachineLearningServices/workspaces/listKeys/action",
    ],
  },
  {
    name: "Managed Identity Operator",
    actions: [
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
    ],
    notActions: [],
  },
  { name: "Network Contributor", actions: ["Microsoft.Network/*"], notActions: [] },
  { name: "Locks Contributor", actions: ["Microsoft.Authorization/locks/*"], notActions: [] },
  { name: "Support Request Contributor", actions: ["Microsoft.Support/*"], notActions: [] },
  { name: "Reader", actions: ["*/read"], notActions: [] },
  {
    name: "User Access Administrator",
    actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
    notActions: [],
  },
  {
    name: "Contributor",
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
    ],
  },
  { name: "Owner", actions: ["*"], notActions: [] },
];

/**
 * Whether one action is allowed at the scope whose `permissions` these are: one element per role, and any of them is
 * enough (azure-api/NOTES 3). Deny assignments and locks do not show in them.
 */
export function allows(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matchesAction(pattern, action)) &&
      !notActions.some((pattern) => matchesAction(pattern, action)),
  );
}

/** Names of built-in roles that allow an action, the narrowest first. */
export function rolesWith(action: string): readonly string[] {
  return builtInRoles.filter((role) => allows([role], action)).map((role) => role.name);
}

/**
 * Whether an action pattern of a role covers an action; case does not count, `*` stands for anything, slashes included.
 * A `*` between two slashes may also stand for nothing: AzureML Data Scientist reads its workspace by
 * `workspaces/*` + `/read` and is kept from `computes/write` by `computes/*` + `/write` (its description; azure-facts 2.10).
 */
export function matchesAction(pattern: string, action: string): boolean {
  const source = pattern
    .split("/*/")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, (found) => (found === "*" ? ".*" : `\\${found}`)))
    .join("/(?:.*/)?");
  return new RegExp(`^${source}$`, "is").test(action);
}
