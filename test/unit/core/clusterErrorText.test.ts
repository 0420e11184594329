import { describe, expect, it } from "vitest";
import { explainError } from "../../../src/core/clusterErrorText";
import { type ErrorText } from "../../../src/core/knownErrors/explanation";

const error = (message: string, over: Partial<ErrorText> = {}): ErrorText => ({ message, ...over });

const quotaMessage = (what: string, limit: number, needed: number): string =>
  `The specified subscription has a ${what} vCPU quota of ${limit} and cannot accomodate for at least 1 requested ` +
  `managed compute nodes which maps to ${needed} vCPUs. Talk to your Subscription Admin`;

const lockedScope = "/subscriptions/1/resourceGroups/RG";
const locked = `The scope '${lockedScope}/providers/x/y/z' cannot perform write operation because following scope(s) are locked: '${lockedScope}'. Please remove the lock and try again.`;

describe("the quota error", () => {
  it("tells the family, what it allows and what one node needs", () => {
    const text = quotaMessage("Standard NCADSA100v4 family", 0, 24);
    expect(explainError(error(text, { code: "ClusterMinNodesExceedCoreQuota" }))).toMatchObject({
      topic: "quota",
      cause: "The vCPU quota of Standard NCADSA100v4 is 0; the nodes need 24.",
      quota: { family: "Standard NCADSA100v4", limit: 0, needed: 24 },
    });
  });

  it("is known behind another code, with the total, and rightly spelt", () => {
    const text = quotaMessage("total", 10, 24).replace("accomodate", "accommodate");
    expect(explainError(error(text, { code: "BadRequest" }))).toMatchObject({
      topic: "quota",
      quota: { family: undefined, limit: 10, needed: 24 },
    });
  });

  it("is known by its code alone, without figures", () => {
    const found = explainError(error("No.", { code: "clusterminnodesexceedcorequota" }));
    expect(found).toMatchObject({ topic: "quota" });
    expect(found?.quota).toBeUndefined();
  });
});

describe("a lock", () => {
  it("is named by its scope", () => {
    expect(explainError(error(locked, { code: "ScopeLocked", statusCode: 409 }))).toMatchObject({
      topic: "lock",
      cause: `A resource lock forbids the change: ${lockedScope} is locked.`,
      lockedScopes: [lockedScope],
    });
  });

  it("is found inside a failed allocation, where the provider's answer is quoted", () => {
    const text = `An internal error occurred while resizing the pool {"error":{"code":"ScopeLocked","message":"${locked}"}}`;
    expect(explainError(error(text, { code: "AllocationFailed" }))).toMatchObject({
      topic: "lock",
      lockedScopes: [lockedScope],
    });
  });

  it("is known by a code above the message, and several scopes are all named", () => {
    const several = locked.replace(`locked: '${lockedScope}'`, "locked: '/a','/b'");
    expect(explainError(error(several, { path: ["Conflict", "ScopeLocked"] }))?.lockedScopes).toEqual(["/a", "/b"]);
    expect(explainError(error("locked", { path: ["ScopeLocked"] }))).toMatchObject({ topic: "lock", lockedScopes: [] });
  });
});

describe("a missing right", () => {
  const write = "Microsoft.MachineLearningServices/workspaces/computes/write";

  it("names the action, the scope and the roles that have it", () => {
    const text = `The client 'a@b.c' with object id 'x' does not have authorization to perform action '${write}' over scope '/s/g' or the scope is invalid.`;
    const found = explainError(error(text, { code: "AuthorizationFailed", statusCode: 403 }));
    expect(found).toMatchObject({ topic: "access", missing: { action: write, scope: "/s/g" } });
    expect(found?.fix).toContain("AzureML Compute Operator, Contributor, Owner");
    expect(found?.cause).not.toContain("a@b.c");
  });

  it("on a linked resource is told of that resource", () => {
    const join = "Microsoft.Network/virtualNetworks/subnets/join/action";
    const text = `The client has permission to perform action '${write}' on scope '/s/g'; however, it does not have permission to perform action '${join}' on the linked scope(s) '/s/net' or the linked scope(s) are invalid.`;
    expect(explainError(error(text, { code: "LinkedAuthorizationFailed" }))?.missing).toEqual({
      action: join,
      scope: "/s/net",
    });
  });

  it("is not claimed of a policy, which no role helps against", () => {
    expect(explainError(error("x", { code: "RequestDisallowedByPolicy", statusCode: 403 }))?.topic).toBe("other");
    expect(explainError(error("x", { statusCode: 403 }))?.topic).toBe("access");
  });
});

