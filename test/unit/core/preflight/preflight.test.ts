import { type ClusterDraft } from "../../../../src/core/draft";
import { describe, expect, it } from "vitest";
import { draftFieldOrder } from "../../../../src/core/advancedDraft";
import { armId, armKey } from "../../../../src/core/armId";
import { type Finding, blocks } from "../../../../src/core/finding";
import { type PreflightFacts } from "../../../../src/core/preflight/facts";
import { preflight } from "../../../../src/core/preflight/preflight";
import { aVmSize, aWorkspace, aWorkspaceId } from "../../../support/builders";
import { aFullDraft, aNetwork, aQuota, aSubnetId, anIdentityId } from "../../../support/draftBuilders";

const anything = [{ actions: ["*"], notActions: [] }];
const nothing = [{ actions: [], notActions: [] }];
const reason = "the answer was 403";
const unavailable = { unavailable: reason };

/** Every fact known, nothing in the way. */
function allFacts(over: Partial<PreflightFacts> = {}): PreflightFacts {
  return {
    workspace: aWorkspace(),
    takenNames: ["other"],
    clusters: [],
    namesElsewhere: [],
    regions: ["westeurope", "eastus"],
    vmSizes: [aVmSize()],
    quota: aQuota(100),
    workspaceLimits: {},
    price: { dedicated: 0.25, lowPriority: 0.05, currency: "USD" },
    locale: "en",
    locks: [],
    networkLocks: [],
    workspacePermissions: anything,
    subnetPermissions: anything,
    identityPermissions: { [armKey(anIdentityId)]: anything },
    virtualNetworks: [aNetwork()],
    identities: [{ id: anIdentityId, name: "trainer", resourceGroup: "rg-ml", location: "westeurope" }],
    ...over,
  };
}
const check = (draft: Partial<ClusterDraft> = {}, facts: Partial<PreflightFacts> = {}): readonly Finding[] =>
  preflight(aFullDraft(draft), allFacts(facts));
const rules = (draft: Partial<ClusterDraft> = {}, facts: Partial<PreflightFacts> = {}): string[] =>
  check(draft, facts).map((finding) => finding.rule);
const inSubnet = { network: { kind: "subnet", subnetId: aSubnetId } } as const;

