import { describe, expect, it } from "vitest";
import { armId, resourceGroupOf } from "../../../src/core/armId";
import { aSubscriptionId, aWorkspaceId } from "../../support/builders";
import { ScriptedHttp, connectTo, failureOf } from "./scriptedHttp";

const group = resourceGroupOf(aWorkspaceId);
const lock = (scope: string, level: string, notes?: string): object => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  name: "keep",
  properties: { level, notes },
});

describe("locks", () => {
  const at = (scope: string): string => `GET ${scope}/providers/Microsoft.Authorization/locks`;

  it("of a workspace include those above it, each with its own scope", async () => {
    const value = [
      lock(group.toUpperCase(), "CanNotDelete", "ask Anna"),
      lock(aSubscriptionId, "ReadOnly"),
      lock(aWorkspaceId, "NotSpecified"),
    ];
    const { azureMl } = connectTo(new ScriptedHttp().on(at(aWorkspaceId), { json: { value } }));
    const locks = await azureMl.listLocks(aWorkspaceId);
    expect(locks.map(({ level, scope, notes }) => [level, scope.toLowerCase(), notes])).toEqual([
      ["canNotDelete", group.toLowerCase(), "ask Anna"],
      ["readOnly", aSubscriptionId.toLowerCase(), ""],
      ["other", aWorkspaceId.toLowerCase(), ""],
    ]);
  });

  it("of a group leave out those that sit on single resources inside", async () => {
    const value = [lock(group, "CanNotDelete"), lock(aWorkspaceId, "ReadOnly"), { id: "odd" }, null];
    const { azureMl } = connectTo(new ScriptedHttp().on(at(group), { json: { value } }));
    expect(await azureMl.listLocks(group)).toMatchObject([{ level: "canNotDelete", scope: group }]);
  });

  it("that may not be read are forbidden", async () => {
    const json = { error: { code: "AuthorizationFailed", message: "no" } };
    const { azureMl } = connectTo(new ScriptedHttp().on(at(group), { status: 403, json }));
    expect(await failureOf(azureMl.listLocks(group))).toMatchObject({ kind: "forbidden" });
  });
});

describe("identities, networks and rights", () => {
  it("are identities over all pages, ids as Azure spells them", async () => {
    const path = `${aSubscriptionId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
    const id = `${aSubscriptionId}/resourcegroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi`;
    const properties = { tenantId: "t", principalId: "p", clientId: "c" };
    const nextLink = `https://management.azure.com${path}?api-version=2023-01-31&$skiptoken=x`;
    const http = new ScriptedHttp().on(
      `GET ${path}`,
      { json: { value: [{ id, location: "westeurope", properties }], nextLink } },
      { json: { value: [{ name: "no id" }] } },
    );
    expect(await connectTo(http).azureMl.listIdentities(aSubscriptionId)).toEqual([
      { id, name: "mi", resourceGroup: "rg-id", location: "westeurope", ...properties },
    ]);
    expect(http.sent[1]!.url).toBe(nextLink);
  });

  it("are networks with their subnets, both spellings of prefixes", async () => {
    const path = `${aSubscriptionId}/providers/Microsoft.Network/virtualNetworks`;
    const id = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
    const subnets = [
      {
        id: `${id}/subnets/a`,
        name: "a",
        properties: {
          addressPrefix: "10.0.0.0/24",
          ipConfigurations: [{}, {}],
          delegations: [{ name: "d", properties: { serviceName: "Microsoft.Web/serverFarms" } }],
          privateEndpointNetworkPolicies: "Disabled",
          privateLinkServiceNetworkPolicies: "Enabled",
        },
      },
      { id: `${id}/subnets/b`, properties: { addressPrefixes: ["10.0.1.0/24", "fd00::/64"] } },
      { name: "no id" },
    ];
    const value = [{ id, name: "vnet", location: "westeurope", properties: { subnets } }];
    const { azureMl } = connectTo(new ScriptedHttp().on(`GET ${path}`, { json: { value } }));
    expect(await azureMl.listVirtualNetworks(aSubscriptionId)).toEqual([
      {
        id,
        name: "vnet",
        resourceGroup: "rg-ml",
        location: "westeurope",
        subnets: [
          {
            id: `${id}/subnets/a`,
            name: "a",
            addressPrefixes: ["10.0.0.0/24"],
            delegations: ["Microsoft.Web/serverFarms"],
            usedAddresses: 2,
            privateEndpointNetworkPolicies: "Disabled",
            privateLinkServiceNetworkPolicies: "Enabled",
          },
          {
            id: `${id}/subnets/b`,
            name: "b",
            addressPrefixes: ["10.0.1.0/24", "fd00::/64"],
            delegations: [],
            usedAddresses: undefined,
            privateEndpointNetworkPolicies: "",
            privateLinkServiceNetworkPolicies: "",
          },
        ],
      },
    ]);
  });

  it("are one permission per role", async () => {
    const value = [
      { actions: ["*/read"], notActions: [], dataActions: [] },
      { actions: ["*"], notActions: ["x/delete"] },
      {},
    ];
    const http = new ScriptedHttp().on(`GET ${group}/providers/Microsoft.Authorization/permissions`, {
      json: { value },
    });
    expect(await connectTo(http).azureMl.listPermissions(group)).toEqual([
      { actions: ["*/read"], notActions: [] },
      { actions: ["*"], notActions: ["x/delete"] },
      { actions: [], notActions: [] },
    ]);
  });
});

