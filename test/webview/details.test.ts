import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Page } from "playwright-core";
import type { DetailsHarness } from "../../webview/harness/detailsHost";
import { type FormPage, type Forms, type OpenOptions, startForms } from "../support/formPage";

declare global {
  interface Window {
    detailsHarness: DetailsHarness;
  }
}

let forms: Forms;
let opened: FormPage[] = [];
beforeAll(async () => {
  forms = await startForms("details", "detailsHost");
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
  await form.page.locator("#diagnosis-title, #error, .gone").first().waitFor();
  return form.page;
}

const requests = (page: Page, name: string) =>
  page.evaluate(
    (wanted) => window.detailsHarness.messages.filter((m) => m.type === "request" && m.name === wanted),
    name,
  );

describe("the diagnosis", () => {
  it("stands on top, the likeliest first, with evidence and buttons, and a button names cause and remedy by place", async () => {
    const page = await open();
    const first = page.locator(".cause").first();
    expect(await first.innerText()).toContain('The lock "keep-for-audit" holds the resource group rg-audited.');
    expect(await first.innerText()).toContain("for 3 days");
    await first.getByRole("button", { name: "Remove the lock" }).click();
    expect(await requests(page, "remedy")).toMatchObject([{ input: { cause: 0, remedy: 1 } }]);
    await page.locator(".cause").nth(1).getByRole("button", { name: "Request quota…" }).click();
    await expect.poll(() => requests(page, "remedy")).toMatchObject([{}, { input: { cause: 1, remedy: 0 } }]);
  });

  it("says while it looks, and takes no second press", async () => {
    const page = await open({ prepare: () => void window.detailsHarness.held.push("diagnose") });
    await page.locator("#diagnose").click();
    await page.getByText("Looking at locks, quota").waitFor();
    await page.locator("#diagnose").click({ force: true });
    expect(await requests(page, "diagnose")).toHaveLength(1);
    await page.evaluate(() => window.detailsHarness.answer("diagnose"));
    await page.getByText("Looking at locks, quota").waitFor({ state: "detached" });
  });

  it("tells a refusal in a card with its request id, and leads there", async () => {
    const page = await open({
      prepare: () => {
        window.detailsHarness.errors["remedy"] = {
          kind: "forbidden",
          message: "No right to remove locks.",
          code: "AuthorizationFailed",
          requestId: "req-42",
        };
      },
    });
    await page.getByRole("button", { name: "Remove the lock" }).click();
    await page.locator("#error").waitFor();
    expect(await page.locator("#error").innerText()).toContain("req-42");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("error");
    expect(await page.locator(".cause").count()).toBe(3);
  });
});

describe("nodes", () => {
  it("come in pages, with what can be done to each", async () => {
    const page = await open();
    expect(await page.locator("tbody tr").count()).toBe(25);
    await page.getByRole("button", { name: "Show more (5 left)" }).click();
    expect(await page.locator("tbody tr").count()).toBe(30);
    const row = page.locator("tbody tr").first();
    expect(await row.innerText()).toContain("20.50.1.9:50000");
    await row.getByRole("button", { name: "Copy SSH command" }).click();
    await row.getByRole("button", { name: "Open in Studio" }).click();
    expect(await requests(page, "node")).toMatchObject([
      { input: { action: "copySsh" } },
      { input: { action: "openRun" } },
    ]);
  });
});

describe("the rest of the page", () => {
  it("shows what GET tells, raw JSON beside it, the chart in words and the newest event first", async () => {
    const page = await open();
    expect(await page.locator(".facts").innerText()).toContain("Standard_DS3_v2");
    expect(await page.locator("pre").count()).toBe(0);
    await page.getByRole("button", { name: "Show JSON" }).click();
    await expect.poll(() => page.locator("pre").innerText()).toContain('"id": 1');
    await page.getByRole("button", { name: "Hide JSON" }).click();
    expect(await page.locator("pre").count()).toBe(0);
    const chart = page.getByRole("img", { name: /at most 2 at once/ });
    expect(await chart.locator("polygon").count()).toBe(5);
    expect(await page.locator(".timeline li").first().innerText()).toContain("idle → resizing");
  });

  it("follows what the host tells, also that the cluster is gone", async () => {
    const page = await open();
    await page.evaluate(() => {
      const { view } = window.detailsHarness;
      window.detailsHarness.tell({ ...view, cluster: undefined });
    });
    await page.getByText("audit-cpu is no longer in the workspace.").waitFor();
    expect(await page.locator(".timeline li").count()).toBe(4);
  });

  it("offers a retry when the cluster cannot be read", async () => {
    const page = await open({
      prepare: () => (window.detailsHarness.initError = { kind: "network", message: "Nobody answered." }),
    });
    await page.evaluate(() => (window.detailsHarness.initError = undefined));
    await page.getByRole("button", { name: "Retry" }).click();
    await page.locator("#diagnosis-title").waitFor();
  });

  it("shows a hostile name as text", async () => {
    const page = await open({
      prepare: () => {
        const harness = window.detailsHarness;
        harness.view = { ...harness.view, name: "<img src=x onerror=alert(1)>" };
      },
    });
    expect(await page.locator("h1").textContent()).toBe("<img src=x onerror=alert(1)>");
    expect(await page.locator("h1 img").count()).toBe(0);
  });

  it("is reached by keyboard alone", async () => {
    const page = await open();
    const names: string[] = [];
    for (let press = 0; press < 8; press++) {
      await page.keyboard.press("Tab");
      names.push(await page.evaluate(() => document.activeElement?.textContent.trim() ?? ""));
    }
    expect(names.join("|")).toMatch(/Refresh\|Look again\|Open the lock.*\|Remove the lock/);
  });
});

describe("looks", () => {
  for (const theme of ["dark", "light", "hc-dark", "hc-light"] as const) {
    it(`has no accessibility fault in ${theme}, wide or 320 pixels narrow, and never scrolls sideways`, async () => {
      for (const width of [1000, 320]) {
        const page = await open({ theme, width, height: 1400 });
        await page.screenshot({ path: `test-output/webview/details-${theme}-${width}.png`, fullPage: true });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await axeFaults(page)).toEqual([]);
      }
    });
  }
});

async function axeFaults(page: Page): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  return page.evaluate(async () => {
    const axe = (
      window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe;
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  });
}
