import { armId, clusterId } from "../../src/core/armId";
import { type Amounts } from "../../src/core/amounts";
import { type ComputeCluster, type ScaleSettings } from "../../src/core/cluster";
import { type Price } from "../../src/core/price";
import { type VmSize } from "../../src/core/vmSize";
import { aCluster, aVmSize, nodeCounts } from "./builders";

/** A cluster with its bill worked out by hand, to the last digit. Money per hour, except `idleTail` (once). */
export interface HandWorked {
  readonly cluster: ComputeCluster;
  readonly size: VmSize;
  readonly price: Price | undefined;
  readonly now: Amounts | undefined;
  readonly idle: Amounts | undefined;
  readonly unusable: Amounts | undefined;
  readonly floor: Amounts | undefined;
  readonly ceiling: Amounts | undefined;
  readonly idleTail: Amounts | undefined;
  readonly heldVCpus: number;
}

const otherWorkspace = armId(
  "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-jp/providers/Microsoft.MachineLearningServices/workspaces/ml-east",
);

/** Elsewhere in another subscription. */
function inJapan(name: string): Partial<ComputeCluster> {
  return { name, id: clusterId(otherWorkspace, name), location: "japaneast", workspaceLocation: "japaneast" };
}

function usd(perHour: number, source: Price["source"] = "sizes"): Price {
  return { perHour, currency: "USD", source };
}

function scale(minNodeCount: number, maxNodeCount: number, idleSecondsBeforeScaleDown: number): ScaleSettings {
  return { minNodeCount, maxNodeCount, idleSecondsBeforeScaleDown };
}

/**
 * List prices of 2026-06-18 and, where the source is `sizes`, as the size list of 2025-11-04 rounds them; the yen are made up.
 * One load balancer is $0.33 / 24 h = $0.01375/h, two are $0.0275, three $0.04125.
 */
