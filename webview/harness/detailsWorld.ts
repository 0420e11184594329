import { type ArmId } from "../../src/core/armId";
import { type ClusterNode, type NodeCounts } from "../../src/core/cluster";
import { type DetailsView, type NodeView } from "../../src/protocol/details";

const id =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-audited/providers/Microsoft.MachineLearningServices/workspaces/ml-audited/computes/audit-cpu" as ArmId;
const minute = 60_000;
const now = Date.UTC(2026, 10, 23, 12);

function counts(over: Partial<NodeCounts>): NodeCounts {
  return { idle: 0, running: 0, preparing: 0, unusable: 0, leaving: 0, preempted: 0, ...over };
}

function nodeView(index: number): NodeView {
  const states = ["running", "idle", "preparing", "unusable", "leaving"] as const;
  const state = states[index % states.length] ?? "idle";
  const node: ClusterNode = {
    nodeId: `tvmps_${`${index}`.padStart(2, "0")}9f4c1d27ab3e5566778899aabbccddeeff00112233445566778899aabbcc_d`,
    state,
    privateIpAddress: `10.0.0.${index + 4}`,
    publicIpAddress: "20.50.1.9",
    port: 50_000 + index,
    ...(state === "running" ? { runId: `train_${index}` } : {}),
  };
  return { node, since: now - (index + 1) * 3 * minute, ssh: `ssh azureuser@20.50.1.9 -p ${50_000 + index}` };
}

/** A cluster that hangs at 0 → 0 under a delete lock, with a past. */
export const view: DetailsView = {
  id,
  name: "audit-cpu",
  cluster: {
    id,
    name: "audit-cpu",
    location: "westeurope",
    workspaceLocation: "westeurope",
    tags: { compliance: "audited" },
    provisioningState: "Succeeded",
    provisioningErrors: [],
    createdOn: "2026-10-01T08:00:00Z",
    modifiedOn: "2026-11-20T08:00:00Z",
    vmSize: "Standard_DS3_v2",
    vmPriority: "dedicated",
    scaleSettings: { minNodeCount: 0, maxNodeCount: 4, idleSecondsBeforeScaleDown: 120 },
    allocationState: "resizing",
    allocationStateTransitionTime: "2026-11-20T12:00:00Z",
    currentNodeCount: 0,
    targetNodeCount: 0,
    nodeCounts: counts({}),
    errors: [],
    identity: { kind: "none" },
    remoteLogin: "disabled",
    nodePublicIp: true,
    localAuthDisabled: false,
  },
  workspaceName: "ml-audited",
  subscriptionName: "Contoso ML Development",
  simulated: true,
  updatedAt: now - 12_000,
  nodes: Array.from({ length: 30 }, (_, index) => nodeView(index)),
  diagnosis: {
    at: now - 4_000,
    causes: [
      {
        rule: "locks.group",
        severity: "error",
        likelihood: "likely",
        message: 'The lock "keep-for-audit" holds the resource group rg-audited.',
        advice: "Remove the lock. If the cluster hangs on after some minutes, scale it to zero and back.",
        evidence: [
          "A delete lock keeps Azure from removing nodes of audit-cpu, and often from adding them.",
          'The lock says: "Kept for the audit. Ask the platform team before removing."',
          "audit-cpu has been resizing (0 → 0) for 3 days.",
        ],
        remedies: ["Open the lock in the portal", 'Remove the lock "keep-for-audit"…'],
      },
      {
        rule: "quota.family",
        severity: "warning",
        likelihood: "possible",
        message: "The vCPU quota of standardDSv2Family in westeurope has 2 of 100 left; the next nodes need 4.",
        advice: "Ask Azure for more quota, lower the maximum, or use a smaller size or another region.",
        evidence: ["98 of 100 vCPUs are in use."],
        remedies: ["Request quota…"],
      },
      {
        rule: "unchecked.permissions",
        severity: "unknown",
        likelihood: "unknown",
        message: "Could not check your rights: You may not read them.",
        advice: "Try again. If it stays so, the reason says what is in the way.",
        evidence: [],
        remedies: [],
      },
    ],
  },
  timeline: [
    { at: now - 90 * minute, event: { kind: "change", change: "scale", step: "begun" } },
    { at: now - 80 * minute, event: { kind: "nodes", from: 0, to: 2, target: 2 } },
    { at: now - 40 * minute, event: { kind: "unusable", nodes: 1 } },
    { at: now - 5 * minute, event: { kind: "state", from: "idle", to: "resizing" } },
  ],
  samples: [
    { at: now - 90 * minute, counts: counts({}) },
    { at: now - 80 * minute, counts: counts({ preparing: 2 }) },
    { at: now - 70 * minute, counts: counts({ running: 2 }) },
    { at: now - 40 * minute, counts: counts({ running: 1, unusable: 1 }) },
    { at: now - 20 * minute, counts: counts({ idle: 1, unusable: 1 }) },
    { at: now - 5 * minute, counts: counts({ leaving: 1 }) },
  ],
  now,
};
