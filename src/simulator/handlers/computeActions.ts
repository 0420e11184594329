import { isAllowed } from "../access";
import { refuse } from "../clusterRequest";
import { ArmFailure, authorizationFailed, scopeLocked } from "../errors";
import { type Answer } from "../http";
import { locksOver } from "../locks";
import { nodeBody, visibleNodes } from "../nodes";
import { pageOf } from "../paging";
import { computeScope, type Context, type Route } from "../route";
import { absentCompute, computeAction, computePath } from "./computePaths";

export const computeActionRoutes: readonly Route[] = [
  { method: "POST", pattern: `${computePath}/listNodes`, scope: computeScope, handle: listNodes },
  { method: "GET", pattern: `${computePath}/listNodes`, scope: computeScope, handle: nextNodes },
  {
    method: "POST",
    pattern: `${computePath}/{verb}`,
    action: `${computeAction}/write`,
    scope: computeScope,
    handle: startOrStop,
  },
];

function listNodes(context: Context): Answer {
  const { state, switches } = context;
  const id = computeScope(context);
  requireNodeRight(context, id);
  const lock = locksOver(state, id).find((one) => one.level === "ReadOnly");
  if (lock !== undefined && switches.readOnlyLockBlocksActions) throw scopeLocked(id, "write", [lock.scope]);
  const other = context.world.findOther(id);
  if (other !== undefined) {
    // The text is the service's (azure-rest-api-specs-examples#5127); its code was not reported.
    const message = `ComputeListNodes with computeType ${other.computeType} is not supported.`;
    throw refuse(context, "NotSupported", message);
  }
  const cluster = context.world.findCluster(id);
  if (cluster === undefined) throw absentCompute(context);
  const nodes = visibleNodes(cluster).map((node) => nodeBody(state, cluster, node));
  return pageOf(context, nodes, "nodes", { computeType: "AmlCompute" });
}

/** A plain Reader may lack the right, since listNodes is an action: a switch. */
function requireNodeRight(context: Context, id: string): void {
  const { state, claims, switches } = context;
  const right = `${computeAction}/listNodes/action`;
  if (isAllowed(state, claims.oid, right, id)) return;
  if (switches.readerMayListNodes && isAllowed(state, claims.oid, `${computeAction}/read`, id)) return;
  throw authorizationFailed(context.caller, right, id);
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
