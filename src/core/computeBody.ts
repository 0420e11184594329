import * as l10n from "@vscode/l10n";
import { type IdentityDraft } from "./advancedDraft";
import { AzureMlError } from "./errors";

/** A JSON object as ARM sends and takes it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What a PUT may say of a cluster, level by level (swagger 2022-10-01 to 2024-04-01, the same; azure-api/NOTES 4). Official
 * clients send these and nothing else back.
 */
const writable = {
  envelope: ["location", "tags", "sku", "identity", "properties"],
  compute: ["computeType", "computeLocation", "description", "disableLocalAuth", "properties"],
  cluster: [
    "osType",
    "vmSize",
    "vmPriority",
    "virtualMachineImage",
    "isolatedNetwork",
    "scaleSettings",
    "userAccountCredentials",
    "subnet",
    "remoteLoginPortPublicAccess",
    "enableNodePublicIp",
    "propertyBag",
  ],
} as const;

/** What only the service writes: read-only in the swagger, or state by its name. `resourceId` is for attached computes. */
const readOnly = {
  envelope: ["id", "name", "type", "systemData", "etag"],
  compute: [
    "provisioningState",
    "provisioningErrors",
    "provisioningWarnings",
    "createdOn",
    "modifiedOn",
    "isAttachedCompute",
    "resourceId",
  ],
  cluster: [
    "allocationState",
    "allocationStateTransitionTime",
    "currentNodeCount",
    "targetNodeCount",
    "nodeStateCounts",
    "errors",
  ],
} as const;

type Level = keyof typeof writable;

/**
 * The body of the PUT that gives a cluster another identity and leaves all else as it is: a PUT replaces the compute, so
 * everything that GET gave goes back (azure-api/NOTES 5). The SSH password is never given out and cannot be sent.
 * @param current the whole answer of a GET; a write's own answer is a projection and is refused.
 * @throws AzureMlError `invalid` when something is missing without which the PUT could change the cluster.
 */
export function identityPutBody(current: unknown, choice: IdentityDraft): JsonObject {
  const body = writableBody(current);
  assertWhole(body);
  return { ...body, identity: identityBody(choice) };
}

/** The part of a GET's answer that a PUT can carry, its identity in the form of a request. The same for the same settings. */
export function writableBody(current: unknown): JsonObject {
  const envelope = asObject(current);
  const compute = asObject(envelope["properties"]);
  const cluster = asObject(compute["properties"]);
  return withoutMissing({
    ...pick(envelope, "envelope"),
    identity: requestIdentity(envelope["identity"]),
    properties: withoutMissing({
      ...pick(compute, "compute"),
      properties: withoutMissing({
        ...pick(cluster, "cluster"),
        userAccountCredentials: credentialsWithoutSecrets(cluster["userAccountCredentials"]),
        propertyBag: hasContent(cluster["propertyBag"]) ? cluster["propertyBag"] : undefined,
      }),
    }),
  });
}

/**
 * Paths of settings that GET gave, that are set, and that the PUT leaves out because no specification says that it may carry
 * them: Azure may reset them, so people should know. E.g. `properties.properties.enableBatchPrivateLink`.
 */
export function leftOut(current: unknown): readonly string[] {
  const envelope = asObject(current);
  const compute = asObject(envelope["properties"]);
  return [
    ...unknownKeys(envelope, "envelope"),
    ...unknownKeys(compute, "compute").map((key) => `properties.${key}`),
    ...unknownKeys(asObject(compute["properties"]), "cluster").map((key) => `properties.properties.${key}`),
  ];
}

/** The identity as a request spells it: the user-assigned ones are the keys of a map, in the order given. */
export function identityBody(choice: IdentityDraft): JsonObject {
  switch (choice.kind) {
    case "none":
      return { type: "None" };
    case "systemAssigned":
      return { type: "SystemAssigned" };
    case "userAssigned":
      return { type: "UserAssigned", userAssignedIdentities: Object.fromEntries(choice.ids.map((id) => [id, {}])) };
  }
}

function requestIdentity(value: unknown): JsonObject | undefined {
  const { type, userAssignedIdentities } = asObject(value);
  if (typeof type !== "string") return undefined;
  const ids = Object.keys(asObject(userAssignedIdentities));
  return ids.length === 0 ? { type } : { type, userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) };
}

/** Without a user name the service would refuse the object; the password is not in any answer, and must not be in ours. */
function credentialsWithoutSecrets(value: unknown): JsonObject | undefined {
  const { adminUserName, adminUserSshPublicKey } = asObject(value);
  return typeof adminUserName === "string" ? withoutMissing({ adminUserName, adminUserSshPublicKey }) : undefined;
}

function assertWhole(body: JsonObject): void {
  const compute = asObject(body["properties"]);
  const cluster = asObject(compute["properties"]);
  const isCluster = String(compute["computeType"]).toLowerCase() === "amlcompute";
  const needed = [
    body["location"],
    cluster["vmSize"],
    cluster["vmPriority"],
    asObject(cluster["scaleSettings"])["maxNodeCount"],
  ];
  if (isCluster && needed.every((value) => value !== undefined)) return;
  throw new AzureMlError({
    kind: "invalid",
    message: l10n.t(
      "Azure's description of the cluster is incomplete, so it cannot be sent back. Refresh and try again.",
    ),
  });
}

function pick(source: JsonObject, level: Level): JsonObject {
  return withoutMissing(Object.fromEntries(writable[level].map((key) => [key, source[key]])));
}

/** Nulls mean "not set"; they are left out at every depth, as official clients do. */
function withoutMissing(source: JsonObject): JsonObject {
  const entries = Object.entries(source).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, isObject(value) ? withoutMissing(value) : value]));
}

function unknownKeys(source: JsonObject, level: Level): readonly string[] {
  const known = new Set<string>([...writable[level], ...readOnly[level]]);
  return Object.keys(source).filter((key) => !known.has(key) && hasContent(source[key]));
}

/** False for what a service gives for "nothing": null, false, "", 0, `{}` and `[]`. */
function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
