import * as l10n from "@vscode/l10n";
import { type Finding } from "./finding";
import { type Preset, scrub, secretFindings } from "./presets";

/**
 * Takes values out of what a YAML or JSON parser made of a preset: own keys only, and what is wrong with them is collected in
 * `findings`, with `prefix` before the key.
 */
export class FieldReader {
  readonly findings: Finding[] = [];

  constructor(
    private readonly source: Preset,
    private readonly prefix = "",
  ) {}

  wrong(key: string): void {
    this.findings.push({
      rule: "preset.value",
      severity: "warning",
      message: l10n.t("{0} has a value that does not fit and was left out.", `${this.prefix}${key}`),
    });
  }

  text(key: string, pattern?: RegExp): string | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (typeof value !== "string" || pattern?.test(value) === false) {
      this.wrong(key);
      return undefined;
    }
    if (scrub(value).dropped.length === 0) return value;
    this.findings.push(...secretFindings([`${this.prefix}${key}`]));
    return undefined;
  }

  number(key: string): number | undefined {
    return this.typed(key, (value): value is number => typeof value === "number" && Number.isFinite(value));
  }

  flag(key: string): boolean | undefined {
    return this.typed(key, (value): value is boolean => typeof value === "boolean");
  }

  record(key: string): Preset | undefined {
    return this.typed(key, isRecord);
  }

  list(key: string): readonly unknown[] {
    return this.typed(key, (value): value is unknown[] => Array.isArray(value)) ?? [];
  }

  /** Words count without case, `_`, `-` and blanks, as the CLI takes `low_priority` and `LowPriority`. */
  oneOf<T extends string>(key: string, words: Readonly<Record<string, T>>): T | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const word = typeof value === "string" ? value.toLowerCase().replaceAll(/[\s_-]/g, "") : "";
    if (Object.hasOwn(words, word)) return words[word];
    this.wrong(key);
    return undefined;
  }

  /** Reports keys beyond these. */
  onlyKeys(keys: readonly string[]): void {
    for (const key of Object.keys(this.source)) if (!keys.includes(key)) this.wrong(shown(key));
  }

  private typed<T>(key: string, fits: (value: unknown) => value is T): T | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (fits(value)) return value;
    this.wrong(key);
    return undefined;
  }

  /** `key:` without a value is null in YAML and means unsaid. */
  private value(key: string): unknown {
    return own(this.source, key) ?? undefined;
  }
}

export function isRecord(value: unknown): value is Preset {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Inherited properties do not count. */
export function own(record: Preset, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Something of a file, short enough for a sentence. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
