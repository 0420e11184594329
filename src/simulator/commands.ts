import { secondsOf } from "./allocation";
import { endJob, enterPhase } from "./jobs";
import { type SimClock } from "./clock";
import { familyKey } from "./catalogue";
import { sameId, subscriptionIdOf } from "./ids";
import { type Allowance, type ClusterState } from "./model";
import { exhaust, findFamily, quotaOf, usageOf } from "./quota";
import { nextGuid } from "./random";
import { timings } from "./timings";
import { type World } from "./world";

/** The lock that `setGroupLock` sets and removes. */
const lockName = "simulated-lock";

/** What people may do to a simulated world and to no other. All throw an Error in plain words when it cannot be done. */
export interface SimulationCommands {
  /** Submits a job that wants that many nodes of a cluster for `seconds` (default 600). @returns the run's id. */
  readonly runJob: (clusterId: string, nodes: number, seconds?: number) => string;
  /** Takes nodes of a low-priority cluster back; a job on one of them ends. @returns how many were taken. */
  readonly preemptNodes: (clusterId: string, count: number) => number;
  readonly makeNodeUnusable: (clusterId: string) => void;
  /** Sets or, with undefined, removes all locks of the group. */
  readonly setGroupLock: (groupId: string, level: "CanNotDelete" | "ReadOnly" | undefined) => void;
  /** Lets others use up what is left. `what`: `total`, `lowPriority` or a VM family's name. `subscriptionId` may be an ARM id. */
  readonly exhaustQuota: (subscriptionId: string, region: string, what: string) => void;
  readonly fastForward: (seconds: number) => void;
  /** Back to the first day. */
  readonly reset: () => void;
}

/** The part of `SimulationCommands` that works on the world. `world` catches up with the clock before it is given out. */
export function makeCommands(world: () => World, clock: SimClock): Omit<SimulationCommands, "reset"> {
  const clusterOf = (at: World, id: string): ClusterState => {
    const cluster = at.findCluster(id);
    if (cluster === undefined) throw new Error(`There is no simulated cluster ${id}.`);
    return cluster;
  };
  return {
    runJob: (clusterId, nodes, seconds = 600) => {
      const at = world();
      const cluster = clusterOf(at, clusterId);
      if (!Number.isSafeInteger(nodes) || nodes < 1) throw new Error("A job needs at least one node.");
      if (nodes > cluster.scale.max) throw new Error(`The cluster has at most ${cluster.scale.max} nodes.`);
      if (cluster.provisioningState !== "Succeeded" && cluster.provisioningState !== "Updating") {
        throw new Error(`The cluster is ${cluster.provisioningState.toLowerCase()} and takes no jobs.`);
      }
      const id = `demo_${nextGuid(at.state).slice(0, 8)}`;
      cluster.jobs.push({ id, nodes, seconds });
      at.react(cluster);
      return id;
    },
    preemptNodes: (clusterId, count) => {
      const at = world();
      const cluster = clusterOf(at, clusterId);
      if (!cluster.lowPriority) throw new Error("Only low priority nodes are preempted.");
      return preempt(at, cluster, count);
    },
    makeNodeUnusable: (clusterId) => {
      const at = world();
      const cluster = clusterOf(at, clusterId);
      const node =
        cluster.nodes.find((one) => one.phase === "idle") ?? cluster.nodes.find((one) => one.phase === "running");
      if (node === undefined) throw new Error("The cluster has no idle or running node.");
      loseNode(at, cluster, node.jobId);
      enterPhase(node, "unusable", at.now);
      at.react(cluster);
    },
    setGroupLock: (groupId, level) => {
      const at = world();
      if (!at.state.groups.some((group) => sameId(group.id, groupId))) {
        throw new Error(`There is no simulated resource group ${groupId}.`);
      }
      at.state.locks = at.state.locks.filter((lock) => !sameId(lock.scope, groupId));
      if (level !== undefined) at.state.locks.push({ scope: groupId, name: lockName, level, notes: "" });
      at.reactAll();
    },
    exhaustQuota: (subscriptionId, region, what) => {
      const at = world();
      useUp(at, subscriptionId, region, what);
      at.reactAll();
    },
    fastForward: (seconds) => {
      if (!(seconds >= 0)) throw new Error("Time goes forward only.");
      clock.skip(seconds * 1000);
      world();
    },
  };
}

/** The machines vanish from under their work; new ones are to be had only later. */
function preempt(world: World, cluster: ClusterState, count: number): number {
  const order = ["running", "idle", "preparing"];
  const machines = cluster.nodes
    .filter((node) => order.includes(node.phase))
    .sort((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase))
    .slice(0, Math.max(0, count));
  if (machines.length === 0) throw new Error("The cluster has no node to preempt.");
  for (const node of machines) {
    loseNode(world, cluster, node.jobId);
    enterPhase(node, "preempted", world.now);
  }
  cluster.capacityReturnsAt = world.now + secondsOf(world.state, timings.capacity);
  world.react(cluster);
  return machines.length;
}

/** A job that loses a node has failed and is over; nobody restarts it. */
function loseNode(world: World, cluster: ClusterState, jobId: string | undefined): void {
  const job = cluster.jobs.find((candidate) => candidate.id === jobId);
  if (job !== undefined) endJob(cluster, job, world.now);
}

function useUp(world: World, subscription: string, region: string, what: string): void {
  const subscriptionId = subscription.startsWith("/") ? subscriptionIdOf(subscription) : subscription;
  const quota = quotaOf(world.state, subscriptionId, region);
  if (quota === undefined) throw new Error(`The subscription has no quota in ${region}.`);
  const usage = usageOf(world.state, quota, world.switches);
  const totals: Readonly<Record<string, readonly [Allowance, number]>> = {
    total: [quota.totalDedicated, usage.dedicated],
    lowPriority: [quota.totalLowPriority, usage.lowPriority],
  };
  const family = findFamily(quota.families, familyKey(what));
  const [allowance, used] = totals[what] ?? [family, usage.families.get(familyKey(what)) ?? 0];
  if (allowance === undefined) throw new Error(`There is no quota family ${what}.`);
  exhaust(allowance, used);
}
