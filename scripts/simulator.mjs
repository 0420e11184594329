// @ts-check
// `npm run simulator -- --port N [--https] …`: builds the simulator's command and runs it.
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const outfile = fileURLToPath(new URL("../dist/simulator-command.js", import.meta.url));

await esbuild.build({
  absWorkingDir: root,
  entryPoints: ["src/simulator/command.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "es2022",
  mainFields: ["module", "main"],
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});

// It reads its arguments from process.argv, which begin at the same place here.
await import(outfile);
