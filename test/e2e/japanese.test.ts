import { type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { CreateForm } from "./support/createForm";
import { useVscode } from "./support/useVscode";
import {
  expandRow,
  listPalette,
  openClustersView,
  openContextMenu,
  treeRow,
  treeRows,
  webviewFrame,
} from "./support/workbench";
import { fast, world } from "./support/world";

/** Words of the interface in Latin letters that Japanese people read too: names, numbers, units, abbreviations. */
const english =
  /\b(?:the|and|of|is|are|to|node|nodes|cluster|clusters|size|region|idle|running|dedicated|quota|cost|per)\b/i;

describe("in Japanese", () => {
  const vscode = useVscode({ locale: "ja", settings: fast });

  beforeAll(async () => {
    await openClustersView(vscode().page);
  });

  it("the view greets", async () => {
    const buttons = vscode().page.locator(".part.sidebar .welcome-view-content .monaco-button");
    await buttons.first().waitFor();
    expect(await buttons.allTextContents()).toEqual(["Azure にサインイン", "シミュレーションを試す"]);
    await vscode().picture("ja-01-welcome");
    await buttons.last().click();
  });

  it("the tree tells the state of clusters and nodes", async () => {
    const { page } = vscode();
    await treeRow(page, world.subscription, "シミュレーション").waitFor();
    await treeRow(page, world.lastWorkspace).waitFor();
    await expandRow(treeRow(page, world.workspace));
    await treeRow(page, world.cluster, "ノード").waitFor();
    await expandRow(treeRow(page, world.cluster));
    await treeRows(page).filter({ hasText: "tvmps_" }).first().waitFor();
    const descriptions = await page.locator(".part.sidebar .pane-body .label-description").allTextContents();
    expect(descriptions.filter((text) => english.test(text))).toEqual([]);
    await vscode().picture("ja-02-tree");
  });

  it("the menu of a cluster and the palette offer commands", async () => {
    const { page } = vscode();
    const menu = await openContextMenu(treeRow(page, world.cluster));
    await vscode().picture("ja-03-menu");
    expect(menu).toEqual(expect.arrayContaining(["クラスターのスケーリング…", "クラスターの削除…", "ID をコピー"]));
    expect(menu.filter((text) => english.test(text))).toEqual([]);
    await page.keyboard.press("Escape");
    const palette = await listPalette(page, "AML クラスター: クラスターの");
    expect(palette.join("\n")).toContain("AML クラスター: クラスターの削除…");
  });

  it("the form to create a cluster checks and explains", async () => {
    const { page } = vscode();
    await choose(page, world.workspace, "コンピューティング クラスターの作成…");
    const form = await CreateForm.find(page);
    await form.type("name", "1-train");
    await form.field("name").blur();
    await form.findings("name").getByText("名前の先頭は英字にしてください。").first().waitFor();
    await form.chooseSize("Standard_DS3_v2");
    await form.frame.getByText("1 時間あたり").first().waitFor();
    await vscode().picture("ja-04-form");
    expect(await form.frame.locator("html").getAttribute("lang")).toBe("ja");
    const words = (await form.frame.locator("#form").innerText()).split("\n");
    expect(words.filter((text) => english.test(text))).toEqual([]);
  });

  for (const [item, heading, picture] of [
    ["詳細を表示", "ノード数の推移", "ja-05-details"],
    ["コストを表示…", "最大時", "ja-06-cost"],
    ["マネージド ID…", "ID の用途", "ja-07-identity"],
  ] as const) {
    it(`a cluster's page behind "${item}"`, async () => {
      const { page } = vscode();
      await choose(page, world.cluster, item);
      const frame = await webviewFrame(page, `#form:has-text("${heading}")`);
      await vscode().picture(picture);
      const words = (await frame.locator("#form").innerText()).split("\n");
      expect(words.filter((text) => english.test(text))).toEqual([]);
    });
  }

  it("the status bar says what is shown", async () => {
    await vscode().page.locator(".part.statusbar", { hasText: "シミュレ" }).waitFor();
  });
});

/** From the menu of a row. A menu that has just opened overlooks a click, so it is clicked until it closes. */
async function choose(page: Page, row: string, item: string): Promise<void> {
  await openContextMenu(treeRow(page, row));
  const label = page.locator(".monaco-menu .action-label", { hasText: item }).first();
  while (await label.isVisible()) {
    await label.click({ timeout: 2_000 }).catch(() => undefined);
    await page.waitForTimeout(200);
  }
}