describe("regions and sizes", () => {
  const provider = `GET ${aSubscriptionId}/providers/Microsoft.MachineLearningServices`;
  const locations = {
    json: {
      value: [
        { name: "westeurope", displayName: "West Europe" },
        { name: "eastus", displayName: "East US" },
        { name: "global", displayName: "Global" },
      ],
    },
  };
  const offering = (...resourceTypes: object[]): ScriptedHttp =>
    new ScriptedHttp().on(`GET ${aSubscriptionId}/locations`, locations).on(provider, { json: { resourceTypes } });

  it("are those of computes, which the provider names as people read them", async () => {
    const http = offering(
      { resourceType: "workspaces", locations: ["East US", "West Europe"] },
      { resourceType: "workspaces/computes", locations: ["East US", "Brazil South"] },
    );
    expect(await connectTo(http).azureMl.listRegions(aSubscriptionId)).toEqual([
      { name: "eastus", displayName: "East US" },
    ]);
  });

  it("are those of workspaces where the provider does not name computes, by name", async () => {
    const http = offering({ resourceType: "workspaces", locations: ["West Europe", "East US"] });
    const regions = await connectTo(http).azureMl.listRegions(aSubscriptionId);
    expect(regions.map(({ name }) => name)).toEqual(["eastus", "westeurope"]);
  });

  it("are sizes kept for a day per subscription and region", async () => {
    const path = `GET ${aSubscriptionId}/providers/Microsoft.MachineLearningServices/locations/eastus/vmSizes`;
    const value = [{ name: "Standard_DS3_v2", family: "standardDSv2Family", vCPUs: 4, memoryGB: 14.0 }, {}];
    const http = new ScriptedHttp().on(path, { json: { value } });
    const { azureMl, clock } = connectTo(http);
    const sizes = await azureMl.listVmSizes(aSubscriptionId, "East US");
    expect(sizes).toMatchObject([{ name: "Standard_DS3_v2", vCpus: 4, memoryGb: 14 }]);
    await azureMl.listVmSizes(armId(aSubscriptionId.toUpperCase()), "eastus");
    await clock.advance(86_399_000);
    await azureMl.listVmSizes(aSubscriptionId, "eastus");
    expect(http.sent).toHaveLength(1);
    await clock.advance(1_000);
    await azureMl.listVmSizes(aSubscriptionId, "eastus");
    expect(http.sent).toHaveLength(2);
  });

  it("are sizes not kept when they could not be read", async () => {
    const path = `GET ${aSubscriptionId}/providers/Microsoft.MachineLearningServices/locations/eastus/vmSizes`;
    const http = new ScriptedHttp().on(path, { fails: "ENOTFOUND" }, { json: { value: [] } });
    const { azureMl } = connectTo(http);
    expect(await failureOf(azureMl.listVmSizes(aSubscriptionId, "eastus"))).toMatchObject({ kind: "network" });
    expect(await azureMl.listVmSizes(aSubscriptionId, "eastus")).toEqual([]);
  });
});
