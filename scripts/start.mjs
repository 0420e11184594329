// @ts-check
// `npm start`: the packaged extension, with its simulated subscription, in a real VS Code.
import { spawn, spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildVsix } from "./buildVsix.mjs";
import { findDesktopCode, openDesktopCode } from "./desktopCode.mjs";
import { Problem, reportAndFail } from "./runCommand.mjs";
import { themeNames, writeLanguagePack, writeSettings } from "./vscodeProfile.mjs";
import { installExtension, installServer, startServer } from "./vscodeServer.mjs";

const usage = `npm start [-- options]
  --port N       port of the VS Code server (default: a free one)
  --no-open      do not open a browser
  --server       use the VS Code server even where "code" is on PATH
  --locale ja    display language
  --theme NAME   ${themeNames.join(", ")}
  --reset        forget settings and state of earlier runs`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = join(root, ".vscode-run");
const folder = join(home, "demo");
const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

main().catch(reportAndFail);

async function main() {
  const options = readOptions();
  if (options.help) return say(usage);
  if (options.reset) await rm(home, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "README.md"), "# Demo\n\nOpen the Azure ML Clusters view in the activity bar.\n");

  // A language pack has to be there before a profile is first used, so each language has its own.
  const own = join(home, options.locale ?? "default");
  const profile = { userData: join(own, "user"), extensions: join(own, "extensions"), log: join(own, "vscode.log") };

  say("Building the extension …");
  const vsix = await buildVsix({ root, log: join(home, "build.log") });
  await writeSettings(profile.userData, {
    theme: options.theme,
    settings: { "amlClusters.simulation.startAutomatically": true },
  });
  if (options.locale) await writeLanguagePack(profile.userData, profile.extensions, options.locale);

  const code = options.server || options.port !== undefined ? undefined : findDesktopCode();
  if (code !== undefined && (await openDesktopCode({ code, profile, vsix, folder, locale: options.locale }))) {
    return say("VS Code is open with the simulated subscription, in a profile of its own (.vscode-run/).");
  }
  await serve(profile, vsix, options);
}

/** @param {import("./vscodeServer.mjs").Profile} profile @param {string} vsix @param {ReturnType<typeof readOptions>} options */
async function serve(profile, vsix, { port, locale, open }) {
  await installServer(say);
  await installExtension(profile, vsix);
  const server = await startServer({ profile, folder, port, locale });
  say(`VS Code with the simulated subscription: ${server.url}`);
  say("Ctrl+C stops it.");
  if (open) openBrowser(server.url);
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  const asked = new Promise((done) => signals.forEach((signal) => process.once(signal, () => done(true))));
  if (!(await Promise.race([asked, server.ended.then(() => false)]))) {
    await server.stop();
    throw new Problem(`VS Code's server ended by itself: see ${profile.log}`);
  }
  await server.stop();
  process.exit(0);
}

function readOptions() {
  /** @type {Record<string, unknown>} */
  let values;
  try {
    values = parseArgs({
      allowNegative: true,
      options: {
        port: { type: "string" },
        open: { type: "boolean", default: true },
        server: { type: "boolean", default: false },
        locale: { type: "string" },
        theme: { type: "string" },
        reset: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
    throw new Problem(`--port takes a number from 1 to 65535, not "${String(values.port)}".`);
  }
  const theme = /** @type {string | undefined} */ (values.theme);
  if (theme !== undefined && !themeNames.includes(theme)) {
    throw new Problem(`--theme takes ${themeNames.join(", ")}, not "${theme}".`);
  }
  const locale = /** @type {string | undefined} */ (values.locale);
  if (locale !== undefined && !/^[a-z]{2}(-[a-z]{2})?$/i.test(locale)) {
    throw new Problem(`--locale takes a language such as ja, not "${locale}".`);
  }
  const { open, server, reset, help } = /** @type {Record<string, boolean>} */ (values);
  return { port, theme, locale, open, server, reset, help };
}

/** Where there is a screen; failing to is no problem, the address is on the terminal. @param {string} url */
function openBrowser(url) {
  const onLinux = process.platform === "linux";
  if (onLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  if (spawnSync("which", [opener], { stdio: "ignore" }).status !== 0) return;
  spawn(opener, [url], { stdio: "ignore", detached: true }).unref();
}
