import { type IdentityDraft, type NetworkDraft, type SshCredential, type SshDraft } from "../core/advancedDraft";
import { type ArmId, isArmId } from "../core/armId";
import { type ClusterDraft } from "../core/draft";
import { ProtocolError, asBoolean, asList, asNumber, asOneOf, asRecord, asText } from "./parse";

/** Generous for a form that takes at most 24: beyond it there is nobody to be kind to. */
export const longestText = 20_000;
/** Sizes and regions are below 40 in every list recorded. */
export const longestWord = 100;
/** Azure takes 50; findings say so. */
const mostTags = 200;
const mostIdentities = 50;

const draftKeys = [
  "name",
  "location",
  "vmSize",
  "vmPriority",
  "minNodeCount",
  "maxNodeCount",
  "idleSecondsBeforeScaleDown",
  "description",
  "tags",
  "ssh",
  "network",
  "nodePublicIp",
  "identity",
  "localAuthDisabled",
] as const satisfies readonly (keyof ClusterDraft)[];

/** A draft with the right types; the pre-flight says whether it makes sense. @throws ProtocolError. */
export function parseDraft(input: unknown): ClusterDraft {
  const draft = asRecord(input, "draft", draftKeys);
  return {
    name: asText(draft.name, "draft.name", longestText),
    location: asRegion(draft.location, "draft.location"),
    vmSize: asText(draft.vmSize, "draft.vmSize", longestWord),
    vmPriority: asOneOf(draft.vmPriority, "draft.vmPriority", ["dedicated", "lowPriority"]),
    minNodeCount: asNumber(draft.minNodeCount, "draft.minNodeCount"),
    maxNodeCount: asNumber(draft.maxNodeCount, "draft.maxNodeCount"),
    idleSecondsBeforeScaleDown: asNumber(draft.idleSecondsBeforeScaleDown, "draft.idleSecondsBeforeScaleDown"),
    description: asText(draft.description, "draft.description", longestText),
    tags: asTags(draft.tags),
    ssh: asSsh(draft.ssh),
    network: asNetwork(draft.network),
    nodePublicIp: asBoolean(draft.nodePublicIp, "draft.nodePublicIp"),
    identity: asIdentity(draft.identity),
    localAuthDisabled: asBoolean(draft.localAuthDisabled, "draft.localAuthDisabled"),
  };
}

/** The region becomes part of a URL: letters and digits only, as in every `location` of ARM; spaces as in display names. */
export function asRegion(value: unknown, path: string): string {
  const region = asText(value, path, longestWord);
  if (!/^[A-Za-z0-9 ]*$/.test(region)) throw new ProtocolError(path, "a region");
  return region;
}

/** The VM size becomes part of a query: letters, digits and `_` only. */
export function asSizeName(value: unknown, path: string): string {
  const name = asText(value, path, longestWord);
  if (!/^\w+$/.test(name)) throw new ProtocolError(path, "a VM size");
  return name;
}

/** Room for a subnet's id: 80 characters for network and subnet each, 90 for the group. */
const longestId = 700;

/** An id of that kind becomes a path: no dot segments, nothing that a URL would read otherwise. */
export function asResourceId(value: unknown, path: string, tail: RegExp): ArmId {
  const id = asText(value, path, longestId);
  const head = /^\/subscriptions\/[\w-]+\/resourceGroups\/[\p{L}\p{N}_().-]+\/providers\//iu.exec(id)?.[0];
  const fits = head !== undefined && tail.test(id.slice(head.length)) && !/\/\.{1,2}(\/|$)/.test(id);
  if (!fits || !isArmId(id)) throw new ProtocolError(path, "a resource's id");
  return id;
}

const subnetTail = /^Microsoft\.Network\/virtualNetworks\/[\w.-]+\/subnets\/[\w.-]+$/i;
const identityTail = /^Microsoft\.ManagedIdentity\/userAssignedIdentities\/[\w-]+$/i;

export function asSubnetId(value: unknown, path: string): ArmId {
  return asResourceId(value, path, subnetTail);
}

export function asIdentityIds(value: unknown, path: string): readonly ArmId[] {
  return asList(value, path, mostIdentities).map((id, index) => asResourceId(id, `${path}[${index}]`, identityTail));
}

function asTags(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ProtocolError("draft.tags", "an object");
  }
  const entries = Object.entries(value);
  if (entries.length > mostTags) throw new ProtocolError("draft.tags", `at most ${mostTags} items`);
  return Object.fromEntries(
    entries.map(([name, text]) => [asText(name, "draft.tags", longestText), asText(text, "draft.tags", longestText)]),
  );
}

function asSsh(value: unknown): SshDraft {
  const ssh = asRecord(value, "draft.ssh", ["enabled", "adminUserName", "credential"]);
  return {
    enabled: asBoolean(ssh.enabled, "draft.ssh.enabled"),
    adminUserName: asText(ssh.adminUserName, "draft.ssh.adminUserName", longestText),
    credential: asCredential(ssh.credential),
  };
}

function asCredential(value: unknown): SshCredential {
  const path = "draft.ssh.credential";
  const { kind } = asRecord(value, path, ["kind"], ["key", "password"]);
  if (asOneOf(kind, `${path}.kind`, ["publicKey", "password"]) === "publicKey") {
    const { key } = asRecord(value, path, ["kind", "key"]);
    return { kind: "publicKey", key: asText(key, `${path}.key`, longestText) };
  }
  const { password } = asRecord(value, path, ["kind", "password"]);
  return { kind: "password", password: asText(password, `${path}.password`, longestText) };
}

function asNetwork(value: unknown): NetworkDraft {
  const path = "draft.network";
  const { kind } = asRecord(value, path, ["kind"], ["subnetId"]);
  if (asOneOf(kind, `${path}.kind`, ["none", "subnet"]) === "none") {
    asRecord(value, path, ["kind"]);
    return { kind: "none" };
  }
  const { subnetId } = asRecord(value, path, ["kind", "subnetId"]);
  return { kind: "subnet", subnetId: asSubnetId(subnetId, `${path}.subnetId`) };
}

function asIdentity(value: unknown): IdentityDraft {
  const path = "draft.identity";
  const { kind } = asRecord(value, path, ["kind"], ["ids"]);
  const known = asOneOf(kind, `${path}.kind`, ["none", "systemAssigned", "userAssigned"]);
  if (known !== "userAssigned") {
    asRecord(value, path, ["kind"]);
    return { kind: known };
  }
  const { ids } = asRecord(value, path, ["kind", "ids"]);
  return { kind: "userAssigned", ids: asIdentityIds(ids, `${path}.ids`) };
}
