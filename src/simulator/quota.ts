import { familyKey, findSize } from "./catalogue";
import { isWithin, regionKey, sameId, subscriptionIdOf } from "./ids";
import { type Allowance, type ClusterState, type ErrorDetail, type QuotaState, type WorldState } from "./model";
import { type Switches } from "./switches";

export type QuotaKind = "total" | "lowPriority" | { readonly family: string };

/** Limits of a region; absent when the subscription has none there, which means no quota at all. */
export function quotaOf(state: WorldState, subscriptionId: string, region: string): QuotaState | undefined {
  return state.quotas.find(
    (quota) => sameId(quota.subscriptionId, subscriptionId) && quota.region === regionKey(region),
  );
}

/** vCPUs that a cluster holds: its machines, those on their way included. */
export function coresHeld(cluster: ClusterState, switches: Switches): number {
  const vCpus = findSize(cluster.vmSize)?.vCpus ?? 0;
  if (switches.quotaCountsUnprovisioned && cluster.provisioningState !== "Failed") return cluster.scale.max * vCpus;
  const nodes = cluster.nodes.filter((node) => node.phase !== "preempted" || switches.preemptedNodesHoldQuota);
  return nodes.length * vCpus;
}

export interface Usage {
  readonly clusters: number;
  readonly dedicated: number;
  readonly lowPriority: number;
  /** By family key and priority. */
  readonly families: ReadonlyMap<string, number>;
  readonly lowPriorityFamilies: ReadonlyMap<string, number>;
}

/** What is in use in a region; compute instances count like dedicated clusters (one quota, product.md 33). */
export function usageOf(state: WorldState, quota: QuotaState, switches: Switches): Usage {
  const inRegion = (id: string, location: string): boolean =>
    sameId(subscriptionIdOf(id), quota.subscriptionId) && regionKey(location) === quota.region;
  const families = new Map<string, number>();
  const lowPriorityFamilies = new Map<string, number>();
  const add = (map: Map<string, number>, vmSize: string, cores: number): void => {
    const key = familyKey(findSize(vmSize)?.family ?? "");
    map.set(key, (map.get(key) ?? 0) + cores);
  };
  for (const [name, allowance] of Object.entries(quota.families)) families.set(familyKey(name), allowance.usedByOthers);
  const clusters = state.clusters.filter((cluster) => inRegion(cluster.id, cluster.location));
  for (const cluster of clusters) {
    add(cluster.lowPriority ? lowPriorityFamilies : families, cluster.vmSize, coresHeld(cluster, switches));
  }
  const others = state.others.filter((other) => inRegion(other.id, other.location));
  for (const other of others) {
    if (other.vmSize !== undefined && other.running) add(families, other.vmSize, findSize(other.vmSize)?.vCpus ?? 0);
  }
  const sum = (map: ReadonlyMap<string, number>): number => [...map.values()].reduce((a, b) => a + b, 0);
  const familyOthers = Object.values(quota.families).reduce((total, family) => total + family.usedByOthers, 0);
  return {
    clusters: quota.totalClusters.usedByOthers + clusters.length + others.length,
    dedicated: sum(families) - familyOthers + quota.totalDedicated.usedByOthers,
    lowPriority: sum(lowPriorityFamilies) + quota.totalLowPriority.usedByOthers,
    families,
    lowPriorityFamilies,
  };
}

export interface Limit {
  readonly kind: "family" | "total" | "workspace" | "lowPriority";
  readonly family: string;
  readonly limit: number;
  readonly left: number;
}

