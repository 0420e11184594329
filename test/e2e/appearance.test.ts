import { beforeAll, describe, expect, it } from "vitest";
import { CreateForm } from "./support/createForm";
import { useVscode } from "./support/useVscode";
import { chooseFromContextMenu, expandRow, treeRow } from "./support/workbench";
import { fast, openWorkspace, world } from "./support/world";

const themes = [
  ["dark", "vs-dark"],
  ["light", "vs"],
  ["hc-dark", "hc-black"],
  ["hc-light", "hc-light"],
] as const;

describe("appearance", () => {
  const vscode = useVscode({ settings: { ...fast, "amlClusters.simulation.startAutomatically": true } });

  beforeAll(async () => {
    const { page } = vscode();
    await openWorkspace(page);
    await expandRow(treeRow(page, world.cluster));
    await chooseFromContextMenu(treeRow(page, world.workspace), "Create Compute Cluster");
    await CreateForm.find(page);
  });

  for (const [name, kind] of themes) {
    it(`tree and form follow the ${name} theme`, async () => {
      const { page } = vscode();
      await vscode().changeTheme(name);
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      const { frame } = await CreateForm.find(page);
      const read = (): Promise<string[]> =>
        frame.evaluate(() => {
          const probe = document.createElement("p");
          document.body.append(probe);
          // The theme's colour, in the form in which computed styles tell it.
          probe.style.setProperty("background-color", "var(--vscode-editor-background)");
          const colors = [document.body, probe].map((element) => getComputedStyle(element).backgroundColor);
          probe.remove();
          return colors;
        });
      const [body, wanted] = await read();
      expect(["rgba(0, 0, 0, 0)", wanted]).toContain(body);
      await vscode().picture(`30-${name}`);
    });
  }

  it("in a narrow window the form has no sideways scrolling", async () => {
    const { page } = vscode();
    await page.setViewportSize({ width: 720, height: 900 });
    const { frame } = await CreateForm.find(page);
    await expect
      .poll(() => frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
      .toBeLessThanOrEqual(0);
    await vscode().picture("31-narrow");
  });
});