export const handWorked: readonly HandWorked[] = [
  {
    // No nodes: one load balancer. At most 4 × 0.272 = 1.088, + 0.01375. Tail 1.088 × 120 s / 3600 s = 1.088 / 30. 4 × 4 vCPUs.
    cluster: aCluster({ name: "cpu-asleep", tags: { team: "vision" } }),
    size: aVmSize(),
    price: usd(0.272, "retail"),
    now: { USD: 0.01375 },
    idle: {},
    unusable: {},
    floor: { USD: 0.01375 },
    ceiling: { USD: 1.10175 },
    idleTail: { USD: 0.0362666667 },
    heldVCpus: 16,
  },
  {
    // 2 × 15.292 = 30.584, + 0.01375. At most 8 × 15.292 = 122.336, + 0.01375. Tail 122.336 × half an hour. 8 × 24 vCPUs.
    cluster: aCluster({
      name: "gpu-train",
      vmSize: "Standard_NC24s_v3",
      scaleSettings: scale(0, 8, 1800),
      currentNodeCount: 2,
      targetNodeCount: 2,
      nodeCounts: nodeCounts({ running: 2 }),
      tags: { team: "vision" },
    }),
    size: aVmSize({ name: "Standard_NC24s_v3", family: "standardNCSv3Family", vCpus: 24 }),
    price: usd(15.292, "retail"),
    now: { USD: 30.59775 },
    idle: {},
    unusable: {},
    floor: { USD: 0.01375 },
    ceiling: { USD: 122.34975 },
    idleTail: { USD: 61.168 },
    heldVCpus: 192,
  },
  {
    // The minimum of 1 idles: 3.823 + 0.01375, 2,800.83 in 730 h. At most 7.646 + 0.01375. Tail: one node above the minimum, 3.823 / 30.
    cluster: aCluster({
      name: "gpu-min1",
      vmSize: "Standard_NC6s_v3",
      scaleSettings: scale(1, 2, 120),
      currentNodeCount: 1,
      targetNodeCount: 1,
      nodeCounts: nodeCounts({ idle: 1 }),
      tags: { Team: "speech" },
    }),
    size: aVmSize({ name: "Standard_NC6s_v3", family: "standardNCSv3Family", vCpus: 6 }),
    price: usd(3.823, "retail"),
    now: { USD: 3.83675 },
    idle: { USD: 3.823 },
    unusable: {},
    floor: { USD: 3.83675 },
    ceiling: { USD: 7.65975 },
    idleTail: { USD: 0.1274333333 },
    heldVCpus: 12,
  },
  {
    // The preempted node is not paid: 3 × 0.142 = 0.426, + 0.01375. At most 10 × 0.142. Tail 1.42 × 300 / 3600 = 1.42 / 12. 10 × 4 vCPUs.
    cluster: aCluster({
      ...inJapan("t4-cheap"),
      vmSize: "STANDARD_NC4AS_T4_V3",
      vmPriority: "lowPriority",
      scaleSettings: scale(0, 10, 300),
      currentNodeCount: 4,
      targetNodeCount: 4,
      nodeCounts: nodeCounts({ running: 3, preempted: 1 }),
    }),
    size: aVmSize({ name: "Standard_NC4as_T4_v3", family: "Standard NCASv3_T4 Family", vCpus: 4 }),
    price: usd(0.142, "retail"),
    now: { USD: 0.43975 },
    idle: {},
    unusable: {},
    floor: { USD: 0.01375 },
    ceiling: { USD: 1.43375 },
    idleTail: { USD: 0.1183333333 },
    heldVCpus: 40,
  },
  {
    // 6 nodes × 0.82 = 4.92: 3 unusable are 2.46 of it, 1 idle 0.82. At rest 2 × 0.82 = 1.64. Tail 4 × 0.82 = 3.28, / 30. 6 × 16 vCPUs.
    cluster: aCluster({
      name: "broken",
      vmSize: "Standard_D16ads_v5",
      scaleSettings: scale(2, 6, 120),
      currentNodeCount: 6,
      targetNodeCount: 6,
      nodeCounts: nodeCounts({ running: 2, idle: 1, unusable: 3 }),
    }),
    size: aVmSize({ name: "Standard_D16ads_v5", family: "standardDADSv5Family", vCpus: 16 }),
    price: usd(0.82),
    now: { USD: 4.93375 },
    idle: { USD: 0.82 },
    unusable: { USD: 2.46 },
    floor: { USD: 1.65375 },
    ceiling: { USD: 4.93375 },
    idleTail: { USD: 0.1093333333 },
    heldVCpus: 96,
  },
  {
    // 51 nodes need a second load balancer: 51 × 0.169 = 8.619, + 0.0275. At most 120 × 0.169 = 20.28, + 0.04125. Tail 20.28 / 6.
    cluster: aCluster({
      name: "sweep",
      vmSize: "Standard_F4s_v2",
      scaleSettings: scale(0, 120, 600),
      currentNodeCount: 51,
      targetNodeCount: 51,
      nodeCounts: nodeCounts({ running: 50, idle: 1 }),
    }),
    size: aVmSize({ name: "Standard_F4s_v2", family: "standardFSv2Family", vCpus: 4 }),
    price: usd(0.169, "retail"),
    now: { USD: 8.6465 },
    idle: { USD: 0.169 },
    unusable: {},
    floor: { USD: 0.01375 },
    ceiling: { USD: 20.32125 },
    idleTail: { USD: 3.38 },
    heldVCpus: 480,
  },
  {
    // Exactly 50 nodes: still one load balancer. 50 × 0.25 = 12.5, + 0.01375. Nothing above the minimum, so no tail. 50 × 4 vCPUs.
    cluster: aCluster({
      name: "fixed-50",
      vmSize: "Standard_E4s_v3",
      scaleSettings: scale(50, 50, 120),
      currentNodeCount: 50,
      targetNodeCount: 50,
      nodeCounts: nodeCounts({ running: 50 }),
    }),
    size: aVmSize({ name: "Standard_E4s_v3", family: "standardESv3Family", vCpus: 4 }),
    price: usd(0.25),
    now: { USD: 12.51375 },
    idle: {},
    unusable: {},
    floor: { USD: 12.51375 },
    ceiling: { USD: 12.51375 },
    idleTail: { USD: 0 },
    heldVCpus: 200,
  },
  {
    // No public IP, so no load balancer: asleep it costs nothing. At most 4 × 1.015 = 4.06, tail 4.06 / 30. 4 × 8 vCPUs.
    cluster: aCluster({
      ...inJapan("t4-private"),
      vmSize: "Standard_NC8as_T4_v3",
      nodePublicIp: false,
    }),
    size: aVmSize({ name: "Standard_NC8as_T4_v3", family: "Standard NCASv3_T4 Family", vCpus: 8 }),
    price: usd(1.015, "retail"),
    now: {},
    idle: {},
    unusable: {},
    floor: { USD: 0 },
    ceiling: { USD: 4.06 },
    idleTail: { USD: 0.1353333333 },
    heldVCpus: 32,
  },
  {
    // Being created: nothing runs yet. At rest 0.293 + 0.01375, at most 0.879 + 0.01375, tail 2 × 0.293 / 30. 3 × 4 vCPUs.
    cluster: aCluster({
      name: "new-one",
      provisioningState: "Creating",
      allocationState: "unknown",
      scaleSettings: scale(1, 3, 120),
    }),
    size: aVmSize(),
    price: usd(0.293, "retail"),
    now: {},
    idle: {},
    unusable: {},
    floor: { USD: 0.30675 },
    ceiling: { USD: 0.89275 },
    idleTail: { USD: 0.0195333333 },
    heldVCpus: 12,
  },
  {
    // Preparing and leaving nodes count too: (1 + 2 + 1) × 3.67 = 14.68, + 0.01375. Tail 3 × 3.67 × a quarter of an hour. 4 × 24 vCPUs.
    cluster: aCluster({
      name: "a100",
      vmSize: "Standard_NC24ads_A100_v4",
      scaleSettings: scale(1, 4, 900),
      allocationState: "resizing",
      currentNodeCount: 4,
      targetNodeCount: 3,
      nodeCounts: nodeCounts({ running: 1, preparing: 2, leaving: 1 }),
    }),
    size: aVmSize({ name: "Standard_NC24ads_A100_v4", family: "StandardNCADSA100v4Family", vCpus: 24 }),
    price: usd(3.67),
    now: { USD: 14.69375 },
    idle: {},
    unusable: {},
    floor: { USD: 3.68375 },
    ceiling: { USD: 14.69375 },
    idleTail: { USD: 2.7525 },
    heldVCpus: 96,
  },
  {
    // Prices in yen, the load balancer's known in dollars only: 2 × 152.25 = 304.5 yen. 2 × 8 vCPUs.
    cluster: aCluster({
      ...inJapan("t4-yen"),
      vmSize: "Standard_NC8as_T4_v3",
      scaleSettings: scale(2, 2, 120),
      currentNodeCount: 2,
      targetNodeCount: 2,
      nodeCounts: nodeCounts({ idle: 2 }),
    }),
    size: aVmSize({ name: "Standard_NC8as_T4_v3", family: "Standard NCASv3_T4 Family", vCpus: 8 }),
    price: { perHour: 152.25, currency: "JPY", source: "retail" },
    now: { JPY: 304.5, USD: 0.01375 },
    idle: { JPY: 304.5 },
    unusable: {},
    floor: { JPY: 304.5, USD: 0.01375 },
    ceiling: { JPY: 304.5, USD: 0.01375 },
    idleTail: { JPY: 0 },
    heldVCpus: 16,
  },
  {
    // Estimated low priority, 20% of 0.741 = 0.1482: 4 × 0.1482 = 0.5928, + 0.01375. At most 0.741, + 0.01375. Tail 0.741 / 30. 5 × 8 vCPUs.
    cluster: aCluster({
      name: "batch-cheap",
      vmSize: "Standard_D13_v2",
      vmPriority: "lowPriority",
      scaleSettings: scale(0, 5, 120),
      currentNodeCount: 4,
      targetNodeCount: 4,
      nodeCounts: nodeCounts({ running: 4 }),
    }),
    size: aVmSize({ name: "Standard_D13_v2", family: "standardDv2Family", vCpus: 8 }),
    price: usd(0.1482, "estimate"),
    now: { USD: 0.60655 },
    idle: {},
    unusable: {},
    floor: { USD: 0.01375 },
    ceiling: { USD: 0.75475 },
    idleTail: { USD: 0.0247 },
    heldVCpus: 40,
  },
  {
    // No price for the node that idles: now and at most are unknown, but at rest there is only the load balancer. 3 × 4 vCPUs.
    cluster: aCluster({
      name: "unpriced",
      vmSize: "Standard_Rare",
      scaleSettings: scale(0, 3, 120),
      currentNodeCount: 1,
      targetNodeCount: 1,
      nodeCounts: nodeCounts({ idle: 1 }),
    }),
    size: aVmSize({ name: "Standard_Rare", family: "standardRareFamily" }),
    price: undefined,
    now: undefined,
    idle: undefined,
    unusable: {},
    floor: { USD: 0.01375 },
    ceiling: undefined,
    idleTail: undefined,
    heldVCpus: 12,
  },
  {
    // Three nodes of which the answer names no state: 3 × 0.1 = 0.3, + 0.01375. At most 0.4, tail 0.4 / 30. 4 × 2 vCPUs.
    cluster: aCluster({
      name: "silent",
      vmSize: "Standard_D2s_v3",
      currentNodeCount: 3,
      targetNodeCount: 3,
    }),
    size: aVmSize({ name: "Standard_D2s_v3", family: "standardDSv3Family", vCpus: 2 }),
    price: usd(0.1),
    now: { USD: 0.31375 },
    idle: {},
    unusable: {},
    floor: { USD: 0.01375 },
    ceiling: { USD: 0.41375 },
    idleTail: { USD: 0.0133333333 },
    heldVCpus: 8,
  },
];
