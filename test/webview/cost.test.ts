import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Page } from "playwright-core";
import type { MoneyHarness } from "../../webview/harness/moneyHost";
import { accessFaults } from "../support/axe";
import { type FormPage, type Forms, type OpenOptions, startForms } from "../support/formPage";

declare global {
  interface Window {
    moneyHarness: MoneyHarness;
  }
}

let forms: Forms;
let opened: FormPage[] = [];
beforeAll(async () => {
  forms = await startForms("cost", "moneyHost");
});
afterAll(() => forms.close());
afterEach(async () => {
  const complaints = opened.flatMap((form) => form.complaints);
  await Promise.all(opened.map(({ page }) => page.context().close()));
  opened = [];
  expect(complaints, "policy violations, exceptions and console errors").toEqual([]);
});

async function open(options?: OpenOptions): Promise<Page> {
  const form = await forms.open(options);
  opened.push(form);
  await form.page.locator("#apply, #error").first().waitFor();
  return form.page;
}

const input = (page: Page, field: string) => page.locator(`#${field} input`);
const cells = (page: Page, row: string) => page.locator(`#${row} td`).allInnerTexts();
const requests = (page: Page, name: string) =>
  page.evaluate(
    (wanted) => window.moneyHarness.messages.filter((m) => m.type === "request" && m.name === wanted),
    name,
  );

