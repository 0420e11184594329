import { afterAll, afterEach, beforeAll } from "vitest";
import { type Vscode, type VscodeOptions, startVscode } from "./vscode";

/**
 * One VS Code for all tests of a `describe`, which run in their order and build on each other. A test that fails leaves a
 * picture of what was on screen.
 * @returns a function that gives the running VS Code.
 */
export function useVscode(options: VscodeOptions): () => Vscode {
  let vscode: Vscode | undefined;
  beforeAll(async () => {
    vscode = await startVscode(options);
  });
  afterAll(() => vscode?.stop());
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    await vscode?.picture(`failed-${task.name.replaceAll(/\W+/g, "-").slice(0, 60)}`);
  });
  return () => {
    if (vscode === undefined) throw new Error("VS Code did not start.");
    return vscode;
  };
}
