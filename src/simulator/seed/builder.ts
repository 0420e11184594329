import { familyKey, findSize, recordedFamilies, recordedTotals } from "../catalogue";
import { groupIdOf } from "../ids";
import {
  type ClusterState,
  type NodePhase,
  type OtherComputeState,
  type QuotaState,
  type WorkspaceState,
  type WorldState,
} from "../model";
import { formatNodeId } from "../nodes";
import { guidOf, nextGuid } from "../random";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Puts a world together; what a call leaves out is ordinary. Ids follow from names, so they are the same in every run. */
export class WorldBuilder {
  readonly state: WorldState;

  /** `now`: simulated milliseconds since the epoch. */
  constructor(now: number, seed: number, personName: string) {
    this.state = {
      now,
      random: seed,
      person: { objectId: guidOf(`person ${personName}`), name: personName },
      tenants: [],
      subscriptions: [],
      groups: [],
      workspaces: [],
      clusters: [],
      others: [],
      identities: [],
      networks: [],
      locks: [],
      roles: [],
      operations: [],
      quotas: [],
      deletedSizes: {},
    };
  }

  tenant(displayName: string, domain: string): string {
    const tenantId = guidOf(`tenant ${domain}`);
    this.state.tenants.push({ tenantId, displayName, domain });
    return tenantId;
  }

  /** @returns the subscription's ARM id. */
  subscription(tenantId: string, displayName: string, subscriptionId = guidOf(`subscription ${displayName}`)): string {
    this.state.subscriptions.push({ subscriptionId, tenantId, displayName, state: "Enabled" });
    return `/subscriptions/${subscriptionId}`;
  }

  group(subscription: string, name: string, location: string): string {
    const id = `${subscription}/resourceGroups/${name}`;
    this.state.groups.push({ id, location });
    return id;
  }

  role(scope: string, role: string): void {
    const principalId = this.state.person.objectId;
    this.state.roles.push({ scope, name: guidOf(`assignment ${scope} ${role}`), role, principalId });
  }

  /** A role of a managed identity. */
  grant(scope: string, role: string, principalId: string): void {
    this.state.roles.push({ scope, name: guidOf(`assignment ${scope} ${role} ${principalId}`), role, principalId });
  }

  lock(scope: string, name: string, level: "CanNotDelete" | "ReadOnly", notes: string): void {
    this.state.locks.push({ scope, name, level, notes });
  }

  identity(group: string, name: string, location: string): string {
    const id = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    this.state.identities.push({ id, location });
    return id;
  }

  workspace(group: string, name: string, location: string, more: Partial<WorkspaceState> = {}): string {
    const id = `${group}/providers/Microsoft.MachineLearningServices/workspaces/${name}`;
    this.state.workspaces.push({
      id,
      location,
      kind: "Default",
      friendlyName: name,
      description: "",
      isolationMode: "Disabled",
      publicNetworkAccess: "Enabled",
      privateLinkCount: 0,
      tags: {},
      createdAt: this.state.now - 200 * day,
      ...more,
    });
    return id;
  }

  /** Limits of a region: `families` gives vCPUs by family name, `others` is for all that are not named. */
  quota(
    subscription: string,
    region: string,
    limits: { total: number; lowPriority: number; others: number; families?: Readonly<Record<string, number>> },
  ): QuotaState {
    const named = Object.entries(limits.families ?? {}).map(([name, limit]) => [familyKey(name), limit] as const);
    const wanted = new Map(named);
    const quota: QuotaState = {
      subscriptionId: subscription.slice("/subscriptions/".length),
      region,
      totalClusters: { limit: recordedTotals.clusters.limit, usedByOthers: 0 },
      totalDedicated: { limit: limits.total, usedByOthers: 0 },
      totalLowPriority: { limit: limits.lowPriority, usedByOthers: 0 },
      families: Object.fromEntries(
        recordedFamilies.map(({ name }) => [
          name,
          { limit: wanted.get(familyKey(name)) ?? limits.others, usedByOthers: 0 },
        ]),
      ),
      workspaces: {},
    };
    this.state.quotas.push(quota);
    return quota;
  }

