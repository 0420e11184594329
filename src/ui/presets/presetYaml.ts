import { parse, stringify } from "yaml";
import { type Preset } from "../../core/presets";

/** In a bundle of its own: the YAML library is read when the first preset is. */

/** Few aliases: a file of this kind has none, and a chain of them can fill the memory. @throws Error naming line and column. */
export function parsePreset(text: string): unknown {
  const parsed: unknown = parse(text, { maxAliasCount: 20, prettyErrors: true });
  return parsed;
}

export function printPreset(preset: Preset): string {
  return stringify(preset, { lineWidth: 0 });
}
