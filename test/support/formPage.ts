import { randomBytes } from "node:crypto";
import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import * as esbuild from "esbuild";
import { type Browser, type Page, chromium } from "playwright-core";
import { chromiumFlags, findChromium, missingChromium } from "../../scripts/findChromium.mjs";
import { formHtml } from "../../src/ui/forms/formHtml";
import type { Harness } from "../../webview/harness/host";

declare global {
  interface Window {
    harness: Harness;
  }
}

/** Forms in a plain browser: the product's bundle, page and security policy, and a host by script. */
export interface Forms {
  /** A fresh page with the form open. `prepare` runs in it before the form's script. */
  open(options?: OpenOptions): Promise<FormPage>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly theme?: "dark" | "light" | "hc-dark" | "hc-light";
  readonly width?: number;
  readonly height?: number;
  readonly lang?: string;
  readonly prepare?: () => void;
  /** Translations, English → the language of `lang`, as the host gives them. */
  readonly texts?: Readonly<Record<string, string>>;
}

export interface FormPage {
  readonly page: Page;
  /** What the page complained of: refused by its policy, thrown, or logged as an error. */
  readonly complaints: readonly string[];
}

/** @param harness the host by script under webview/harness that answers the form. */
export async function startForms(form: string, harness = "host"): Promise<Forms> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(missingChromium);
  const files = await bundle(form, harness);
  const server = await serveFiles(form, files);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  return {
    open: (options = {}) => openForm(browser, origin, options),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

async function openForm(browser: Browser, origin: string, options: OpenOptions): Promise<FormPage> {
  const { theme = "dark", width = 900, height = 1000, lang = "en", prepare, texts } = options;
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  const lines = [
    // Every harness has its host under a name of its own.
    ...(texts === undefined ? [] : [`const texts = ${JSON.stringify(texts)};`, `(${giveTexts.toString()})(texts);`]),
    ...(prepare === undefined ? [] : [`(${prepare.toString()})();`]),
  ];
  if (lines.length > 0)
    await page.route("**/prepare.js", (route) =>
      route.fulfill({ contentType: "text/javascript; charset=utf-8", body: lines.join("\n") }),
    );
  await page.goto(`${origin}/?theme=${theme}&lang=${lang}`);
  return { page, complaints };
}

/** Runs in the page. */
function giveTexts(texts: Readonly<Record<string, string>>): void {
  for (const [name, host] of Object.entries(window))
    if (/harness$/i.test(name)) Object.assign(host as object, { texts });
}

/** The form as esbuild.mjs builds it for the package, and the harness. */
async function bundle(form: string, harness: string): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await esbuild.build({
    entryPoints: { [form]: `webview/${form}/main.ts`, harness: `webview/harness/${harness}.ts` },
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outdir: "out",
    write: false,
    logLevel: "error",
  });
  return new Map(outputFiles.map((file) => [`/${file.path.split(/[\\/]/).at(-1) ?? ""}`, file.text]));
}

async function serveFiles(form: string, files: ReadonlyMap<string, string>): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
    const file = files.get(url.pathname);
    const type = url.pathname.endsWith(".css")
      ? "text/css"
      : url.pathname.endsWith(".js")
        ? "text/javascript"
        : "text/html";
    response.setHeader("content-type", `${type}; charset=utf-8`);
    if (url.pathname === "/") response.end(pageOf(form, url.origin, url.searchParams.get("lang") ?? "en"));
    else response.end(file ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** The product's page; the harness goes before the form, as VS Code's own script does. */
function pageOf(form: string, cspSource: string, lang: string): string {
  const nonce = randomBytes(16).toString("hex");
  const html = formHtml({ cspSource, nonce, lang, script: `/${form}.js`, style: `/${form}.css`, title: "Form" });
  const before = ["/harness.js", "/prepare.js"].map(
    (source) => `<script type="module" nonce="${nonce}" src="${source}"></script>`,
  );
  return html.replace('<div id="form">', `${before.join("")}<div id="form">`);
}
