import { type AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { type Clock } from "../app/ports";
import { type Region, regionKey } from "../core/account";
import { type ArmId, armKey, parseArmId } from "../core/armId";
import { type RegionQuota } from "../core/quota";
import { type VmSize, vmSizeKey } from "../core/vmSize";
import { type ArmRest } from "./armRest";
import { fieldsOf, listOf, textOf } from "./looseJson";
import { mapQuota, mapWorkspaceQuota } from "./mapQuota";
import { mapVmSize } from "./mapVmSize";

export interface CatalogueParts {
  readonly client: (subscriptionId: string) => AzureMachineLearningWorkspaces;
  readonly rest: ArmRest;
  readonly clock: Clock;
}

const dayMs = 86_400_000;

/** What a region offers and allows: sizes (some 250 KB per answer, so kept for a day), quota, regions. */
export class Catalogue {
  readonly #sizes = new Map<string, { readonly at: number; readonly sizes: readonly VmSize[] }>();
  readonly #spellings = new Map<string, string>();

  constructor(private readonly parts: CatalogueParts) {}

  async listVmSizes(subscription: ArmId, region: string, signal: AbortSignal): Promise<readonly VmSize[]> {
    const key = `${armKey(subscription)} ${regionKey(region)}`;
    const kept = this.#sizes.get(key);
    const now = this.parts.clock.now();
    if (kept !== undefined && now - kept.at < dayMs) return kept.sizes;
    const client = this.parts.client(subscriptionIdOf(subscription));
    const answer = await client.virtualMachineSizes.list(regionKey(region), { abortSignal: signal });
    const sizes = listOf(answer.value)
      .map(mapVmSize)
      .filter((size) => size !== undefined);
    this.#sizes.set(key, { at: now, sizes });
    for (const { name } of sizes) this.#spellings.set(vmSizeKey(name), name);
    return sizes;
  }

  /** The service answers sizes in upper case; where any region's list was seen, its spelling is given back. */
  spell(vmSize: string): string {
    return this.#spellings.get(vmSizeKey(vmSize)) ?? vmSize;
  }

  async getQuota(subscription: ArmId, region: string, signal: AbortSignal): Promise<RegionQuota> {
    const client = this.parts.client(subscriptionIdOf(subscription));
    return mapQuota(await collect(client.usages.list(regionKey(region), { abortSignal: signal })));
  }

  async listWorkspaceQuota(
    workspace: ArmId,
    region: string,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, number>>> {
    const client = this.parts.client(subscriptionIdOf(workspace));
    const rows = await collect(client.quotas.list(regionKey(region), { abortSignal: signal }));
    return mapWorkspaceQuota(rows, workspace);
  }

  /** The provider names regions as people read them ("East US", recorded 2022); the subscription's list has both names. */
  async listRegions(subscription: ArmId, signal: AbortSignal): Promise<readonly Region[]> {
    const [provider, locations] = await Promise.all([
      this.parts.rest.read({
        path: `${subscription}/providers/Microsoft.MachineLearningServices`,
        apiVersion: "2021-04-01",
        signal,
      }),
      this.parts.rest.list({ path: `${subscription}/locations`, apiVersion: "2022-12-01", signal }),
    ]);
    const offered = new Set(offeredIn(provider).map(regionKey));
    return locations
      .map(mapRegion)
      .filter((region) => region !== undefined)
      .filter((region) => offered.has(regionKey(region.name)) || offered.has(regionKey(region.displayName)))
      .sort((a, b) => a.displayName.localeCompare(b.displayName));
  }

  clear(): void {
    this.#sizes.clear();
  }
}

function mapRegion(row: unknown): Region | undefined {
  const { name: technical, displayName } = fieldsOf(row);
  const name = textOf(technical);
  return name === undefined ? undefined : { name, displayName: textOf(displayName) ?? name };
}

function offeredIn(provider: unknown): readonly string[] {
  const types = listOf(fieldsOf(provider)["resourceTypes"]).map(fieldsOf);
  const locationsOf = (type: string): readonly string[] =>
    types
      .filter((entry) => textOf(entry["resourceType"])?.toLowerCase() === type)
      .flatMap((entry) => listOf(entry["locations"]))
      .map(textOf)
      .filter((location) => location !== undefined);
  const ofComputes = locationsOf("workspaces/computes");
  return ofComputes.length > 0 ? ofComputes : locationsOf("workspaces");
}

function subscriptionIdOf(id: ArmId): string {
  const { subscriptionId } = parseArmId(id);
  if (subscriptionId === undefined) throw new RangeError(`No subscription in "${id}"`);
  return subscriptionId;
}

async function collect(pages: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for await (const item of pages) items.push(item);
  return items;
}
