import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { gatherPreflightFacts } from "../../../src/app/createFacts";
import { type AzureMl } from "../../../src/app/ports";
import { connect } from "../../../src/azure/connect";
import { armId, clusterId, subscriptionOf } from "../../../src/core/armId";
import { type ClusterDraft, emptyDraft } from "../../../src/core/draft";
import { AzureMlError } from "../../../src/core/errors";
import { preflight } from "../../../src/core/preflight/preflight";
import { type Workspace } from "../../../src/core/workspace";
import { type Simulated, simulated } from "../../support/simulated";
import { sshKeys } from "../../support/sshKeys";

interface World {
  readonly azureMl: AzureMl;
  readonly workspaces: readonly Workspace[];
  readonly draft: fc.Arbitrary<{ readonly workspace: Workspace; readonly draft: ClusterDraft }>;
}

/** The demo world through the product's adapter; resting moves the simulated clock. */
function theService(): { readonly simulation: Simulated; readonly azureMl: AzureMl } {
  const simulation = simulated({ world: "demo" });
  const silent = (): void => undefined;
  const clock = {
    now: () => simulation.clock.now(),
    sleep: async (ms: number) => simulation.clock.advance(ms / 1_000),
  };
  const azureMl = connect({
    credential: { label: "simulated", getToken: (request) => simulation.simulation.getToken(request) },
    httpClient: simulation.httpClient,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    clock,
    retryDelayMs: 0,
    priceSpacingMs: 0,
  });
  return { simulation, azureMl };
}

