import { describe, expect, it } from "vitest";
import { useVscode } from "./support/useVscode";
import {
  clickViewAction,
  expandRow,
  openClustersView,
  openContextMenu,
  treeRow,
  treeRows,
  treeText,
} from "./support/workbench";
import { fast, world } from "./support/world";

describe("someone without an Azure account looks around", () => {
  const vscode = useVscode({ settings: fast });

  it("is offered to sign in or to try the simulated subscription", async () => {
    await openClustersView(vscode().page);
    const buttons = vscode().page.locator(".part.sidebar .welcome-view-content .monaco-button");
    await buttons.first().waitFor();
    expect(await buttons.allTextContents()).toEqual(["Sign In to Azure", "Try the Simulated Subscription"]);
    await vscode().picture("01-welcome");
  });

  it("sees subscriptions at once, and that they are simulated", async () => {
    await vscode().page.locator(".monaco-button", { hasText: "Try the Simulated Subscription" }).click();
    await treeRow(vscode().page, world.subscription, "simulated").waitFor();
    await vscode().picture("02-subscriptions");
  });

  it("opens a subscription, a workspace and a cluster down to its nodes", async () => {
    const { page } = vscode();
    await expandRow(treeRow(page, world.subscription));
    await treeRow(page, world.workspace).first().waitFor();
    await vscode().picture("03-workspaces");
    await expandRow(treeRow(page, world.workspace));
    await treeRow(page, world.cluster, "nodes").waitFor();
    await vscode().picture("04-clusters");
    await expandRow(treeRow(page, world.cluster));
    await treeRows(page).filter({ hasText: "tvmps_" }).first().waitFor();
    await vscode().picture("05-nodes");
    expect(await treeText(page)).toMatch(/\d+\/\d+ nodes/);
  });

  it("finds what can be done to a workspace and to a cluster in their context menus", async () => {
    const { page } = vscode();
    expect(await openContextMenu(treeRow(page, world.workspace))).toContain("Create Compute Cluster…");
    await vscode().picture("06-workspace-menu");
    await page.keyboard.press("Escape");
    const offered = await openContextMenu(treeRow(page, world.cluster));
    expect(offered).toEqual(
      expect.arrayContaining(["Scale Cluster…", "Delete Cluster…", "Copy Id", "Refresh This Row"]),
    );
    await vscode().picture("07-cluster-menu");
    await page.keyboard.press("Escape");
  });

  it("collapses all rows with the view's button", async () => {
    await clickViewAction(vscode().page, "Collapse All");
    await treeRow(vscode().page, world.cluster).waitFor({ state: "detached" });
  });
});
