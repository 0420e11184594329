// @ts-check
// vitest reporter: writes one level's outcome as JSON for scripts/test.mjs, with the reasons of skipped tests.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly { name: string, message: string }[]} failures
 * @property {readonly { name: string, reason: string }[]} skips
 * @property {Readonly<Record<string, number>>} passedIn file → how many passed there
 */

/** A default export because vitest looks for one. TEST_OUTCOME names the file that gets the outcome. */
export default class OutcomeReporter {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly { message?: string }[]} unhandledErrors
   */
  async onTestRunEnd(modules, unhandledErrors) {
    /** @type {{ name: string, message: string }[]} */
    const failures = unhandledErrors.map(({ message }) => ({ name: "outside of any test", message: message ?? "" }));
    /** @type {{ name: string, reason: string }[]} */
    const skips = [];
    let passed = 0;
    /** @type {Record<string, number>} */
    const passedIn = {};
    for (const module of modules) {
      const path = relative(process.cwd(), module.moduleId);
      for (const error of [...module.errors(), ...suiteErrors(module)]) {
        failures.push({ name: path, message: error.message ?? "" });
      }
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${path}: ${test.fullName}`;
        if (result.state === "passed") {
          passed++;
          passedIn[path] = (passedIn[path] ?? 0) + 1;
        } else if (result.state === "failed") failures.push({ name, message: result.errors[0]?.message ?? "" });
        // A test left over when its file broke off has not run: that is no skip that somebody decided.
        else if (result.state === "pending") failures.push({ name, message: "did not run" });
        else skips.push({ name, reason: result.note ?? reasonInName(test.fullName) });
      }
    }
    const file = process.env.TEST_OUTCOME;
    if (file === undefined) return;
    await mkdir(dirname(file), { recursive: true });
    const outcome = { passed, failed: failures.length, skipped: skips.length, failures, skips, passedIn };
    await writeFile(file, JSON.stringify(outcome, null, 2));
  }
}

/** Errors of beforeAll and afterAll. @param {import("vitest/node").TestModule} module */
function suiteErrors(module) {
  return [...module.children.allSuites()].flatMap((suite) => [...suite.errors()]);
}

/** A suite that is left out as a whole says why in its name: "… (skipped: … is not here)". @param {string} name */
function reasonInName(name) {
  return /\(skipped: ([^)]+)\)/.exec(name)?.[1] ?? "no reason given";
}
