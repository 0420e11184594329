import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type Page, chromium } from "playwright-core";
import { chromiumFlags, findChromium, missingChromium } from "../../../scripts/findChromium.mjs";
import { writeLanguagePack, writeSettings } from "../../../scripts/vscodeProfile.mjs";
import { type VscodeServer, installExtension, installServer, startServer } from "../../../scripts/vscodeServer.mjs";
import { runFromPalette, viewIcon } from "./workbench";

const vsix = "dist/aml-clusters.vsix";
const pictures = "test-output/e2e";

export type ThemeName = "dark" | "light" | "hc-dark" | "hc-light";

export interface VscodeOptions {
  readonly theme?: ThemeName;
  readonly locale?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Puts more into the folder of extensions before the first start. */
  readonly prepare?: (extensions: string) => Promise<void>;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** One real VS Code with the packaged extension, and the browser window that shows it. */
export interface Vscode {
  readonly page: Page;
  /** Everything that the workbench's console reported as an error. */
  readonly consoleErrors: readonly string[];
  /** Reloads the window as a person does; resolves when the workbench is back. */
  reload(): Promise<void>;
  /** Changes the theme and reloads the window: without its native modules VS Code does not see that a file changed. */
  changeTheme(theme: ThemeName): Promise<void>;
  /** Keeps a picture in test-output/e2e. */
  picture(name: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts VS Code's server in a fresh profile and opens its workbench. Needs `npm run build && npm run package` before.
 * @throws when there is no Chromium, with the sentence that says what to install.
 */
export async function startVscode(options: VscodeOptions = {}): Promise<Vscode> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(missingChromium);
  // Short: the names of Unix sockets in it may have 107 characters at most.
  const home = await mkdtemp(join(tmpdir(), "aml-e2e-"));
  const profile = {
    userData: join(home, "user"),
    extensions: join(home, "extensions"),
    log: join(pictures, "vscode.log"),
  };
  const folder = join(home, "demo");
  await mkdir(pictures, { recursive: true });
  await mkdir(folder);
  await writeFile(join(folder, "train.py"), "print('training')\n");
  await writeSettings(profile.userData, { theme: options.theme ?? "dark", settings: options.settings ?? {} });
  if (options.locale !== undefined) await writeLanguagePack(profile.userData, profile.extensions, options.locale);
  await options.prepare?.(profile.extensions);
  await installServer(() => undefined);
  await installExtension(profile, vsix);

  let server: VscodeServer | undefined;
  let browser: Browser | undefined;
  const stop = async () => {
    await browser?.close();
    await server?.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    server = await startServer({ profile, folder, locale: options.locale });
    browser = await chromium.launch({ executablePath, args: chromiumFlags });
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const consoleErrors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") consoleErrors.push(message.text());
    });
    await page.goto(server.url);
    await waitForWorkbench(page);
    // VS Code's own reload: it saves its state first, as the browser's reload button would not let it.
    const reload = async () => {
      const loaded = page.waitForEvent("load");
      await runFromPalette(page, "Developer: Reload Window");
      await loaded;
      await waitForWorkbench(page);
    };
    return {
      page,
      consoleErrors,
      reload,
      changeTheme: async (theme) => {
        await writeSettings(profile.userData, { theme });
        await reload();
      },
      picture: async (name) => {
        await page.screenshot({ path: join(pictures, `${name}.png`) });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The workbench stands when its status bar does and our extension's icon is there: then its commands are known too. */
async function waitForWorkbench(page: Page): Promise<void> {
  await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
  await page.locator(".part.activitybar").locator(viewIcon).waitFor({ timeout: 60_000 });
}
