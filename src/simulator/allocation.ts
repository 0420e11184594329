import { formatNodeId } from "./nodes";
import { allocationLock } from "./locks";
import { type ClusterState, type NodeState, type WorldState } from "./model";
import { parseDuration } from "./duration";
import { enterPhase, finishJobs, startJobs } from "./jobs";
import { roomFor } from "./quota";
import { addressError, quotaError } from "./shortageErrors";
import { nextBetween } from "./random";
import { freeAddresses } from "./subnets";
import { type Switches } from "./switches";
import { timings } from "./timings";

/** Everything an allocation decision needs beside the cluster. */
export interface AllocationContext {
  readonly state: WorldState;
  readonly switches: Switches;
  readonly now: number;
}

/** Nodes that exist or are about to: all but those on their way out. */
export function stayingNodes(cluster: ClusterState): readonly NodeState[] {
  return cluster.nodes.filter((node) => node.phase !== "leaving");
}

/**
 * How many nodes the autoscaler wants: those at work, those that queued jobs ask for, and the broken ones, which it does not
 * give up by itself; within minimum and maximum.
 */
export function wantedNodes(cluster: ClusterState): number {
  const running = cluster.nodes.filter((node) => node.phase === "running").length;
  const unusable = cluster.nodes.filter((node) => node.phase === "unusable").length;
  const queued = cluster.jobs.filter((job) => job.endsAt === undefined).reduce((sum, job) => sum + job.nodes, 0);
  return Math.min(cluster.scale.max, Math.max(cluster.scale.min, running + queued + unusable));
}

export function idleMsOf(cluster: ClusterState): number {
  return (parseDuration(cluster.scale.idle) ?? 120) * 1000;
}

/** Whether nodes come and go at all: not while the cluster is made or deleted, nor after it failed. */
function isLive(cluster: ClusterState): boolean {
  return cluster.provisioningState === "Succeeded" || cluster.provisioningState === "Updating";
}

/** When something happens to this cluster's nodes without anybody doing anything; Infinity when nothing will. */
export function nextNodeEvent(cluster: ClusterState, lock: "CanNotDelete" | "ReadOnly" | undefined): number {
  if (!isLive(cluster)) return Infinity;
  const times: number[] = [];
  for (const node of cluster.nodes) {
    if (node.until !== undefined) times.push(node.until);
  }
  for (const job of cluster.jobs) {
    if (job.endsAt !== undefined) times.push(job.endsAt);
  }
  if (cluster.shortage !== undefined) times.push(cluster.shortage.at);
  if (typeof cluster.cleanup === "object") times.push(cluster.cleanup.endsAt);
  if (cluster.cleanup === undefined && lock !== "ReadOnly") {
    const surplus = stayingNodes(cluster).length - wantedNodes(cluster);
    if (surplus > 0) {
      for (const node of cluster.nodes) if (isUnused(node)) times.push(node.since + idleMsOf(cluster));
    }
    if (cluster.capacityReturnsAt !== undefined) times.push(cluster.capacityReturnsAt);
    else if (surplus < 0 && cluster.retryAt !== undefined) times.push(cluster.retryAt);
  }
  return Math.min(Infinity, ...times);
}

/** Lets what is due at `now` happen to the cluster's nodes, then decides anew. */
export function stepNodes(cluster: ClusterState, context: AllocationContext): void {
  const { now, state } = context;
  finishJobs(cluster, now);
  const left = cluster.nodes.filter((node) => node.phase === "leaving" && (node.until ?? Infinity) <= now);
  if (left.length > 0) {
    cluster.nodes = cluster.nodes.filter((node) => !left.includes(node));
    if (allocationLock(state, cluster) !== undefined) cluster.cleanup = "blocked";
  }
  for (const node of cluster.nodes) {
    if ((node.until ?? Infinity) > now) continue;
    if (node.phase === "allocating") {
      enterPhase(node, "preparing", now, now + secondsOf(state, timings.prepare));
    } else if (node.phase === "preparing") {
      enterPhase(node, "idle", now);
    }
  }
  if (cluster.shortage !== undefined && cluster.shortage.at <= now) {
    cluster.errors = [cluster.shortage.error];
    cluster.retryAt = now + secondsOf(state, timings.retry);
    delete cluster.shortage;
  }
  if (typeof cluster.cleanup === "object" && cluster.cleanup.endsAt <= now) delete cluster.cleanup;
  settle(cluster, context);
}

/** Decides what the cluster needs now: work to idle nodes, more nodes, fewer nodes. Changes nothing when all is well. */
export function settle(cluster: ClusterState, context: AllocationContext): void {
  if (!isLive(cluster)) return;
  const { state, now } = context;
  startJobs(cluster, now);
  const lock = allocationLock(state, cluster);
  if (cluster.cleanup === "blocked" && lock === undefined) {
    cluster.cleanup = { endsAt: now + secondsOf(state, timings.cleanup) };
  }
  if (cluster.cleanup === undefined && lock !== "ReadOnly") {
    recover(cluster, context);
    const surplus = stayingNodes(cluster).length - wantedNodes(cluster);
    if (surplus > 0) shrink(cluster, surplus, context);
    if (surplus < 0) grow(cluster, -surplus, context);
    if (surplus >= 0) {
      delete cluster.shortage;
      delete cluster.retryAt;
      cluster.errors = [];
    }
  } else if (lock === "ReadOnly") {
    cluster.target = Math.max(wantedNodes(cluster), cluster.scale.min);
  }
  updateAllocationState(cluster, context, lock);
}

