// Builds: the extension (node, cjs), its lazily loaded chunks (azure, simulator), one bundle per webview, and the
// stand-alone simulator command. `--watch` rebuilds, `--dev` keeps names and source maps.
import { existsSync, readdirSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import * as esbuild from "esbuild";

const watch = process.argv.includes("--watch");
const dev = watch || process.argv.includes("--dev");

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? "linked" : false,
  target: "es2022",
  logLevel: "warning",
  legalComments: "none",
  metafile: true,
  outdir: "dist",
};

/**
 * `extension.ts` writes `await import("./azure/connect")`. In a CommonJS bundle that import must stay an import of
 * another file, so that its bytes are read when it is first needed: these become `dist/azure.js`, `dist/simulator.js`, `dist/preset-yaml.js`.
 */
const lazyChunks = {
  name: "lazy-chunks",
  setup(build) {
    const chunks = {
      "./azure/connect": "./azure.js",
      "./azure/identityCredential": "./identity.js",
      "./simulator/simulation": "./simulator.js",
      "./presetYaml": "./preset-yaml.js",
    };
    build.onResolve({ filter: /^\.\/(azure\/|simulator\/|presetYaml$)/ }, (args) => {
      const path = args.kind === "dynamic-import" ? chunks[args.path] : undefined;
      return path === undefined ? undefined : { path, external: true };
    });
  },
};

const webviews = readdirSync("webview", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`webview/${entry.name}/main.ts`) && entry.name !== "harness")
  .map((entry) => entry.name);

const node = { ...common, platform: "node", format: "cjs", mainFields: ["module", "main"] };
const builds = [
  { ...node, entryPoints: { extension: "src/extension.ts" }, external: ["vscode"], plugins: [lazyChunks] },
  { ...node, entryPoints: { azure: "src/azure/connect.ts" } },
  { ...node, entryPoints: { identity: "src/azure/identityCredential.ts" } },
  { ...node, entryPoints: { simulator: "src/simulator/simulation.ts" } },
  { ...node, entryPoints: { "preset-yaml": "src/ui/presets/presetYaml.ts" } },
  { ...node, entryPoints: { "simulator-command": "src/simulator/command.ts" } },
  {
    ...common,
    platform: "browser",
    format: "esm",
    outdir: "dist/webview",
    loader: { ".ttf": "file" },
    entryPoints: Object.fromEntries(webviews.map((name) => [name, `webview/${name}/main.ts`])),
  },
];

if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
} else {
  await rm("dist", { recursive: true, force: true });
  const results = await Promise.all(builds.map((options) => esbuild.build(options)));
  const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
  const sizes = Object.entries(outputs).map(([file, { bytes }]) => [file, bytes]);
  await writeFile("dist/sizes.json", JSON.stringify(Object.fromEntries(sizes), null, 2));
}