/** Every limit that binds a cluster's nodes, with what is left of it in vCPUs. */
export function limitsFor(state: WorldState, cluster: ClusterState, switches: Switches): readonly Limit[] {
  const quota = quotaOf(state, subscriptionIdOf(cluster.id), cluster.location);
  const family = findSize(cluster.vmSize)?.family ?? "";
  if (quota === undefined) return [{ kind: "total", family, limit: 0, left: 0 }];
  const usage = usageOf(state, quota, switches);
  // With maxima counted, a cluster's own share is not in its way.
  const own = switches.quotaCountsUnprovisioned
    ? coresHeld(cluster, switches) - coresHeld(cluster, { ...switches, quotaCountsUnprovisioned: false })
    : 0;
  if (cluster.lowPriority) {
    const { limit } = quota.totalLowPriority;
    return [{ kind: "lowPriority", family, limit, left: limit - usage.lowPriority + own }];
  }
  const key = familyKey(family);
  const limit = findFamily(quota.families, key)?.limit ?? 0;
  const used = usage.families.get(key) ?? 0;
  const workspaceLimit = findFamily(quota.workspaces[cluster.workspaceId.toLowerCase()] ?? {}, key);
  const inWorkspace = state.clusters
    .filter((other) => isWithin(other.id, cluster.workspaceId) && !other.lowPriority)
    .filter((other) => familyKey(findSize(other.vmSize)?.family ?? "") === key)
    .reduce((total, other) => total + coresHeld(other, switches), 0);
  return [
    { kind: "family", family, limit, left: limit - used + own },
    {
      kind: "total",
      family,
      limit: quota.totalDedicated.limit,
      left: quota.totalDedicated.limit - usage.dedicated + own,
    },
    ...(workspaceLimit === undefined
      ? []
      : [{ kind: "workspace" as const, family, limit: workspaceLimit, left: workspaceLimit - inWorkspace + own }]),
  ];
}

export function findFamily<T>(families: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.entries(families).find(([name]) => familyKey(name) === key)?.[1];
}

/**
 * Why a cluster may not be created: not even one node fits (`ClusterMinNodesExceedCoreQuota`, users' reports verbatim, its
 * misspelling included; minimum 0 does not avoid the check). The message names the limit, not what is left of it, and a
 * recorded create (2025-11-04) passed while the region's total was used up: so the limit is compared by default.
 */
export function createQuotaError(
  state: WorldState,
  cluster: ClusterState,
  switches: Switches,
): ErrorDetail | undefined {
  const nodes = Math.max(1, cluster.scale.min);
  const cores = nodes * (findSize(cluster.vmSize)?.vCpus ?? 0);
  const short = limitsFor(state, cluster, switches).find(
    (limit) => (switches.createComparesQuota === "limit" ? limit.limit : limit.left) < cores,
  );
  if (short === undefined) return undefined;
  const family = short.family
    .replace(/^standard/i, "")
    .replace(/Family$/, "")
    .trim();
  const what = short.kind === "family" || short.kind === "workspace" ? `Standard ${family} family` : "total";
  const toIncrease = what === "total" ? "the total" : "the family";
  return {
    code: "ClusterMinNodesExceedCoreQuota",
    message:
      `The specified subscription has a ${what} vCPU quota of ${short.limit} and cannot accomodate for at least ${nodes} ` +
      `requested managed compute nodes which maps to ${cores} vCPUs. Talk to your Subscription Admin or refer to ` +
      `https://docs.microsoft.com/azure/machine-learning/how-to-manage-quotas#request-quota-increases to increase ` +
      `${toIncrease} quota`,
  };
}

/** Nodes that still fit, and the limit that binds first. */
export function roomFor(state: WorldState, cluster: ClusterState, switches: Switches): { nodes: number; limit: Limit } {
  const vCpus = Math.max(1, findSize(cluster.vmSize)?.vCpus ?? 1);
  const [first, ...rest] = limitsFor(state, cluster, switches);
  const limit = rest.reduce(
    (tightest, next) => (next.left < tightest.left ? next : tightest),
    first ?? { kind: "total", family: "", limit: 0, left: 0 },
  );
  return { nodes: Math.max(0, Math.floor(limit.left / vCpus)), limit };
}

export function exhaust(allowance: Allowance, used: number): void {
  allowance.usedByOthers += Math.max(0, allowance.limit - used);
}
