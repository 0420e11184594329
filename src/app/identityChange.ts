import * as l10n from "@vscode/l10n";
import { type IdentityDraft } from "../core/advancedDraft";
import { type ArmId, nameOf } from "../core/armId";
import { type JsonObject, identityPutBody, isObject, writableBody } from "../core/computeBody";
import { AzureMlError } from "../core/errors";
import { type BodyDifference, changedByOthers, threeWay } from "../core/threeWay";
import { type AzureMl } from "./ports";

export interface IdentityChangeRequest {
  readonly cluster: ArmId;
  /** The answer to GET that the person has seen. */
  readonly base: unknown;
  readonly choice: IdentityDraft;
}

export type IdentityChangeOutcome =
  | { readonly accepted: true }
  /** Nothing was sent. `json` is the cluster as it is now. */
  | { readonly accepted: false; readonly differences: readonly BodyDifference[]; readonly json: unknown };

/**
 * Gives a cluster another identity by PUT: a PATCH carries none (azure-facts 2.2). A PUT replaces the whole compute, so its body
 * is made from a second GET just before; what somebody else has changed since the first is given back instead of sent.
 * @param send takes the body to Azure and returns when it has been accepted.
 * @throws AzureMlError `notFound` when the cluster is gone, `conflict` when it is being changed or its creation failed (a PUT
 *   would create it anew), and what `send` throws.
 */
export async function changeIdentity(
  azureMl: Pick<AzureMl, "getClusterJson">,
  { cluster, base, choice }: IdentityChangeRequest,
  send: (body: JsonObject) => Promise<void>,
  signal?: AbortSignal,
): Promise<IdentityChangeOutcome> {
  const json = await azureMl.getClusterJson(cluster, signal);
  refuseUnlessSettled(cluster, json);
  const body = identityPutBody(json, choice);
  const differences = threeWay(writableBody(base), identityPutBody(base, choice), writableBody(json));
  if (changedByOthers(differences).length > 0) return { accepted: false, differences, json };
  await send(body);
  return { accepted: true };
}

function refuseUnlessSettled(cluster: ArmId, json: unknown): void {
  const properties = isObject(json) ? json["properties"] : undefined;
  const state = isObject(properties) ? properties["provisioningState"] : undefined;
  if (typeof state !== "string" || state.toLowerCase() === "succeeded") return;
  throw new AzureMlError({
    kind: "conflict",
    code: "ClusterNotReady",
    message: l10n.t(
      "{0} is in state {1}. Its identity can be changed when that has ended well.",
      nameOf(cluster),
      state,
    ),
  });
}
