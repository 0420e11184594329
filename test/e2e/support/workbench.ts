import { type Frame, type Locator, type Page } from "playwright-core";

/** Our view container's icon in the activity bar. */
export const viewIcon = '[class*="activity-workbench-view-extension-amlClusters"]';

/** Opens our view container from the activity bar, whatever is open now. */
export async function openClustersView(page: Page): Promise<void> {
  const item = page.locator(".part.activitybar .action-item", {
    has: page.locator(viewIcon),
  });
  await item.waitFor();
  if (!(await item.getAttribute("class"))?.split(" ").includes("checked")) await item.click();
  await page.locator(".part.sidebar .composite.title").first().waitFor();
}

/** The rows of the tree that are on screen (a long list holds only those). */
export function treeRows(page: Page): Locator {
  return page.locator(".part.sidebar .pane-body .monaco-list-row");
}

/** The row with that very label; `description` is what stands after it, in part. */
export function treeRow(page: Page, label: string, description = ""): Locator {
  return treeRows(page).filter({
    has: page.locator(".label-name", { hasText: new RegExp(`^\\s*${escapePattern(label)}\\s*$`) }),
    hasText: description,
  });
}

/** The tree as a person reads it: two spaces per level, label and description. */
export async function treeText(page: Page): Promise<string> {
  const lines = await treeRows(page).evaluateAll((rows) =>
    rows
      .map((row) => ({ top: row.getBoundingClientRect().top, row }))
      .sort((left, right) => left.top - right.top)
      .map(({ row }) => {
        const words = ["label-name", "label-description"].map(
          (name) => row.querySelector(`.${name}`)?.textContent ?? "",
        );
        return "  ".repeat(Number(row.getAttribute("aria-level")) - 1) + words.filter(Boolean).join("  ");
      }),
  );
  return lines.join("\n");
}

export async function expandRow(row: Locator): Promise<void> {
  if ((await row.getAttribute("aria-expanded")) === "true") return;
  await row.locator(".monaco-tl-twistie").click();
  await row.and(row.page().locator('[aria-expanded="true"]')).waitFor();
}

/** One of the buttons that a row shows while the pointer is over it. */
export async function clickInlineAction(row: Locator, title: string): Promise<void> {
  await row.hover();
  await row.locator(`.actions .action-label[aria-label^="${title}"]`).click();
}

export async function clickViewAction(page: Page, title: string): Promise<void> {
  await page.locator(".part.sidebar .pane-header, .part.sidebar .composite.title").first().hover();
  await page.locator(`.part.sidebar .action-label[aria-label^="${title}"]`).first().click();
}

/** The texts of a row's context menu, which stays open. */
export async function openContextMenu(row: Locator): Promise<readonly string[]> {
  await row.click({ button: "right" });
  const items = row.page().locator(".monaco-menu .action-item:not(.disabled) .action-label:not(.separator)");
  await items.first().waitFor();
  return (await items.allTextContents()).map((text) => text.trim());
}

/** @param path the titles of submenus and at last of the item. */
export async function chooseFromContextMenu(row: Locator, ...path: readonly string[]): Promise<void> {
  await openContextMenu(row);
  for (const [index, title] of path.entries()) {
    const label = row.page().locator(".monaco-menu .action-label", { hasText: title }).first();
    await label.hover();
    if (index === path.length - 1) await label.click();
  }
}

/** Types a command's title into the palette and runs it. */
export async function runFromPalette(page: Page, title: string): Promise<void> {
  await openPalette(page, title);
  await paletteRow(page, title).first().waitFor();
  await page.keyboard.press("Enter");
}

/** The commands that the palette offers for some text. */
export async function listPalette(page: Page, text: string): Promise<readonly string[]> {
  await openPalette(page, text);
  await page.locator(".quick-input-widget .monaco-list-row").first().waitFor();
  await page.waitForTimeout(500);
  const labels = await page.locator(".quick-input-widget .monaco-list-row .label-name").allTextContents();
  await page.keyboard.press("Escape");
  return labels;
}

async function openPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press("F1");
  await quickInput(page).fill(`>${text}`);
}

/** The text box of the quick pick or input box that is open. */
export function quickInput(page: Page): Locator {
  return page.locator(".quick-input-widget:not([style*='display: none']) .quick-input-box input");
}

function paletteRow(page: Page, text: string): Locator {
  return page.locator(".quick-input-widget .monaco-list-row", { hasText: text });
}

/** Chooses from a quick pick that is open. */
export async function pick(page: Page, label: string): Promise<void> {
  const row = paletteRow(page, label).first();
  await row.waitFor();
  await row.click();
}

/** Answers an input box that is open. @param step waits until the box's title says so, as in "1/3". */
export async function answer(page: Page, text: string, step?: string): Promise<void> {
  if (step !== undefined) await quickInputTitle(page, step).waitFor();
  await quickInput(page).waitFor();
  await quickInput(page).fill(text);
  await page.keyboard.press("Enter");
}

export function quickInputTitle(page: Page, text: string): Locator {
  return page.locator(".quick-input-widget .quick-input-title", { hasText: text });
}

/** What stands below the text box: a prompt, or what is wrong. */
export function quickInputMessage(page: Page, text: string | RegExp): Locator {
  return page.locator(".quick-input-widget .quick-input-message", { hasText: text });
}

/** A notification on screen that contains the text. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator(".notifications-toasts .notification-list-item", { hasText: text });
}

/** The modal dialog. */
export function dialog(page: Page): Locator {
  return page.locator(".monaco-dialog-box");
}

export async function clickDialogButton(page: Page, label: string): Promise<void> {
  await dialog(page).locator(".monaco-button", { hasText: label }).click();
}

/** The inner frame of the webview that shows `selector`. */
export async function webviewFrame(page: Page, selector: string, timeoutMs = 30_000): Promise<Frame> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if (frame === page.mainFrame()) continue;
      // A frame may go away while it is asked.
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`No webview shows ${selector}.`);
}

export async function closeAllEditors(page: Page): Promise<void> {
  await runFromPalette(page, "View: Close All Editors");
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
