import { beforeAll, describe, expect, it } from "vitest";
import { type Frame } from "playwright-core";
import { useVscode } from "./support/useVscode";
import {
  clickDialogButton,
  clickInlineAction,
  dialog,
  expandRow,
  openClustersView,
  treeRow,
  webviewFrame,
} from "./support/workbench";
import { fast, world } from "./support/world";

const workspace = "ml-audited";
const cluster = "audit-cpu";

/** The story of the reference document: a cluster that hangs at resizing (0 → 0) because its group is locked. */
describe("a cluster that a lock keeps stuck", () => {
  const vscode = useVscode({ settings: { ...fast, "amlClusters.simulation.startAutomatically": true } });
  let page: Frame;

  beforeAll(async () => {
    await openClustersView(vscode().page);
    await treeRow(vscode().page, world.lastWorkspace).waitFor();
    await expandRow(treeRow(vscode().page, workspace));
  });

  it("its row is red and asks to see why", async () => {
    await treeRow(vscode().page, cluster, "stuck? see why").waitFor();
    await vscode().picture("40-stuck-row");
  });

  it("its diagnosis names the lock first, with what was seen", async () => {
    await clickInlineAction(treeRow(vscode().page, cluster), "Find Out What Is Wrong");
    page = await webviewFrame(vscode().page, ".cause");
    const first = page.locator(".cause").first();
    await first.getByText('The lock "keep-for-audit" holds the resource group rg-audited.').waitFor();
    expect(await first.innerText()).toContain("has been resizing (0 → 0)");
    await vscode().picture("41-diagnosis");
  });

  it("the lock is removed only after a question that says what it protects", async () => {
    const remove = page.locator(".cause").first().getByRole("button", { name: "Remove the lock" });
    await remove.click();
    await dialog(vscode().page).waitFor();
    const text = await dialog(vscode().page).innerText();
    expect(text).toContain("not only this cluster");
    expect(text).toContain("Kept for the audit");
    await vscode().picture("42-remove-lock");
    await clickDialogButton(vscode().page, "Cancel");
    expect(await page.locator(".cause").count()).toBeGreaterThan(0);
    await remove.click();
    await clickDialogButton(vscode().page, "Remove the Lock");
  });

  it("then the cluster comes to rest, its row is as any other's, and nothing is wrong any more", async () => {
    await treeRow(vscode().page, cluster, "asleep").waitFor({ timeout: 30_000 });
    expect(await treeRow(vscode().page, cluster).innerText()).not.toContain("stuck");
    await page.locator("#diagnose").click();
    await page.getByText("nothing is wrong").waitFor();
    await page.locator(".timeline li", { hasText: "resizing → asleep" }).waitFor();
    await vscode().picture("43-repaired");
  });
});
