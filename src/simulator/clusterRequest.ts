import { isAllowed } from "./access";
import { findRegion, regions } from "./catalogue";
import { formatDuration, parseDuration } from "./duration";
import { ArmFailure, badRequest, linkedAuthorizationFailed, userError } from "./errors";
import { regionKey, sameId, subscriptionIdOf } from "./ids";
import { type ClusterState, type IdentitySetting, type ScaleState, type WorkspaceState } from "./model";
import { at, type Context, textAt } from "./route";

/** What the body of a PUT on an AmlCompute says. */
export interface ClusterRequest {
  readonly location: string;
  readonly tags: Record<string, string> | null;
  /** undefined when the body says nothing of it, "none" when it says None. */
  readonly identity: IdentitySetting | "none" | undefined;
  readonly description: string | null;
  readonly vmSize: string;
  readonly lowPriority: boolean;
  readonly scale: ScaleRequest;
  readonly subnetId: string | undefined;
  readonly remoteLogin: ClusterState["remoteLogin"];
  readonly adminUserName: string | undefined;
  readonly nodePublicIp: boolean;
  readonly localAuthDisabled: boolean;
  readonly isolatedNetwork: boolean;
  readonly osType: string;
}

export interface ScaleRequest {
  readonly max: number;
  /** undefined: keep, or 0 for a new cluster. */
  readonly min: number | undefined;
  /** As sent. */
  readonly idle: string | undefined;
}

const inner = ["properties", "properties"] as const;

/** The service's own text, quoted in public for compute instances; clusters follow the same rule (azure-facts 2.1). */
export function checkName(name: string): void {
  if (/^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/.test(name)) return;
  throw badRequest(
    "BadRequest",
    "Compute name is invalid. It can include letters, digits and dashes. It must start with a letter, end with a letter or " +
      "digit, and be between 3 and 24 characters in length.",
  );
}

/** Reads and checks a PUT's body. Codes without a source in the API notes are the vague `UserError`. @throws ArmFailure */
export function readClusterRequest(context: Context, workspace: WorkspaceState): ClusterRequest {
  const { body } = context;
  const type = textAt(body, "properties", "computeType");
  if (type !== "AmlCompute")
    throw refuse(context, "InvalidComputeType", `The simulator creates AmlCompute only, not '${type ?? ""}'.`);
  const vmSize = textAt(body, ...inner, "vmSize");
  if (vmSize === undefined || vmSize === "") throw refuse(context, "MissingVmSize", "The property vmSize is required.");
  const location = textAt(body, "properties", "computeLocation") ?? textAt(body, "location") ?? workspace.location;
  checkRegion(location);
  const request: ClusterRequest = {
    location: regionKey(location),
    tags: readTags(at(body, "tags")),
    identity: readIdentity(context, at(body, "identity")),
    description: textAt(body, "properties", "description") ?? null,
    vmSize,
    lowPriority: textAt(body, ...inner, "vmPriority")?.toLowerCase() === "lowpriority",
    scale: readScale(context, at(body, ...inner, "scaleSettings")),
    subnetId: textAt(body, ...inner, "subnet", "id"),
    remoteLogin: readRemoteLogin(textAt(body, ...inner, "remoteLoginPortPublicAccess")),
    adminUserName: textAt(body, ...inner, "userAccountCredentials", "adminUserName"),
    nodePublicIp: at(body, ...inner, "enableNodePublicIp") !== false,
    localAuthDisabled: at(body, "properties", "disableLocalAuth") === true,
    isolatedNetwork: at(body, ...inner, "isolatedNetwork") === true,
    osType: textAt(body, ...inner, "osType") ?? "Linux",
  };
  checkNetwork(context, workspace, request);
  checkCredentials(context, request);
  return request;
}

function checkRegion(location: string): void {
  if (findRegion(location) !== undefined) return;
  throw badRequest(
    "LocationNotAvailableForResourceType",
    `The provided location '${location}' is not available for resource type ` +
      "'Microsoft.MachineLearningServices/workspaces/computes'. List of available regions for the resource type is " +
      `'${regions.map((region) => region.name).join(",")}'.`,
  );
}

/** Rules of azure-facts 2.9. */
function checkNetwork(context: Context, workspace: WorkspaceState, request: ClusterRequest): void {
  const managed = workspace.isolationMode !== "Disabled";
  if (managed && request.subnetId !== undefined) {
    throw refuse(
      context,
      "SubnetNotAllowed",
      "A workspace with a managed network takes no clusters with a subnet of their own.",
    );
  }
  if (managed && request.location !== regionKey(workspace.location)) {
    throw refuse(
      context,
      "RegionNotAllowed",
      "A workspace with a managed network takes clusters in its own region only.",
    );
  }
  if (!request.nodePublicIp && request.subnetId === undefined && !managed) {
    throw refuse(
      context,
      "SubnetRequired",
      "Without public IP a cluster needs a subnet or a workspace with a managed network.",
    );
  }
  if (request.subnetId === undefined) return;
  if (!sameId(subscriptionIdOf(request.subnetId), subscriptionIdOf(workspace.id))) {
    throw refuse(context, "SubnetInOtherSubscription", "The subnet must be in the workspace's subscription.");
  }
  requireLinked(context, "Microsoft.Network/virtualNetworks/subnets/join/action", request.subnetId);
}

