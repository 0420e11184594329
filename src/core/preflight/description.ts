import * as l10n from "@vscode/l10n";
import { type Finding } from "../finding";

/** Our own limit: no document names one (checked 2026-11), and a longer text is surely a slip of the clipboard. */
export const longestDescription = 4_000;

export function descriptionLength(description: string): readonly Finding[] {
  if (description.length <= longestDescription) return [];
  return [
    {
      rule: "description.length",
      severity: "error",
      field: "description",
      message: l10n.t("Use at most {0} characters; this text has {1}.", longestDescription, description.length),
    },
  ];
}
