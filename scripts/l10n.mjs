// @ts-check
// `npm run l10n`: extracts the English texts into l10n/bundle.l10n.json and tells what each translation lacks.
// A text that is gone from the code goes from the translations too; a new one has to be translated by a person.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem, reportAndFail, run } from "./runCommand.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "l10n");
const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

/** @typedef {Record<string, string>} Texts */

main().catch(reportAndFail);

async function main() {
  const english = await extract();
  say(`${Object.keys(english).length} texts in l10n/bundle.l10n.json.`);
  await compare(folder, /^bundle\.l10n\.([\w-]+)\.json$/, english);
  await compare(root, /^package\.nls\.([\w-]+)\.json$/, await read(join(root, "package.nls.json")));
}

/** @returns {Promise<Texts>} */
async function extract() {
  const tool = join(root, "node_modules/@vscode/l10n-dev/dist/cli.js");
  const log = join(root, "test-output/logs/l10n.log");
  const args = [tool, "export", "--outDir", folder, join(root, "src"), join(root, "webview")];
  if ((await run(process.execPath, args, { cwd: root, log })) !== 0)
    throw new Problem("The texts could not be extracted: see test-output/logs/l10n.log");
  const file = join(folder, "bundle.l10n.json");
  const texts = await read(file);
  await write(file, texts);
  return texts;
}

/** @param {string} where @param {RegExp} pattern its first group is the language. @param {Texts} english */
async function compare(where, pattern, english) {
  for (const name of await readdir(where)) {
    const language = pattern.exec(name)?.[1];
    if (language === undefined) continue;
    const before = await read(join(where, name));
    const missing = Object.keys(english).filter((key) => before[key] === undefined);
    const kept = Object.entries(before).filter(([key]) => english[key] !== undefined);
    const gone = Object.keys(before).length - kept.length;
    if (gone > 0) await write(join(where, name), Object.fromEntries(kept));
    say(`${name}: ${missing.length} to translate, ${gone} gone.`);
    for (const key of missing) say(`  ${JSON.stringify(key)}`);
  }
}

/** @param {string} file @returns {Promise<Texts>} */
async function read(file) {
  return JSON.parse(await readFile(file, "utf8"));
}

/** In the order of the keys, so that a difference shows what changed. @param {string} file @param {Texts} texts */
async function write(file, texts) {
  const sorted = Object.entries(texts).sort(([left], [right]) => (left < right ? -1 : 1));
  await writeFile(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}
