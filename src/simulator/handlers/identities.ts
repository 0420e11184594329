import { isAllowed } from "../access";
import { tenantOf } from "../computeBody";
import { resourceNotFound } from "../errors";
import { type Answer, ok } from "../http";
import { isWithin, nameOf, sameId } from "../ids";
import { type IdentityState, type WorldState } from "../model";
import { pageOf } from "../paging";
import { guidOf } from "../random";
import { type Context, groupScope, type Route, subscriptionScope } from "../route";

const provider = "providers/Microsoft.ManagedIdentity/userAssignedIdentities";
const read = "Microsoft.ManagedIdentity/userAssignedIdentities/read";

export const identityRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: `/subscriptions/{s}/${provider}`,
    handle: (context) => list(context, subscriptionScope(context)),
  },
  {
    method: "GET",
    pattern: `/subscriptions/{s}/resourceGroups/{g}/${provider}`,
    handle: (context) => list(context, groupScope(context)),
  },
  { method: "GET", pattern: `/subscriptions/{s}/resourceGroups/{g}/${provider}/{name}`, action: read, handle: get },
  {
    method: "DELETE",
    pattern: `/subscriptions/{s}/resourceGroups/{g}/${provider}/{name}`,
    action: "Microsoft.ManagedIdentity/userAssignedIdentities/delete",
    lock: "delete",
    handle: remove,
  },
];

function list(context: Context, scope: string): Answer {
  const { state, claims } = context;
  const mine = state.identities.filter(
    (identity) => isWithin(identity.id, scope) && isAllowed(state, claims.oid, read, identity.id),
  );
  return pageOf(
    context,
    mine.map((identity) => identityBody(state, identity)),
  );
}

function get(context: Context): Answer {
  const identity = context.state.identities.find((candidate) => sameId(candidate.id, context.path));
  if (identity === undefined) {
    throw resourceNotFound(`Microsoft.ManagedIdentity/userAssignedIdentities/${nameOf(context.path)}`, context.path);
  }
  return ok(identityBody(context.state, identity));
}

/** Resources that use it keep naming it. */
function remove(context: Context): Answer {
  const { state, world, path } = context;
  const left = state.identities.filter((identity) => !sameId(identity.id, path));
  if (left.length === state.identities.length) return { status: 204 };
  state.identities = left;
  world.changes++;
  return { status: 200 };
}

/** Ids come with `resourcegroups` in lower case. */
function identityBody(state: WorldState, identity: IdentityState): unknown {
  return {
    id: identity.id.replace("/resourceGroups/", "/resourcegroups/"),
    name: nameOf(identity.id),
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    location: identity.location,
    tags: {},
    properties: {
      tenantId: tenantOf(state, identity.id),
      principalId: guidOf(`principal ${identity.id}`),
      clientId: guidOf(`client ${identity.id}`),
    },
  };
}
