import { clusterBody } from "../computeBody";
import { type Answer, ok } from "../http";
import { sameId } from "../ids";
import { otherComputeBody } from "../otherComputeBody";
import { pageOf } from "../paging";
import { computeScope, type Context, type Route, workspaceScope } from "../route";
import { absentCompute, computeAction, computePath, computesPath } from "./computePaths";

const read = `${computeAction}/read`;

export const computeReadRoutes: readonly Route[] = [
  { method: "GET", pattern: computesPath, action: read, scope: workspaceScope, handle: list },
  { method: "GET", pattern: computePath, action: read, scope: computeScope, handle: get },
];

/** Computes of every type, by name. */
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
  throw absentCompute(context);
}
