import { type Frame } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { useVscode } from "./support/useVscode";
import {
  chooseFromContextMenu,
  clickDialogButton,
  clickInlineAction,
  closeAllEditors,
  dialog,
  expandRow,
  notification,
  runFromPalette,
  treeRow,
  webviewFrame,
} from "./support/workbench";
import { fast, openWorkspace, world } from "./support/world";

/** In the demo world: one idle Standard_NC24ads_A100_v4 node, kept up by a minimum of 1. */
const kept = "gpu-a100-dev";

describe("what clusters cost", () => {
  const vscode = useVscode({ settings: { ...fast, "amlClusters.simulation.startAutomatically": true } });
  let form: Frame;

  beforeAll(async () => {
    await openWorkspace(vscode().page);
  });

  it("stands in their rows, in their workspace's, and in the status bar", async () => {
    const { page } = vscode();
    await treeRow(page, kept, "$").waitFor({ timeout: 30_000 });
    expect(await treeRow(page, kept).innerText()).toMatch(/idle · \$\d+\.\d\d\/h/);
    await treeRow(page, world.workspace, "/h").waitFor();
    const item = page.locator('.statusbar-item[id*="amlClusters.burn"]');
    expect(await item.innerText()).toMatch(/\$[\d,.]+\/h/);
    await vscode().picture("60-burn-meter");
  });

  it("opens as a form from the row, and compares before and after", async () => {
    const { page } = vscode();
    await clickInlineAction(treeRow(page, kept), "What It Costs");
    form = await webviewFrame(page, "#cost-now");
    await expect.poll(() => form.locator("#cost-now").innerText()).toMatch(/^\$\d+\.\d\d\/h$/);
    await form.locator("#minNodeCount input").fill("0");
    await expect.poll(() => form.locator("#floor-month td").nth(2).innerText()).toMatch(/^-\$[\d,]+\.\d\d\/month$/);
    await vscode().picture("61-cost-form");
  });

  it("applies: Azure accepts first, then the settings hold and the node goes", async () => {
    const { page } = vscode();
    await form.locator("#apply").click();
    await form.getByText(/Azure has accepted|The new settings hold/).waitFor({ timeout: 30_000 });
    await vscode().picture("62-cost-accepted");
    await form.getByText("The new settings hold").waitFor({ timeout: 60_000 });
    await treeRow(page, kept, "0/2 nodes").waitFor({ timeout: 60_000 });
    await closeAllEditors(page);
  });

  it("scales to zero what a workspace keeps up, with a list, and takes it back", async () => {
    const { page } = vscode();
    // The second of that name; the first, for staging, keeps nothing up.
    const vision = treeRow(page, "vision").nth(1);
    await chooseFromContextMenu(vision, "Scale to Zero");
    const box = page.locator(".quick-input-widget");
    await box.getByText("minimum 120 → 0").waitFor();
    await vscode().picture("63-scale-to-zero");
    await box.locator(".monaco-button", { hasText: /OK/ }).click();
    const message = notification(page, "Azure has accepted the change of");
    await message.waitFor({ timeout: 30_000 });
    await expandRow(vision);
    await page.waitForTimeout(4_000);
    await message.locator(".monaco-button", { hasText: "Undo" }).click();
    await vscode().picture("64-undo");
  });

  it("asks before it scales one cluster to zero", async () => {
    const { page } = vscode();
    await runFromPalette(page, "View: Close All Editors");
    // What was taken back has come true: its one node is up again, and nothing is under way.
    const row = treeRow(page, "debug-ssh", "1/1 node · idle");
    await row.waitFor({ timeout: 60_000 });
    await chooseFromContextMenu(row, "Scale to Zero");
    await dialog(page).waitFor();
    expect(await dialog(page).innerText()).toContain("debug-ssh");
    await vscode().picture("65-scale-one");
    await clickDialogButton(page, "Cancel");
  });

  it("is summed over everything on the money page, in dark, light and high contrast", async () => {
    const { page } = vscode();
    await runFromPalette(page, "AML Clusters: What All Clusters Cost");
    let frame = await webviewFrame(page, "#clusters");
    await expect
      .poll(() => frame.locator("#clusters tbody tr").count(), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(20);
    await frame.locator(".bar").first().waitFor({ timeout: 30_000 });
    await vscode().picture("66-money-dark");
    for (const theme of ["light", "hc-dark"] as const) {
      await vscode().changeTheme(theme);
      frame = await webviewFrame(page, "#clusters", 60_000);
      await expect
        .poll(() => frame.locator("#clusters tbody tr").count(), { timeout: 30_000 })
        .toBeGreaterThanOrEqual(20);
      await vscode().picture(`67-money-${theme}`);
    }
  });
});
