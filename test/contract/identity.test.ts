import { readFileSync } from "node:fs";
import { type LiveValidator } from "oav/dist/lib/liveValidation/liveValidator.js";
import { beforeAll, describe, expect, test } from "vitest";
import { changeIdentity } from "../../src/app/identityChange";
import { type AzureMl } from "../../src/app/ports";
import { connect } from "../../src/azure/connect";
import { type IdentityDraft } from "../../src/core/advancedDraft";
import { type ArmId, clusterId } from "../../src/core/armId";
import { writableBody } from "../../src/core/computeBody";
import { choiceOf } from "../../src/core/identityChange";
import { WorldBuilder, networkIn } from "../../src/simulator/seed/builder";
import { type IdentitySetting, type WorldState } from "../../src/simulator/model";
import { aWorkspaceId } from "../support/builders";
import { deployIdentity, trainIdentity } from "../support/computeAnswers";
import { simulated } from "../support/simulated";
import { specificationFolder, whyMissing } from "./support/shared";
import { loadSpecification, requestViolationsOf, violationsOf } from "./support/specification";
import { listening } from "./support/traffic";

const version = "2024-04-01";
const cluster = clusterId(aWorkspaceId, "gpu-train");

/** One cluster with everything set, as the golden bodies have it. */
function worldWith(identity: IdentitySetting | undefined): (now: number, seed: number) => WorldState {
  return (now, seed) => {
    const builder = new WorldBuilder(now, seed, "dev@contoso.example");
    const subscription = builder.subscription(
      builder.tenant("Contoso", "contoso.example"),
      "Research",
      "11111111-1111-1111-1111-111111111111",
    );
    builder.role(subscription, "Owner");
    const group = builder.group(subscription, "rg-ml", "westeurope");
    for (const name of ["train", "deploy"]) builder.identity(group, name, "westeurope");
    const network = networkIn(builder, group, "vnet-ml", "northeurope", [
      {
        name: "clusters",
        addressPrefix: "10.20.1.0/24",
        otherAddresses: 0,
        privateEndpointNetworkPolicies: "Disabled",
        privateLinkServiceNetworkPolicies: "Disabled",
      },
    ]);
    builder.quota(subscription, "northeurope", { total: 400, lowPriority: 400, others: 100 });
    const workspace = builder.workspace(group, "ml-west", "westeurope");
    builder.cluster(workspace, "gpu-train", "Standard_NC24s_v3", {
      location: "northeurope",
      description: "Trains the models of team vision",
      tags: { team: "vision", "cost-center": "42" },
      lowPriority: true,
      min: 1,
      max: 8,
      idle: "PT30M",
      nodes: { idle: 1 },
      subnetId: `${network}/subnets/clusters`,
      remoteLogin: "Enabled",
      adminUserName: "azureuser",
      nodePublicIp: false,
      localAuthDisabled: true,
      ...(identity === undefined ? {} : { identity }),
    });
    return builder.state;
  };
}

const system: IdentitySetting = { type: "SystemAssigned", userAssignedIds: [] };
const user = (...ids: ArmId[]): IdentitySetting => ({ type: "UserAssigned", userAssignedIds: ids });
const chosen = (...ids: ArmId[]): IdentityDraft => ({ kind: "userAssigned", ids });

/** Every transition of azure-facts 2.5. */
const transitions: readonly [string, IdentitySetting | undefined, IdentityDraft][] = [
  ["none-to-system", undefined, { kind: "systemAssigned" }],
  ["none-to-user", undefined, chosen(trainIdentity)],
  ["system-to-user", system, chosen(trainIdentity, deployIdentity)],
  ["user-to-system", user(trainIdentity, deployIdentity), { kind: "systemAssigned" }],
  ["user-add", user(trainIdentity), chosen(trainIdentity, deployIdentity)],
  ["user-remove", user(trainIdentity, deployIdentity), chosen(deployIdentity)],
  ["system-to-none", system, { kind: "none" }],
  ["user-to-none", user(trainIdentity, deployIdentity), { kind: "none" }],
];

async function connected(identity: IdentitySetting | undefined) {
  const world = simulated({ world: worldWith(identity) });
  const wire = listening(world.httpClient);
  const silent = (): void => undefined;
  const azureMl: AzureMl = connect({
    credential: { label: "simulated", getToken: (wanted) => world.simulation.getToken(wanted) },
    httpClient: wire.httpClient,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    onRequest: silent,
    clock: { now: () => world.clock.now(), sleep: async (ms) => world.clock.advance(ms / 1_000) },
    retryDelayMs: 0,
    priceSpacingMs: 0,
  });
  await azureMl.listSubscriptions();
  return { azureMl, pairs: wire.pairs };
}

describe.skipIf(whyMissing(specificationFolder) !== "")(
  `a change of identity${whyMissing(specificationFolder)}`,
  () => {
    let validator: LiveValidator;
    beforeAll(async () => {
      validator = await loadSpecification(version);
    });

    test.each(transitions)(
      "%s: the golden body goes out, is valid, and changes nothing else",
      async (name, before, choice) => {
        const { azureMl, pairs } = await connected(before);
        const base = await azureMl.getClusterJson(cluster);
        const outcome = await changeIdentity(azureMl, { cluster, base, choice }, async (body) => {
          const operation = await azureMl.beginUpdate(cluster, body);
          await azureMl.finish(operation!);
        });
        expect(outcome).toEqual({ accepted: true });

        const puts = pairs.filter(({ method }) => method === "PUT");
        const golden: unknown = JSON.parse(
          readFileSync(new URL(`../golden/identity/${name}.json`, import.meta.url), "utf8"),
        );
        expect(puts.map(({ requestBody }) => requestBody)).toEqual([golden]);
        expect(await requestViolationsOf(validator, puts)).toEqual([]);
        expect(await violationsOf(validator, pairs)).toEqual([]);

        const settings = { ...writableBody(base), identity: undefined };
        const now = { ...writableBody(await azureMl.getClusterJson(cluster)), identity: undefined };
        expect(now).toEqual(settings);
        expect(choiceOf((await azureMl.getCluster(cluster))!.identity)).toEqual(choice);
      },
    );

    test("the validator does see a wrong body", async () => {
      const { azureMl, pairs } = await connected(undefined);
      const body = { ...writableBody(await azureMl.getClusterJson(cluster)), tags: "none" };
      await azureMl.beginUpdate(cluster, body).catch(() => undefined);
      const puts = pairs.filter(({ method }) => method === "PUT");
      expect(puts).toHaveLength(1);
      expect((await requestViolationsOf(validator, puts)).length).toBeGreaterThan(0);
    });

    test("giving a role sends the definition, the principal and its type, and is read back", async () => {
      const { azureMl, pairs } = await connected(system);
      const { identity } = (await azureMl.getCluster(cluster))!;
      const principalId = identity.kind === "systemAssigned" ? identity.principalId! : "";
      const { storageAccountId } = await azureMl.getWorkspace(aWorkspaceId);
      await azureMl.assignRole(storageAccountId!, "Storage Blob Data Reader", principalId);
      expect(await azureMl.listRoleAssignments(storageAccountId!, principalId)).toHaveLength(1);
      const puts = pairs.filter(({ method }) => method === "PUT");
      expect(puts).toHaveLength(1);
      expect(puts[0]!.requestBody).toEqual({
        properties: { roleDefinitionId: expect.any(String), principalId, principalType: "ServicePrincipal" },
      });
    });
  },
);
