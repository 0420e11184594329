import { describe, expect, it } from "vitest";
import { armId } from "../../../../src/core/armId";
import { type Subnet } from "../../../../src/core/compute";
import { type Finding } from "../../../../src/core/finding";
import {
  networkGroupNote,
  noPublicIpNeedsEndpoint,
  noSubnetInManagedNetwork,
  outboundNote,
  privateWorkspaceNeedsNetwork,
} from "../../../../src/core/preflight/network";
import {
  regionDistance,
  regionOfManagedNetwork,
  regionWithPrivateEndpoint,
} from "../../../../src/core/preflight/region";
import { sshExposure } from "../../../../src/core/preflight/ssh";
import {
  findSubnet,
  subnetAddresses,
  subnetDelegation,
  subnetExists,
  subnetPolicies,
  subnetRegion,
  subnetSubscription,
} from "../../../../src/core/preflight/subnet";
import { aWorkspace, aWorkspaceId } from "../../../support/builders";
import { aNetwork, aSubnet, aSubnetId } from "../../../support/draftBuilders";

const short = (findings: readonly Finding[]): string[] => findings.map(({ rule, severity }) => `${severity} ${rule}`);
const managed = aWorkspace({ managedNetworkIsolation: "AllowOnlyApprovedOutbound" });
const behindEndpoint = aWorkspace({ privateEndpointCount: 1 });
const otherSubscription = armId(aSubnetId.replace(/1{8}-/, "22222222-"));
const inSubnet = { kind: "subnet", subnetId: aSubnetId } as const;

describe("the region", () => {
  it.each([
    ["westeurope", []],
    ["West Europe", []],
    ["", []],
    ["eastus", ["warning location.other"]],
  ])("%j against the workspace's westeurope", (location, expected) => {
    expect(short(regionDistance(location, "westeurope"))).toEqual(expected);
  });

  it.each([
    ["eastus", managed, ["error location.managedNetwork"]],
    ["West Europe", managed, []],
    ["eastus", aWorkspace(), []],
    ["eastus", aWorkspace({ managedNetworkIsolation: "" }), []],
  ])("%s under a managed network", (location, workspace, expected) => {
    expect(short(regionOfManagedNetwork(location, workspace))).toEqual(expected);
  });

  it("is set back to the workspace's by a button", () => {
    const remedy = { kind: "setField", field: "location", value: "westeurope" };
    expect(regionOfManagedNetwork("eastus", managed)[0]?.remedy).toMatchObject(remedy);
  });

  it.each([
    ["eastus", behindEndpoint, ["warning location.privateEndpoint"]],
    ["westeurope", behindEndpoint, []],
    ["eastus", aWorkspace(), []],
    ["eastus", { ...managed, privateEndpointCount: 1 }, []],
  ])("%s with private endpoints", (location, workspace, expected) => {
    expect(short(regionWithPrivateEndpoint(location, workspace, false))).toEqual(expected);
    expect(short(regionWithPrivateEndpoint(location, workspace, true))).toEqual(expected);
  });
});

describe("the network", () => {
  it("cannot be one's own where the workspace has a managed one", () => {
    expect(short(noSubnetInManagedNetwork(aSubnetId, managed))).toEqual(["error network.managed"]);
    expect(noSubnetInManagedNetwork(aSubnetId, aWorkspace())).toEqual([]);
  });

  it.each([
    [false, aWorkspace(), ["warning network.noEndpoint"]],
    [false, behindEndpoint, []],
    [false, managed, []],
    [true, aWorkspace(), []],
  ])("with public IPs %s needs the workspace's private endpoint or not", (publicIp, workspace, expected) => {
    expect(short(noPublicIpNeedsEndpoint(publicIp, workspace))).toEqual(expected);
  });

  it("without public IPs must let nodes out", () => {
    expect(short(outboundNote(false))).toEqual(["info network.outbound"]);
    expect(outboundNote(true)).toEqual([]);
  });

  it.each([
    ["Disabled", { kind: "none" }, ["warning network.privateWorkspace"]],
    ["Disabled", inSubnet, []],
    ["Enabled", { kind: "none" }, []],
    ["Unknown", { kind: "none" }, []],
  ] as const)("of a workspace with public access %s and %j", (publicNetworkAccess, network, expected) => {
    expect(short(privateWorkspaceNeedsNetwork(network, aWorkspace({ publicNetworkAccess })))).toEqual(expected);
    expect(privateWorkspaceNeedsNetwork(network, { ...managed, publicNetworkAccess })).toEqual([]);
  });

  it("in another group gets its parts there", () => {
    expect(short(networkGroupNote(aSubnetId, aWorkspace()))).toEqual(["info network.group"]);
    expect(networkGroupNote(aSubnetId, aWorkspace({ resourceGroup: "RG-NET" }))).toEqual([]);
  });
});

