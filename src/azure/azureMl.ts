import * as l10n from "@vscode/l10n";
import { type AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { type AzureMl, type Clock, type SubscriptionListing } from "../app/ports";
import { type Region, type Tenant } from "../core/account";
import { type ArmId, clusterId, nameOf } from "../core/armId";
import { type ComputeCluster, type ScaleSettings } from "../core/cluster";
import {
  type ComputeListing,
  type NodeListing,
  type Permission,
  type ResourceLock,
  type RetailPrice,
  type VirtualNetwork,
} from "../core/compute";
import { type JsonObject } from "../core/computeBody";
import { type ClusterDraft } from "../core/draft";
import { AzureMlError } from "../core/errors";
import { type UserAssignedIdentity } from "../core/identity";
import { type PendingOperation } from "../core/operation";
import { type RegionQuota } from "../core/quota";
import { type VmSize } from "../core/vmSize";
import { type Workspace } from "../core/workspace";
import { type RoleAssignment, type RoleName } from "../core/workspaceRoles";
import { mlApiVersion } from "./armPipelines";
import { type ArmRest } from "./armRest";
import { Catalogue } from "./catalogue";
import { type Cloud } from "./cloud";
import { Computes, isAbsent } from "./computes";
import { type TenantsOfSubscriptions, listSubscriptions, listTenants } from "./directory";
import { mapError } from "./mapError";
import { mapWorkspace } from "./mapWorkspace";
import { Operations } from "./operations";
import { type Prices } from "./prices";
import { Roles } from "./roles";
import { Surroundings } from "./surroundings";

export interface AdapterParts {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly rest: ArmRest;
  readonly prices: Prices;
  readonly tenants: TenantsOfSubscriptions;
  readonly client: (subscriptionId: string) => AzureMachineLearningWorkspaces;
  readonly pollMs: number;
  readonly serviceNow: () => number;
}

/** The port over its parts: every call ends when the adapter is disposed of, and fails with one kind of error. */
export class AzureMlAdapter implements AzureMl {
  readonly #running = new Set<AbortController>();
  #disposed = false;
  readonly #computes: Computes;
  readonly #operations: Operations;
  readonly #catalogue: Catalogue;
  readonly #surroundings: Surroundings;
  readonly #roles: Roles;

  constructor(private readonly parts: AdapterParts) {
    this.#catalogue = new Catalogue(parts);
    this.#computes = new Computes({ ...parts, spell: (vmSize) => this.#catalogue.spell(vmSize) });
    this.#surroundings = new Surroundings(parts.rest);
    this.#roles = new Roles(parts.rest);
    this.#operations = new Operations({ ...parts, getCluster: (cluster, signal) => this.getCluster(cluster, signal) });
  }

  listTenants(signal?: AbortSignal): Promise<readonly Tenant[]> {
    return this.#run(signal, (until) => listTenants(this.parts.rest, until));
  }

  listSubscriptions(signal?: AbortSignal): Promise<SubscriptionListing> {
    const { rest, tenants, clock } = this.parts;
    return this.#run(signal, (until) =>
      listSubscriptions(rest, tenants, (error) => mapError(error, { signal: until, now: clock.now() }), until),
    );
  }

  /** By REST: the SDK's model of a workspace drops what newer versions added inside `properties`. */
  listWorkspaces(subscription: ArmId, signal?: AbortSignal): Promise<readonly Workspace[]> {
    const path = `${subscription}/providers/Microsoft.MachineLearningServices/workspaces`;
    return this.#run(signal, async (until) => {
      const rows = await this.parts.rest.list({ path, apiVersion: mlApiVersion, signal: until });
      return rows.map(mapWorkspace).filter((workspace) => workspace !== undefined);
    });
  }

  getWorkspace(workspace: ArmId, signal?: AbortSignal): Promise<Workspace> {
    return this.#run(signal, async (until) => {
      const answer = await this.parts.rest.read({ path: workspace, apiVersion: mlApiVersion, signal: until });
      const found = mapWorkspace(answer);
      if (found === undefined) {
        throw new AzureMlError({
          kind: "unknown",
          message: l10n.t("Azure's answer does not describe {0}.", nameOf(workspace)),
        });
      }
      return found;
    });
  }

  listRegions(subscription: ArmId, signal?: AbortSignal): Promise<readonly Region[]> {
    return this.#run(signal, (until) => this.#catalogue.listRegions(subscription, until));
  }

  listComputes(workspace: ArmId, signal?: AbortSignal): Promise<ComputeListing> {
    return this.#run(signal, (until) => this.#computes.list(workspace, until));
  }

  getCluster(cluster: ArmId, signal?: AbortSignal): Promise<ComputeCluster | undefined> {
    return this.#unlessAbsent(signal, (until) => this.#computes.get(cluster, until));
  }

  getClusterJson(cluster: ArmId, signal?: AbortSignal): Promise<unknown> {
    return this.#run(signal, (until) =>
      this.parts.rest.read({ path: cluster, apiVersion: mlApiVersion, signal: until }),
    );
  }

  listNodes(cluster: ArmId, signal?: AbortSignal): Promise<NodeListing> {
    return this.#run(signal, (until) => this.#computes.listNodes(cluster, until));
  }

  beginCreate(workspace: Workspace, draft: ClusterDraft, signal?: AbortSignal): Promise<PendingOperation> {
    const cluster = clusterId(workspace.id, draft.name);
    return this.#run(signal, (until) => this.#operations.beginCreate(workspace, cluster, draft, until));
  }

  beginUpdate(cluster: ArmId, body: JsonObject, signal?: AbortSignal): Promise<PendingOperation | undefined> {
    return this.#run(signal, (until) => this.#operations.beginUpdate(cluster, body, until));
  }

  beginScale(cluster: ArmId, scale: ScaleSettings, signal?: AbortSignal): Promise<PendingOperation | undefined> {
    return this.#run(signal, (until) => this.#operations.beginScale(cluster, scale, until));
  }

  beginDelete(cluster: ArmId, signal?: AbortSignal): Promise<PendingOperation | undefined> {
    return this.#unlessAbsent(signal, (until) => this.#operations.beginDelete(cluster, until));
  }

  finish(operation: PendingOperation, signal?: AbortSignal): Promise<void> {
    return this.#run(signal, (until) => this.#operations.finish(operation, until));
  }

  listVmSizes(subscription: ArmId, region: string, signal?: AbortSignal): Promise<readonly VmSize[]> {
    return this.#run(signal, (until) => this.#catalogue.listVmSizes(subscription, region, until));
  }

  getQuota(subscription: ArmId, region: string, signal?: AbortSignal): Promise<RegionQuota> {
    return this.#run(signal, (until) => this.#catalogue.getQuota(subscription, region, until));
  }

  listWorkspaceQuota(
    workspace: ArmId,
    region: string,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, number>>> {
    return this.#run(signal, (until) => this.#catalogue.listWorkspaceQuota(workspace, region, until));
  }

  listLocks(scope: ArmId, signal?: AbortSignal): Promise<readonly ResourceLock[]> {
    return this.#run(signal, (until) => this.#surroundings.listLocks(scope, until));
  }

  async deleteLock(lock: ArmId, signal?: AbortSignal): Promise<void> {
    await this.#unlessAbsent(signal, (until) => this.#surroundings.deleteLock(lock, until));
  }

  listIdentities(subscription: ArmId, signal?: AbortSignal): Promise<readonly UserAssignedIdentity[]> {
    return this.#run(signal, (until) => this.#surroundings.listIdentities(subscription, until));
  }

  getIdentity(identity: ArmId, signal?: AbortSignal): Promise<UserAssignedIdentity | undefined> {
    return this.#unlessAbsent(signal, (until) => this.#surroundings.getIdentity(identity, until));
  }

  listRoleAssignments(scope: ArmId, principalId: string, signal?: AbortSignal): Promise<readonly RoleAssignment[]> {
    return this.#run(signal, (until) => this.#roles.list(scope, principalId, until));
  }

  assignRole(scope: ArmId, role: RoleName, principalId: string, signal?: AbortSignal): Promise<void> {
    return this.#run(signal, (until) => this.#roles.assign(scope, role, principalId, until));
  }

  listVirtualNetworks(subscription: ArmId, signal?: AbortSignal): Promise<readonly VirtualNetwork[]> {
    return this.#run(signal, (until) => this.#surroundings.listVirtualNetworks(subscription, until));
  }

  listPermissions(scope: ArmId, signal?: AbortSignal): Promise<readonly Permission[]> {
    return this.#run(signal, (until) => this.#surroundings.listPermissions(scope, until));
  }

  getRetailPrice(
    region: string,
    vmSize: string,
    currency: string,
    signal?: AbortSignal,
  ): Promise<RetailPrice | undefined> {
    const spelled = this.#catalogue.spell(vmSize);
    return this.#run(signal, (until) => this.parts.prices.get(region, spelled, currency, until));
  }

  serviceNow(): number {
    return this.parts.serviceNow();
  }

  dispose(): void {
    this.#disposed = true;
    for (const stop of this.#running) stop.abort();
    this.#catalogue.clear();
    this.parts.prices.clear();
  }

  /**
   * @param work is given a signal of its own, which fires with the caller's and on dispose. Signals that outlive the call
   * keep nothing of it.
   */
  async #run<T>(signal: AbortSignal | undefined, work: (until: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const giveUp = (): void => stop.abort();
    if (this.#disposed || signal?.aborted === true) giveUp();
    signal?.addEventListener("abort", giveUp, { once: true });
    this.#running.add(stop);
    try {
      return await work(stop.signal);
    } catch (error) {
      throw mapError(error, { signal: stop.signal, now: this.parts.clock.now() });
    } finally {
      signal?.removeEventListener("abort", giveUp);
      this.#running.delete(stop);
    }
  }

  async #unlessAbsent<T>(
    signal: AbortSignal | undefined,
    work: (until: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await this.#run(signal, work);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }
}
