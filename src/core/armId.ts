/** The id of an Azure resource or scope, as Azure wrote it. Compare with `sameArmId`, never with `===`: case does not count. */
export type ArmId = string & { readonly __armId: unique symbol };

/** What can be read off an ARM id. Absent parts are undefined; `name` is the last segment. */
export interface ArmIdParts {
  readonly subscriptionId?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly provider?: string | undefined;
  /** Type without the provider, e.g. `workspaces/computes`. */
  readonly type?: string | undefined;
  /** Names of the type's segments in order, e.g. `["ml-west", "gpu-train"]`. */
  readonly names: readonly string[];
  readonly name: string;
}

/** @throws RangeError when the text is not an absolute ARM id. */
export function armId(text: string): ArmId {
  if (!isArmId(text)) throw new RangeError(`Not an ARM resource id: "${text}"`);
  return text;
}

export function isArmId(text: string): text is ArmId {
  return /^\/(subscriptions|tenants|providers)\/[^/]+/i.test(text) && !text.endsWith("/");
}

/** A key under which ids that differ only in case are one: use it for maps and sets. */
export function armKey(id: ArmId): string {
  return id.toLowerCase();
}

export function sameArmId(a: ArmId, b: ArmId): boolean {
  return a === b || armKey(a) === armKey(b);
}

/** Whether `id` is `scope` itself or lies below it. */
export function isWithin(id: ArmId, scope: ArmId): boolean {
  return sameArmId(id, scope) || armKey(id).startsWith(`${armKey(scope)}/`);
}

export function parseArmId(id: ArmId): ArmIdParts {
  const segments = id.split("/").slice(1);
  const after = (word: string): string | undefined => {
    const at = segments.findIndex((segment) => segment.toLowerCase() === word);
    return at < 0 ? undefined : segments[at + 1];
  };
  const providerAt = segments.map((segment) => segment.toLowerCase()).lastIndexOf("providers");
  const tail = providerAt < 0 ? [] : segments.slice(providerAt + 2);
  return {
    subscriptionId: after("subscriptions"),
    resourceGroup: after("resourcegroups"),
    provider: providerAt < 0 ? undefined : segments[providerAt + 1],
    type: providerAt < 0 ? undefined : tail.filter((_, index) => index % 2 === 0).join("/"),
    names: tail.filter((_, index) => index % 2 === 1),
    name: segments.at(-1) ?? "",
  };
}

/** The id's last name, e.g. the cluster's or the workspace's. */
export function nameOf(id: ArmId): string {
  return parseArmId(id).name;
}

export function subscriptionScope(subscriptionId: string): ArmId {
  return armId(`/subscriptions/${subscriptionId}`);
}

/** `/subscriptions/…` of a resource. @throws RangeError for an id outside any subscription. */
export function subscriptionOf(id: ArmId): ArmId {
  const { subscriptionId } = parseArmId(id);
  if (subscriptionId === undefined) throw new RangeError(`No subscription in "${id}"`);
  return subscriptionScope(subscriptionId);
}

/** `/subscriptions/…/resourceGroups/…` of a resource. @throws RangeError when the id has no resource group. */
export function resourceGroupOf(id: ArmId): ArmId {
  const { subscriptionId, resourceGroup } = parseArmId(id);
  if (subscriptionId === undefined || resourceGroup === undefined) throw new RangeError(`No resource group in "${id}"`);
  return armId(`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`);
}

/** The workspace that a compute belongs to. @throws RangeError when the id is not a workspace's or a compute's. */
export function workspaceOf(id: ArmId): ArmId {
  const found = /^.*?\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+/i.exec(id);
  if (found === null) throw new RangeError(`No workspace in "${id}"`);
  return armId(found[0]);
}

export function clusterId(workspace: ArmId, name: string): ArmId {
  return armId(`${workspace}/computes/${name}`);
}
