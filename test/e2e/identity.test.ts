import { type Frame } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { useVscode } from "./support/useVscode";
import { clickDialogButton, clickInlineAction, dialog, treeRow, webviewFrame } from "./support/workbench";
import { fast, openWorkspace } from "./support/world";

const cluster = "cpu-pipelines";

/** Every transition of an identity, one after the other on one cluster, as a person makes them. */
describe("the managed identity of a cluster", () => {
  const vscode = useVscode({ settings: { ...fast, "amlClusters.simulation.startAutomatically": true } });
  let form: Frame;

  beforeAll(async () => {
    await openWorkspace(vscode().page);
  });

  const choose = (kind: string) => form.locator(`vscode-radio[value=${kind}]`).click();
  const toggle = (name: string) => form.locator(".identity-list label", { hasText: name }).click();
  const now = () => form.locator("#now").innerText();

  /** @param loses whether something goes, so that VS Code asks first. */
  async function apply(loses = false): Promise<void> {
    await form.locator("#apply:not([disabled])").click();
    if (loses) await clickDialogButton(vscode().page, "Change the Identity");
    await form.locator("#done").waitFor({ timeout: 30_000 });
  }

  it("opens from the row and shows that there is none", async () => {
    await clickInlineAction(treeRow(vscode().page, cluster), "Managed Identity");
    form = await webviewFrame(vscode().page, "#apply");
    expect(await now()).toContain("no managed identity");
    await form.locator("vscode-radio[value=none][aria-checked=true]").waitFor();
    await vscode().picture("60-identity-none");
  });

  it("none → system-assigned: previewed, the request shown, applied", async () => {
    await choose("systemAssigned");
    await form.getByText("Request that will be sent").click();
    await expect.poll(() => form.locator("#preview pre").innerText()).toContain('"SystemAssigned"');
    expect(await form.locator("#preview pre").innerText()).toContain('"STANDARD_DS3_V2"');
    await vscode().picture("61-identity-preview");
    await apply();
    expect(await now()).toContain("System-assigned");
    expect(await now()).toContain("Principal ID");
  });

  it("gives the new identity a role after asking", async () => {
    await form.locator("#show-roles").click();
    const row = form.locator(".roles li", { hasText: "Storage Blob Data Reader" });
    await row.getByText("Missing").waitFor();
    await row.getByRole("button", { name: "Give this role" }).click();
    await dialog(vscode().page).waitFor();
    await vscode().picture("62-identity-grant");
    await clickDialogButton(vscode().page, "Give the Role");
    await row.getByText("Has it").waitFor();
  });

  it("system-assigned → user-assigned: the roles that go are told, declining sends nothing", async () => {
    await choose("userAssigned");
    await toggle("id-training-data");
    await form.locator("#apply:not([disabled])").click();
    await dialog(vscode().page).waitFor();
    expect(await dialog(vscode().page).innerText()).toContain("every role that it was given");
    await clickDialogButton(vscode().page, "Cancel");
    expect(await now()).toContain("System-assigned");
    await apply(true);
    expect(await now()).toContain("id-training-data");
  });

  it("user-assigned: one more and one less, the default announced with the warning", async () => {
    await toggle("id-registry-pull");
    await form.getByText("Azure does not promise which").waitFor();
    await vscode().picture("63-identity-two");
    await apply();
    expect(await now()).toContain("2 user-assigned identities");
    await toggle("id-training-data");
    await apply(true);
    expect(await now()).toContain("1 user-assigned identity");
  });

  it("the form comes back after a reload of the window with what was chosen", async () => {
    await choose("systemAssigned");
    await vscode().reload();
    form = await webviewFrame(vscode().page, "#preview");
    expect(await form.locator("#preview").innerText()).toContain("This is a replacement");
  });

  it("user-assigned → system-assigned → none → user-assigned → none", async () => {
    await apply(true);
    expect(await now()).toContain("System-assigned");
    await choose("none");
    await apply(true);
    expect(await now()).toContain("no managed identity");
    await choose("userAssigned");
    await toggle("id-training-data");
    await apply();
    expect(await now()).toContain("id-training-data");
    await choose("none");
    await apply(true);
    expect(await now()).toContain("no managed identity");
    await vscode().picture("64-identity-none-again");
  });
});
