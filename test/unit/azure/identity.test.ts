import { describe, expect, it } from "vitest";
import { connect } from "../../../src/azure/connect";
import { type AzureMl } from "../../../src/app/ports";
import { type ArmId, armId, clusterId } from "../../../src/core/armId";
import { identityPutBody } from "../../../src/core/computeBody";
import { type IdentityDraft } from "../../../src/core/advancedDraft";
import { type SimulationOptions } from "../../../src/simulator/simulation";
import { simulated } from "../../support/simulated";
import { failureOf } from "./scriptedHttp";

/** The demo world, and the adapter on it; waiting moves the simulated clock. */
async function demo(options: Omit<SimulationOptions, "clock"> = {}) {
  const world = simulated({ world: "demo", ...options });
  const silent = (): void => undefined;
  const azureMl: AzureMl = connect({
    credential: { label: "simulated", getToken: (request) => world.simulation.getToken(request) },
    httpClient: world.httpClient,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    onRequest: silent,
    clock: { now: () => world.clock.now(), sleep: async (ms) => world.clock.advance(ms / 1_000) },
    retryDelayMs: 0,
    priceSpacingMs: 0,
  });
  const { subscriptions } = await azureMl.listSubscriptions();
  const workspaces = (await Promise.all(subscriptions.map(({ id }) => azureMl.listWorkspaces(id)))).flat();
  const idOf = (name: string): ArmId => workspaces.find((workspace) => workspace.name === name)!.id;
  const identities = (await Promise.all(subscriptions.map(({ id }) => azureMl.listIdentities(id)))).flat();
  const identity = (name: string): ArmId => identities.find((one) => one.name === name)!.id;
  const change = async (cluster: ArmId, choice: IdentityDraft): Promise<void> => {
    const body = identityPutBody(await azureMl.getClusterJson(cluster), choice);
    const operation = await azureMl.beginUpdate(cluster, body);
    expect(operation?.kind).toBe("update");
    await azureMl.finish(operation!);
  };
  const kindOf = async (cluster: ArmId) => (await azureMl.getCluster(cluster))!.identity;
  return { world, azureMl, idOf, identity, identities, change, kindOf };
}

