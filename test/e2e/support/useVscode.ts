import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type Vscode, type VscodeOptions, startVscode } from "./vscode";

/**
 * One VS Code for all tests of a `describe`, which run in their order and build on each other: after a failure the rest is
 * skipped. A test that fails leaves a picture of what was on screen.
 * @returns a function that gives the running VS Code.
 */
export function useVscode(options: VscodeOptions): () => Vscode {
  let vscode: Vscode | undefined;
  let broken: string | undefined;
  beforeAll(async () => {
    vscode = await startVscode(options);
  });
  afterAll(() => vscode?.stop());
  beforeEach(({ skip }) => {
    if (broken !== undefined) skip(`follows on "${broken}", which failed`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    broken ??= task.name;
    await vscode?.picture(`failed-${task.name.replaceAll(/\W+/g, "-").slice(0, 60)}`);
  });
  return () => {
    if (vscode === undefined) throw new Error("VS Code did not start.");
    return vscode;
  };
}
