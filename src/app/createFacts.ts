import { type Region, regionKey } from "../core/account";
import { type ArmId, armId, armKey, subscriptionOf } from "../core/armId";
import { type Permission, type ResourceLock, type VirtualNetwork } from "../core/compute";
import { type ClusterDraft } from "../core/draft";
import { asAzureMlError, isAbort } from "../core/errors";
import { type UserAssignedIdentity } from "../core/identity";
import { type ClusterFact, type NameElsewhere, type PreflightFacts, type Unavailable } from "../core/preflight/facts";
import { type RegionQuota } from "../core/quota";
import { type RegionCandidate } from "../core/regionComparison";
import { type VmSize, vmSizeKey } from "../core/vmSize";
import { type Workspace, hasManagedNetwork } from "../core/workspace";
import { type AzureMl } from "./ports";

export interface CreateFacts {
  /** The workspace's own region first; the only one where its managed network binds clusters to it. */
  readonly regions: readonly Region[];
  readonly takenNames: readonly string[];
}

/** What the create form needs before it can be filled in. @throws AzureMlError when the names cannot be read. */
export async function gatherCreateFacts(
  azureMl: AzureMl,
  workspace: Workspace,
  signal?: AbortSignal,
): Promise<CreateFacts> {
  const [listed, computes] = await Promise.all([
    attempt(azureMl.listRegions(subscriptionOf(workspace.id), signal)),
    azureMl.listComputes(workspace.id, signal),
  ]);
  // Not being allowed to list regions leaves the workspace's own.
  const regions = isMissing(listed) ? [] : listed;
  const own = regions.find((region) => regionKey(region.name) === regionKey(workspace.location)) ?? {
    name: workspace.location,
    displayName: workspace.location,
  };
  const others = regions
    .filter((region) => regionKey(region.name) !== regionKey(own.name))
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
  return { regions: hasManagedNetwork(workspace) ? [own] : [own, ...others], takenNames: computes.names };
}

export interface RegionFacts {
  readonly vmSizes: readonly VmSize[];
  readonly quota?: RegionQuota | undefined;
  /** Why `quota` is missing, for the screen. */
  readonly quotaProblem?: string | undefined;
  readonly workspaceLimits?: Readonly<Record<string, number>> | undefined;
  readonly workspaceLimitsProblem?: string | undefined;
}

/** Sizes of a region and the quota for them; a quota that cannot be read does not stop anybody. */
export async function gatherRegionFacts(
  azureMl: AzureMl,
  workspace: ArmId,
  region: string,
  signal?: AbortSignal,
): Promise<RegionFacts> {
  const subscription = subscriptionOf(workspace);
  const [vmSizes, quota, limits] = await Promise.all([
    azureMl.listVmSizes(subscription, region, signal),
    attempt(azureMl.getQuota(subscription, region, signal)),
    attempt(azureMl.listWorkspaceQuota(workspace, region, signal)),
  ]);
  return {
    vmSizes,
    ...(isMissing(quota) ? { quotaProblem: quota.unavailable } : { quota }),
    ...(isMissing(limits) ? { workspaceLimitsProblem: limits.unavailable } : { workspaceLimits: limits }),
  };
}

/** What one region says of one size, for the comparison of regions: of its sizes only that one. */
export async function gatherRegionCandidate(
  azureMl: AzureMl,
  workspace: ArmId,
  region: Region,
  vmSize: string,
  signal?: AbortSignal,
): Promise<RegionCandidate> {
  const subscription = subscriptionOf(workspace);
  const [sizes, quota, workspaceLimits] = await Promise.all([
    attempt(azureMl.listVmSizes(subscription, region.name, signal)),
    attempt(azureMl.getQuota(subscription, region.name, signal)),
    attempt(azureMl.listWorkspaceQuota(workspace, region.name, signal)),
  ]);
  const vmSizes = isMissing(sizes) ? sizes : sizes.filter((size) => vmSizeKey(size.name) === vmSizeKey(vmSize));
  return { region, vmSizes, quota, workspaceLimits };
}

export interface WorkspaceSurroundings {
  readonly locks: readonly ResourceLock[] | Unavailable;
  readonly workspacePermissions: readonly Permission[] | Unavailable;
  readonly virtualNetworks: readonly VirtualNetwork[] | Unavailable;
  readonly identities: readonly UserAssignedIdentity[] | Unavailable;
  readonly clusters: readonly ClusterFact[] | Unavailable;
}

