import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { type Forms, startForms } from "../support/formPage";

const texts = JSON.parse(readFileSync("l10n/bundle.l10n.ja.json", "utf8")) as Readonly<Record<string, string>>;
const pictures = "test-output/webview";

/** Form, its host by script, what is there when it is drawn. */
const forms = [
  ["create-cluster", "host", "#create"],
  ["details", "detailsHost", "#nodes, table"],
  ["cost", "moneyHost", "#apply"],
  ["money", "moneyHost", "table"],
  ["identity", "identityHost", "#apply"],
] as const;

describe.each(forms)("%s in Japanese", (form, harness, drawn) => {
  let started: Forms | undefined;
  afterAll(() => started?.close());

  it("fits 320 pixels, and no button breaks its words", async () => {
    started = await startForms(form, harness);
    const { page, complaints } = await started.open({ lang: "ja", texts, width: 320, height: 1600 });
    await page.locator(drawn).first().waitFor();
    await page
      .getByText(/[ぁ-ん]/)
      .first()
      .waitFor();
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    const short = await page
      .locator("vscode-button")
      .evaluateAll((buttons) =>
        buttons
          .filter((button) => button.textContent.trim().length <= 4 && button.clientHeight > 40)
          .map((button) => button.textContent.trim()),
      );
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/ja-${form}-320.png`, fullPage: true });
    expect(sideways).toBeLessThanOrEqual(0);
    expect(short).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