describe("the cost form", () => {
  it("shows what gpu-min1 costs to the hand-worked cent: one idle node and a load balancer", async () => {
    const page = await open();
    expect(await page.locator("#cost-now").innerText()).toBe("$3.84/h");
    expect(await page.locator("section").first().innerText()).toContain("idle nodes");
    expect(await cells(page, "floor")).toEqual(["$3.84/h", "$3.84/h", "same"]);
    expect(await cells(page, "floor-month")).toEqual(["$2,800.83/month", "$2,800.83/month", "same"]);
    expect(await cells(page, "ceiling")).toEqual(["$7.66/h", "$7.66/h", "same"]);
    expect(await cells(page, "tail")).toEqual(["$0.127", "$0.127", "same"]);
    expect(await cells(page, "held")).toEqual(["12", "12", "same"]);
  });

  it("compares before and after while a number is typed", async () => {
    const page = await open();
    await input(page, "minNodeCount").fill("0");
    await expect
      .poll(() => cells(page, "floor-month"))
      .toEqual(["$2,800.83/month", "$10.04/month", "-$2,790.79/month"]);
    await input(page, "maxNodeCount").fill("4");
    await expect.poll(() => cells(page, "held")).toEqual(["12", "24", "+12"]);
    expect(await cells(page, "ceiling")).toEqual(["$7.66/h", "$15.31/h", "+$7.65/h"]);
  });

  it("says what a raised minimum costs in a month, and refuses numbers that make no sense", async () => {
    const page = await open();
    await input(page, "minNodeCount").fill("2");
    await expect.poll(() => page.locator("#minNodeCount-findings").innerText()).toContain("$5,581.58/month");
    await input(page, "minNodeCount").fill("three");
    await page.locator("#apply").click();
    await page.locator(".summary").waitFor();
    expect(await requests(page, "apply")).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("minNodeCount");
  });

  it("is worked with sliders and keys alone", async () => {
    const page = await open();
    await page.locator("#minNodeCount-slider").focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => input(page, "minNodeCount").inputValue()).toBe("0");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("maxNodeCount-slider");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => input(page, "maxNodeCount").inputValue()).toBe("3");
    await input(page, "idleSecondsBeforeScaleDown").fill("300");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => requests(page, "apply"))
      .toMatchObject([{ input: { minNodeCount: 0, maxNodeCount: 3, idleSecondsBeforeScaleDown: 300 } }]);
  });

  it("tells accepted from followed: first Azure agrees, then nodes go", async () => {
    const page = await open();
    await page.evaluate(() => (window.moneyHarness.answers["apply"] = undefined));
    await input(page, "minNodeCount").fill("0");
    await page.locator("#apply").click();
    await page.getByText("Asking Azure to change gpu-min1").waitFor();
    await page.evaluate(() => {
      const facts = window.moneyHarness.costOf("gpu-min1");
      window.moneyHarness.tell("facts", { ...facts, pending: "scale", resizable: false });
      window.moneyHarness.answer("apply", null);
    });
    await page.getByText("Azure has accepted the change. Nodes follow; up now: 1.").waitFor();
    await page.screenshot({ path: "test-output/webview/cost-accepted.png", fullPage: true });
    await page.evaluate(() => {
      const facts = window.moneyHarness.costOf("gpu-min1");
      const scaleSettings = { ...facts.cluster.scaleSettings, minNodeCount: 0 };
      window.moneyHarness.tell("facts", { ...facts, cluster: { ...facts.cluster, scaleSettings } });
    });
    await page.getByText("The new settings hold. Nodes up: 1; those without work go after 120 s.").waitFor();
    expect(await cells(page, "floor")).toEqual(["$0.014/h", "$0.014/h", "same"]);
  });

  it("shows beside the buttons what Azure refused, and keeps what was typed", async () => {
    const page = await open({
      prepare: () => {
        window.moneyHarness.answers["apply"] = { kind: "locked", message: "The group is locked.", requestId: "ab-1" };
      },
    });
    await input(page, "minNodeCount").fill("0");
    await page.locator("#apply").click();
    await page.locator("#error").waitFor();
    expect(await page.locator("#error").innerText()).toContain("The group is locked.");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("error");
    expect(await input(page, "minNodeCount").inputValue()).toBe("0");
  });

  it("advises with a saving and one button, and asks the host to do it", async () => {
    const page = await open();
    const advice = page.locator(".advice li", { hasText: "keeps 1 node up" });
    expect(await advice.innerText()).toContain("Saves $2,790.79/month");
    await advice.locator("vscode-button").click();
    await expect.poll(() => requests(page, "follow")).toMatchObject([{ input: { rule: "minimumWhileIdle" } }]);
    await page.locator("#low-priority-copy").click();
    await expect.poll(() => requests(page, "lowPriorityCopy")).toHaveLength(1);
  });

  it("says the truth about low priority", async () => {
    const page = await open({
      prepare: () => {
        window.moneyHarness.init = window.moneyHarness.costOf("t4-cheap");
      },
    });
    const text = await page.locator("main").innerText();
    expect(text).toContain("Seen here: 3 nodes preempted.");
    expect(text).toContain("not restarted for you");
    expect(text).toContain("7 days at most");
    expect(text).toContain("share one quota");
    expect(text).not.toMatch(/spot/i);
    expect(await page.locator("#low-priority-copy").count()).toBe(0);
  });

  it("never shows an unknown price as 0", async () => {
    const page = await open({
      prepare: () => {
        const facts = window.moneyHarness.costOf("gpu-min1");
        window.moneyHarness.init = { ...facts, price: undefined, lowPriorityPrice: undefined };
      },
    });
    expect(await page.locator("#cost-now").innerText()).toBe("price unavailable");
    expect(await cells(page, "ceiling")).toEqual(["price unavailable", "–", "–"]);
    expect(await page.locator(".chart").count()).toBe(0);
  });

  it.each(["dark", "light", "hc-dark", "hc-light"] as const)("has no access faults in %s", async (theme) => {
    const page = await open({ theme, height: 1500 });
    await input(page, "minNodeCount").fill("0");
    await page.screenshot({ path: `test-output/webview/cost-${theme}.png`, fullPage: true });
    expect(await accessFaults(page)).toEqual([]);
  });

  it("fits a panel of 320 pixels", async () => {
    const page = await open({ width: 320, height: 1200 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await page.screenshot({ path: "test-output/webview/cost-320.png", fullPage: true });
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
