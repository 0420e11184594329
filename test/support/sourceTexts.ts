import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** What the code hands to `l10n.t`, read with the compiler: apart from the tool that extracts the texts for translators. */
export interface SourceTexts {
  readonly texts: ReadonlySet<string>;
  /** Uses that cannot be extracted, come before the translations are loaded, or fill their placeholders wrongly. */
  readonly problems: readonly string[];
}

export function readSourceTexts(folders: readonly string[]): SourceTexts {
  const texts = new Set<string>();
  const problems: string[] = [];
  for (const file of folders.flatMap(listSources)) {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    visit(source, source, { texts, problems }, false);
  }
  return { texts, problems };
}

function listSources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

interface Found {
  readonly texts: Set<string>;
  readonly problems: string[];
}

function visit(node: ts.Node, source: ts.SourceFile, found: Found, isInFunction: boolean): void {
  const complain = (problem: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.problems.push(`${source.fileName}:${line + 1} ${problem}: ${node.getText(source).slice(0, 100)}`);
  };
  if (isTranslator(node, source)) {
    const call = node.parent;
    if (!ts.isCallExpression(call) || call.expression !== node) complain("l10n.t is not called directly");
    else readCall(call, found, complain);
    if (!isInFunction) complain("translated before the translations are loaded");
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && isL10n(node.initializer, source))
    complain("only l10n.t(…) is extracted");
  if (ts.isImportSpecifier(node) && node.parent.parent.parent.moduleSpecifier.getText(source) === '"@vscode/l10n"')
    complain("only l10n.t(…) is extracted");
  ts.forEachChild(node, (child) => visit(child, source, found, isInFunction || ts.isFunctionLike(node)));
}

function readCall(call: ts.CallExpression, found: Found, complain: (problem: string) => void): void {
  const [text, ...values] = call.arguments;
  if (text === undefined || !ts.isStringLiteralLike(text)) {
    complain("the text is not a plain string");
    return;
  }
  found.texts.add(text.text);
  if (values.some(ts.isSpreadElement)) {
    complain("the values cannot be counted");
    return;
  }
  const expected = values.map((_, index) => `{${index}}`);
  if (placeholdersOf(text.text).join() !== expected.join()) complain("placeholders and values differ");
}

function isTranslator(node: ts.Node, source: ts.SourceFile): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.name.text === "t" && isL10n(node.expression, source);
}

function isL10n(node: ts.Node | undefined, source: ts.SourceFile): boolean {
  return node !== undefined && /^(vscode\.)?l10n$/.test(node.getText(source));
}

/** `{0}`, `{1}`, …: each once, in order. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g))].sort();
}
