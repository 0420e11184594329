import { type ClusterState, type NodeState, type WorldState } from "./model";
import { guidOf, nextHex } from "./random";
import { addressIn, findSubnet } from "./subnets";

/** Ids as Azure Batch makes them: dedicated nodes end in `_d`, low-priority ones in `_p`. */
export function formatNodeId(state: WorldState, lowPriority: boolean): string {
  return `tvmps_${nextHex(state, 64)}_${lowPriority ? "p" : "d"}`;
}

/** Nodes that the service shows: machines on order are not there yet. */
export function visibleNodes(cluster: ClusterState): readonly NodeState[] {
  return cluster.nodes.filter((node) => node.phase !== "allocating");
}

/** `nodeStateCounts`, in the recorded order. */
export function nodeCounts(cluster: ClusterState): Record<string, number> {
  const count = (phase: NodeState["phase"]): number => cluster.nodes.filter((node) => node.phase === phase).length;
  return {
    preparingNodeCount: count("preparing"),
    runningNodeCount: count("running"),
    idleNodeCount: count("idle"),
    unusableNodeCount: count("unusable"),
    leavingNodeCount: count("leaving"),
    preemptedNodeCount: count("preempted"),
  };
}

/** One row of listNodes; runId only while a job runs (recorded). */
export function nodeBody(state: WorldState, cluster: ClusterState, node: NodeState): unknown {
  const prefix = cluster.subnetId === undefined ? undefined : findSubnet(state, cluster.subnetId)?.subnet.addressPrefix;
  return {
    nodeId: node.id,
    privateIpAddress: addressIn(prefix ?? "10.0.0.0/16", node.address),
    publicIpAddress: cluster.nodePublicIp ? publicAddress(cluster) : null,
    port: cluster.nodePublicIp ? 50_000 + node.address : 22,
    nodeState: node.phase,
    ...(node.jobId === undefined ? {} : { runId: node.jobId }),
  };
}

/** Nodes share their load balancer's address and differ by port. An address of the documentation range 203.0.113.0/24. */
function publicAddress(cluster: ClusterState): string {
  return `203.0.113.${(Number.parseInt(guidOf(cluster.id).slice(0, 2), 16) % 250) + 1}`;
}
