import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Page } from "playwright-core";

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds on a page, one line per fault; it looks into the controls' shadow trees too. */
export async function accessFaults(page: Page): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  return page.evaluate(async (script) => {
    const scope = window as unknown as { axe?: { run(): Promise<{ violations: Violation[] }> } };
    if (scope.axe === undefined) {
      const nonce = document.querySelector("script")?.nonce ?? "";
      const element = Object.assign(document.createElement("script"), { textContent: script, nonce });
      document.head.append(element);
      element.remove();
    }
    const { violations = [] } = (await scope.axe?.run()) ?? {};
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`),
    );
  }, source);
}
