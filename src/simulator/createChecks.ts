import { findRegion, findSize, sizesIn } from "./catalogue";
import { nameOf, regionKey, sameId, subscriptionIdOf } from "./ids";
import { type ClusterState, type ErrorDetail, type WorldState } from "./model";
import { createQuotaError, quotaOf, usageOf } from "./quota";
import { findSubnet } from "./subnets";
import { type Switches } from "./switches";

/** Why a create fails after it was accepted (API notes 7); undefined when it will succeed. */
export function createError(state: WorldState, cluster: ClusterState, switches: Switches): ErrorDetail | undefined {
  const size = findSize(cluster.vmSize);
  const offered = sizesIn(cluster.location).some((candidate) => candidate === size);
  if (size?.computeTypes.includes("AmlCompute") !== true || !offered) return unsupportedSize(cluster);
  const quota = quotaOf(state, subscriptionIdOf(cluster.id), cluster.location);
  if (quota !== undefined && usageOf(state, quota, switches).clusters > quota.totalClusters.limit) {
    // The misspelt type is the service's own (notebooks#613); its code was not reported.
    const message = "Operation results in exceeding quota limits of Microsoft.Batchlusters";
    return { code: "OperationNotAllowed", message };
  }
  return (
    createQuotaError(state, cluster, switches) ?? subnetError(state, cluster) ?? nameError(state, cluster, switches)
  );
}

/** A user's report verbatim; the list names the sizes of the region. */
function unsupportedSize(cluster: ClusterState): ErrorDetail {
  const supported = sizesIn(cluster.location).filter((size) => size.computeTypes.includes("AmlCompute"));
  return {
    code: "InvalidPropertyValue",
    message:
      `The specified value ${cluster.vmSize} for property Cluster.Properties.VMSize is not a supported VM size. ` +
      "See additional details for supported VM sizes.",
    details: [{ code: "SupportedVMSizes", message: supported.map((size) => size.name.toUpperCase()).join(",") }],
  };
}

/** Rules of azure-facts 2.9; no body of a refused subnet was found, so codes and words here are inferred. */
function subnetError(state: WorldState, cluster: ClusterState): ErrorDetail | undefined {
  if (cluster.subnetId === undefined) return undefined;
  const found = findSubnet(state, cluster.subnetId);
  const refuse = (code: string, reason: string): ErrorDetail => ({
    code,
    message: `The specified subnet '${cluster.subnetId ?? ""}' ${reason}.`,
  });
  if (found === undefined) return refuse("SubnetNotFound", "was not found");
  if (regionKey(found.network.location) !== regionKey(cluster.location)) {
    return refuse("SubnetInOtherRegion", `is in ${found.network.location}, the cluster is in ${cluster.location}`);
  }
  if (found.subnet.delegation !== undefined) {
    return refuse("SubnetIsDelegated", `is delegated to ${found.subnet.delegation}`);
  }
  const policies = [found.subnet.privateEndpointNetworkPolicies, found.subnet.privateLinkServiceNetworkPolicies];
  if (!cluster.nodePublicIp && policies.includes("Enabled")) {
    return refuse(
      "InvalidSubnet",
      "has PrivateLinkServiceNetworkPolicies or PrivateEndpointNetworkPolicies enabled. See https://aka.ms/AMLPLNetPolicies",
    );
  }
  return undefined;
}

function nameError(state: WorldState, cluster: ClusterState, switches: Switches): ErrorDetail | undefined {
  if (switches.nameScope === "workspace") return undefined;
  const region = findRegion(cluster.location)?.displayName ?? cluster.location;
  const taken = state.clusters.some(
    (other) =>
      other !== cluster &&
      sameId(nameOf(other.id), nameOf(cluster.id)) &&
      regionKey(other.location) === regionKey(cluster.location),
  );
  if (!taken) return undefined;
  const message = `Compute name is invalid: ${nameOf(cluster.id)} is already in use in ${region}.`;
  return { code: "ComputeNameNotAvailable", message };
}
