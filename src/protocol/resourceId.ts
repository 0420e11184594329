import { type ArmId, isArmId } from "../core/armId";
import { ProtocolError, asText } from "./parse";

/** Room for an id's parts: a group has at most 90 characters, a workspace 33, a compute 24 (resource-name-rules, 2026-01). */
const longestId = 400;

const clusterPattern =
  /^\/subscriptions\/[\w-]+\/resourceGroups\/[\p{L}\p{N}_().-]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[\w.-]+\/computes\/[\w.-]+$/iu;

/** The id becomes a path: no dot segments, nothing that a URL would read otherwise. @throws ProtocolError otherwise. */
export function asClusterId(value: unknown, path: string): ArmId {
  const id = asText(value, path, longestId);
  if (!isArmId(id) || !clusterPattern.test(id) || /\/\.{1,2}(\/|$)/.test(id)) {
    throw new ProtocolError(path, "a cluster's id");
  }
  return id;
}
