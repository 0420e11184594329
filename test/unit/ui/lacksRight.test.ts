import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Permission } from "../../../src/core/compute";
import { aCluster, aListing, aSubscriptionId, aWorkspace, aWorkspaceId } from "../../support/builders";
import { fakeAzureMl } from "../../support/fakeAzureMl";
import { screen } from "../../support/fakeVscode";
import { settle } from "../../support/handClock";
import { type Ui, openUi } from "../../support/openUi";

const reader: Permission = { actions: ["*/read"], notActions: [] };
const subscription = {
  ...{ id: aSubscriptionId, subscriptionId: "1", tenantId: "t1" },
  ...{ displayName: "Research", state: "Enabled" },
};

let ui: Ui;

beforeEach(async () => {
  ui = await openUi({
    azureMl: fakeAzureMl({
      listTenants: async () => [],
      listSubscriptions: async () => ({ subscriptions: [subscription], failures: new Map() }),
      listWorkspaces: async () => [aWorkspace({ id: aWorkspaceId })],
      listComputes: async () => aListing(aCluster()),
      listNodes: async () => ({ nodes: [] }),
      listPermissions: async () => [reader],
    }),
  });
});

afterEach(() => ui.close());

describe("a Reader", () => {
  it.each([
    ["cluster.delete", "gpu-train", "computes/delete"],
    ["cluster.scale", "gpu-train", "computes/write"],
    ["workspace.createCluster", aWorkspace({ id: aWorkspaceId }).name, "computes/write"],
  ])("is told at %s which right is missing and who has it, before any question", async (command, label, action) => {
    await ui.start(command, await ui.row(label));
    expect(screen.messages.map(({ severity, modal }) => ({ severity, modal }))).toEqual([
      { severity: "warning", modal: false },
    ]);
    const text = screen.messages[0]?.text ?? "";
    expect(text).toContain(`Microsoft.MachineLearningServices/workspaces/${action}`);
    expect(text).toContain("AzureML Compute Operator, Contributor, Owner");
    await settle();
    expect(screen.inputs).toEqual([]);
    expect(screen.panels).toEqual([]);
  });
});
