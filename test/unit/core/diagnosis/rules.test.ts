import { describe, expect, it } from "vitest";
import { armId } from "../../../../src/core/armId";
import { type ComputeCluster } from "../../../../src/core/cluster";
import { type DiagnosisFacts } from "../../../../src/core/diagnosis/facts";
import { familyKey } from "../../../../src/core/vmSize";
import { aCluster, aVmSize, aWorkspace, aWorkspaceId, nodeCounts } from "../../../support/builders";
import {
  aFailedCluster,
  aGroupId,
  aLock,
  aNetwork,
  aNetworkGroupId,
  aNetworkId,
  aQuota,
  aSubnetId,
  anError,
  belowTarget,
  causeOf,
  minutesAgo,
  now,
  rulesOf,
  stuckAtZero,
  wholeFacts,
} from "../../../support/diagnosisBuilders";

type Over = Partial<DiagnosisFacts>;
/** Rule; what triggers it (cluster, facts); what nearly does. */
type Row = readonly [
  rule: string,
  hit: readonly [Partial<ComputeCluster>, Over?],
  miss: readonly [Partial<ComputeCluster>, Over?],
];

const managed = aWorkspace({ managedNetworkIsolation: "AllowInternetOutbound" });
const lowPriority: Partial<ComputeCluster> = { vmPriority: "lowPriority" };
const inSubnet: Partial<ComputeCluster> = { subnetId: aSubnetId };
const hiddenIn = (subnetId: ComputeCluster["subnetId"]): Partial<ComputeCluster> => ({ nodePublicIp: false, subnetId });
const endpoint = aWorkspace({ privateEndpointCount: 1 });
const closed = aWorkspace({ privateEndpointCount: 1, publicNetworkAccess: "Disabled" });
const family = familyKey(aVmSize().family);
const unusable = (over: Parameters<typeof nodeCounts>[0] = {}): Partial<ComputeCluster> => ({
  currentNodeCount: 2,
  targetNodeCount: 2,
  nodeCounts: nodeCounts({ unusable: 2, ...over }),
});
const otherResource = armId(`${aGroupId}/providers/Microsoft.Storage/storageAccounts/data`);
const otherSubnet = armId(`${aNetworkId}/subnets/other`);
const elsewhere = armId(
  "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
);

