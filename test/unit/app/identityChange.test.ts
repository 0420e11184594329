import { describe, expect, it } from "vitest";
import { changeIdentity } from "../../../src/app/identityChange";
import { checkIdentityChange, findGone, findIdentities, principalsOf, readRoles } from "../../../src/app/identityFacts";
import { armId, clusterId } from "../../../src/core/armId";
import { type JsonObject } from "../../../src/core/computeBody";
import { AzureMlError } from "../../../src/core/errors";
import { type UserAssignedIdentity } from "../../../src/core/identity";
import { aCluster, aSubscriptionId, aWorkspace, aWorkspaceId } from "../../support/builders";
import { aComputeAnswer, answeredIdentities, deployIdentity, trainIdentity } from "../../support/computeAnswers";
import { fakeAzureMl } from "../../support/fakeAzureMl";

const cluster = clusterId(aWorkspaceId, "gpu-train");
const system = { kind: "systemAssigned" } as const;

function sender() {
  const sent: JsonObject[] = [];
  return { sent, send: async (body: JsonObject) => void sent.push(body) };
}

describe("changing an identity", () => {
  it("sends what a second GET says with the new identity", async () => {
    const { sent, send } = sender();
    const newer = aComputeAnswer();
    newer.properties.properties.currentNodeCount = 7;
    const azureMl = fakeAzureMl({ getClusterJson: async () => newer });
    const request = { cluster, base: aComputeAnswer(), choice: system };
    expect(await changeIdentity(azureMl, request, send)).toEqual({ accepted: true });
    expect(sent).toMatchObject([{ identity: { type: "SystemAssigned" }, tags: { team: "vision" } }]);
  });

  it("sends nothing when somebody else has changed a setting or the identity, and tells what", async () => {
    const { sent, send } = sender();
    const tagged = { ...aComputeAnswer(answeredIdentities.user), tags: { team: "audio" } };
    const azureMl = fakeAzureMl({ getClusterJson: async () => tagged });
    const outcome = await changeIdentity(azureMl, { cluster, base: aComputeAnswer(), choice: system }, send);
    expect(outcome).toMatchObject({ accepted: false, json: tagged });
    const paths = outcome.accepted ? [] : outcome.differences.map(({ path, kind }) => `${kind} ${path.join(".")}`);
    expect(paths).toEqual(
      expect.arrayContaining(["theirs tags.team", "theirs tags.cost-center", "conflict identity.type"]),
    );
    expect(sent).toEqual([]);
    // The form shows what is there now; sending against that works.
    expect(await changeIdentity(azureMl, { cluster, base: tagged, choice: system }, send)).toEqual({ accepted: true });
    expect(sent).toMatchObject([{ tags: { team: "audio" } }]);
  });

  it.each(["Updating", "Failed", "Deleting"])("sends nothing to a cluster in state %s", async (state) => {
    const { sent, send } = sender();
    const answer = aComputeAnswer();
    answer.properties.provisioningState = state;
    const azureMl = fakeAzureMl({ getClusterJson: async () => answer });
    const change = changeIdentity(azureMl, { cluster, base: answer, choice: system }, send);
    await expect(change).rejects.toMatchObject({ kind: "conflict", code: "ClusterNotReady" });
    expect(sent).toEqual([]);
  });

  it("tells that the cluster is gone", async () => {
    const gone = new AzureMlError({ kind: "notFound", message: "Gone." });
    const azureMl = fakeAzureMl({ getClusterJson: () => Promise.reject(gone) });
    const { send } = sender();
    await expect(changeIdentity(azureMl, { cluster, base: {}, choice: system }, send)).rejects.toBe(gone);
  });
});

const identity = (id: typeof trainIdentity, principalId = "p-1"): UserAssignedIdentity => ({
  id,
  name: id.split("/").at(-1)!,
  resourceGroup: "rg-ml",
  location: "westeurope",
  principalId,
});
const owner = [{ actions: ["*"], notActions: [] }];
const refused = new AzureMlError({ kind: "forbidden", message: "You may not." });

