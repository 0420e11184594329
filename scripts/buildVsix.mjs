// @ts-check
// The package as users get it: dist/aml-clusters.vsix.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Problem, run } from "./runCommand.mjs";

/**
 * Builds and packages.
 * @param {{ root: string, log: string }} options `log`: the file that gets the tools' output.
 * @returns {Promise<string>} the path of the VSIX.
 */
export async function buildVsix({ root, log }) {
  const vsix = join(root, "dist/aml-clusters.vsix");
  const vsce = join(root, "node_modules/@vscode/vsce/vsce");
  await rm(log, { force: true });
  const steps = [
    ["esbuild.mjs"],
    // A private package has no marketplace page to link to.
    [vsce, "package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--out", vsix],
  ];
  for (const args of steps) {
    const code = await run(process.execPath, args, { cwd: root, log });
    if (code === 0) continue;
    const lines = (await readFile(log, "utf8")).trim().split("\n");
    const errors = lines.filter((line) => /\bERROR\b/.test(line));
    throw new Problem(
      `The extension could not be built:\n${(errors.length > 0 ? errors : lines.slice(-10)).join("\n")}`,
    );
  }
  return vsix;
}
