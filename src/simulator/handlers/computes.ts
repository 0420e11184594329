import { isAllowed } from "../access";
import { clusterBody, writeBody } from "../computeBody";
import { checkName, readClusterRequest, readScale, refuse, resultingScale } from "../clusterRequest";
import { ArmFailure, resourceNotFound } from "../errors";
import { type Answer, ok } from "../http";
import { groupIdOf, isWithin, nameOf, sameId } from "../ids";
import { locksOver } from "../locks";
import { type ClusterState, type WorkspaceState } from "../model";
import { nodeBody, visibleNodes } from "../nodes";
import { operationHeaders } from "../operationUrl";
import { otherComputeBody } from "../otherComputeBody";
import { pageOf } from "../paging";
import { at, computeScope, type Context, requireObject, type Route, workspaceScope } from "../route";

const workspace = "/subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.MachineLearningServices/workspaces/{w}";
const action = "Microsoft.MachineLearningServices/workspaces/computes";

export const computeRoutes: readonly Route[] = [
  { method: "GET", pattern: `${workspace}/computes`, action: `${action}/read`, scope: workspaceScope, handle: list },
  { method: "GET", pattern: `${workspace}/computes/{c}`, action: `${action}/read`, scope: computeScope, handle: get },
  {
    method: "PUT",
    pattern: `${workspace}/computes/{c}`,
    action: `${action}/write`,
    scope: computeScope,
    lock: "write",
    handle: put,
  },
  {
    method: "PATCH",
    pattern: `${workspace}/computes/{c}`,
    action: `${action}/write`,
    scope: computeScope,
    lock: "write",
    handle: patch,
  },
  {
    method: "DELETE",
    pattern: `${workspace}/computes/{c}`,
    action: `${action}/delete`,
    scope: computeScope,
    lock: "delete",
    handle: remove,
  },
  { method: "POST", pattern: `${workspace}/computes/{c}/listNodes`, scope: computeScope, handle: listNodes },
  { method: "GET", pattern: `${workspace}/computes/{c}/listNodes`, scope: computeScope, handle: nextNodes },
  {
    method: "POST",
    pattern: `${workspace}/computes/{c}/{verb}`,
    action: `${action}/write`,
    scope: computeScope,
    handle: startOrStop,
  },
];

function list(context: Context): Answer {
  const { state, switches } = context;
  const scope = workspaceScope(context);
  const clusters = state.clusters
    .filter((cluster) => sameId(cluster.workspaceId, scope))
    .map((cluster) => clusterBody(state, cluster, switches, "list"));
  const others = state.others.filter((other) => sameId(other.workspaceId, scope));
  const all = [...clusters, ...others.map((other) => otherComputeBody(state, other))];
  return pageOf(
    context,
    all.sort((a, b) => String(a["name"]).localeCompare(String(b["name"]), "en")),
  );
}

function get(context: Context): Answer {
  const id = computeScope(context);
  const cluster = context.world.findCluster(id);
  if (cluster !== undefined) return ok(clusterBody(context.state, cluster, context.switches));
  const other = context.world.findOther(id);
  if (other !== undefined) return ok(otherComputeBody(context.state, other));
  throw absent(context);
}

/** What GET says of a compute that is not there is recorded nowhere: both likely bodies exist. */
function absent(context: Context): ArmFailure {
  const { w = "", c = "" } = context.params;
  if (context.switches.absentCompute === "UserError") {
    return refuse(context, "ComputeNotFound", `Compute ${c} is not found in workspace ${w}.`, 404);
  }
  return resourceNotFound(`Microsoft.MachineLearningServices/workspaces/${w}/computes/${c}`, computeScope(context));
}

function put(context: Context): Answer {
  requireObject(context);
  const { world } = context;
  const id = computeScope(context);
  const home = world.findWorkspace(workspaceScope(context));
  if (home === undefined) throw absent(context);
  if (world.findOther(id) !== undefined) {
    throw refuse(context, "ComputeTypeCannotChange", `${nameOf(id)} is a compute of another type.`);
  }
  const existing = world.findCluster(id);
  if (existing !== undefined) refuseWhileBusy(context, existing);
  return existing !== undefined && existing.provisioningState === "Succeeded"
    ? replace(context, home, existing)
    : create(context, home, existing);
}

