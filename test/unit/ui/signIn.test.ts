import { afterEach, describe, expect, it } from "vitest";
import { screen } from "../../support/fakeVscode";
import { fakeAzureMl } from "../../support/fakeAzureMl";
import { settle } from "../../support/handClock";
import { type Ui, openUi } from "../../support/openUi";
import { subscriptionScope } from "../../../src/core/armId";

const subscription = (id: string, displayName: string, tenantId: string) => ({
  ...{ id: subscriptionScope(id), subscriptionId: id, displayName, tenantId, state: "Enabled" },
});
const azureMl = fakeAzureMl({
  listTenants: async () => [
    { tenantId: "t1", displayName: "Contoso" },
    { tenantId: "t2", displayName: "Fabrikam" },
  ],
  listSubscriptions: async () => ({
    subscriptions: [subscription("1", "Research", "t1"), subscription("2", "Partner", "t2")],
    failures: new Map(),
  }),
  listWorkspaces: async () => [],
});

let ui: Ui;
afterEach(() => ui.close());

describe("the subscriptions shown", () => {
  it("are those that other Azure extensions have chosen; a row says how many are not", async () => {
    ui = await openUi({ azureMl, settings: { "azureResourceGroups.selectedSubscriptions": ["t1/1"] } });
    const text = await ui.text();
    expect(text).toContain("Research");
    expect(text).not.toContain("Partner");
    expect(text).toContain("1 subscription is not chosen to be shown");
  });

  it("are chosen from a list that names tenants, and remembered", async () => {
    ui = await openUi({ azureMl });
    await ui.start("filterAccount");
    const pick = screen.picks.at(-1)!;
    expect(pick.items.map(({ label }) => label)).toEqual(["Contoso", "Research", "Fabrikam", "Partner"]);
    pick.selectedItems = pick.items.filter(({ label }) => label === "Partner");
    pick.accept();
    await settle();
    expect(await ui.text()).not.toContain("Research");
    expect(ui.globalState.stored.get("accountFilter.microsoft")).toEqual(["2"]);
  });
});