describe("the PUT of an identity", () => {
  it("changes it and nothing else, over every transition", async () => {
    const { azureMl, idOf, identity, change, kindOf } = await demo();
    const cluster = clusterId(idOf("ml-west"), "gpu-train");
    const before = await azureMl.getCluster(cluster);
    const [data, pull] = [identity("id-training-data"), identity("id-registry-pull")];
    await change(cluster, { kind: "userAssigned", ids: [data, pull] });
    expect(await kindOf(cluster)).toMatchObject({ kind: "userAssigned", identities: [{}, {}] });
    await change(cluster, { kind: "userAssigned", ids: [pull] });
    expect(await kindOf(cluster)).toMatchObject({ kind: "userAssigned", identities: [{ id: pull }] });
    await change(cluster, { kind: "systemAssigned" });
    const first = await kindOf(cluster);
    expect(first).toMatchObject({ kind: "systemAssigned", principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    await change(cluster, { kind: "none" });
    expect(await kindOf(cluster)).toEqual({ kind: "none" });
    await change(cluster, { kind: "systemAssigned" });
    expect(await kindOf(cluster)).not.toEqual(first);
    await change(cluster, { kind: "userAssigned", ids: [data] });
    await change(cluster, { kind: "none" });
    await change(cluster, { kind: "userAssigned", ids: [data] });
    const after = await azureMl.getCluster(cluster);
    const { tags, scaleSettings, vmSize, vmPriority, remoteLogin, description } = before!;
    expect(after).toMatchObject({ tags, scaleSettings, vmSize, vmPriority, remoteLogin, description });
  });

  it("is refused with the linked resource's own code where an identity may not be assigned or is gone", async () => {
    const { azureMl, idOf, identity, change, kindOf } = await demo();
    const guarded = clusterId(idOf("ml-production"), "retraining");
    const mayNot = await failureOf(change(guarded, { kind: "userAssigned", ids: [identity("id-fraud-models")] }));
    expect(mayNot).toMatchObject({ kind: "forbidden", code: "LinkedAuthorizationFailed" });
    const retired = await kindOf(clusterId(idOf("vision"), "legacy-k80"));
    expect(retired).toMatchObject({ kind: "userAssigned", identities: [{ id: expect.stringMatching(/id-retired$/) }] });
    const gone = armId(identity("id-training-data").replace(/[^/]+$/, "id-nowhere"));
    const failure = await failureOf(
      change(clusterId(idOf("ml-west"), "cpu-pipelines"), { kind: "userAssigned", ids: [gone] }),
    );
    expect(failure).toMatchObject({ kind: "invalid", code: "FailedIdentityOperation" });
    expect(await azureMl.getIdentity(gone)).toBeUndefined();
  });

  it.each(["accepted", "refused"] as const)(
    "leaves SSH as it is where a PUT without credentials is %s: the user name goes back, the secret cannot",
    async (sshUpdateWithoutCredentials) => {
      const { world, azureMl, change } = await demo({ switches: { sshUpdateWithoutCredentials } });
      const { subscriptions } = await azureMl.listSubscriptions();
      const lists = await Promise.all(subscriptions.map(({ id }) => azureMl.listWorkspaces(id)));
      const vision = lists.flat().find(({ resourceGroup }) => resourceGroup === "rg-vision")!;
      const cluster = clusterId(vision.id, "debug-ssh");
      await change(cluster, { kind: "systemAssigned" });
      world.clock.advance(60);
      const after = await azureMl.getClusterJson(cluster);
      expect(after).toMatchObject({
        identity: { type: "SystemAssigned" },
        properties: {
          properties: {
            remoteLoginPortPublicAccess: "Enabled",
            userAccountCredentials: { adminUserName: "azureuser" },
          },
        },
      });
    },
  );

  it("is refused under a read-only lock, while another write is under way, and by a service that keeps identities", async () => {
    const { world, azureMl, idOf, change } = await demo({ switches: { identityToNone: "refused" } });
    const cluster = clusterId(idOf("ml-west"), "etl-nightly");
    expect(await failureOf(change(cluster, { kind: "none" }))).toMatchObject({ kind: "invalid" });
    const body = identityPutBody(await azureMl.getClusterJson(cluster), { kind: "systemAssigned" });
    await azureMl.beginUpdate(cluster, body);
    expect(await failureOf(azureMl.beginUpdate(cluster, body))).toMatchObject({ kind: "conflict" });
    world.clock.advance(60);
    world.simulation.commands.setGroupLock(cluster.split("/").slice(0, 5).join("/"), "ReadOnly");
    expect(await failureOf(azureMl.beginUpdate(cluster, body))).toMatchObject({ kind: "locked", code: "ScopeLocked" });
  });
});

describe("roles of an identity", () => {
  it("are read with the inherited ones, and given once or twice alike", async () => {
    const { azureMl, idOf, identities } = await demo();
    const workspace = await azureMl.getWorkspace(idOf("ml-west"));
    expect(workspace.containerRegistryId).toMatch(/registries\/crmlwest$/);
    const { principalId = "" } = identities.find(({ name }) => name === "id-training-data")!;
    const before = await azureMl.listRoleAssignments(workspace.id, principalId);
    expect(before).toMatchObject([{ principalId, scope: expect.stringMatching(/rg-ml-west$/) }]);
    await azureMl.assignRole(workspace.containerRegistryId!, "AcrPull", principalId);
    await azureMl.assignRole(workspace.containerRegistryId!, "AcrPull", principalId);
    expect(await azureMl.listRoleAssignments(workspace.containerRegistryId!, principalId)).toHaveLength(2);
  });

  it("cannot be given by a guest, nor asked of what is no object id", async () => {
    const { azureMl, idOf, identities } = await demo();
    const { principalId = "" } = identities.find(({ name }) => name === "id-speech")!;
    const lab = idOf("speech-lab");
    expect(await failureOf(azureMl.assignRole(lab, "AcrPull", principalId))).toMatchObject({ kind: "forbidden" });
    await expect(azureMl.listRoleAssignments(lab, "x') or true")).rejects.toThrow("Not an object id");
  });
});