function create(context: Context, home: WorkspaceState, failed: ClusterState | undefined): Answer {
  const { world, state, switches } = context;
  const name = context.params["c"] ?? "";
  checkName(name);
  const request = readClusterRequest(context, home);
  const id = `${home.id}/computes/${name}`;
  const oldSize = switches.sameNameRecreate === "keepsOldSize" ? state.deletedSizes[id.toLowerCase()] : undefined;
  const cluster: ClusterState = {
    id,
    workspaceId: home.id,
    workspaceLocation: home.location,
    location: request.location,
    description: request.description,
    tags: request.tags,
    createdOn: world.now,
    modifiedOn: world.now,
    provisioningState: "Creating",
    provisioningErrors: [],
    vmSize: oldSize ?? request.vmSize,
    lowPriority: request.lowPriority,
    osType: request.osType,
    scale: resultingScale(context, request.scale),
    remoteLogin: request.remoteLogin,
    nodePublicIp: request.nodePublicIp,
    localAuthDisabled: request.localAuthDisabled,
    isolatedNetwork: request.isolatedNetwork,
    allocationState: "Steady",
    allocationStateSince: world.now,
    errors: [],
    target: 0,
    nodes: [],
    jobs: [],
    addresses: 0,
    ...(request.subnetId === undefined ? {} : { subnetId: request.subnetId }),
    ...(request.adminUserName === undefined ? {} : { adminUserName: request.adminUserName }),
    ...(typeof request.identity === "object" ? { identity: request.identity } : {}),
  };
  state.clusters = [...state.clusters.filter((other) => other !== failed), cluster];
  const operation = world.startCreate(cluster);
  const body = writeBody(state, cluster, {
    provisioningState: "Creating",
    vmSize: request.vmSize,
    max: cluster.scale.max,
    min: cluster.scale.min,
    idle: request.scale.idle ?? null,
    remoteLogin: request.remoteLogin,
    existing: false,
  });
  return { status: 201, body, headers: operationHeaders(context, operation) };
}

/**
 * PUT on an existing cluster: scale, tags and identity change, all else is accepted, echoed and ignored
 * (terraform#15825, azure-rest-api-specs#18889). Answers 201 again (recorded).
 */
function replace(context: Context, home: WorkspaceState, cluster: ClusterState): Answer {
  const { world, state, switches } = context;
  const request = readClusterRequest(context, home);
  if (cluster.adminUserName !== undefined && request.adminUserName === undefined) {
    if (switches.sshUpdateWithoutCredentials === "refused") {
      throw refuse(context, "MissingCredentials", "The cluster has SSH: userAccountCredentials is required.");
    }
  }
  if (request.identity === "none" && cluster.identity !== undefined && switches.identityToNone === "refused") {
    throw refuse(context, "InvalidIdentity", "The identity of a compute cannot be removed.");
  }
  const scale = resultingScale(context, request.scale, cluster.scale);
  const keeps = request.identity === undefined && switches.putWithoutIdentity === "keeps";
  if (typeof request.identity === "object") cluster.identity = request.identity;
  else if (!keeps) delete cluster.identity;
  cluster.tags = request.tags ?? cluster.tags;
  if (switches.descriptionUpdate === "accepted") cluster.description = request.description;
  const operation = world.startUpdate(cluster, { scale });
  const body = writeBody(state, cluster, {
    provisioningState: "Creating",
    vmSize: request.vmSize,
    max: scale.max,
    min: scale.min,
    idle: request.scale.idle ?? null,
    remoteLogin: request.remoteLogin,
    existing: true,
  });
  return { status: 201, body, headers: operationHeaders(context, operation) };
}

/** PATCH takes scale settings only; what else stands in the body is ignored. Answers 202 (recorded), not the spec's 200. */
function patch(context: Context): Answer {
  requireObject(context);
  const { world, state, switches } = context;
  const cluster = world.findCluster(computeScope(context));
  if (cluster === undefined) throw absent(context);
  refuseWhileBusy(context, cluster);
  const request = readScale(context, at(context.body, "properties", "properties", "scaleSettings"));
  const scale = resultingScale(context, request, cluster.scale);
  const unchanged =
    scale.min === cluster.scale.min && scale.max === cluster.scale.max && scale.idle === cluster.scale.idle;
  if (unchanged && switches.unchangedPatch === "done200") return ok(clusterBody(state, cluster, switches));
  const operation = world.startUpdate(cluster, { scale });
  const body = writeBody(state, cluster, {
    provisioningState: "Updating",
    vmSize: cluster.vmSize,
    max: scale.max,
    min: scale.min,
    idle: request.idle ?? null,
    remoteLogin: "NotSpecified",
    existing: true,
  });
  return { status: 202, body, headers: operationHeaders(context, operation) };
}

