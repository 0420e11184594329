import { describe, expect, it } from "vitest";
import { mapCluster, mapNode } from "../../../src/azure/mapCluster";
import { clusterId } from "../../../src/core/armId";
import { type ComputeCluster } from "../../../src/core/cluster";
import { aWorkspaceId } from "../../support/builders";

const fallback = clusterId(aWorkspaceId, "gpu-train");
const keep = (vmSize: string): string => vmSize;

function mapped(inner: object = {}, outer: object = {}, envelope: object = {}): ComputeCluster {
  const properties = { computeType: "AmlCompute", ...outer, properties: inner };
  return mapCluster({ ...envelope, properties }, fallback, keep);
}

describe("a cluster of which the service says nothing", () => {
  it.each([
    ["an empty object", {}],
    ["null properties", { properties: null }],
    ["null inner properties", { properties: { computeType: "AmlCompute", properties: null } }],
    ["a text", "what?"],
    ["nothing", undefined],
  ])("(%s) is still a cluster, with nothing known", (_name, resource) => {
    expect(mapCluster(resource, fallback, keep)).toEqual({
      id: fallback,
      name: "gpu-train",
      location: "",
      workspaceLocation: "",
      description: undefined,
      tags: {},
      provisioningState: "Unknown",
      provisioningErrors: [],
      createdOn: undefined,
      modifiedOn: undefined,
      vmSize: "",
      vmPriority: "dedicated",
      scaleSettings: { minNodeCount: 0, maxNodeCount: 0, idleSecondsBeforeScaleDown: 120 },
      allocationState: "unknown",
      allocationStateTransitionTime: undefined,
      currentNodeCount: 0,
      targetNodeCount: 0,
      nodeCounts: { idle: 0, running: 0, preparing: 0, unusable: 0, leaving: 0, preempted: 0 },
      errors: [],
      identity: { kind: "none" },
      subnetId: undefined,
      remoteLogin: "notSpecified",
      adminUserName: undefined,
      nodePublicIp: true,
      localAuthDisabled: false,
    });
  });
});