function updateAllocationState(
  cluster: ClusterState,
  { now }: AllocationContext,
  lock: "CanNotDelete" | "ReadOnly" | undefined,
): void {
  const moving = cluster.nodes.some((node) => node.phase === "allocating" || node.phase === "leaving");
  const refused = lock === "ReadOnly" && stayingNodes(cluster).length !== cluster.target;
  const resizing = moving || refused || cluster.shortage !== undefined || cluster.cleanup !== undefined;
  const next = resizing ? "Resizing" : "Steady";
  if (next === cluster.allocationState) return;
  cluster.allocationState = next;
  cluster.allocationStateSince = now;
}

/** Preempted machines come back when there is capacity again, if they are still wanted. */
function recover(cluster: ClusterState, { state, now }: AllocationContext): void {
  if (cluster.capacityReturnsAt === undefined || cluster.capacityReturnsAt > now) return;
  delete cluster.capacityReturnsAt;
  for (const node of cluster.nodes) {
    if (node.phase === "preempted") enterPhase(node, "preparing", now, now + secondsOf(state, timings.prepare));
  }
}

function grow(cluster: ClusterState, count: number, context: AllocationContext): void {
  const { state, now, switches } = context;
  const target = stayingNodes(cluster).length + count;
  const asked = target > cluster.target;
  cluster.target = target;
  if (cluster.capacityReturnsAt !== undefined) return;
  if (!asked && ((cluster.retryAt ?? 0) > now || cluster.shortage !== undefined)) return;
  const room = roomFor(state, cluster, switches);
  const addresses = cluster.subnetId === undefined ? Infinity : freeAddresses(state, cluster.subnetId);
  const fit = Math.min(count, room.nodes, addresses);
  for (let index = 0; index < fit; index++) {
    cluster.addresses++;
    const until = now + secondsOf(state, timings.allocate);
    const id = formatNodeId(state, cluster.lowPriority);
    cluster.nodes.push({ id, phase: "allocating", since: now, until, address: cluster.addresses });
  }
  delete cluster.retryAt;
  delete cluster.shortage;
  if (fit === count) {
    cluster.errors = [];
    return;
  }
  const error = addresses < room.nodes ? addressError(cluster, count) : quotaError(cluster, room.limit.limit, count);
  cluster.shortage = { at: now + secondsOf(state, timings.giveUp), error };
}

/** Nodes that go after the idle time; preempted ones are on the pool's list until it gives them up. */
function isUnused(node: NodeState): boolean {
  return node.phase === "idle" || node.phase === "preempted";
}

/**
 * Lets surplus nodes go: first those that never arrived, then, above the maximum or once unused long enough, preempted and
 * idle ones; the longest unused first. Preempted nodes are no machines any more and simply vanish.
 */
function shrink(cluster: ClusterState, surplus: number, { state, now }: AllocationContext): void {
  const idleMs = idleMsOf(cluster);
  const overMaximum = stayingNodes(cluster).length - cluster.scale.max;
  const going = cluster.nodes
    .filter((node) => node.phase === "allocating" || isUnused(node))
    .sort((a, b) => leavingRank(a) - leavingRank(b) || a.since - b.since)
    .filter((node, index) => !isUnused(node) || index < overMaximum || now - node.since >= idleMs)
    .slice(0, surplus);
  removeNodes(cluster, going, state, now);
  if (going.length > 0) cluster.target = stayingNodes(cluster).length;
}

function leavingRank(node: NodeState): number {
  return node.phase === "allocating" ? 0 : node.phase === "preempted" ? 1 : 2;
}

function removeNodes(cluster: ClusterState, going: readonly NodeState[], state: WorldState, now: number): void {
  for (const node of going) {
    if (node.phase !== "preempted" && node.phase !== "allocating") {
      enterPhase(node, "leaving", now, now + secondsOf(state, timings.leave));
    }
  }
  cluster.nodes = cluster.nodes.filter((node) => node.phase === "leaving" || !going.includes(node));
}

/**
 * What somebody's change of the scale settings does at once: broken nodes above the new minimum go (the known way out is to
 * resize to 0 and up again, microsoftarchive/BatchAI#19), as do nodes being prepared above the new maximum.
 */
export function applyScale(cluster: ClusterState, context: AllocationContext): void {
  const { state, now } = context;
  const healthy = stayingNodes(cluster).filter((node) => node.phase !== "unusable").length;
  const unusable = cluster.nodes.filter((node) => node.phase === "unusable");
  const keep = Math.max(0, Math.min(unusable.length, cluster.scale.min - healthy));
  removeNodes(cluster, unusable.slice(keep), state, now);
  const over = stayingNodes(cluster).length - cluster.scale.max;
  const preparing = cluster.nodes.filter((node) => node.phase === "preparing");
  removeNodes(cluster, preparing.slice(0, Math.max(0, over)), state, now);
  cluster.target = stayingNodes(cluster).length;
  delete cluster.retryAt;
  delete cluster.shortage;
  settle(cluster, context);
}

/** A random length within a range, in milliseconds. */
export function secondsOf(state: WorldState, [least, most]: readonly [number, number]): number {
  return nextBetween(state, least * 1000, most * 1000);
}