/** What lies around a workspace. Each part fails by itself: what may not be read is not checked, and stops nobody. */
export async function gatherSurroundings(
  azureMl: AzureMl,
  workspace: ArmId,
  signal?: AbortSignal,
): Promise<WorkspaceSurroundings> {
  const subscription = subscriptionOf(workspace);
  const [locks, workspacePermissions, virtualNetworks, identities, listing] = await Promise.all([
    attempt(azureMl.listLocks(workspace, signal)),
    attempt(azureMl.listPermissions(workspace, signal)),
    attempt(azureMl.listVirtualNetworks(subscription, signal)),
    attempt(azureMl.listIdentities(subscription, signal)),
    attempt(azureMl.listComputes(workspace, signal)),
  ]);
  const clusters = isMissing(listing)
    ? listing
    : listing.clusters.map(({ id, name, provisioningState }) => ({ id, name, provisioningState }));
  return { locks, workspacePermissions, virtualNetworks, identities, clusters };
}

export interface ChosenParts {
  readonly subnetId: ArmId | null;
  readonly identityIds: readonly ArmId[];
}

export type ChoiceFactsRead = Pick<PreflightFacts, "networkLocks" | "subnetPermissions"> & {
  readonly identityPermissions: NonNullable<PreflightFacts["identityPermissions"]>;
};

/** Rights on what the draft names, and locks on its network and the group of that. */
export async function gatherChoices(
  azureMl: AzureMl,
  { subnetId, identityIds }: ChosenParts,
  signal?: AbortSignal,
): Promise<ChoiceFactsRead> {
  const permissions = await Promise.all(
    identityIds.map(async (id) => [armKey(id), await attempt(azureMl.listPermissions(id, signal))] as const),
  );
  const identityPermissions = Object.fromEntries(permissions);
  if (subnetId === null) return { identityPermissions };
  const network = armId(subnetId.slice(0, subnetId.toLowerCase().lastIndexOf("/subnets/")));
  const [networkLocks, subnetPermissions] = await Promise.all([
    attempt(azureMl.listLocks(network, signal)),
    attempt(azureMl.listPermissions(subnetId, signal)),
  ]);
  return { identityPermissions, networkLocks, subnetPermissions };
}

/** Everything that a draft is held against, read afresh, for the moment before the request. */
export async function gatherPreflightFacts(
  azureMl: AzureMl,
  workspace: Workspace,
  draft: ClusterDraft,
  known: { readonly nameTaken: boolean; readonly namesElsewhere?: readonly NameElsewhere[] | undefined },
  signal?: AbortSignal,
): Promise<PreflightFacts> {
  const subscription = subscriptionOf(workspace.id);
  const subnetId = draft.network.kind === "subnet" ? draft.network.subnetId : null;
  const identityIds = draft.identity.kind === "userAssigned" ? draft.identity.ids : [];
  const [regions, vmSizes, quota, workspaceLimits, around, choices] = await Promise.all([
    attempt(azureMl.listRegions(subscription, signal)),
    attempt(azureMl.listVmSizes(subscription, draft.location, signal)),
    attempt(azureMl.getQuota(subscription, draft.location, signal)),
    attempt(azureMl.listWorkspaceQuota(workspace.id, draft.location, signal)),
    gatherSurroundings(azureMl, workspace.id, signal),
    gatherChoices(azureMl, { subnetId, identityIds }, signal),
  ]);
  return {
    workspace,
    takenNames: known.nameTaken ? [draft.name] : [],
    namesElsewhere: known.namesElsewhere,
    regions: isMissing(regions) ? regions : regions.map((region) => region.name),
    vmSizes,
    quota,
    workspaceLimits,
    ...around,
    ...choices,
  };
}

/** The value, or why it could not be read; giving up still rejects. */
async function attempt<T extends object>(reading: Promise<T>): Promise<T | Unavailable> {
  try {
    return await reading;
  } catch (error) {
    if (isAbort(error)) throw error;
    return { unavailable: asAzureMlError(error).message };
  }
}

function isMissing(value: object): value is Unavailable {
  return "unavailable" in value && typeof value.unavailable === "string";
}
