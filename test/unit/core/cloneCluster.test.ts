import { describe, expect, it } from "vitest";
import { validateAdvancedDraft } from "../../../src/core/advancedDraft";
import { armId } from "../../../src/core/armId";
import { type ComputeCluster } from "../../../src/core/cluster";
import { cloneCluster, recreateCluster, suggestName } from "../../../src/core/cloneCluster";
import { validateDraft } from "../../../src/core/draft";
import { type Workspace } from "../../../src/core/workspace";
import { aCluster, aWorkspace, aWorkspaceId } from "../../support/builders";
import { aSubnetId, anIdentityId } from "../../support/draftBuilders";

const here = aWorkspace();
const elsewhere = aWorkspace({
  id: armId(aWorkspaceId.replace("ml-west", "ml-east")),
  name: "ml-east",
  location: "eastus",
});
const otherSubscription = aWorkspace({ id: armId(aWorkspaceId.replace(/1{8}-/, "22222222-")) });
const managed = (workspace: Workspace) => ({ ...workspace, managedNetworkIsolation: "AllowInternetOutbound" });
const clone = (cluster: Partial<ComputeCluster>, workspace = here, location?: string) => {
  const result = cloneCluster(aCluster(cluster), { workspace, location, takenNames: ["gpu-train"] });
  return { ...result, rules: result.findings.map((finding) => finding.rule) };
};

describe("a clone", () => {
  it("is the same cluster under a free name", () => {
    const scaleSettings = { minNodeCount: 1, maxNodeCount: 9, idleSecondsBeforeScaleDown: 60 };
    const { draft, findings } = clone({
      vmSize: "Standard_NC6s_v3",
      vmPriority: "lowPriority",
      scaleSettings,
      description: "d",
      tags: { a: "b" },
      subnetId: aSubnetId,
      nodePublicIp: false,
      identity: { kind: "userAssigned", identities: [{ id: anIdentityId }] },
      localAuthDisabled: true,
    });
    expect(findings).toEqual([]);
    expect(draft).toMatchObject({
      name: "gpu-train-v2",
      location: "westeurope",
      vmSize: "Standard_NC6s_v3",
      vmPriority: "lowPriority",
      ...scaleSettings,
      description: "d",
      tags: { a: "b" },
      ssh: { enabled: false },
      network: { kind: "subnet", subnetId: aSubnetId },
      nodePublicIp: false,
      identity: { kind: "userAssigned", ids: [anIdentityId] },
      localAuthDisabled: true,
    });
    expect([...validateDraft(draft), ...validateAdvancedDraft(draft, { workspace: here })]).toEqual([]);
  });

  it("of another workspace is in that workspace's region unless said", () => {
    expect(clone({}, elsewhere).draft.location).toBe("eastus");
    expect(clone({}, elsewhere).rules).toEqual(["clone.region"]);
    expect(clone({}, elsewhere, "westeurope")).toMatchObject({ draft: { location: "westeurope" }, rules: [] });
    expect(clone({ location: "japaneast" })).toMatchObject({ draft: { location: "japaneast" }, rules: [] });
    expect(clone({ location: "japaneast" }, managed(here)).draft.location).toBe("westeurope");
  });

  it.each([
    ["in the same place", here, undefined, true, []],
    ["in another region", here, "eastus", false, ["clone.region", "clone.network"]],
    ["in another workspace of the region", elsewhere, "westeurope", true, []],
    ["in another subscription", otherSubscription, "westeurope", false, ["clone.network"]],
    ["in a managed network", managed(here), undefined, false, ["clone.network"]],
  ])("%s keeps its subnet or says why not", (_, workspace, location, keeps, expected) => {
    const result = clone({ subnetId: aSubnetId }, workspace, location);
    expect(result.draft.network.kind).toBe(keeps ? "subnet" : "none");
    expect(result.rules).toEqual(expected);
  });

  it("without its network gets public addresses again and says so, but not in a managed network", () => {
    const cluster = { subnetId: aSubnetId, nodePublicIp: false };
    expect(clone(cluster, here, "eastus")).toMatchObject({
      draft: { nodePublicIp: true },
      rules: ["clone.region", "clone.network", "clone.publicIp"],
    });
    expect(clone(cluster, managed(here))).toMatchObject({ draft: { nodePublicIp: false }, rules: ["clone.network"] });
  });

  it.each([
    ["enabled", "anna", true, ["clone.sshCredential"]],
    ["disabled", "anna", false, ["clone.sshCredential"]],
    ["enabled", undefined, false, ["clone.sshClosed"]],
    ["notSpecified", undefined, false, []],
  ] as const)("with SSH %s and the user %s", (remoteLogin, adminUserName, enabled, expected) => {
    const { draft, rules } = clone({ remoteLogin, adminUserName });
    expect(draft.ssh).toEqual({
      enabled,
      adminUserName: adminUserName ?? "azureuser",
      credential: { kind: "publicKey", key: "" },
    });
    expect(rules).toEqual(expected);
  });

  it("says that a system-assigned identity is a new one", () => {
    expect(clone({ identity: { kind: "systemAssigned", principalId: "p" } })).toMatchObject({
      draft: { identity: { kind: "systemAssigned" } },
      rules: ["clone.systemIdentity"],
    });
  });

  it("says that an identity is in another subscription", () => {
    const identity = { kind: "userAssigned", identities: [{ id: anIdentityId }] } as const;
    expect(clone({ identity }, otherSubscription, "westeurope").rules).toEqual(["clone.identityElsewhere"]);
  });
});

