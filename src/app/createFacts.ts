import { type Region, regionKey } from "../core/account";
import { type ArmId, subscriptionOf } from "../core/armId";
import { asAzureMlError, isAbort } from "../core/errors";
import { type RegionQuota } from "../core/quota";
import { type VmSize } from "../core/vmSize";
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
  const [regions, computes] = await Promise.all([
    listRegionsOrNone(azureMl, workspace, signal),
    azureMl.listComputes(workspace.id, signal),
  ]);
  const own = regions.find((region) => regionKey(region.name) === regionKey(workspace.location)) ?? {
    name: workspace.location,
    displayName: workspace.location,
  };
  const others = regions
    .filter((region) => regionKey(region.name) !== regionKey(own.name))
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
  return { regions: hasManagedNetwork(workspace) ? [own] : [own, ...others], takenNames: computes.names };
}

/** Not being allowed to list regions leaves the workspace's own. */
async function listRegionsOrNone(
  azureMl: AzureMl,
  workspace: Workspace,
  signal?: AbortSignal,
): Promise<readonly Region[]> {
  try {
    return await azureMl.listRegions(subscriptionOf(workspace.id), signal);
  } catch (error) {
    if (isAbort(error)) throw error;
    return [];
  }
}

export interface RegionFacts {
  readonly vmSizes: readonly VmSize[];
  readonly quota?: RegionQuota | undefined;
  /** Why `quota` is missing, for the screen. */
  readonly quotaProblem?: string | undefined;
}

/** Sizes of a region and the quota for them; a quota that cannot be read does not stop anybody. */
export async function gatherRegionFacts(
  azureMl: AzureMl,
  workspace: ArmId,
  region: string,
  signal?: AbortSignal,
): Promise<RegionFacts> {
  const subscription = subscriptionOf(workspace);
  const quota = azureMl.getQuota(subscription, region, signal).then(
    (value) => ({ quota: value }),
    (error: unknown) => {
      if (isAbort(error)) throw error;
      return { quotaProblem: asAzureMlError(error).message };
    },
  );
  const [vmSizes, quotaFacts] = await Promise.all([azureMl.listVmSizes(subscription, region, signal), quota]);
  return { vmSizes, ...quotaFacts };
}
