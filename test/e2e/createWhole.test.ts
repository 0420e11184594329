import { type Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { CreateForm } from "./support/createForm";
import { useVscode } from "./support/useVscode";
import { quickInput, runFromPalette, treeRow } from "./support/workbench";
import { fast, world } from "./support/world";

const name = "e2e-whole";

/** The whole create form on the simulated subscription, by keyboard: advanced fields, checks, a preset, a clone. */
describe("the whole create form", () => {
  const vscode = useVscode({ settings: fast });

  it("opens with what was checked and what it costs, and takes advanced fields by keyboard", async () => {
    const { page } = vscode();
    await runFromPalette(page, "AML Clusters: Try the Simulated Subscription");
    await treeRow(page, world.subscription, "simulated").waitFor();
    await runFromPalette(page, "AML Clusters: Create Compute Cluster…");
    await choose(page, world.workspace);
    const form = await CreateForm.find(page);
    await tabTo(page, form, "name");
    await page.keyboard.type(name);
    await tabTo(page, form, "vmSize");
    await page.keyboard.type("Standard_DS3_v2");
    await form.frame.locator("#size-list [role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    await tabTo(page, form, "advanced");
    await page.keyboard.press("Enter");
    await tabTo(page, form, "description");
    await page.keyboard.type("made by keyboard");
    await tabTo(page, form, "tags");
    await page.keyboard.type("team=e2e");
    await expect.poll(() => form.frame.locator("#cost-ceiling").textContent(), { timeout: 20_000 }).toContain("$");
    await expect.poll(() => form.frame.locator(".checks-sum").textContent()).not.toContain("Still checking");
    await vscode().picture("40-create-advanced");
  });

  it("keeps the draft as a preset without leaving the keyboard", async () => {
    const { page } = vscode();
    const form = await CreateForm.find(page);
    await form.frame.locator("#save-preset").focus();
    await page.keyboard.press("Enter");
    await choose(page, "For me");
    await page.locator(".quick-input-widget .quick-input-message", { hasText: "A name for the preset" }).waitFor();
    await page.keyboard.press("Enter");
    await form.frame.getByText("Saved as e2e-whole.").waitFor();
  });

  it("is sent, and the cluster has what was asked for", async () => {
    const { page } = vscode();
    const form = await CreateForm.find(page);
    await tabTo(page, form, "name");
    await page.keyboard.press("Control+Enter");
    await treeRow(page, name).waitFor();
    await form.frame.getByText(`${name} is ready`).waitFor({ timeout: 30_000 });
    await vscode().picture("41-create-ready");
  });

  it("makes a clone under a free name, and starts from the preset", async () => {
    const { page } = vscode();
    await runFromPalette(page, "AML Clusters: Clone Cluster");
    await choose(page, world.workspace);
    await choose(page, name);
    await choose(page, world.workspace);
    const clone = await CreateForm.find(page);
    await expect.poll(() => clone.field("name").inputValue(), { timeout: 20_000 }).toBe(`${name}-v2`);
    await clone.frame.getByText(`Filled in from the cluster ${name}.`).waitFor();
    await vscode().picture("42-create-clone");
    await clone.frame.locator("#use-preset").focus();
    await page.keyboard.press("Enter");
    await choose(page, name);
    await clone.frame.getByText(`Filled in from the preset ${name}.`).waitFor();
    expect(await clone.frame.locator("#tags").inputValue()).toBe("team=e2e");
    await expect.poll(() => clone.findings("name").textContent()).toContain("already has a compute");
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

/** Presses Tab until a control has the focus, as often as a patient person would. */
async function tabTo(page: Page, form: CreateForm, id: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await form.frame.evaluate(() => document.hasFocus() && document.activeElement?.id)) === id) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${id}.`);
}
