// @ts-check
// Runs other programs quietly: their output goes to a file, and a failure is one sentence that names it.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, relative } from "node:path";

/** A problem that is told in one sentence, without a stack trace. */
export class Problem extends Error {}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, cwd?: string, env?: NodeJS.ProcessEnv }} options `log`: the file that gets its output, appended.
 * @returns {Promise<number>} its exit code; 127 when it could not be started.
 */
export async function run(command, args, { log, cwd, env }) {
  await mkdir(dirname(log), { recursive: true });
  const output = createWriteStream(log, { flags: "a" });
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    const end = (/** @type {number} */ code) => output.end(() => resolve(code));
    child.on("error", (error) => {
      output.write(`${error.message}\n`);
      end(127);
    });
    child.on("close", (code) => end(code ?? 1));
  });
}

/**
 * Runs npm itself: the one that runs us, so that Windows needs no shell.
 * @param {readonly string[]} args
 * @param {{ log: string, cwd: string, node?: string, env?: NodeJS.ProcessEnv }} options `node`: the Node that runs npm.
 */
export function runNpm(args, { log, cwd, node = process.execPath, env = process.env }) {
  const npm = process.env.npm_execpath;
  const clean = { ...env };
  // `npm run` tells its children which folder is the project; the npm started here works in another one.
  for (const name of Object.keys(clean))
    if (/^npm_(package|lifecycle|config_local_prefix)/.test(name)) delete clean[name];
  if (npm?.endsWith(".js")) return run(node, [npm, ...args], { log, cwd, env: clean });
  return run(process.platform === "win32" ? "npm.cmd" : "npm", args, { log, cwd, env: clean });
}

/**
 * The reason why a logged npm command failed, in a few words.
 * @param {string} log
 */
export async function explainNpmFailure(log) {
  const text = await readFile(log, "utf8").catch(() => "");
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(text))
    return "the npm registry cannot be reached: check the network or the proxy settings";
  if (/ENOSPC/.test(text)) return "the disk is full";
  return `npm failed, see ${relative(process.cwd(), log)}`;
}

/** Prints a problem as a sentence, anything else with its stack, and fails the process. @param {unknown} error */
export function reportAndFail(error) {
  process.stderr.write(
    `${error instanceof Problem ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
}