describe("the pre-flight", () => {
  it("is silent on a good draft", () => {
    expect(rules()).toEqual([]);
  });

  it("is silent on a draft with everything in it, but for its notes", () => {
    const findings = check({
      ...inSubnet,
      nodePublicIp: true,
      identity: { kind: "userAssigned", ids: [anIdentityId] },
      tags: { team: "vision" },
      localAuthDisabled: true,
    });
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([["network.group", "info"]]);
  });

  it("knows nothing but the workspace and then only says what needs no fact", () => {
    const facts: PreflightFacts = { workspace: aWorkspace() };
    expect(preflight(aFullDraft(inSubnet), facts).map((finding) => finding.rule)).toEqual(["network.group"]);
    expect(preflight(aFullDraft({ name: "" }), facts).map((finding) => finding.rule)).toEqual(["name.missing"]);
  });

  it("says of every check that could not be made that it was not, why, and blocks nothing", () => {
    const findings = check(
      { ...inSubnet, identity: { kind: "userAssigned", ids: [anIdentityId] } },
      {
        takenNames: unavailable,
        regions: unavailable,
        vmSizes: unavailable,
        quota: unavailable,
        workspaceLimits: unavailable,
        locks: unavailable,
        networkLocks: unavailable,
        workspacePermissions: unavailable,
        subnetPermissions: unavailable,
        identityPermissions: { [armKey(anIdentityId)]: unavailable },
        virtualNetworks: unavailable,
        identities: unavailable,
      },
    );
    const unknown = findings.filter((finding) => finding.severity === "unknown");
    expect(unknown.map((finding) => finding.rule)).toEqual([
      "name.unchecked",
      "location.unchecked",
      "vmSize.unchecked",
      "quota.unchecked",
      "quota.workspace.unchecked",
      "rights.join.unchecked",
      "network.unchecked",
      "locks.network.unchecked",
      "rights.assign.unchecked",
      "identity.unchecked",
      "locks.unchecked",
      "rights.unchecked",
    ]);
    expect(unknown.every((finding) => finding.message.includes(reason))).toBe(true);
    expect(blocks(findings)).toBe(false);
  });

  it("asks nothing about networks and identities that the draft does not have", () => {
    const facts = { networkLocks: unavailable, virtualNetworks: unavailable, identities: unavailable };
    expect(rules({}, { ...facts, subnetPermissions: nothing })).toEqual([]);
  });

  it("lists findings in form order, those of no field last", () => {
    const findings = check(
      { name: "x", description: "d".repeat(9_999), maxNodeCount: 101, ...inSubnet, nodePublicIp: false },
      { workspacePermissions: nothing, subnetPermissions: nothing, quota: aQuota(3) },
    );
    const places = findings.map((finding) => {
      const at = draftFieldOrder.findIndex((field) => field === finding.field);
      return at < 0 ? draftFieldOrder.length : at;
    });
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBeGreaterThan(5);
    expect(findings.at(-1)).toMatchObject({ rule: "rights.delete" });
    expect(findings.at(-1)?.field).toBeUndefined();
  });

  it("names only fields of the form", () => {
    const fields = check({ name: "", ...inSubnet, nodePublicIp: false, minNodeCount: 5 }, { quota: aQuota(4) })
      .map((finding) => finding.field)
      .filter((field) => field !== undefined);
    expect(fields.length).toBeGreaterThan(3);
    expect(fields.filter((field) => !draftFieldOrder.some((name) => name === field))).toEqual([]);
  });

  it("shows hostile names as they are, in texts without markup of its own", () => {
    const name = "<script>{0}</script>";
    const [finding] = check(
      {},
      {
        locks: [
          { id: armId(`${aWorkspaceId}/providers/x/locks/l`), name, level: "readOnly", scope: aWorkspaceId, notes: "" },
        ],
      },
    );
    expect(finding?.message).toContain(`"${name}"`);
  });
});