describe("the subnet", () => {
  const networks = [aNetwork({ subnets: [] }), aNetwork()];

  it("is of the workspace's subscription", () => {
    expect(subnetSubscription(aSubnetId, aWorkspaceId)).toEqual([]);
    expect(short(subnetSubscription(otherSubscription, aWorkspaceId))).toEqual(["error network.subscription"]);
  });

  it("is found whatever its case, or missing", () => {
    const shouted = armId(aSubnetId.toUpperCase());
    expect(findSubnet(shouted, networks)?.subnet.name).toBe("nodes");
    expect(subnetExists(shouted, aWorkspaceId, networks)).toEqual([]);
    expect(short(subnetExists(armId(`${aSubnetId}2`), aWorkspaceId, networks))).toEqual(["error network.missing"]);
    expect(subnetExists(otherSubscription, aWorkspaceId, networks)).toEqual([]);
  });

  it("is of the cluster's region, in any spelling", () => {
    expect(subnetRegion(aNetwork(), "West Europe")).toEqual([]);
    expect(subnetRegion(aNetwork(), "")).toEqual([]);
    expect(short(subnetRegion(aNetwork(), "eastus"))).toEqual(["error network.region"]);
  });

  it("is not delegated", () => {
    expect(subnetDelegation(aSubnet())).toEqual([]);
    const [finding] = subnetDelegation(aSubnet({ delegations: ["Microsoft.Web/serverFarms"] }));
    expect(finding).toMatchObject({ rule: "network.delegated", severity: "error" });
    expect(finding?.message).toContain("Microsoft.Web/serverFarms");
  });

  it.each<[Partial<Subnet>, number, string[]]>([
    [{}, 251, []],
    [{}, 252, ["warning network.addresses"]],
    [{ usedAddresses: 250 }, 1, []],
    [{ usedAddresses: 250 }, 2, ["warning network.addresses"]],
    [{ usedAddresses: 251 }, 1, ["error network.noAddress"]],
    [{ usedAddresses: 999 }, 0, ["error network.noAddress"]],
    [{ usedAddresses: undefined }, 251, []],
    [{ usedAddresses: undefined }, 252, ["warning network.addresses"]],
    [{ addressPrefixes: ["10.0.0.0/29"] }, 3, []],
    [{ addressPrefixes: ["10.0.0.0/29"] }, 4, ["warning network.addresses"]],
    [{ addressPrefixes: ["fd00::/64"] }, 9_999, []],
    [{}, Number.NaN, []],
  ])("%j has addresses for %d nodes or not", (over, maxNodeCount, expected) => {
    expect(short(subnetAddresses(aSubnet(over), maxNodeCount))).toEqual(expected);
  });

  it("says how many addresses are free and offers that many nodes", () => {
    const [finding] = subnetAddresses(aSubnet({ usedAddresses: 241 }), 20);
    expect(finding?.message).toContain("10 of 251 addresses free");
    expect(finding?.remedy).toMatchObject({ field: "maxNodeCount", value: 10 });
  });

  it.each<[Partial<Subnet>, string[]]>([
    [{}, []],
    [{ privateEndpointNetworkPolicies: "Enabled" }, ["error network.policies"]],
    [{ privateLinkServiceNetworkPolicies: "enabled" }, ["error network.policies"]],
    [{ privateEndpointNetworkPolicies: "RouteTableEnabled" }, ["warning network.policies"]],
    [{ privateLinkServiceNetworkPolicies: "" }, []],
  ])("%j is fit for nodes without public IP or not", (over, expected) => {
    expect(short(subnetPolicies(aSubnet(over), false))).toEqual(expected);
    expect(subnetPolicies(aSubnet(over), true)).toEqual([]);
  });
});

describe("SSH", () => {
  const ssh = { enabled: true, adminUserName: "a", credential: { kind: "publicKey", key: "" } } as const;

  it.each([
    [true, { kind: "none" }, ["warning ssh.public"]],
    [true, inSubnet, []],
    [false, inSubnet, ["info ssh.privateOnly"]],
  ] as const)("with public IPs %s and network %j", (publicIp, network, expected) => {
    expect(short(sshExposure(ssh, network, publicIp))).toEqual(expected);
    expect(sshExposure({ ...ssh, enabled: false }, network, publicIp)).toEqual([]);
  });
});
