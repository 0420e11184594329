import { badRequest, resourceNotFound } from "../errors";
import { type Answer, ok } from "../http";
import { isWithin, sameId } from "../ids";
import { type LockState } from "../model";
import { at, type Context, requireObject, type Route, textAt } from "../route";

const locks = "{scope*}/providers/Microsoft.Authorization/locks";
const scopeOf = (context: Context): string => context.params["scope"] ?? "";

export const lockRoutes: readonly Route[] = [
  { method: "GET", pattern: locks, action: "Microsoft.Authorization/locks/read", scope: scopeOf, handle: list },
  {
    method: "GET",
    pattern: `${locks}/{name}`,
    action: "Microsoft.Authorization/locks/read",
    scope: scopeOf,
    handle: get,
  },
  {
    method: "PUT",
    pattern: `${locks}/{name}`,
    action: "Microsoft.Authorization/locks/write",
    scope: scopeOf,
    handle: put,
  },
  {
    method: "DELETE",
    pattern: `${locks}/{name}`,
    action: "Microsoft.Authorization/locks/delete",
    scope: scopeOf,
    handle: remove,
  },
];

/**
 * Locks on the scope, those it inherits (recorded 2019, 2025) and, for groups and subscriptions, those below it; the last
 * are left out with `$filter=atScope()`.
 */
function list(context: Context): Answer {
  const scope = scopeOf(context);
  const atScope = /atScope\(\)/i.test(context.url.searchParams.get("$filter") ?? "");
  const found = context.state.locks.filter(
    (lock) => isWithin(scope, lock.scope) || (!atScope && isWithin(lock.scope, scope)),
  );
  return ok({ value: found.map(lockBody) });
}

function find(context: Context): LockState | undefined {
  return context.state.locks.find(
    (lock) => sameId(lock.scope, scopeOf(context)) && sameId(lock.name, context.params["name"] ?? ""),
  );
}

function get(context: Context): Answer {
  const lock = find(context);
  if (lock === undefined)
    throw resourceNotFound(`Microsoft.Authorization/locks/${context.params["name"] ?? ""}`, context.path);
  return ok(lockBody(lock));
}

function put(context: Context): Answer {
  requireObject(context);
  const level = textAt(context.body, "properties", "level");
  if (level !== "CanNotDelete" && level !== "ReadOnly") {
    throw badRequest("InvalidLockLevel", `The lock level '${level ?? ""}' is not CanNotDelete or ReadOnly.`);
  }
  const notes = at(context.body, "properties", "notes");
  const before = find(context);
  const lock: LockState = {
    scope: scopeOf(context),
    name: context.params["name"] ?? "",
    level,
    notes: typeof notes === "string" ? notes : "",
  };
  context.state.locks = [...context.state.locks.filter((other) => other !== before), lock];
  context.world.reactAll();
  return { status: before === undefined ? 201 : 200, body: lockBody(lock) };
}

function remove(context: Context): Answer {
  const lock = find(context);
  if (lock === undefined) return { status: 204 };
  context.state.locks = context.state.locks.filter((other) => other !== lock);
  context.world.reactAll();
  return { status: 200 };
}

function lockBody(lock: LockState): unknown {
  return {
    properties: { level: lock.level, notes: lock.notes },
    id: `${lock.scope}/providers/Microsoft.Authorization/locks/${lock.name}`,
    type: "Microsoft.Authorization/locks",
    name: lock.name,
  };
}
