import { type Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { CreateForm } from "./support/createForm";
import { useVscode } from "./support/useVscode";
import { answer, dialog, listPalette, quickInput, runFromPalette, treeRow } from "./support/workbench";
import { fast, world } from "./support/world";

const name = "e2e-keys";

describe("with the keyboard alone", () => {
  const vscode = useVscode({ settings: fast });

  it("the palette offers nothing of a simulation before there is one", async () => {
    const { page } = vscode();
    await runFromPalette(page, "AML Clusters: Show Log");
    const started = await listPalette(page, "AML Clusters: Try");
    expect(started.join()).toContain("Try the Simulated Subscription");
    const senseless = /Demo Job|Preempt|Fast-Forward|Sign Out|Scale|Delete/;
    await expect
      .poll(async () => (await listPalette(page, "AML Clusters:")).filter((label) => senseless.test(label)), {
        timeout: 20_000,
      })
      .toEqual([]);
  });

  it("the palette starts the simulated subscription", async () => {
    const { page } = vscode();
    await runFromPalette(page, "AML Clusters: Try the Simulated Subscription");
    await treeRow(page, world.subscription, "simulated").waitFor();
    expect((await listPalette(page, "AML Clusters: Run")).join()).toContain("Run a Demo Job");
  });

  it("the palette asks for the workspace, and the form is filled and sent without a mouse", async () => {
    const { page } = vscode();
    await runFromPalette(page, "AML Clusters: Create Compute Cluster…");
    await choose(page, world.workspace);
    const form = await CreateForm.find(page);
    await tabTo(page, form, "name");
    await page.keyboard.type(name);
    await tabTo(page, form, "vmSize");
    await page.keyboard.type("Standard_DS3_v2");
    await form.frame.locator("#size-list [role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    await vscode().picture("20-keyboard-form");
    await page.keyboard.press("Control+Enter");
    await treeRow(page, name).waitFor();
  });

  it("arrow keys walk the tree, and the row's menu opens with Shift+F10", async () => {
    const { page } = vscode();
    await runFromPalette(page, "Focus on Azure ML Clusters View");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+F10");
    await page.locator(".monaco-menu .action-item", { hasText: "Copy Id" }).first().waitFor();
    await vscode().picture("21-keyboard-menu");
    await page.keyboard.press("Escape");
  });

  it("the palette scales a cluster after asking for it", async () => {
    const { page } = vscode();
    await treeRow(page, name, "nodes").waitFor({ timeout: 30_000 });
    await runFromPalette(page, "AML Clusters: Scale Cluster");
    await choose(page, world.workspace);
    await choose(page, name);
    for (const [index, number] of ["0", "6", "90"].entries()) await answer(page, number, `${index + 1}/3`);
    await treeRow(page, name, "0/6 nodes · asleep").waitFor({ timeout: 30_000 });
  });

  it("the palette deletes a cluster after asking twice", async () => {
    const { page } = vscode();
    await runFromPalette(page, "AML Clusters: Delete Cluster");
    await choose(page, world.workspace);
    await choose(page, name);
    await dialog(page).waitFor();
    await page.keyboard.press("Enter");
    await treeRow(page, name).waitFor({ state: "detached", timeout: 60_000 });
  });
});

/** Filters the list that is open and takes the first row. */
async function choose(page: Page, label: string): Promise<void> {
  await quickInput(page).waitFor();
  const rows = page.locator(".quick-input-widget .monaco-list-row");
  await rows.filter({ hasText: label }).first().waitFor();
  await page.keyboard.type(label);
  await rows.first().filter({ hasText: label }).waitFor();
  await page.keyboard.press("Enter");
}

/** Presses Tab until a field has the focus, as often as a patient person would. */
async function tabTo(page: Page, form: CreateForm, id: string): Promise<void> {
  for (let presses = 0; presses < 25; presses++) {
    if ((await form.frame.evaluate(() => document.hasFocus() && document.activeElement?.id)) === id) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${id}.`);
}