const table: readonly Row[] = [
  // Locks: wherever they hold the cluster, but not those of its neighbours.
  ["locks.group", [stuckAtZero, { locks: [aLock(aGroupId)] }], [stuckAtZero, { locks: [aLock(otherResource)] }]],
  ["locks.workspace", [{}, { locks: [aLock(aWorkspaceId)] }], [{}, { locks: [aLock(armId(`${aWorkspaceId}2`))] }]],
  ["locks.cluster", [{}, { locks: [aLock(aCluster().id)] }], [{}, { locks: [aLock(aCluster({ name: "other" }).id)] }]],
  [
    "locks.subscription",
    [{}, { locks: [aLock(armId("/subscriptions/11111111-1111-1111-1111-111111111111"))] }],
    [{}, { locks: [aLock(armId("/subscriptions/11111111-1111-1111-1111-111111111112"))] }],
  ],
  [
    "locks.networkGroup",
    [inSubnet, { networkLocks: [aLock(aNetworkGroupId)] }],
    [{}, { networkLocks: [aLock(aNetworkGroupId)] }],
  ],
  [
    "locks.network",
    [inSubnet, { networkLocks: [aLock(aNetworkId)] }],
    [inSubnet, { networkLocks: [aLock(otherSubnet)] }],
  ],
  [
    "locks.group",
    [{}, { locks: [aLock(aGroupId, { level: "readOnly" })] }],
    [{}, { locks: [aLock(aGroupId, { level: "other" })] }],
  ],
  // Allocation.
  [
    "allocation.stuckAtZero",
    [{ ...stuckAtZero, allocationStateTransitionTime: minutesAgo(5.1) }],
    [{ ...stuckAtZero, allocationStateTransitionTime: minutesAgo(5) }],
  ],
  ["allocation.stuckAtZero", [stuckAtZero], [stuckAtZero, { locks: [aLock(aGroupId)] }]],
  [
    "allocation.stuckGrowing",
    [{ ...stuckAtZero, ...belowTarget, allocationStateTransitionTime: minutesAgo(15.1) }],
    [{ ...stuckAtZero, ...belowTarget, allocationStateTransitionTime: minutesAgo(15) }],
  ],
  [
    "allocation.stuckGrowing",
    [{ ...stuckAtZero, targetNodeCount: 301, allocationStateTransitionTime: minutesAgo(30.1) }],
    [{ ...stuckAtZero, targetNodeCount: 301, allocationStateTransitionTime: minutesAgo(29) }],
  ],
  ["allocation.stuckShrinking", [{ ...stuckAtZero, currentNodeCount: 2 }], [{ ...stuckAtZero, targetNodeCount: 2 }]],
  ["allocation.belowTarget", [belowTarget], [{ currentNodeCount: 3, targetNodeCount: 3 }]],
  ["allocation.belowTarget", [belowTarget], [{ ...belowTarget, ...lowPriority }]],
  [
    "allocation.stuckProvisioning",
    [{ provisioningState: "Deleting", modifiedOn: minutesAgo(31) }],
    [{ provisioningState: "Deleting", modifiedOn: minutesAgo(29) }],
  ],
  ["allocation.failed", [aFailedCluster()], [aFailedCluster(anError("BadRequest"))]],
  // Quota: four vCPUs a node, two nodes missing.
  [
    "quota.family",
    [belowTarget, { quota: aQuota({ family: [93, 100] }) }],
    [belowTarget, { quota: aQuota({ family: [92, 100] }) }],
  ],
  ["quota.family", [{}, { quota: aQuota({ family: [97, 100] }) }], [{}, { quota: aQuota({ family: [96, 100] }) }]],
  [
    "quota.total",
    [belowTarget, { quota: aQuota({ totalDedicatedCores: { used: 20, limit: 20 } }) }],
    [belowTarget, { quota: aQuota({ totalDedicatedCores: { used: 20, limit: undefined } }) }],
  ],
  [
    "quota.lowPriority",
    [{ ...belowTarget, ...lowPriority }, { quota: aQuota({ totalLowPriorityCores: { used: 0, limit: 0 } }) }],
    [{ ...belowTarget, ...lowPriority }, { quota: aQuota({ totalDedicatedCores: { used: 0, limit: 0 } }) }],
  ],
  [
    "quota.workspace",
    [belowTarget, { workspaceLimits: { [family]: 11 } }],
    [belowTarget, { workspaceLimits: { [family]: 12 } }],
  ],
  [
    "quota.workspace",
    [belowTarget, { workspaceLimits: { [family]: 8 } }],
    [belowTarget, { workspaceLimits: { [family]: 8 }, quota: aQuota({ family: [0, 8] }) }],
  ],
  [
    "quota.computes",
    [aFailedCluster(), { quota: aQuota({ totalClusters: { used: 200, limit: 200 } }) }],
    [aFailedCluster(), { quota: aQuota({ totalClusters: { used: 199, limit: 200 } }) }],
  ],
  [
    "quota.computes",
    [aFailedCluster(), { quota: aQuota({ totalClusters: { used: 200, limit: 200 } }) }],
    [{}, { quota: aQuota({ totalClusters: { used: 200, limit: 200 } }) }],
  ],
  // Size.
  ["size.retired", [{ vmSize: "STANDARD_NC6" }], [{ vmSize: "Standard_NC6s_v3" }]],
  ["size.notOffered", [{ vmSize: "Standard_D99" }], [{ vmSize: "STANDARD_DS3_V2" }]],
  ["size.notForClusters", [{}, { vmSizes: [aVmSize({ supportsClusters: false })] }], [{}, { vmSizes: [aVmSize()] }]],
  [
    "size.noLowPriority",
    [lowPriority, { vmSizes: [aVmSize({ lowPriorityCapable: false })] }],
    [{}, { vmSizes: [aVmSize({ lowPriorityCapable: false })] }],
  ],
  // Network.
  [
    "network.managedRegion",
    [{ location: "eastus" }, { workspace: managed }],
    [{ location: "West Europe" }, { workspace: managed }],
  ],
  [
    "network.managedRegion",
    [{ location: "eastus" }, { workspace: managed }],
    [{ location: "eastus" }, { workspace: aWorkspace() }],
  ],
  ["network.managedSubnet", [inSubnet, { workspace: managed }], [inSubnet, { workspace: aWorkspace() }]],
  ["network.privateEndpointRegion", [{ location: "eastus" }, { workspace: endpoint }], [{}, { workspace: endpoint }]],
  ["network.privateEndpointOutside", [{}, { workspace: closed }], [inSubnet, { workspace: closed }]],
  ["network.noPublicIp", [hiddenIn(undefined)], [hiddenIn(undefined), { workspace: managed }]],
  ["network.noPublicIp", [hiddenIn(aSubnetId)], [hiddenIn(aSubnetId), { workspace: endpoint }]],
  [
    "network.noPublicIp",
    [{ ...hiddenIn(aSubnetId), createdOn: "2023-01-19T23:59:59Z" }, { workspace: endpoint }],
    [{ ...hiddenIn(aSubnetId), createdOn: "2023-01-20T00:00:00Z" }, { workspace: endpoint }],
  ],
  ["network.otherSubscription", [{ subnetId: elsewhere }], [inSubnet]],
  [
    "network.subnetGone",
    [{ subnetId: otherSubnet }],
    [{ subnetId: armId(aSubnetId.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions")) }],
  ],
  [
    "network.otherRegion",
    [inSubnet, { virtualNetworks: [aNetwork({}, { location: "eastus" })] }],
    [inSubnet, { virtualNetworks: [aNetwork({}, { location: "West Europe" })] }],
  ],
  [
    "network.delegated",
    [inSubnet, { virtualNetworks: [aNetwork({ delegations: ["Microsoft.Web/serverFarms"] })] }],
    [inSubnet],
  ],
  [
    "network.subnetFull",
    [{ ...inSubnet, ...belowTarget }, { virtualNetworks: [aNetwork({ usedAddresses: 250 })] }],
    [{ ...inSubnet, ...belowTarget }, { virtualNetworks: [aNetwork({ usedAddresses: 248 })] }],
  ],
  [
    "network.subnetFull",
    [inSubnet, { virtualNetworks: [aNetwork({ addressPrefixes: ["10.0.0.0/29"], usedAddresses: undefined })] }],
    [inSubnet, { virtualNetworks: [aNetwork({ addressPrefixes: ["10.0.0.0/28"], usedAddresses: undefined })] }],
  ],
  [
    "network.policies",
    [hiddenIn(aSubnetId), { virtualNetworks: [aNetwork({ privateLinkServiceNetworkPolicies: "Enabled" })] }],
    [inSubnet, { virtualNetworks: [aNetwork({ privateLinkServiceNetworkPolicies: "Enabled" })] }],
  ],
  // Nodes and low priority.
  ["nodes.unusable", [unusable()], [unusable({ unusable: 0, idle: 2 })]],
  ["nodes.blockedNetwork", [{ ...unusable(), ...inSubnet }], [unusable()]],
  [
    "lowPriority.preempted",
    [{ ...lowPriority, nodeCounts: nodeCounts({ preempted: 1 }) }],
    [{ nodeCounts: nodeCounts({ preempted: 1 }) }],
  ],
  [
    "lowPriority.preempted",
    [lowPriority, { history: { watchedSince: 0, preemptions: [{ at: now - 23 * 3_600_000, nodes: 2 }] } }],
    [lowPriority, { history: { watchedSince: 0, preemptions: [{ at: now - 25 * 3_600_000, nodes: 2 }] } }],
  ],
  ["lowPriority.capacity", [{ ...lowPriority, ...belowTarget }], [lowPriority]],
  [
    "lowPriority.capacity",
    [{ ...lowPriority, ...belowTarget }],
    [{ ...lowPriority, ...belowTarget }, { vmSizes: [aVmSize({ lowPriorityCapable: false })] }],
  ],
  // Workspace and access.
  [
    "workspace.beforeGa",
    [aFailedCluster(), { workspace: aWorkspace({ createdAt: "2018-12-03T00:00:00Z" }) }],
    [aFailedCluster(), { workspace: aWorkspace({ createdAt: "2018-12-04T00:00:00Z" }) }],
  ],
  [
    "workspace.beforeGa",
    [aFailedCluster(anError("NeverSeen")), { workspace: aWorkspace() }],
    [aFailedCluster(anError("SubnetIsFull")), { workspace: aWorkspace() }],
  ],
  [
    "access.write",
    [{}, { permissions: [{ actions: ["*/read"], notActions: [] }] }],
    [{}, { permissions: [{ actions: ["*"], notActions: [] }] }],
  ],
  [
    "access.delete",
    [{}, { permissions: [{ actions: ["*"], notActions: ["Microsoft.MachineLearningServices/*/delete"] }] }],
    [{}, { permissions: [{ actions: ["*"], notActions: ["Microsoft.Storage/*/delete"] }] }],
  ],
  [
    "access.listNodes",
    [{}, { permissions: [{ actions: ["*/read"], notActions: [] }] }],
    [{}, { permissions: [{ actions: ["*/read", "Microsoft.MachineLearningServices/*/action"], notActions: [] }] }],
  ],
  // Azure's own words.
  ["error.other", [{ errors: [anError("NeverSeen")] }], [{ errors: [] }]],
  ["error.quota", [{ errors: [anError("AccountCoreQuotaReached")] }], [{ errors: [anError("Quota")] }]],
  ["error.capacity", [{ errors: [anError("SkuNotAvailable")] }], [{ errors: [anError("SkuAvailable")] }]],
];

describe("diagnosis", () => {
  it.each(table)("%s is found where it applies", (rule, [cluster, over]) => {
    expect(rulesOf(wholeFacts(cluster, over))).toContain(rule);
  });

  it.each(table)("%s is not found where it nearly applies", (rule, _hit, [cluster, over]) => {
    expect(rulesOf(wholeFacts(cluster, over))).not.toContain(rule);
  });

  it("every rule says what, why and what to do, in whole sentences", () => {
    for (const [rule, [cluster, over]] of table) {
      const cause = causeOf(wholeFacts(cluster, over), rule);
      for (const text of [cause.message, cause.advice]) expect(text, rule).toMatch(/[.”"]$/);
      expect(cause.evidence.length, rule).toBeGreaterThan(0);
      expect(cause.message + cause.advice + cause.evidence.join(), rule).not.toMatch(/\{\d\}|undefined|NaN|Infinity/);
    }
  });

  it("finds nothing in a healthy cluster", () => {
    expect(rulesOf(wholeFacts())).toEqual([]);
    expect(rulesOf(wholeFacts({ ...inSubnet, currentNodeCount: 4, targetNodeCount: 4 }))).toEqual([]);
  });
});
