import { readFileSync } from "node:fs";
import * as l10n from "@vscode/l10n";
import { describe, expect, it } from "vitest";
import { durationText } from "../src/core/diagnosis/durationText";
import { nameGiven } from "../src/core/preflight/name";
import { placeholdersOf, readSourceTexts } from "./support/sourceTexts";

type Texts = Readonly<Record<string, string>>;

const read = (file: string): Texts => JSON.parse(readFileSync(file, "utf8")) as Texts;
const english = read("l10n/bundle.l10n.json");
const japanese = read("l10n/bundle.l10n.ja.json");
const manifestEnglish = read("package.nls.json");
const manifestJapanese = read("package.nls.ja.json");
const source = readSourceTexts(["src", "webview"]);

/** English and Japanese of every text there is. */
const pairs: readonly (readonly [string, string])[] = [
  ...Object.entries(japanese),
  ...Object.entries(manifestEnglish).map(([key, text]) => [text, manifestJapanese[key] ?? ""] as const),
];
const failing = (isWrong: (english: string, japanese: string) => boolean): readonly (readonly string[])[] =>
  pairs.filter(([text, translation]) => isWrong(text, translation));

describe("texts in the code", () => {
  it("are plain strings for l10n.t, translated when shown, with a value for each placeholder", () => {
    expect(source.problems).toEqual([]);
  });

  it("are all in l10n/bundle.l10n.json, which has no others: else run `npm run l10n`", () => {
    expect([...source.texts].filter((text) => english[text] === undefined)).toEqual([]);
    expect(Object.keys(english).filter((text) => !source.texts.has(text))).toEqual([]);
  });
});

describe("the Japanese translation", () => {
  it("has every text and none that is gone", () => {
    expect(Object.keys(english).filter((text) => !japanese[text])).toEqual([]);
    expect(Object.keys(japanese).filter((text) => english[text] === undefined)).toEqual([]);
    expect(Object.keys(manifestEnglish).filter((key) => !manifestJapanese[key])).toEqual([]);
    expect(Object.keys(manifestJapanese).filter((key) => manifestEnglish[key] === undefined)).toEqual([]);
  });

  it("keeps placeholders, commands and settings as they are", () => {
    const fixed = (text: string): string =>
      [...placeholdersOf(text), ...(text.match(/\(command:[\w.]+\)|#[\w.]+#|`[^`]+`/g) ?? []).sort()].join();
    expect(failing((text, translation) => fixed(text) !== fixed(translation))).toEqual([]);
  });

  it("leaves nothing in English but abbreviations and names", () => {
    const names = /[{}\d\s→·、。：:～/()]|CPU|GPU|vCPUs?|SSH|ID|InfiniBand/g;
    const isJapanese = (text: string): boolean => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text);
    expect(failing((_, text) => !isJapanese(text) && text.replaceAll(names, "") !== "")).toEqual([]);
  });

  it("ends sentences, questions and announcements as the English does", () => {
    const ends: readonly (readonly [RegExp, RegExp])[] = [
      [/\.$/, /。$/],
      [/…$/, /…$|条件$|アドレス$/],
      [/:$/, /:$/],
    ];
    for (const [before, after] of ends)
      expect(failing((text, translation) => before.test(text) && !after.test(translation))).toEqual([]);
  });

  it("uses the words of docs/glossary.ja.md", () => {
    const rows = readFileSync("docs/glossary.ja.md", "utf8").matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\|/gm);
    const terms = [...rows].map(([, term, word]) => [new RegExp(`\\b${term!}(s|es)?\\b`, "i"), word!] as const);
    expect(terms.length).toBeGreaterThan(20);
    // The simulated subscription is called the simulation where room is short.
    const plain = (text: string): string => text.replaceAll(/simulated subscription/gi, "simulation");
    for (const [term, word] of terms) {
      const wrong = failing((text, translation) => term.test(plain(text)) && !translation.includes(word));
      expect(wrong, word).toEqual([]);
    }
  });

  it("reaches people: the core speaks Japanese when it has been given the texts", () => {
    l10n.config({ contents: japanese });
    expect(durationText(25 * 60_000)).toBe("25 分");
    const [finding] = nameGiven("");
    expect(finding?.message).toBe("クラスターの名前を入力してください。");
    l10n.config({ contents: {} });
  });
});