describe("facts are put to the right rules", () => {
  it.each<[string, Partial<ClusterDraft>, Partial<PreflightFacts>, string[]]>([
    ["a taken name", {}, { takenNames: ["GPU-Train"] }, ["name.taken"]],
    ["a region without clusters", { location: "moonbase" }, {}, ["location.unknown", "location.other"]],
    ["a size that the region lacks", { vmSize: "Standard_X" }, {}, ["vmSize.notInRegion"]],
    ["a retired size", { vmSize: "Standard_NC6" }, {}, ["vmSize.retired"]],
    [
      "a size that is no low priority size",
      { vmPriority: "lowPriority" },
      { vmSizes: [aVmSize({ lowPriorityCapable: false })] },
      ["vmPriority.notCapable"],
    ],
    ["quota below one node", {}, { quota: aQuota(3) }, ["quota.none"]],
    [
      "quota that others use up",
      {},
      { quota: { ...aQuota(100), totalDedicatedCores: { used: 98, limit: 100 } } },
      ["quota.usedUp"],
    ],
    ["quota for one node exactly", { maxNodeCount: 1 }, { quota: aQuota(4) }, []],
    ["quota below the maximum", { maxNodeCount: 2 }, { quota: aQuota(7) }, ["quota.max"]],
    ["quota below the minimum", { minNodeCount: 2 }, { quota: aQuota(7) }, ["quota.min", "scale.minCost"]],
    ["low priority quota below one node", { vmPriority: "lowPriority" }, { quota: aQuota(100, 3) }, ["quota.none"]],
    ["the workspace's limit below one node", {}, { workspaceLimits: { standarddsv2family: 3 } }, ["quota.none"]],
    [
      "the workspace's limit when the quota cannot be read",
      {},
      { quota: unavailable, workspaceLimits: { standarddsv2family: 3 } },
      ["quota.unchecked", "quota.none"],
    ],
    [
      "no computes left in the region",
      {},
      { quota: { ...aQuota(100), totalClusters: { used: 200, limit: 200 } } },
      ["quota.computes"],
    ],
    ["one compute left in the region", {}, { quota: { ...aQuota(100), totalClusters: { used: 199, limit: 200 } } }, []],
    [
      "a size with InfiniBand",
      { maxNodeCount: 101 },
      { quota: aQuota(9e9), vmSizes: [aVmSize({ infiniBand: true })] },
      ["scale.infiniBand", "scale.communication"],
    ],
    [
      "a size without InfiniBand",
      { maxNodeCount: 101 },
      { quota: aQuota(9e9), vmSizes: [aVmSize({ infiniBand: false })] },
      ["scale.over100", "scale.communication"],
    ],
    [
      "a missing right to create",
      {},
      { workspacePermissions: nothing },
      ["rights.create", "rights.read", "rights.nodes", "rights.delete"],
    ],
    ["a missing right to join", inSubnet, { subnetPermissions: nothing }, ["network.group", "rights.join"]],
    [
      "a missing right to assign",
      { identity: { kind: "userAssigned", ids: [anIdentityId] } },
      { identityPermissions: { [armKey(anIdentityId)]: nothing } },
      ["rights.assign"],
    ],
    [
      "an identity that is gone",
      { identity: { kind: "userAssigned", ids: [anIdentityId] } },
      { identities: [] },
      ["identity.missing"],
    ],
    ["a subnet that is gone", inSubnet, { virtualNetworks: [] }, ["network.missing", "network.group"]],
    [
      "a network elsewhere",
      inSubnet,
      { virtualNetworks: [aNetwork({ location: "eastus" })] },
      ["network.region", "network.group"],
    ],
    [
      "a subnet in a workspace with a managed network, and nothing else about it",
      { ...inSubnet, nodePublicIp: false },
      { workspace: aWorkspace({ managedNetworkIsolation: "AllowInternetOutbound" }), subnetPermissions: nothing },
      ["network.managed"],
    ],
    [
      "another region in a workspace with a managed network, without the note on distance",
      { location: "eastus" },
      { workspace: aWorkspace({ managedNetworkIsolation: "AllowInternetOutbound" }) },
      ["location.managedNetwork"],
    ],
    [
      "another region in a workspace with private endpoints",
      { location: "eastus" },
      { workspace: aWorkspace({ privateEndpointCount: 1 }) },
      ["location.other", "location.privateEndpoint"],
    ],
    [
      "no public IP in a subnet of a workspace without private endpoint",
      { ...inSubnet, nodePublicIp: false },
      {},
      ["network.group", "network.noEndpoint", "network.outbound"],
    ],
    ["no public IP without a subnet", { nodePublicIp: false }, {}, ["network.noPublicIp"]],
    [
      "SSH that is open to the internet",
      { ssh: { enabled: true, adminUserName: "anna", credential: { kind: "password", password: "Abc-123" } } },
      {},
      ["ssh.public"],
    ],
    ["a system-assigned identity", { identity: { kind: "systemAssigned" } }, {}, ["identity.system"]],
  ])("%s", (_, draft, facts, expected) => {
    expect(rules(draft, facts).sort()).toEqual([...expected].sort());
  });

  it("takes the size's own price where the price list has none", () => {
    const vmSizes = [aVmSize({ price: { dedicated: 1, lowPriority: 0.2 } })];
    const cost = (facts: Partial<PreflightFacts>): string | undefined =>
      check({ minNodeCount: 1 }, { vmSizes, ...facts }).find((finding) => finding.rule === "scale.minCost")?.message;
    expect(cost({ price: undefined })).toContain("$730.00");
    expect(cost({ price: { currency: "EUR" } })).toContain("$730.00");
    expect(cost({ price: { currency: "EUR", dedicated: 2 } })).toContain("€1,460.00");
  });
});
