import { describe, expect, it } from "vitest";
import { fieldOfCreateError } from "../../../src/core/createErrorField";

describe("the field that a refusal of Azure is about", () => {
  it.each([
    ["quotaExceeded", undefined, "whatever", "vmSize"],
    ["invalid", "ClusterMinNodesExceedCoreQuota", "The specified subscription has a total vCPU quota of 0", "vmSize"],
    [
      "invalid",
      "InvalidPropertyValue",
      "The specified value X for property Cluster.Properties.VMSize is not",
      "vmSize",
    ],
    ["invalid", "BadRequest", "Compute name is invalid. It can include letters", "name"],
    ["conflict", "ComputeNameNotAvailable", "gpu is already in use", "name"],
    ["invalid", "FailedIdentityOperation", "The Resource was not found", "identity"],
    ["forbidden", "LinkedAuthorizationFailed", "userAssignedIdentities/assign/action over scope", "identity"],
    ["forbidden", "LinkedAuthorizationFailed", "virtualNetworks/subnets/join/action over scope", "network"],
    ["invalid", "InvalidSubnet", "has PrivateEndpointNetworkPolicies enabled", "nodePublicIp"],
    ["invalid", "SubnetIsDelegated", "The specified subnet is delegated", "network"],
    ["invalid", "LocationNotAvailableForResourceType", "The provided location 'x'", "location"],
    ["invalid", "UserError", "maxNodeCount must be a whole number", "maxNodeCount"],
    ["invalid", "UserError", "adminUserName needs a password", "ssh.credential"],
    ["network", undefined, "The connection was lost.", undefined],
    ["locked", "ScopeLocked", "The scope cannot perform write operation", undefined],
  ])("%s %s: %s is %s", (kind, code, message, field) => {
    expect(fieldOfCreateError({ kind, code, message })).toBe(field);
  });
});
