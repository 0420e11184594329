import { describe, expect, it } from "vitest";
import { type ArmId, armId, resourceGroupOf } from "../../../../src/core/armId";
import { type ResourceLock } from "../../../../src/core/compute";
import { deleteLocks, networkLocks, readOnlyLocks } from "../../../../src/core/preflight/locks";
import { aSubscriptionId, aWorkspaceId } from "../../../support/builders";
import { aNetworkId, aSubnetId } from "../../../support/draftBuilders";

const group = resourceGroupOf(aWorkspaceId);
const lock = (scope: ArmId, level: ResourceLock["level"], name = "keep"): ResourceLock => ({
  id: armId(`${scope}/providers/Microsoft.Authorization/locks/${name}`),
  name,
  level,
  scope,
  notes: "",
});

describe("locks over the workspace", () => {
  it.each([
    ["the subscription", aSubscriptionId, true],
    ["the group, in capitals", armId(group.toUpperCase()), true],
    ["the workspace", aWorkspaceId, true],
    ["a storage account of the group", armId(`${group}/providers/Microsoft.Storage/storageAccounts/s`), false],
    ["a cluster of the workspace", armId(`${aWorkspaceId}/computes/other`), false],
    ["a group whose name begins the same", armId(`${group}2`), false],
    ["another subscription", armId("/subscriptions/2"), false],
  ])("count on %s: %s", (_, scope, counts) => {
    expect(readOnlyLocks(aWorkspaceId, [lock(scope, "readOnly")]).length > 0).toBe(counts);
    expect(deleteLocks(aWorkspaceId, [lock(scope, "canNotDelete")]).length > 0).toBe(counts);
  });

  it("stop when they are read-only and warn when they keep from deleting", () => {
    const locks = [lock(group, "readOnly", "r"), lock(group, "canNotDelete", "d"), lock(group, "other", "o")];
    expect(readOnlyLocks(aWorkspaceId, locks)).toMatchObject([
      { rule: "locks.readOnly", severity: "error", remedy: { kind: "openLock", scope: group } },
    ]);
    expect(deleteLocks(aWorkspaceId, locks)).toMatchObject([{ rule: "locks.delete", severity: "warning" }]);
  });

  it("are told of once each, by name and place", () => {
    const twice = [lock(group, "readOnly"), lock(armId(group.toUpperCase()), "readOnly")];
    expect(readOnlyLocks(aWorkspaceId, twice).length).toBe(1);
    expect(readOnlyLocks(aWorkspaceId, twice)[0]?.message).toContain('"keep" on the resource group rg-ml');
  });
});

describe("locks over the network", () => {
  it.each([
    ["the network's group", resourceGroupOf(aNetworkId), 1],
    ["the network", aNetworkId, 1],
    ["another network of the group", armId(`${aNetworkId}2`), 0],
    ["the subscription, told of with the workspace", aSubscriptionId, 0],
  ])("on %s give %d warnings", (_, scope, count) => {
    for (const level of ["readOnly", "canNotDelete"] as const) {
      const findings = networkLocks(aSubnetId, aWorkspaceId, [lock(scope, level)]);
      expect(findings.map((finding) => finding.severity)).toEqual(Array<string>(count).fill("warning"));
    }
    expect(networkLocks(aSubnetId, aWorkspaceId, [lock(scope, "other")])).toEqual([]);
  });
});
