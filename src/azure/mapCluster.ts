import { type ArmId, armId, isArmId, nameOf } from "../core/armId";
import {
  type ClusterNode,
  type ComputeCluster,
  type NodeCounts,
  type NodeState,
  type ScaleSettings,
} from "../core/cluster";
import { secondsOfDuration } from "../core/duration";
import { type AssignedIdentity, type ClusterIdentity } from "../core/identity";
import { defaultIdleSeconds } from "../core/draft";
import { readClusterErrors } from "./errorBody";
import { type Fields, fieldsOf, numberOf, propertiesOf, tagsOf, textOf } from "./looseJson";

/** The type of compute that is a cluster, in the service's word. */
const clusterType = "amlcompute";

/** `properties.computeType` of a compute; `Unknown` where it has none. */
export function computeTypeOf(compute: unknown): string {
  return textOf(propertiesOf(compute)["computeType"]) ?? "Unknown";
}

export function isCluster(compute: unknown): boolean {
  return computeTypeOf(compute).toLowerCase() === clusterType;
}

/** What a compute is called: its `name`, else the end of its id. */
export function computeNameOf(compute: unknown): string | undefined {
  const { name, id } = fieldsOf(compute);
  const text = textOf(id);
  return textOf(name) ?? (text !== undefined && isArmId(text) ? nameOf(text) : undefined);
}

/**
 * The SDK's or the service's own compute of type AmlCompute → core. Any field may be null or absent (azure-api/NOTES 0.3).
 * @param fallbackId used where the answer carries no id. @param spell the catalogue's spelling of an upper-case VM size.
 */
export function mapCluster(compute: unknown, fallbackId: ArmId, spell: (vmSize: string) => string): ComputeCluster {
  const envelope = fieldsOf(compute);
  const outer = propertiesOf(compute);
  const inner = fieldsOf(outer["properties"]);
  const id = idOf(envelope["id"]) ?? fallbackId;
  const workspaceLocation = textOf(envelope["location"]) ?? "";
  return {
    id,
    name: computeNameOf(compute) ?? nameOf(id),
    location: textOf(outer["computeLocation"]) ?? workspaceLocation,
    workspaceLocation,
    description: textOf(outer["description"]),
    tags: tagsOf(envelope["tags"]),
    provisioningState: textOf(outer["provisioningState"]) ?? "Unknown",
    provisioningErrors: readClusterErrors(outer["provisioningErrors"]),
    createdOn: textOf(outer["createdOn"]),
    modifiedOn: textOf(outer["modifiedOn"]),
    vmSize: spell(textOf(inner["vmSize"]) ?? ""),
    vmPriority: /^low/i.test(textOf(inner["vmPriority"]) ?? "") ? "lowPriority" : "dedicated",
    scaleSettings: mapScale(fieldsOf(inner["scaleSettings"])),
    allocationState: mapAllocationState(inner["allocationState"]),
    allocationStateTransitionTime: textOf(inner["allocationStateTransitionTime"]),
    currentNodeCount: countOf(inner["currentNodeCount"]),
    targetNodeCount: countOf(inner["targetNodeCount"]),
    nodeCounts: mapNodeCounts(fieldsOf(inner["nodeStateCounts"])),
    errors: readClusterErrors(inner["errors"]),
    identity: mapIdentity(envelope["identity"]),
    subnetId: idOf(fieldsOf(inner["subnet"])["id"]),
    remoteLogin: mapRemoteLogin(inner["remoteLoginPortPublicAccess"]),
    adminUserName: textOf(fieldsOf(inner["userAccountCredentials"])["adminUserName"]),
    nodePublicIp: inner["enableNodePublicIp"] !== false,
    localAuthDisabled: outer["disableLocalAuth"] === true,
  };
}

function mapScale(scale: Fields): ScaleSettings {
  const idle = textOf(scale["nodeIdleTimeBeforeScaleDown"]);
  return {
    minNodeCount: countOf(scale["minNodeCount"]),
    maxNodeCount: countOf(scale["maxNodeCount"]),
    idleSecondsBeforeScaleDown: (idle === undefined ? undefined : secondsOfDuration(idle)) ?? defaultIdleSeconds,
  };
}

/** The service writes `Steady` and `Resizing`; its documents also write them in lower case (azure-facts 2.6). */
function mapAllocationState(value: unknown): ComputeCluster["allocationState"] {
  const state = textOf(value)?.toLowerCase();
  return state === "steady" || state === "resizing" ? state : "unknown";
}

function mapRemoteLogin(value: unknown): ComputeCluster["remoteLogin"] {
  const access = textOf(value)?.toLowerCase();
  return access === "enabled" || access === "disabled" ? access : "notSpecified";
}

function mapNodeCounts(counts: Fields): NodeCounts {
  return {
    idle: countOf(counts["idleNodeCount"]),
    running: countOf(counts["runningNodeCount"]),
    preparing: countOf(counts["preparingNodeCount"]),
    unusable: countOf(counts["unusableNodeCount"]),
    leaving: countOf(counts["leavingNodeCount"]),
    preempted: countOf(counts["preemptedNodeCount"]),
  };
}

function countOf(value: unknown): number {
  return Math.max(0, Math.trunc(numberOf(value) ?? 0));
}

function idOf(value: unknown): ArmId | undefined {
  const text = textOf(value);
  return text !== undefined && isArmId(text) ? armId(text) : undefined;
}

/** `SystemAssigned,UserAssigned` is in the enum though clusters take one kind: read as user-assigned (core/identity). */
function mapIdentity(value: unknown): ClusterIdentity {
  const identity = fieldsOf(value);
  const type = textOf(identity["type"])?.toLowerCase() ?? "";
  if (type.includes("userassigned")) {
    return { kind: "userAssigned", identities: mapAssigned(identity["userAssignedIdentities"]) };
  }
  if (!type.includes("systemassigned")) return { kind: "none" };
  return {
    kind: "systemAssigned",
    principalId: textOf(identity["principalId"]),
    tenantId: textOf(identity["tenantId"]),
  };
}

function mapAssigned(map: unknown): readonly AssignedIdentity[] {
  return Object.entries(fieldsOf(map)).flatMap(([key, value]) => {
    const id = idOf(key);
    const { principalId, clientId } = fieldsOf(value);
    return id === undefined ? [] : [{ id, principalId: textOf(principalId), clientId: textOf(clientId) }];
  });
}

const nodeStates: readonly string[] = [
  "idle",
  "running",
  "preparing",
  "unusable",
  "leaving",
  "preempted",
] satisfies NodeState[];

/** One entry of `listNodes`. @returns undefined for an entry without an id, which nothing could be done with. */
export function mapNode(node: unknown): ClusterNode | undefined {
  const fields = fieldsOf(node);
  const nodeId = textOf(fields["nodeId"]);
  if (nodeId === undefined) return undefined;
  const state = textOf(fields["nodeState"])?.toLowerCase() ?? "";
  return {
    nodeId,
    state: isNodeState(state) ? state : "unknown",
    privateIpAddress: textOf(fields["privateIpAddress"]),
    publicIpAddress: textOf(fields["publicIpAddress"]),
    port: numberOf(fields["port"]),
    runId: textOf(fields["runId"]),
  };
}

function isNodeState(text: string): text is NodeState {
  return nodeStates.includes(text);
}
