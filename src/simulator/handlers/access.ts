import { definitionIds, rightsAt, roles } from "../access";
import { ArmFailure, badRequest } from "../errors";
import { type Answer, ok } from "../http";
import { isWithin, nameOf, sameId, subscriptionIdOf } from "../ids";
import { type RoleAssignmentState } from "../model";
import { guidOf } from "../random";
import { type Context, requireObject, type Route, textAt } from "../route";

const authorization = "{scope*}/providers/Microsoft.Authorization";
const scopeOf = (context: Context): string => context.params["scope"] ?? "";

export const accessRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: `${authorization}/permissions`,
    action: "Microsoft.Authorization/permissions/read",
    scope: scopeOf,
    handle: listPermissions,
  },
  {
    method: "GET",
    pattern: `${authorization}/roleAssignments`,
    action: "Microsoft.Authorization/roleAssignments/read",
    scope: scopeOf,
    handle: listAssignments,
  },
  {
    method: "PUT",
    pattern: `${authorization}/roleAssignments/{name}`,
    action: "Microsoft.Authorization/roleAssignments/write",
    scope: scopeOf,
    handle: putAssignment,
  },
];

/** One element per role that the caller has here or above; says nothing of locks. */
function listPermissions(context: Context): Answer {
  const value = rightsAt(context.state, context.claims.oid, scopeOf(context)).map((rights) => ({
    actions: rights.actions,
    notActions: rights.notActions,
    dataActions: [],
    notDataActions: [],
  }));
  return ok({ value });
}

/** `$filter=assignedTo('{id}')` or `principalId eq '{id}'` keep one principal's; groups are not modelled. */
function listAssignments(context: Context): Answer {
  const scope = scopeOf(context);
  const filter = context.url.searchParams.get("$filter") ?? "";
  const principal = /(?:assignedTo\(|principalId eq )'([^']+)'/i.exec(filter)?.[1];
  const value = context.state.roles
    .filter((one) => isWithin(scope, one.scope) || (principal === undefined && isWithin(one.scope, scope)))
    .filter((one) => principal === undefined || one.principalId === principal)
    .map((one) => assignmentBody(context, one));
  return ok({ value });
}

/** Roles are known by the ids that `roleDefinitionId` gives them. */
export function roleId(role: string): string {
  return definitionIds[role] ?? guidOf(`role ${role}`);
}

function putAssignment(context: Context): Answer {
  requireObject(context);
  const definition = textAt(context.body, "properties", "roleDefinitionId") ?? "";
  const principalId = textAt(context.body, "properties", "principalId");
  const role = Object.keys(roles).find((name) => roleId(name) === nameOf(definition).toLowerCase());
  if (principalId === undefined) throw badRequest("BadRequestFormat", "The property principalId is required.");
  if (role === undefined) {
    throw badRequest(
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${nameOf(definition)}' does not exist.`,
    );
  }
  const assignment = { scope: scopeOf(context), name: context.params["name"] ?? "", role, principalId };
  const there = context.state.roles.some(
    (one) => one.role === role && one.principalId === principalId && sameId(one.scope, assignment.scope),
  );
  if (there) {
    throw new ArmFailure(409, { code: "RoleAssignmentExists", message: "The role assignment already exists." });
  }
  context.state.roles = [...context.state.roles.filter((one) => one.name !== assignment.name), assignment];
  context.world.changes++;
  return { status: 201, body: assignmentBody(context, assignment) };
}

function assignmentBody({ state }: Context, one: RoleAssignmentState): unknown {
  return {
    properties: {
      roleDefinitionId: `/subscriptions/${subscriptionIdOf(one.scope)}/providers/Microsoft.Authorization/roleDefinitions/${roleId(one.role)}`,
      principalId: one.principalId,
      principalType: one.principalId === state.person.objectId ? "User" : "ServicePrincipal",
      scope: one.scope,
    },
    id: `${one.scope}/providers/Microsoft.Authorization/roleAssignments/${one.name}`,
    type: "Microsoft.Authorization/roleAssignments",
    name: one.name,
  };
}
