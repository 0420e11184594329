import { beforeAll, describe, expect, it } from "vitest";
import { CreateForm } from "./support/createForm";
import { useVscode } from "./support/useVscode";
import {
  answer,
  chooseFromContextMenu,
  clickDialogButton,
  clickInlineAction,
  closeAllEditors,
  dialog,
  expandRow,
  openClustersView,
  quickInput,
  quickInputMessage,
  quickInputTitle,
  treeRow,
  treeRows,
} from "./support/workbench";
import { fast, openWorkspace, world } from "./support/world";

const name = "e2e-train";

describe("the life of a cluster", () => {
  const vscode = useVscode({ settings: { ...fast, "amlClusters.simulation.startAutomatically": true } });

  beforeAll(async () => {
    await openWorkspace(vscode().page);
  });

  it("a right-click on the workspace opens the form, which checks the name while it is typed", async () => {
    await chooseFromContextMenu(treeRow(vscode().page, world.workspace), "Create Compute Cluster");
    const form = await CreateForm.find(vscode().page);
    await form.type("name", "1");
    await form.field("name").blur();
    await form.findings("name").getByText(/\S/).first().waitFor();
    await vscode().picture("10-form-bad-name");
    await form.type("name", world.cluster);
    await expect.poll(() => form.findings("name").innerText(), { timeout: 10_000 }).toMatch(/exists|taken|already/i);
    await vscode().picture("11-form-taken-name");
  });

  it("a draft survives a reload of the window", async () => {
    const form = await CreateForm.find(vscode().page);
    await form.type("name", name);
    await form.chooseSize("Standard_DS3_v2");
    await form.type("maxNodeCount", "3");
    await vscode().page.waitForTimeout(1000);
    await vscode().reload();
    const again = await CreateForm.find(vscode().page);
    await expect.poll(() => again.field("name").inputValue(), { timeout: 10_000 }).toBe(name);
    await expect.poll(() => again.field("vmSize").inputValue(), { timeout: 10_000 }).toMatch(/Standard_DS3_v2/i);
    expect(await again.field("maxNodeCount").inputValue()).toBe("3");
    await vscode().picture("12-form-after-reload");
  });

  it("Create shows the new row at once", async () => {
    const form = await CreateForm.find(vscode().page);
    await form.create();
    await treeRow(vscode().page, name).waitFor({ timeout: 5_000 });
    await vscode().picture("13-created");
    await treeRow(vscode().page, name, "0/3 nodes").waitFor({ timeout: 30_000 });
    await closeAllEditors(vscode().page);
  });

  it("a job makes its nodes come up", async () => {
    const row = treeRow(vscode().page, name);
    await chooseFromContextMenu(row, "Simulation", "Run a Demo Job");
    await answer(vscode().page, "2");
    await treeRow(vscode().page, name, "2/3 nodes").waitFor({ timeout: 60_000 });
    await expandRow(row);
    await treeRows(vscode().page).filter({ hasText: "tvmps_" }).nth(1).waitFor();
    await vscode().picture("14-nodes");
  });

  it("the world survives a reload of the window", async () => {
    await vscode().reload();
    await openClustersView(vscode().page);
    await treeRow(vscode().page, name, "/3 nodes").waitFor({ timeout: 30_000 });
  });

  it("scaling asks for three numbers, refuses a maximum below the minimum, and shows the new maximum", async () => {
    const { page } = vscode();
    await clickInlineAction(treeRow(page, name), "Scale Cluster");
    await answer(page, "3", "1/3");
    await quickInputTitle(page, "2/3").waitFor();
    await quickInput(page).fill("2");
    await quickInputMessage(page, /minimum/i).waitFor();
    await page.keyboard.press("Enter");
    await quickInputTitle(page, "2/3").waitFor();
    await vscode().picture("15-scale-refused");
    await answer(page, "5", "2/3");
    await answer(page, "60", "3/3");
    await treeRow(page, name, "/5 nodes").waitFor({ timeout: 30_000 });
    await vscode().picture("16-scaled");
  });

  it("deleting asks first, names the cluster and says that quota is released; then the row is gone", async () => {
    const { page } = vscode();
    const row = treeRow(page, name);
    await clickInlineAction(row, "Delete Cluster");
    await dialog(page).waitFor();
    const text = await dialog(page).innerText();
    expect(text).toContain(name);
    expect(text).toContain("quota");
    await vscode().picture("17-delete");
    await clickDialogButton(page, "Cancel");
    await row.waitFor();
    await clickInlineAction(row, "Delete Cluster");
    await clickDialogButton(page, "Delete");
    await treeRow(page, name, "Deleting").waitFor();
    await vscode().picture("18-deleting");
    await row.waitFor({ state: "detached", timeout: 60_000 });
    await vscode().picture("19-deleted");
  });
});
