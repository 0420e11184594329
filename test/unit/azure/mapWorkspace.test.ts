import { describe, expect, it } from "vitest";
import { mapWorkspace } from "../../../src/azure/mapWorkspace";
import { aWorkspaceId } from "../../support/builders";

describe("a workspace", () => {
  it("keeps what the SDK's model would drop: kind, hub and managed network", () => {
    const workspace = mapWorkspace({
      id: aWorkspaceId,
      name: "ml-west",
      location: "westeurope",
      kind: "project",
      tags: { team: "vision", odd: null },
      properties: {
        friendlyName: "",
        hubResourceId: `${aWorkspaceId}-hub`,
        managedNetwork: { isolationMode: "AllowInternetOutbound" },
        publicNetworkAccess: "Disabled",
        privateLinkCount: 2,
        provisioningState: "Succeeded",
        containerRegistry: "",
        storageAccount: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a",
      },
    });
    expect(workspace).toEqual({
      id: aWorkspaceId,
      name: "ml-west",
      resourceGroup: "rg-ml",
      location: "westeurope",
      kind: "Project",
      friendlyName: undefined,
      hubId: `${aWorkspaceId}-hub`,
      managedNetworkIsolation: "AllowInternetOutbound",
      publicNetworkAccess: "Disabled",
      privateEndpointCount: 2,
      provisioningState: "Succeeded",
      storageAccountId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a",
      containerRegistryId: undefined,
      keyVaultId: undefined,
      tags: { team: "vision" },
    });
  });

  it.each([
    [
      { properties: { creationTime: "2018-10-01T00:00:00Z" }, systemData: { createdAt: "2025-01-01T00:00:00Z" } },
      "2018",
    ],
    [{ properties: {}, systemData: { createdAt: "2025-01-01T00:00:00Z" } }, "2025"],
    [{ properties: {} }, undefined],
  ])("tells when it was made, if anything does: %j", (resource, year) => {
    expect(mapWorkspace({ id: aWorkspaceId, ...resource })?.createdAt?.slice(0, 4)).toBe(year);
  });

  it.each([
    [undefined, "Default"],
    ["Default", "Default"],
    ["hub", "Hub"],
    ["FeatureStore", "FeatureStore"],
    ["Lakehouse", "Other"],
  ])("of kind %j is %s", (kind, expected) => {
    expect(mapWorkspace({ id: aWorkspaceId, kind })?.kind).toBe(expected);
  });

  it("of which only the id is known has no unknowns but those", () => {
    expect(mapWorkspace({ id: aWorkspaceId, properties: null })).toMatchObject({
      name: "ml-west",
      managedNetworkIsolation: "",
      publicNetworkAccess: "Unknown",
      privateEndpointCount: 0,
    });
  });

  it("without a usable id is none", () => {
    expect(mapWorkspace({ name: "x" })).toBeUndefined();
    expect(mapWorkspace({ id: "x" })).toBeUndefined();
  });
});
