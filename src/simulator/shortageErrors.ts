import { type ClusterState, type ErrorDetail } from "./model";

/** No AmlCompute body of a failed resize was found: codes are Azure Batch's, on which clusters are built. [inferred] */
export function quotaError(cluster: ClusterState, limit: number, nodes: number): ErrorDetail {
  return {
    code: cluster.lowPriority ? "AccountLowPriorityCoreQuotaReached" : "AccountCoreQuotaReached",
    message:
      `The specified subscription has a vCPU quota of ${limit} that leaves no room for ${nodes} more ` +
      `${cluster.vmSize} nodes. Delete unused clusters or ask for more quota.`,
  };
}

export function addressError(cluster: ClusterState, nodes: number): ErrorDetail {
  return {
    code: "InsufficientSubnetAddresses",
    message: `The subnet '${cluster.subnetId ?? ""}' has too few free IP addresses for ${nodes} more nodes.`,
  };
}
