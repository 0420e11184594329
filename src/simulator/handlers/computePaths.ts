import { refuse } from "../clusterRequest";
import { type ArmFailure, resourceNotFound } from "../errors";
import { computeScope, type Context } from "../route";

export const computesPath =
  "/subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.MachineLearningServices/workspaces/{w}/computes";
export const computePath = `${computesPath}/{c}`;
/** Beginning of the rights on computes. */
export const computeAction = "Microsoft.MachineLearningServices/workspaces/computes";

/** What GET says of a compute that is not there is recorded nowhere: both likely bodies exist. */
export function absentCompute(context: Context): ArmFailure {
  const { w = "", c = "" } = context.params;
  if (context.switches.absentCompute === "UserError") {
    return refuse(context, "ComputeNotFound", `Compute ${c} is not found in workspace ${w}.`, 404);
  }
  return resourceNotFound(`Microsoft.MachineLearningServices/workspaces/${w}/computes/${c}`, computeScope(context));
}