/** Good five times of six: a draft has a dozen fields, and one bad one is enough. */
function mostly<T>(good: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/**
 * Drafts as people make them, right and wrong: names, regions, sizes, numbers, networks and identities that are there and that
 * are not. Fields whose rules at the service nobody knows (tags, SSH user, password, description) hold good values only: what
 * validation refuses there the simulator cannot judge.
 */
async function drafts(azureMl: AzureMl, workspaces: readonly Workspace[]): Promise<World["draft"]> {
  const perWorkspace = await Promise.all(
    workspaces.map(async (workspace) => {
      const subscription = subscriptionOf(workspace.id);
      const [networks, identities, computes, sizes] = await Promise.all([
        azureMl.listVirtualNetworks(subscription).catch(() => []),
        azureMl.listIdentities(subscription).catch(() => []),
        azureMl.listComputes(workspace.id),
        azureMl.listVmSizes(subscription, workspace.location),
      ]);
      const subnets = networks.flatMap((network) => network.subnets.map(({ id }) => id));
      const ids = identities.map(({ id }) => id);
      const group = `${subscription}/resourceGroups/rg-none/providers`;
      const missingSubnet = armId(`${group}/Microsoft.Network/virtualNetworks/none/subnets/none`);
      const missingIdentity = armId(`${group}/Microsoft.ManagedIdentity/userAssignedIdentities/none`);
      const common = sizes.filter((size) => size.supportsClusters).map(({ name }) => name);
      return fc
        .record({
          name: fc.oneof(
            { weight: 12, arbitrary: fc.stringMatching(/^[a-z][a-z0-9]{1,10}-[a-z][a-z0-9]{0,6}$/) },
            { weight: 1, arbitrary: fc.constantFrom("a", "-x-", "9lives", "CC-22050369", "a".repeat(25), "ends-") },
            { weight: 1, arbitrary: fc.constantFrom("none-free", ...computes.names) },
          ),
          location: mostly(workspace.location, "eastus", "japaneast", "atlantis"),
          vmSize: fc.oneof(
            { weight: 5, arbitrary: fc.constantFrom("Standard_DS3_v2", "Standard_F4s_v2", "Standard_D2s_v3") },
            { weight: 3, arbitrary: fc.constantFrom(...common) },
            {
              weight: 1,
              arbitrary: fc.constantFrom(...sizes.map(({ name }) => name), "Standard_NC6", "Standard_Nope"),
            },
          ),
          vmPriority: fc.constantFrom("dedicated" as const, "lowPriority" as const),
          minNodeCount: mostly(0, 1, 2, 500, -1),
          maxNodeCount: mostly(4, 1, 10, 400, 0, 70_000),
          idleSecondsBeforeScaleDown: mostly(120, 1_800, 1),
          network: mostly<ClusterDraft["network"]>(
            { kind: "none" },
            ...[...subnets, missingSubnet].map((subnetId) => ({ kind: "subnet" as const, subnetId })),
          ),
          nodePublicIp: mostly(true, false),
          identity: mostly<ClusterDraft["identity"]>(
            { kind: "none" },
            { kind: "systemAssigned" },
            ...[...ids, missingIdentity].map((id) => ({ kind: "userAssigned" as const, ids: [id] })),
          ),
          ssh: fc.constantFrom<ClusterDraft["ssh"]>(emptyDraft("").ssh, {
            enabled: true,
            adminUserName: "azureuser",
            credential: { kind: "publicKey", key: sshKeys.rsa2048 },
          }),
          localAuthDisabled: fc.boolean(),
        })
        .map((fields) => ({ workspace, draft: { ...emptyDraft(fields.location), ...fields } }));
    }),
  );
  return fc.oneof(...perWorkspace);
}

/** What the service says in the end: undefined when the cluster stands. */
async function verdict(azureMl: AzureMl, workspace: Workspace, draft: ClusterDraft): Promise<AzureMlError | undefined> {
  try {
    await azureMl.finish(await azureMl.beginCreate(workspace, draft));
    return undefined;
  } catch (error) {
    if (error instanceof AzureMlError) return error;
    throw error;
  }
}

async function errorsOf(azureMl: AzureMl, workspace: Workspace, draft: ClusterDraft): Promise<readonly string[]> {
  const there = await azureMl.getCluster(clusterId(workspace.id, draft.name)).catch(() => undefined);
  const taken = (await azureMl.listComputes(workspace.id)).names;
  const nameTaken = there !== undefined || taken.some((name) => name.toLowerCase() === draft.name.toLowerCase());
  const facts = await gatherPreflightFacts(azureMl, workspace, draft, { nameTaken });
  return preflight(draft, facts)
    .filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
}

/**
 * Rules that forbid what this service takes, each for a reason of its own: a PUT on a taken name replaces that compute; at a
 * minimum beyond quota a cluster is made and never gets its nodes; too few addresses show when nodes come; what the service
 * answers to low priority on a size that its own list calls incapable is not known.
 */
const strictOnPurpose = new Set([
  "name.taken",
  "network.noAddress",
  "quota.min",
  "scale.idle",
  "scale.max",
  "vmPriority.notCapable",
]);

describe("what the pre-flight says and what the service does", () => {
  let world: World;
  beforeAll(async () => {
    const { azureMl } = theService();
    const { subscriptions } = await azureMl.listSubscriptions();
    const lists = await Promise.all(subscriptions.map(({ id }) => azureMl.listWorkspaces(id).catch(() => [])));
    // A workspace whose computes may not be read opens no form.
    const readable = await Promise.all(
      lists.flat().map((one) =>
        azureMl
          .listComputes(one.id)
          .then(() => [one])
          .catch(() => []),
      ),
    );
    const workspaces = readable.flat().filter(({ kind }) => kind === "Default");
    world = { azureMl, workspaces, draft: await drafts(azureMl, workspaces) };
  });

  it("agree on every draft: none that passes is refused for what could have been known, none is stopped without need", async () => {
    let passed = 0;
    let stopped = 0;
    await fc.assert(
      fc.asyncProperty(world.draft, async ({ workspace, draft }) => {
        const errors = await errorsOf(world.azureMl, workspace, draft);
        // A taken name is never sent: the service would replace the compute without a question.
        if (errors.includes("name.taken")) return;
        const refusal = await verdict(world.azureMl, workspace, draft);
        const about = `${workspace.name} ${JSON.stringify(draft)}: ${errors.join(", ")} / ${refusal?.code ?? "accepted"} ${refusal?.message ?? ""}`;
        if (errors.length === 0) {
          expect(refusal, about).toBeUndefined();
          passed += 1;
        } else if (errors.every((rule) => !strictOnPurpose.has(rule))) {
          expect(refusal, about).toBeInstanceOf(AzureMlError);
          stopped += 1;
        }
      }),
      { numRuns: 150 },
    );
    // Both halves of the claim were put to the test.
    expect(passed).toBeGreaterThan(20);
    expect(stopped).toBeGreaterThan(20);
  }, 60_000);
});
