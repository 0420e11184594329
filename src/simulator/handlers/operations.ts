import { ArmFailure } from "../errors";
import { type Answer } from "../http";
import { type Context, type Route } from "../route";

export const operationRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern:
      "/subscriptions/{s}/providers/Microsoft.MachineLearningServices/locations/{l}/computeOperationsStatus/{id}",
    handle: status,
  },
];

/** InProgress, then Succeeded (recorded) or Failed with the error that the compute's provisioningErrors repeat. */
function status({ state, switches, params }: Context): Answer {
  const operation = state.operations.find((candidate) => candidate.id === params["id"]);
  if (operation === undefined) {
    throw new ArmFailure(404, { code: "NotFound", message: `The operation '${params["id"] ?? ""}' was not found.` });
  }
  if (operation.status === "Succeeded") return { status: 200, body: { status: "Succeeded", percentComplete: 100 } };
  if (operation.status === "Failed") return { status: 200, body: { status: "Failed", error: operation.error } };
  const retry = switches.operationRetryAfterSeconds;
  const headers: Record<string, string> = retry === undefined ? {} : { "retry-after": String(retry) };
  return { status: 200, body: { status: "InProgress" }, headers };
}
