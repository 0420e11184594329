import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type JsonObject } from "../../../../src/core/computeBody";
import { armId, clusterId } from "../../../../src/core/armId";
import { type ComputeCluster } from "../../../../src/core/cluster";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId } from "../../../support/builders";
import { aComputeAnswer, answeredIdentities } from "../../../support/computeAnswers";
import { deferred, fakeAzureMl } from "../../../support/fakeAzureMl";
import { screen } from "../../../support/fakeVscode";
import { settle } from "../../../support/handClock";
import { type Ui, openUi } from "../../../support/openUi";

const id = clusterId(aWorkspaceId, "gpu-train");
const storageAccountId = armId(
  `${aSubscriptionId}/resourceGroups/rg-ml/providers/Microsoft.Storage/storageAccounts/mlwest`,
);

let sent: JsonObject[];
let granted: unknown[];
let json: unknown;
let cluster: ComputeCluster;
let finish: ReturnType<typeof deferred<undefined>>;
let ui: Ui;

beforeEach(async () => {
  sent = [];
  granted = [];
  json = aComputeAnswer(answeredIdentities.system);
  cluster = aCluster({ id, identity: { kind: "systemAssigned", principalId: "p-1" } });
  finish = deferred<undefined>();
  ui = await openUi({
    azureMl: fakeAzureMl({
      listTenants: async () => [],
      listSubscriptions: async () => ({
        subscriptions: [
          { id: aSubscriptionId, subscriptionId: "1", tenantId: "t", displayName: "Research", state: "Enabled" },
        ],
        failures: new Map(),
      }),
      listWorkspaces: async () => [aWorkspace({ id: aWorkspaceId, storageAccountId })],
      listComputes: async () => aListing(cluster),
      listNodes: async () => ({ nodes: [] }),
      getCluster: async () => cluster,
      getClusterJson: async () => json,
      beginUpdate: async (on, body) => {
        sent.push(body);
        return { kind: "update", cluster: on, resumeToken: "token" };
      },
      finish: () => finish.promise,
      listRoleAssignments: async () => [],
      assignRole: async (...grant) => void granted.push(grant.slice(0, 3)),
    }),
  });
});

afterEach(() => ui.close());

/** Opens the form of the row, as its page does; each message is answered by what was posted last. */
async function openForm() {
  await ui.start("cluster.identity", await ui.row("gpu-train"));
  const panel = screen.panels[0]!;
  panel.received.fire({ type: "ready" });
  await settle();
  let next = 0;
  const ask = async (name: string, input: unknown): Promise<unknown> => {
    const number = next++;
    panel.received.fire({ type: "request", id: number, name, input });
    await settle();
    return panel.posted.find((message) => (message as { id?: number }).id === number);
  };
  const last = (): unknown => panel.posted.at(-1);
  return { panel, ask, last };
}

describe("the managed identity form", () => {
  it("opens from a row, once per cluster, and begins with what Azure says", async () => {
    const { last } = await openForm();
    expect(last()).toMatchObject({
      type: "init",
      init: {
        clusterName: "gpu-train",
        identity: { kind: "systemAssigned" },
        subscriptionName: "Research",
        revision: 1,
      },
    });
    await ui.start("cluster.identity", await ui.row("gpu-train"));
    expect(screen.panels).toHaveLength(1);
  });

  it("asks before a principal goes for good, and sends nothing when the person says no", async () => {
    const { ask } = await openForm();
    screen.presses = [undefined];
    expect(await ask("apply", { choice: { kind: "none" }, revision: 1 })).toMatchObject({
      output: { kind: "declined" },
    });
    expect(screen.messages.at(-1)).toMatchObject({ modal: true, text: "Change the identity of gpu-train?" });
    expect(screen.messages.at(-1)?.detail).toContain("every role that it was given");
    expect(sent).toEqual([]);
  });

  it("sends the whole body, follows to the end and shows the new identity", async () => {
    const { ask, last } = await openForm();
    screen.presses = ["Change the Identity"];
    expect(await ask("apply", { choice: { kind: "none" }, revision: 1 })).toMatchObject({
      output: { kind: "accepted" },
    });
    expect(sent).toMatchObject([{ identity: { type: "None" }, tags: { team: "vision" }, location: "westeurope" }]);
    cluster = { ...cluster, identity: { kind: "none" } };
    finish.resolve(undefined);
    await settle();
    expect(last()).toMatchObject({
      type: "event",
      name: "form",
      data: { identity: { kind: "none" }, progress: { kind: "done" } },
    });
  });

  it("shows the difference instead of overwriting what somebody else changed", async () => {
    const { ask } = await openForm();
    screen.presses = ["Change the Identity"];
    json = { ...aComputeAnswer(answeredIdentities.system), tags: { team: "audio", "cost-center": "42" } };
    expect(await ask("apply", { choice: { kind: "none" }, revision: 1 })).toMatchObject({
      output: {
        kind: "changed",
        differences: expect.arrayContaining([
          { path: "tags.team", kind: "theirs", base: '"vision"', mine: '"vision"', theirs: '"audio"' },
        ]),
        init: { revision: 2 },
      },
    });
    expect(sent).toEqual([]);
  });

  it("gives a role only after asking", async () => {
    const { ask } = await openForm();
    await ask("roles", { kind: "systemAssigned" });
    const grant = { principalId: "p-1", role: "Storage Blob Data Reader", scope: storageAccountId };
    screen.presses = [undefined, "Give the Role"];
    expect(await ask("grant", grant)).toMatchObject({ output: { granted: false } });
    expect(await ask("grant", grant)).toMatchObject({ output: { granted: true } });
    expect(granted).toEqual([[storageAccountId, "Storage Blob Data Reader", "p-1"]]);
  });

  it("refuses a message that no form of ours sends", async () => {
    const { ask } = await openForm();
    expect(await ask("apply", { choice: { kind: "both" }, revision: 1 })).toMatchObject({
      ok: false,
      error: { kind: "protocol" },
    });
  });
});