  cluster(workspaceId: string, name: string, vmSize: string, more: ClusterSeed = {}): ClusterState {
    const { state } = this;
    const { nodes = {}, min = 0, max = 4, idle = "PT2M", sinceMs = 3 * hour, jobs = 0, ...fields } = more;
    const location = state.workspaces.find((workspace) => workspace.id === workspaceId)?.location ?? "eastus";
    const cluster: ClusterState = {
      id: `${workspaceId}/computes/${name}`,
      workspaceId,
      workspaceLocation: location,
      location,
      description: null,
      tags: {},
      createdOn: state.now - 30 * day,
      modifiedOn: state.now - sinceMs,
      provisioningState: "Succeeded",
      provisioningErrors: [],
      // The service answers in upper case; sizes it does not know any more stay as they were sent.
      vmSize: findSize(vmSize)?.name ?? vmSize,
      lowPriority: false,
      osType: "Linux",
      scale: { min, max, idle },
      remoteLogin: "Disabled",
      nodePublicIp: true,
      localAuthDisabled: false,
      isolatedNetwork: false,
      allocationState: "Steady",
      allocationStateSince: state.now - sinceMs,
      errors: [],
      target: 0,
      nodes: [],
      jobs: [],
      addresses: 0,
      ...fields,
    };
    for (const [phase, count] of Object.entries(nodes)) this.#addNodes(cluster, phase as NodePhase, count, sinceMs);
    cluster.target = fields.target ?? cluster.nodes.filter((node) => node.phase !== "leaving").length;
    this.#addJobs(cluster, jobs);
    state.clusters.push(cluster);
    return cluster;
  }

  other(workspaceId: string, name: string, more: Partial<OtherComputeState>): void {
    const location = this.state.workspaces.find((workspace) => workspace.id === workspaceId)?.location ?? "eastus";
    this.state.others.push({
      id: `${workspaceId}/computes/${name}`,
      workspaceId,
      location,
      computeType: "ComputeInstance",
      running: true,
      createdOn: this.state.now - 12 * day,
      ...more,
    });
  }

  #addNodes(cluster: ClusterState, phase: NodePhase, count: number, sinceMs: number): void {
    const { state } = this;
    const moving = phase === "allocating" || phase === "preparing" || phase === "leaving";
    for (let index = 0; index < count; index++) {
      cluster.addresses++;
      cluster.nodes.push({
        id: formatNodeId(state, cluster.lowPriority),
        phase,
        since: state.now - (moving ? minute : sinceMs),
        address: cluster.addresses,
        // Long enough to be seen in a demo that runs fast.
        ...(moving ? { until: state.now + 20 * minute + index * 30_000 } : {}),
      });
    }
  }

  /** Running nodes get work for a month, in `count` jobs (one when there are running nodes and none was said). */
  #addJobs(cluster: ClusterState, count: number): void {
    const running = cluster.nodes.filter((node) => node.phase === "running");
    const jobs = Math.min(running.length, Math.max(count, running.length > 0 ? 1 : 0));
    for (let index = 0; index < jobs; index++) {
      const share = running.filter((_, position) => position % jobs === index);
      const id = `demo_${nextGuid(this.state).slice(0, 8)}`;
      cluster.jobs.push({ id, nodes: share.length, seconds: 30 * 86_400, endsAt: this.state.now + 30 * day });
      for (const node of share) node.jobId = id;
    }
  }
}

export interface ClusterSeed extends Partial<Omit<ClusterState, "nodes" | "jobs">> {
  readonly nodes?: Partial<Record<NodePhase, number>>;
  readonly min?: number;
  readonly max?: number;
  readonly idle?: string;
  /** For how long it has been like this. */
  readonly sinceMs?: number;
  readonly jobs?: number;
}

export function networkIn(
  builder: WorldBuilder,
  group: string,
  name: string,
  location: string,
  subnets: WorldState["networks"][number]["subnets"],
): string {
  const id = `${groupIdOf(group)}/providers/Microsoft.Network/virtualNetworks/${name}`;
  builder.state.networks.push({ id, location, addressPrefix: "10.20.0.0/16", subnets });
  return id;
}
