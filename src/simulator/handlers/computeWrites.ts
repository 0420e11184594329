import { checkName, readClusterRequest, readScale, refuse, resultingScale } from "../clusterRequest";
import { clusterBody, writeBody } from "../computeBody";
import { ArmFailure } from "../errors";
import { type Answer, ok } from "../http";
import { nameOf, sameId } from "../ids";
import { type ClusterState, type IdentitySetting, type WorkspaceState } from "../model";
import { operationHeaders } from "../operationUrl";
import { nextGuid } from "../random";
import { at, computeScope, type Context, requireObject, type Route, workspaceScope } from "../route";
import { absentCompute, computeAction, computePath } from "./computePaths";

const write = { pattern: computePath, action: `${computeAction}/write`, scope: computeScope, lock: "write" } as const;

export const computeWriteRoutes: readonly Route[] = [
  { method: "PUT", ...write, handle: put },
  { method: "PATCH", ...write, handle: patch },
  { method: "DELETE", ...write, action: `${computeAction}/delete`, lock: "delete", handle: remove },
];

function put(context: Context): Answer {
  requireObject(context);
  const { world } = context;
  const id = computeScope(context);
  const home = world.findWorkspace(workspaceScope(context));
  if (home === undefined) throw absentCompute(context);
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
  if (typeof request.identity === "object") cluster.identity = successor(context, cluster.identity, request.identity);
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

/** A system-assigned identity lives as long as its kind is chosen; the next one is another principal, without its roles. */
function successor({ state }: Context, before: IdentitySetting | undefined, wanted: IdentitySetting): IdentitySetting {
  if (wanted.type !== "SystemAssigned") return wanted;
  return before?.type === "SystemAssigned" ? before : { ...wanted, principalId: nextGuid(state) };
}

/** PATCH takes scale settings only; what else stands in the body is ignored. Answers 202 (recorded), not the spec's 200. */
function patch(context: Context): Answer {
  requireObject(context);
  const { world, state, switches } = context;
  const cluster = world.findCluster(computeScope(context));
  if (cluster === undefined) throw absentCompute(context);
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