function remove(context: Context): Answer {
  const { world, state } = context;
  const id = computeScope(context);
  const how = context.url.searchParams.get("underlyingResourceAction");
  if (how === null)
    throw refuse(context, "MissingParameter", "The query parameter underlyingResourceAction is required.");
  if (!/^(delete|detach)$/i.test(how)) {
    throw refuse(context, "InvalidParameter", `underlyingResourceAction must be Delete or Detach, not '${how}'.`);
  }
  if (world.findOther(id) !== undefined) {
    state.others = state.others.filter((other) => !sameId(other.id, id));
    world.changes++;
    return { status: 200 };
  }
  const cluster = world.findCluster(id);
  if (cluster === undefined) return { status: 204 };
  if (/^detach$/i.test(how) && context.switches.detachCluster === "refused") {
    throw refuse(context, "DetachNotSupported", "A compute of type AmlCompute cannot be detached, only deleted.");
  }
  refuseWhileBusy(context, cluster);
  return { status: 202, headers: operationHeaders(context, world.startDelete(cluster)) };
}

/** What the service says of a second write is unknown; 409 is likely. */
function refuseWhileBusy(context: Context, cluster: ClusterState): void {
  const busy = ["Creating", "Updating", "Deleting"].includes(cluster.provisioningState);
  if (!busy || context.switches.concurrentWrites === "accepted") return;
  const message = `The compute ${nameOf(cluster.id)} is in state ${cluster.provisioningState}. Try again when that has ended.`;
  throw new ArmFailure(409, { code: "Conflict", message });
}

function listNodes(context: Context): Answer {
  const { state, switches } = context;
  const id = computeScope(context);
  requireNodeRight(context, id);
  const lock = locksOver(state, id).find((one) => one.level === "ReadOnly");
  if (lock !== undefined && switches.readOnlyLockBlocksActions) {
    throw new ArmFailure(409, {
      code: "ScopeLocked",
      message: `The scope '${groupIdOf(id)}' cannot perform write operation because it is locked.`,
    });
  }
  const other = context.world.findOther(id);
  if (other !== undefined) {
    // The text is the service's (azure-rest-api-specs-examples#5127); its code was not reported.
    const message = `ComputeListNodes with computeType ${other.computeType} is not supported.`;
    throw refuse(context, "NotSupported", message);
  }
  const cluster = context.world.findCluster(id);
  if (cluster === undefined) throw absent(context);
  const nodes = visibleNodes(cluster).map((node) => nodeBody(state, cluster, node));
  return pageOf(context, nodes, "nodes", { computeType: "AmlCompute" });
}

function requireNodeRight(context: Context, id: string): void {
  const { state, claims, switches } = context;
  const right = `${action}/listNodes/action`;
  if (isAllowed(state, claims.oid, right, id)) return;
  if (switches.readerMayListNodes && isAllowed(state, claims.oid, `${action}/read`, id)) return;
  throw new ArmFailure(403, forbidden(context, right, id));
}

function forbidden(context: Context, right: string, scope: string): { code: string; message: string } {
  const { caller } = context;
  return {
    code: "AuthorizationFailed",
    message:
      `The client '${caller.name}' with object id '${caller.objectId}' does not have authorization to perform action ` +
      `'${right}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  };
}

/** Later pages of nodes: the SDK asks with GET, the specification knows only POST. */
function nextNodes(context: Context): Answer {
  if (context.switches.nodePaging === "get" && context.url.searchParams.has("$skip")) return listNodes(context);
  throw new ArmFailure(405, {
    code: "HttpMethodNotAllowed",
    message: "The requested resource does not support http method 'GET'.",
  });
}

/** Clusters have no start and stop: minimum 0 and waiting is their stop. */
function startOrStop(context: Context): Answer {
  const verb = context.params["verb"] ?? "";
  const other = context.world.findOther(computeScope(context));
  if (other?.computeType === "ComputeInstance" && /^(start|stop|restart)$/i.test(verb)) {
    other.running = !/^stop$/i.test(verb);
    context.world.changes++;
    return { status: 202 };
  }
  throw refuse(context, "NotSupported", `${verb} with this type of compute is not supported.`);
}

/** All computes of a workspace, for those who count. */
export function computesOf(context: Context, workspaceId: string): readonly ClusterState[] {
  return context.state.clusters.filter((cluster) => isWithin(cluster.id, workspaceId));
}
