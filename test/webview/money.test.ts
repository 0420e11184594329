import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Page } from "playwright-core";
import { armKey } from "../../src/core/armId";
import { hourlyText } from "../../src/core/money";
import { accessFaults } from "../support/axe";
import { type FormPage, type Forms, type OpenOptions, startForms } from "../support/formPage";
import { handWorked } from "../support/handWorkedClusters";

let forms: Forms;
let opened: FormPage[] = [];
beforeAll(async () => {
  forms = await startForms("money", "moneyHost");
});
afterAll(() => forms.close());
afterEach(async () => {
  const complaints = opened.flatMap((form) => form.complaints);
  await Promise.all(opened.map(({ page }) => page.context().close()));
  opened = [];
  expect(complaints, "policy violations, exceptions and console errors").toEqual([]);
});

async function open(options: OpenOptions = {}): Promise<Page> {
  const form = await forms.open({ width: 1280, ...options });
  opened.push(form);
  await form.page.locator("#clusters, #error").first().waitFor();
  return form.page;
}

const names = (page: Page) => page.locator("#clusters tbody th").allInnerTexts();
const requests = (page: Page, name: string) =>
  page.evaluate(
    (wanted) => window.moneyHarness.messages.filter((m) => m.type === "request" && m.name === wanted),
    name,
  );

describe("the money page", () => {
  it("shows every hand-worked cluster with its hand-worked figures", async () => {
    const page = await open();
    expect(handWorked.length).toBeGreaterThanOrEqual(12);
    for (const { cluster, price, now, idle, unusable, floor, ceiling, heldVCpus } of handWorked) {
      const row = page.locator(`#clusters tr[data-cluster="${armKey(cluster.id)}"]`);
      const cell = (column: string) => row.locator(`[data-column=${column}]`).innerText();
      const text = (amounts: typeof now) => hourlyText(amounts, "en", price?.currency);
      expect(await cell("now"), cluster.name).toBe(text(now));
      expect(await cell("idle"), cluster.name).toBe(text(idle));
      expect(await cell("unusable"), cluster.name).toBe(text(unusable));
      expect(await cell("floor"), cluster.name).toBe(text(floor));
      expect(await cell("ceiling"), cluster.name).toBe(text(ceiling));
      expect(await cell("heldVCpus"), cluster.name).toBe(String(heldVCpus));
    }
  });

  it("sums them: 76.61 dollars and 305 yen an hour, one cluster unknown", async () => {
    const page = await open();
    expect(await page.locator("#sum-now").innerText()).toBe("at least ¥305/h + $76.61/h");
  });

  it("sorts by any column, numbers biggest first, unknown last", async () => {
    const page = await open();
    const before = await names(page);
    expect(before[0]).toBe("gpu-train");
    const sort = page.locator('.sort[data-column="name"]');
    await sort.focus();
    await page.keyboard.press("Enter");
    const sorted = await names(page);
    expect(sorted).toEqual(
      [...before].sort((a, b) => a.localeCompare(b, "en", { numeric: true, sensitivity: "base" })),
    );
    expect(await page.locator("th[aria-sort=ascending]").innerText()).toBe("Cluster");
    await page.keyboard.press("Enter");
    expect(await names(page)).toEqual([...sorted].reverse());
  });

  it("totals per workspace, subscription and tag", async () => {
    const page = await open();
    const groups = () => page.locator("#groups tbody th").allInnerTexts();
    expect(await groups()).toContain("ml-west");
    await page.locator("#grouping").selectOption("tag:Team");
    await expect.poll(groups).toContain("vision");
    expect(await groups()).toContain("without this tag");
  });

  it("scales the ticked clusters to zero, and all where none is ticked", async () => {
    const page = await open();
    await page.getByRole("checkbox", { name: "gpu-min1" }).check();
    await page.getByText("Scale 1 to zero…").click();
    const { id } = handWorked.find(({ cluster }) => cluster.name === "gpu-min1")!.cluster;
    await expect.poll(() => requests(page, "scaleToZero")).toMatchObject([{ input: { clusters: [id] } }]);
    await page.getByRole("checkbox", { name: "All clusters" }).check();
    await page.getByText(`Scale ${handWorked.length} to zero…`).click();
    await expect.poll(async () => (await requests(page, "scaleToZero")).length).toBe(2);
  });

  it("exports the rows in the order shown, and says that the file was written", async () => {
    const page = await open({
      prepare: () => {
        window.moneyHarness.answers["exportCsv"] = { saved: true };
      },
    });
    await page.locator("#export").click();
    await page.getByText("The file was written.").waitFor();
    const [request] = (await requests(page, "exportCsv")) as unknown as [{ input: { clusters: string[] } }];
    const ids = new Map(handWorked.map(({ cluster }) => [cluster.id as string, cluster.name]));
    expect(request.input.clusters.map((id) => ids.get(id))).toEqual(await names(page));
  });

  it("draws quota with those who hold it, and says what could not be read", async () => {
    const page = await open();
    const total = page.locator('.bar[data-kind="dedicatedTotal"]');
    expect(await total.innerText()).toContain("196 of 350 used");
    await total.locator("summary").click();
    await total.getByRole("button", { name: "gpu-train" }).click();
    await expect.poll(() => requests(page, "openCost")).toHaveLength(1);
    expect(await page.locator("main").innerText()).toContain("You may not read quota here.");
    expect(await page.locator("main").innerText()).toContain("ml-secret: The client does not have authorization");
  });

  it("puts advice in order of what it saves, each with a button", async () => {
    const page = await open();
    const first = page.locator(".advice li").first();
    const text = await first.innerText();
    expect(text).toMatch(/Saves \$[\d,.]+\/month/);
    await first.locator("vscode-button").click();
    await expect.poll(() => requests(page, "follow")).toHaveLength(1);
  });

  it("keeps order and grouping over a reload of the window", async () => {
    const page = await open();
    await page.locator('.sort[data-column="name"]').click();
    await page.locator("#grouping").selectOption("subscription");
    const before = await names(page);
    await page.reload();
    await page.locator("#clusters").waitFor();
    expect(await names(page)).toEqual(before);
    expect(await page.locator("#grouping").inputValue()).toBe("subscription");
  });

  it.each(["dark", "light", "hc-dark", "hc-light"] as const)("has no access faults in %s", async (theme) => {
    const page = await open({ theme, height: 1500 });
    await page.screenshot({ path: `test-output/webview/money-${theme}.png`, fullPage: true });
    expect(await accessFaults(page)).toEqual([]);
  });

  it("fits a panel of 320 pixels, the wide table scrolling by itself", async () => {
    const page = await open({ width: 320, height: 1200 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await page.screenshot({ path: "test-output/webview/money-320.png", fullPage: true });
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