describe("recreating under a new name", () => {
  it("changes what Azure cannot change, and only that", () => {
    const cluster = aCluster({ subnetId: aSubnetId });
    const { draft, findings } = recreateCluster(
      cluster,
      { vmSize: "Standard_NC6s_v3" },
      { workspace: here, takenNames: ["gpu-train", "GPU-TRAIN-V2"] },
    );
    expect(draft).toMatchObject({ name: "gpu-train-v3", vmSize: "Standard_NC6s_v3", network: { kind: "subnet" } });
    expect(findings).toEqual([]);
  });

  it("says nothing about what the change itself settles", () => {
    const cluster = aCluster({ subnetId: aSubnetId, identity: { kind: "systemAssigned" } });
    const target = { workspace: here, takenNames: [] };
    const { draft, findings } = recreateCluster(cluster, { location: "eastus", identity: { kind: "none" } }, target);
    expect(draft).toMatchObject({ location: "eastus", identity: { kind: "none" }, network: { kind: "none" } });
    expect(findings.map((finding) => finding.rule)).toEqual(["clone.network"]);
  });
});

describe("a suggested name", () => {
  it.each([
    ["gpu-train", [], "gpu-train"],
    ["gpu-train", ["other"], "gpu-train"],
    ["gpu-train", ["GPU-Train"], "gpu-train-v2"],
    ["gpu-train", ["gpu-train", "gpu-train-v2", "gpu-train-v3"], "gpu-train-v4"],
    ["gpu-train-v2", ["gpu-train-v2"], "gpu-train-v3"],
    ["GPU", ["gpu", "gpu-v2"], "GPU-v3"],
    ["gpu-v9", ["gpu-v9"], "gpu-v10"],
    ["a".repeat(24), ["a".repeat(24)], `${"a".repeat(21)}-v2`],
    [`${"a".repeat(20)}-bcd`, [`${"a".repeat(20)}-bcd`], `${"a".repeat(20)}-v2`],
    ["a".repeat(40), [], "a".repeat(24)],
    ["my cluster_1", [], "my-cluster-1"],
    ["1abc", [], "abc"],
    ["名前", [], "cluster"],
    ["", ["cluster"], "cluster-v2"],
    ["<script>", [], "script"],
    ["abc---", [], "abc"],
  ])("after %j beside %j is %j", (base, taken, expected) => {
    expect(suggestName(base, taken)).toBe(expected);
  });
});
