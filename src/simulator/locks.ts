import { groupIdOf, isWithin } from "./ids";
import { type ClusterState, type LockState, type WorldState } from "./model";

/** Locks that apply to a resource: its own and those of every scope above it. */
export function locksOver(state: WorldState, id: string): readonly LockState[] {
  return state.locks.filter((lock) => isWithin(id, lock.scope));
}

/**
 * What keeps the service from changing a cluster's machines: locks on the workspace's group or above, and on the group of the
 * virtual network, where load balancer, public address and security group are made (azure-docs includes/
 * machine-learning-resource-lock.md, how-to-create-attach-compute-cluster 2024-05-03).
 */
export function allocationLock(state: WorldState, cluster: ClusterState): "CanNotDelete" | "ReadOnly" | undefined {
  const scopes = [cluster.id, ...(cluster.subnetId === undefined ? [] : [groupIdOf(cluster.subnetId)])];
  const levels = scopes.flatMap((scope) => locksOver(state, scope)).map((lock) => lock.level);
  return levels.includes("ReadOnly") ? "ReadOnly" : levels[0];
}