describe("a cluster", () => {
  it("has the region of computeLocation, else of location", () => {
    expect(mapped({}, { computeLocation: "westus" }, { location: "eastus" })).toMatchObject({
      location: "westus",
      workspaceLocation: "eastus",
    });
    expect(mapped({}, {}, { location: "eastus" }).location).toBe("eastus");
  });

  it("counts its nodes by state, and nothing below zero", () => {
    const nodeStateCounts = {
      idleNodeCount: 1,
      runningNodeCount: 2,
      preparingNodeCount: 3,
      unusableNodeCount: 4,
      leavingNodeCount: 5,
      preemptedNodeCount: -1,
    };
    expect(mapped({ nodeStateCounts, currentNodeCount: 15, targetNodeCount: "16" })).toMatchObject({
      nodeCounts: { idle: 1, running: 2, preparing: 3, unusable: 4, leaving: 5, preempted: 0 },
      currentNodeCount: 15,
      targetNodeCount: 16,
    });
  });

  it.each([
    ["Steady", "steady"],
    ["steady", "steady"],
    ["RESIZING", "resizing"],
    ["Dreaming", "unknown"],
    [null, "unknown"],
    [3, "unknown"],
  ])("with allocation state %j is %s", (allocationState, expected) => {
    expect(mapped({ allocationState }).allocationState).toBe(expected);
  });

  it.each([
    ["PT2M", 120],
    ["PT1M40S", 100],
    ["PT1800S", 1800],
    ["P1DT1S", 86_401],
    ["two minutes", 120],
    [null, 120],
    [90, 120],
  ])("with idle time %j rests for %s seconds", (nodeIdleTimeBeforeScaleDown, expected) => {
    const { scaleSettings } = mapped({ scaleSettings: { nodeIdleTimeBeforeScaleDown } });
    expect(scaleSettings.idleSecondsBeforeScaleDown).toBe(expected);
  });

  it("is spelled as the catalogue spells its size", () => {
    const resource = { properties: { properties: { vmSize: "STANDARD_NC8AS_T4_V3" } } };
    expect(mapCluster(resource, fallback, (name) => `spelled ${name}`).vmSize).toBe("spelled STANDARD_NC8AS_T4_V3");
  });

  it.each([
    ["LowPriority", "lowPriority"],
    ["lowpriority", "lowPriority"],
    ["Dedicated", "dedicated"],
    [null, "dedicated"],
  ])("with priority %j is %s", (vmPriority, expected) => {
    expect(mapped({ vmPriority }).vmPriority).toBe(expected);
  });

  it.each([
    ["Enabled", "enabled"],
    ["Disabled", "disabled"],
    ["NotSpecified", "notSpecified"],
    [null, "notSpecified"],
  ])("with remote login %j is %s", (remoteLoginPortPublicAccess, expected) => {
    expect(mapped({ remoteLoginPortPublicAccess }).remoteLogin).toBe(expected);
  });

  it("has a public address unless the answer says no", () => {
    expect(mapped({ enableNodePublicIp: false }).nodePublicIp).toBe(false);
    expect(mapped({ enableNodePublicIp: null }).nodePublicIp).toBe(true);
  });

  it("reads errors in both shapes, the telling node before its details and wrappers only as a path", () => {
    const leaf = { code: "Quota", message: "none left" };
    const { errors } = mapped({
      errors: [
        { error: { code: "BadRequest", message: "outer", details: [leaf] } },
        { code: "InvalidPropertyValue", message: "B2s", details: [{ code: "SupportedVMSizes", message: "D1,D2" }] },
        null,
        "odd",
      ],
    });
    expect(errors).toEqual([
      { code: "Quota", message: "none left", path: ["BadRequest"] },
      { code: "InvalidPropertyValue", message: "B2s", path: [] },
      { code: "SupportedVMSizes", message: "D1,D2", path: ["InvalidPropertyValue"] },
    ]);
  });

  it("shows dates as ISO text, whether the SDK parsed them or not", () => {
    const at = new Date(Date.UTC(2026, 0, 2));
    expect(mapped({ allocationStateTransitionTime: at }, { createdOn: "2026-01-02T00:00:00+00:00" })).toMatchObject({
      allocationStateTransitionTime: "2026-01-02T00:00:00.000Z",
      createdOn: "2026-01-02T00:00:00+00:00",
    });
    expect(mapped({ allocationStateTransitionTime: new Date(NaN) }).allocationStateTransitionTime).toBeUndefined();
  });

  it.each([
    [undefined, { kind: "none" }],
    [{ type: "None" }, { kind: "none" }],
    [
      { type: "SystemAssigned", principalId: "p", tenantId: "t" },
      { kind: "systemAssigned", principalId: "p", tenantId: "t" },
    ],
    [
      { type: "UserAssigned", userAssignedIdentities: { "/subscriptions/s/x/y": { principalId: "p", clientId: "c" } } },
      { kind: "userAssigned", identities: [{ id: "/subscriptions/s/x/y", principalId: "p", clientId: "c" }] },
    ],
    [
      { type: "SystemAssigned, UserAssigned", userAssignedIdentities: { "/subscriptions/s/x/y": null, odd: {} } },
      { kind: "userAssigned", identities: [{ id: "/subscriptions/s/x/y" }] },
    ],
    [
      { type: "UserAssigned", userAssignedIdentities: null },
      { kind: "userAssigned", identities: [] },
    ],
  ])("with identity %j is %j", (identity, expected) => {
    expect(mapped({}, {}, { identity }).identity).toEqual(expected);
  });
});

describe("a node", () => {
  it("keeps what is there, an unheard-of state as unknown", () => {
    const node = { nodeId: "n1", port: 50000, publicIpAddress: "1.2.3.4", nodeState: "Idle", runId: null };
    expect(mapNode(node)).toEqual({
      nodeId: "n1",
      state: "idle",
      port: 50000,
      publicIpAddress: "1.2.3.4",
      privateIpAddress: undefined,
      runId: undefined,
    });
    expect(mapNode({ nodeId: "n2", nodeState: "hibernating" })?.state).toBe("unknown");
    expect(mapNode({ nodeId: "n3" })?.state).toBe("unknown");
  });

  it("without an id is none", () => {
    expect(mapNode({ nodeState: "idle" })).toBeUndefined();
    expect(mapNode(null)).toBeUndefined();
  });
});
