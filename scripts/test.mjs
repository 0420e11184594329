// @ts-check
// `npm test`: every check and every level of tests, one line each; the last line sums up.
import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureChromium, missingChromium } from "./findChromium.mjs";
import { buildVsix } from "./buildVsix.mjs";
import { Problem, reportAndFail, run } from "./runCommand.mjs";
import { installServer } from "./vscodeServer.mjs";

/** @typedef {import("./testReporter.mjs").Outcome} Outcome */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, "test-output");
const bin = (/** @type {string} */ path) => join(root, "node_modules", path);
const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

/** @type {{ level: string, outcome: Outcome, seconds: number }[]} */
const levels = [];
/** @type {string[]} */
const failedSteps = [];
/** Levels that wait for a real browser: a file that fails there is run once more. */
const browserLevels = ["webview", "e2e"];

main().catch(reportAndFail);

async function main() {
  await rm(join(output, "logs"), { recursive: true, force: true });
  await rm(join(output, "results"), { recursive: true, force: true });
  const tsc = bin("typescript/bin/tsc");
  for (const project of ["tsconfig.json", "webview/tsconfig.json", "test/tsconfig.json"]) {
    await check(`types ${project}`, [tsc, "--noEmit", "--pretty", "false", "-p", project]);
  }
  await check("lint", [bin("eslint/bin/eslint.js"), "--max-warnings", "0", "."]);
  await check("format", [bin("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."]);
  await test("unit");
  await test("contract");
  await step("build and package", async () => void (await buildVsix({ root, log: log("build") })));
  const chromium = ensureChromium(say);
  if (chromium !== undefined) process.env.CHROMIUM_PATH = chromium;
  await browserTest("webview", chromium);
  if (chromium !== undefined) await step("VS Code server", () => installServer(() => undefined));
  await browserTest("e2e", chromium);
  summarize();
}

/** A tool that says by its exit code whether all is well. @param {string} name @param {readonly string[]} args */
async function check(name, args) {
  await step(name, async () => {
    const file = log(name.replaceAll(/\W+/g, "-"));
    if ((await run(process.execPath, args, { cwd: root, log: file })) === 0) return;
    throw new Problem(await firstLines(file, 40));
  });
}

/** @param {string} name @param {() => Promise<void>} work */
async function step(name, work) {
  const start = Date.now();
  try {
    await work();
    say(line("ok", name, start));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    failedSteps.push(name);
    say(line("FAILED", name, start));
    say(indent(error.message));
  }
}

/** @param {string} level @param {string | undefined} chromium */
async function browserTest(level, chromium) {
  if (chromium !== undefined) return test(level);
  say(line("FAILED", level, Date.now()));
  say(indent(missingChromium));
  failedSteps.push(level);
}

/** Runs one project of vitest.config.ts and says what came of it. @param {string} level */
async function test(level) {
  const start = Date.now();
  const first = await runTests(level, level, []);
  const again = first.outcome && browserLevels.includes(level) ? failedFiles(first.outcome) : [];
  const second = again.length > 0 ? await runTests(level, `${level}-again`, again) : undefined;
  const outcome =
    first.outcome && second?.outcome ? withSecondTry(first.outcome, again, second.outcome) : first.outcome;
  const code = second?.outcome === undefined ? first.code : second.code;
  const seconds = (Date.now() - start) / 1000;
  if (outcome === undefined) {
    failedSteps.push(level);
    say(line("FAILED", level, start));
    return say(indent(await firstLines(log(level), 40)));
  }
  if (second !== undefined) {
    const names = (first.outcome?.failures ?? []).map(({ name, message }) => `${name}: ${message.split("\n")[0]}`);
    say(indent(`${level}: ran ${again.join(", ")} a second time, because of\n${indent(names.join("\n"))}`));
  }
  levels.push({ level, outcome, seconds });
  const isGood = code === 0 && outcome.failed === 0 && outcome.passed > 0;
  const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : "";
  say(`${line(isGood ? "ok" : "FAILED", level, start)}   ${outcome.passed} passed, ${outcome.failed} failed${skipped}`);
  for (const { name, message } of outcome.failures) say(indent(`${name}\n${indent(message)}`));
  for (const [reason, names] of Object.entries(groupByReason(outcome))) {
    say(indent(`skipped ${names.length}: ${reason} (${names.slice(0, 2).join("; ")}${names.length > 2 ? " …" : ""})`));
  }
  if (isGood) return;
  if (outcome.passed + outcome.failed === 0) say(indent("no test ran"));
  else if (outcome.failed === 0) say(indent(await firstLines(log(level), 40)));
  if (outcome.failed === 0) failedSteps.push(level);
}

/**
 * @param {string} level @param {string} name of the log and the result @param {readonly string[]} files none: all of them
 * @returns {Promise<{ code: number, outcome: Outcome | undefined }>}
 */
async function runTests(level, name, files) {
  const file = join(output, `results/${name}.json`);
  const env = { ...process.env, TEST_OUTCOME: file, NO_COLOR: "1" };
  const reporters = ["--reporter=default", `--reporter=${join(root, "scripts/testReporter.mjs")}`];
  const args = [bin("vitest/vitest.mjs"), "run", "--project", level, ...reporters, ...files];
  const code = await run(process.execPath, args, { cwd: root, log: log(name), env });
  const outcome = await readFile(file, "utf8").then(
    (text) => /** @type {Outcome} */ (JSON.parse(text)),
    () => undefined,
  );
  return { code, outcome };
}

/** @param {Outcome} outcome @returns {string[]} */
function failedFiles({ failures }) {
  const files = failures.flatMap(({ name }) => /^test\/[^:]+\.ts/.exec(name)?.[0] ?? []);
  return [...new Set(files)];
}

/**
 * What a second run of some files leaves of the first. A browser on a busy machine is late at times: such a file may
 * pass at its second try, and is named when it needed one. @param {Outcome} first @param {readonly string[]} files @param {Outcome} second
 * @returns {Outcome}
 */
function withSecondTry(first, files, second) {
  const isElsewhere = (/** @type {{ name: string }} */ { name }) => !files.some((file) => name.startsWith(file));
  const failures = [...first.failures.filter(isElsewhere), ...second.failures];
  const skips = [...first.skips.filter(isElsewhere), ...second.skips];
  const before = files.reduce((sum, file) => sum + (first.passedIn[file] ?? 0), 0);
  const passed = first.passed - before + second.passed;
  return { passed, failed: failures.length, skipped: skips.length, failures, skips, passedIn: {} };
}

/** @param {Outcome} outcome @returns {Record<string, string[]>} */
function groupByReason({ skips }) {
  /** @type {Record<string, string[]>} */
  const groups = {};
  for (const { name, reason } of skips) (groups[reason] ??= []).push(name.replace(/ \(skipped: [^)]+\)/, ""));
  return groups;
}