describe("the table of known errors", () => {
  it.each<[string, Partial<ErrorText>, string]>([
    ["Operation results in exceeding quota limits of Microsoft.Batchlusters", { code: "OK" }, "computes"],
    ["Compute name is invalid. It can include letters", {}, "name"],
    ["The requested VM size STANDARD_NC6 is not available in the current region", {}, "size"],
    ["STANDARD_D1,STANDARD_D2", { code: "SupportedVMSizes", path: ["InvalidPropertyValue"] }, "size"],
    ["The specified subnet has PrivateEndpointNetworkPolicies enabled", {}, "subnet"],
    [
      "Subnet default with address prefix 10.0.0.0/28 does not have enough capacity",
      { code: "SubnetIsFull" },
      "subnetFull",
    ],
    ["The subnet 'a' has not enough free IP addresses", {}, "subnetFull"],
    ["x", { code: "LocationNotAvailableForResourceType" }, "region"],
    ["x", { code: "MissingSubscriptionRegistration", statusCode: 409 }, "other"],
    ["ComputeListNodes with computeType ComputeInstance is not supported.", { statusCode: 400 }, "other"],
    ["AADSTS70043: The refresh token has expired", {}, "signIn"],
    ["AADSTS50078: Presented multi-factor authentication has expired", {}, "signIn"],
    ["AADSTS50173: The provided grant has expired", {}, "signIn"],
    ["wrong issuer", { statusCode: 401, code: "InvalidAuthenticationTokenTenant" }, "signIn"],
    ["Unauthorized", { statusCode: 401 }, "signIn"],
    ["getaddrinfo ENOTFOUND westeurope.api.azureml.ms", {}, "connection"],
    ["connect ECONNREFUSED 127.0.0.1:443", {}, "connection"],
    ["Number of 'read' requests exceeded", { code: "SubscriptionRequestsThrottled", statusCode: 429 }, "throttled"],
    ["PreemptionError: Nodes of this job got pre-empted", {}, "preemption"],
    ["cluster gpu is in failed state and thus not ready for runs", {}, "failedCluster"],
    ["We do not have sufficient capacity for the requested VM size", { code: "AllocationFailed" }, "capacity"],
    ["Desired number of dedicated nodes could not be allocated", { code: "AllocationFailed" }, "resize"],
    ["The resize timeout was reached", { code: "AllocationTimedOut" }, "resize"],
    ["x", { code: "RemoveNodesFailed" }, "resize"],
    ["x", { code: "AccountCoreQuotaReached" }, "quota"],
    ["There is not enough disk space: disk full", { code: "DiskFull" }, "node"],
    ["x", { code: "InvalidQuotaBelowClusterMinimum" }, "workspaceQuota"],
    ["x", { code: "InvalidQuotaExceedsSubscriptionLimit" }, "workspaceQuota"],
    ["x", { code: "InvalidVMFamilyName" }, "workspaceQuota"],
    ["x", { code: "OperationNotSupportedForSku" }, "workspaceQuota"],
    ["x", { code: "OperationNotEnabledForRegion" }, "workspaceQuota"],
    ["The Resource was not found", { code: "ResourceNotFound", statusCode: 404 }, "notFound"],
  ])("knows %j %j", (message, over, topic) => {
    const found = explainError(error(message, over));
    expect(found?.topic).toBe(topic);
    expect(found?.cause).toMatch(/\.$/);
    expect(found?.fix).toMatch(/\.$/);
  });

  it.each<[string, Partial<ErrorText>]>([
    ["Something new went wrong", { code: "BrandNewCode", statusCode: 500 }],
    ["The family has a quota of 5", {}],
    ["The subnet is fine", {}],
    ["Disk is attached", {}],
    ["a preemptive measure", {}],
    ["", { code: "constructor" }],
  ])("does not pretend to know %j", (message, over) => {
    expect(explainError(error(message, over))).toBeUndefined();
  });
});