function checkCredentials(context: Context, request: ClusterRequest): void {
  const credentials = at(context.body, ...inner, "userAccountCredentials");
  if (credentials === undefined || credentials === null) return;
  const hasSecret =
    textAt(credentials, "adminUserSshPublicKey") !== undefined ||
    textAt(credentials, "adminUserPassword") !== undefined;
  if (request.adminUserName !== undefined && hasSecret) return;
  // An update may come without the secret, which no GET gives back; the handler decides.
  if (request.adminUserName !== undefined && context.world.findCluster(context.path) !== undefined) return;
  throw refuse(context, "InvalidCredentials", "A user name needs a password or an SSH public key.");
}

/** @throws ArmFailure 403 when the caller may not use a linked resource. */
function requireLinked(context: Context, linkedAction: string, linkedScope: string): void {
  if (isAllowed(context.state, context.claims.oid, linkedAction, linkedScope)) return;
  const action = "Microsoft.MachineLearningServices/workspaces/computes/write";
  throw linkedAuthorizationFailed(context.caller, action, context.path, linkedAction, linkedScope);
}

function readTags(value: unknown): Record<string, string> | null {
  if (typeof value !== "object" || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function readRemoteLogin(value: string | undefined): ClusterState["remoteLogin"] {
  return value === "Enabled" || value === "Disabled" ? value : "NotSpecified";
}

/** One kind or the other, never both (azure-docs includes/aml-managed-identity-note.md @58f07eb). */
function readIdentity(context: Context, value: unknown): ClusterRequest["identity"] {
  if (value === undefined || value === null) return undefined;
  const type = (textAt(value, "type") ?? "None").replaceAll(/\s/g, "");
  if (type === "None") return "none";
  if (type.includes(",")) {
    throw refuse(
      context,
      "InvalidIdentity",
      "A compute takes a system-assigned or user-assigned identities, not both.",
    );
  }
  if (type === "SystemAssigned") return { type: "SystemAssigned", userAssignedIds: [] };
  if (type !== "UserAssigned") throw refuse(context, "InvalidIdentity", `The identity type '${type}' is not known.`);
  const ids = Object.keys((at(value, "userAssignedIdentities") as object | undefined) ?? {});
  if (ids.length === 0) throw refuse(context, "InvalidIdentity", "User-assigned needs at least one identity.");
  for (const id of ids) checkUserIdentity(context, id);
  return { type: "UserAssigned", userAssignedIds: ids };
}

function checkUserIdentity(context: Context, id: string): void {
  if (!context.state.identities.some((identity) => sameId(identity.id, id))) {
    const message =
      `Identity operation for resource '${context.path}' failed with error 'Failed to perform resource identity operation. ` +
      `Status: 'NotFound'. Response: 'The Resource '${id}' was not found.''.`;
    throw new ArmFailure(400, { code: "FailedIdentityOperation", message });
  }
  requireLinked(context, "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", id);
}

/** maxNodeCount is required, also by PATCH (API notes 4). @throws ArmFailure 400 */
export function readScale(context: Context, value: unknown): ScaleRequest {
  const max = at(value, "maxNodeCount");
  const min = at(value, "minNodeCount") ?? undefined;
  const idle = textAt(value, "nodeIdleTimeBeforeScaleDown");
  const isCount = (count: unknown): count is number =>
    Number.isSafeInteger(count) && (count as number) >= 0 && (count as number) <= 65_000;
  if (!isCount(max))
    throw refuse(context, "InvalidScaleSettings", "maxNodeCount must be a whole number from 0 to 65000.");
  if (max === 0 && context.switches.maxZero === "refused") {
    throw refuse(context, "InvalidScaleSettings", "maxNodeCount must be at least 1.");
  }
  if (min !== undefined && !isCount(min)) {
    throw refuse(context, "InvalidScaleSettings", "minNodeCount must be a whole number from 0 to 65000.");
  }
  if (min !== undefined && min > max) {
    throw refuse(context, "InvalidScaleSettings", `minNodeCount ${min} must not be above maxNodeCount ${max}.`);
  }
  if (idle !== undefined && parseDuration(idle) === undefined) {
    throw refuse(context, "InvalidScaleSettings", `nodeIdleTimeBeforeScaleDown '${idle}' is not an ISO 8601 duration.`);
  }
  return { max, min, idle };
}

/** The settings that result; the default idle time is 120 s (recorded as `PT2M`). @throws ArmFailure 400 when min > max. */
export function resultingScale(context: Context, request: ScaleRequest, before?: ScaleState): ScaleState {
  const min = request.min ?? before?.min ?? 0;
  if (min > request.max) {
    throw refuse(context, "InvalidScaleSettings", `minNodeCount ${min} must not be above maxNodeCount ${request.max}.`);
  }
  const idle = request.idle ?? before?.idle ?? "PT2M";
  const seconds = parseDuration(idle) ?? 120;
  return {
    min,
    max: request.max,
    idle: context.switches.idleTimeForm === "canonical" ? formatDuration(seconds) : idle,
  };
}

export function refuse(context: Context, code: string, message: string, status = 400): ArmFailure {
  const time = new Date(context.world.now).toISOString();
  return userError(status, code, message, context.url.hostname, time);
}