function summarize() {
  const sum = (/** @type {"passed" | "failed" | "skipped"} */ key) =>
    levels.reduce((total, { outcome }) => total + outcome[key], 0);
  say(`\n${"level".padEnd(12)}${["passed", "failed", "skipped", "seconds"].map((head) => head.padStart(9)).join("")}`);
  for (const { level, outcome, seconds } of levels) {
    const cells = [outcome.passed, outcome.failed, outcome.skipped, seconds.toFixed(0)];
    say(level.padEnd(12) + cells.map((cell) => String(cell).padStart(9)).join(""));
  }
  if (failedSteps.length > 0) say(`\nFailed: ${failedSteps.join(", ")}. Logs are in test-output/logs.`);
  const failed = sum("failed") + failedSteps.length;
  say(`\n${sum("passed")} passed, ${failed} failed, ${sum("skipped")} skipped`);
  if (failed > 0) process.exitCode = 1;
}

/** @param {string} name */
function log(name) {
  return join(output, `logs/${name}.log`);
}

/** @param {string} state @param {string} name @param {number} start */
function line(state, name, start) {
  return `${state.padEnd(7)}${name.padEnd(28)}${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s`;
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll(/^/gm, "       ");
}

/** @param {string} file @param {number} count */
async function firstLines(file, count) {
  const lines = (await readFile(file, "utf8").catch(() => "")).trim().split("\n");
  return (
    lines.slice(0, count).join("\n") + (lines.length > count ? `\n… ${lines.length - count} more lines in ${file}` : "")
  );
}
