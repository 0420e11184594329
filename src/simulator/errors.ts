import { type Answer } from "./http";
import { groupNameOf } from "./ids";
import { type ErrorDetail } from "./model";

/** A refusal in ARM's words: `{"error":{code,message,…}}`. Thrown by handlers, turned into an answer by the router. */
export class ArmFailure extends Error {
  readonly answer: Answer;

  constructor(status: number, error: ErrorDetail & { additionalInfo?: unknown }, headers: Record<string, string> = {}) {
    super(error.message);
    this.answer = { status, body: { error }, headers };
  }
}

/** Errors that ARM itself gives, before a resource provider sees the request (recorded 2020, 2024). */
const gateway = { "x-ms-failure-cause": "gateway" };

export function badRequest(code: string, message: string): ArmFailure {
  return new ArmFailure(400, { code, message });
}

/** The text is a recording's; action and scope differ there. */
export function authorizationFailed(person: Caller, action: string, scope: string): ArmFailure {
  const message =
    `The client '${person.name}' with object id '${person.objectId}' does not have authorization to perform action ` +
    `'${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your ` +
    "credentials.";
  return new ArmFailure(403, { code: "AuthorizationFailed", message }, gateway);
}

export interface Caller {
  readonly name: string;
  readonly objectId: string;
}

/** A right on another resource that the request links to is missing: subnet join, identity assign. */
export function linkedAuthorizationFailed(
  person: Caller,
  action: string,
  scope: string,
  linkedAction: string,
  linkedScope: string,
): ArmFailure {
  const message =
    `The client '${person.name}' with object id '${person.objectId}' has permission to perform action '${action}' on scope ` +
    `'${scope}'; however, it does not have permission to perform action '${linkedAction}' on the linked scope(s) ` +
    `'${linkedScope}' or the linked scope(s) are invalid.`;
  return new ArmFailure(403, { code: "LinkedAuthorizationFailed", message }, gateway);
}

/** A user's report, verbatim. */
export function scopeLocked(scope: string, operation: "write" | "delete", lockedScopes: readonly string[]): ArmFailure {
  const locked = lockedScopes.map((locked) => `'${locked}'`).join(",");
  const message =
    `The scope '${scope}' cannot perform ${operation} operation because following scope(s) are locked: ${locked}. ` +
    "Please remove the lock and try again.";
  return new ArmFailure(409, { code: "ScopeLocked", message }, gateway);
}

/** The text is a recording's. `type` is e.g. `Microsoft.MachineLearningServices/workspaces/x`. */
export function resourceNotFound(type: string, id: string): ArmFailure {
  const message =
    `The Resource '${type}' under resource group '${groupNameOf(id)}' was not found. For more details please go to ` +
    "https://aka.ms/ARMResourceNotFoundFix";
  return new ArmFailure(404, { code: "ResourceNotFound", message }, gateway);
}

export function resourceGroupNotFound(name: string): ArmFailure {
  return new ArmFailure(
    404,
    { code: "ResourceGroupNotFound", message: `Resource group '${name}' could not be found.` },
    gateway,
  );
}

export function subscriptionNotFound(subscriptionId: string): ArmFailure {
  const message = `The subscription '${subscriptionId}' could not be found.`;
  return new ArmFailure(404, { code: "SubscriptionNotFound", message }, gateway);
}

/** A user's report, verbatim. */
export function requestsThrottled(kind: string, subscriptionId: string, actor: string, seconds: number): ArmFailure {
  const message =
    `Number of '${kind}' requests for subscription '${subscriptionId}' actor '${actor}' exceeded. Please try again after ` +
    `'${seconds}' seconds.`;
  const headers = { ...gateway, "retry-after": String(seconds) };
  return new ArmFailure(429, { code: "SubscriptionRequestsThrottled", message }, headers);
}

/** The body that the service's own front end wraps around its errors, with the real code inside. */
export function userError(status: number, inner: string, message: string, location: string, time: string): ArmFailure {
  return new ArmFailure(status, {
    code: "UserError",
    message,
    additionalInfo: [
      { type: "ComponentName", info: { value: "managementfrontend" } },
      { type: "Environment", info: { value: location } },
      { type: "Location", info: { value: location } },
      { type: "Time", info: { value: time } },
      { type: "InnerError", info: { value: { code: "BadArgument", innerError: { code: inner, innerError: null } } } },
    ],
  });
}