describe("the facts of an identity change", () => {
  it("finds identities in every subscription of the tenant, whatever one of them says", async () => {
    const other = armId("/subscriptions/22222222-2222-2222-2222-222222222222");
    const foreign = armId("/subscriptions/33333333-3333-3333-3333-333333333333");
    const subscription = (id: typeof other, tenantId: string, displayName: string) => ({
      ...{ id, tenantId, displayName, state: "Enabled" },
      subscriptionId: id.slice("/subscriptions/".length),
    });
    const azureMl = fakeAzureMl({
      listSubscriptions: async () => ({
        subscriptions: [
          subscription(aSubscriptionId, "t", "Research"),
          subscription(other, "t", "Shared"),
          subscription(foreign, "u", "Guest"),
        ],
        failures: new Map(),
      }),
      listIdentities: (id) =>
        id === aSubscriptionId ? Promise.resolve([identity(trainIdentity)]) : Promise.reject(refused),
    });
    const found = await findIdentities(azureMl, cluster);
    expect(found.identities.map(({ name }) => name)).toEqual(["train"]);
    expect(found.problem).toContain("Shared: You may not.");
    expect(Object.values(found.subscriptionNames)).toEqual(["Research", "Shared"]);
  });

  it("marks as gone what Azure does not find, not what may not be read", async () => {
    const azureMl = fakeAzureMl({
      getIdentity: (id) => (id === trainIdentity ? Promise.resolve(undefined) : Promise.reject(refused)),
    });
    const both = { kind: "userAssigned", identities: [{ id: trainIdentity }, { id: deployIdentity }] } as const;
    expect(await findGone(azureMl, both)).toEqual([trainIdentity]);
    expect(await findGone(azureMl, { kind: "none" })).toEqual([]);
  });

  it("names every right that is missing, and what could not be checked without blocking", async () => {
    const azureMl = fakeAzureMl({
      listPermissions: (scope) =>
        scope === deployIdentity
          ? Promise.reject(refused)
          : Promise.resolve(scope === trainIdentity ? [{ actions: ["*/read"], notActions: [] }] : owner),
      listLocks: async () => [
        {
          id: armId(`${aWorkspaceId}/providers/x/locks/l`),
          name: "l",
          level: "readOnly",
          scope: aWorkspaceId,
          notes: "",
        },
      ],
      getIdentity: async (id) => identity(id),
    });
    const choice = { kind: "userAssigned", ids: [trainIdentity, deployIdentity] } as const;
    const findings = await checkIdentityChange(azureMl, aCluster(), choice);
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      "error locks.readOnly",
      "error rights.assign",
      "unknown identity.unchecked",
    ]);
    const nobody = fakeAzureMl({
      listPermissions: async () => [{ actions: ["*/read"], notActions: [] }],
      listLocks: async () => [],
      getIdentity: async () => undefined,
    });
    const subnetId = armId(`${aWorkspaceId}/subnets/s`);
    expect((await checkIdentityChange(nobody, { ...aCluster(), subnetId }, choice)).map(({ rule }) => rule)).toEqual([
      "rights.change",
      "rights.join",
      "identity.gone",
      "identity.gone",
    ]);
  });

  it("finds the principals that exist and their roles on the workspace's resources", async () => {
    const storageAccountId = armId(
      `${aSubscriptionId}/resourceGroups/rg-ml/providers/Microsoft.Storage/storageAccounts/s`,
    );
    const workspace = { ...aWorkspace(), storageAccountId, keyVaultId: undefined, containerRegistryId: undefined };
    const azureMl = fakeAzureMl({
      getIdentity: async (id) => (id === trainIdentity ? identity(id) : undefined),
      listRoleAssignments: async (scope, principalId) => [
        { principalId, scope, roleDefinitionId: "/x/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1" },
      ],
    });
    const choice = { kind: "userAssigned", ids: [trainIdentity, deployIdentity] } as const;
    const principals = await principalsOf(azureMl, aCluster(), choice);
    expect(principals).toEqual([{ name: "train", principalId: "p-1" }]);
    expect(
      (await readRoles(azureMl, workspace, principals[0]!)).map(({ role, status }) => `${role} ${status}`),
    ).toEqual(["Storage Blob Data Reader granted", "Storage Blob Data Contributor missing"]);
    expect(await principalsOf(azureMl, { ...aCluster(), identity: { kind: "none" } }, system)).toEqual([]);
  });
});
