import * as l10n from "@vscode/l10n";
import { type Finding } from "../finding";

type Tags = Readonly<Record<string, string>>;

/** Limits of Azure Resource Manager (learn: "Use tags to organize your Azure resources", limitations; checked 2026-11). */
export const mostTags = 50;
export const longestTagName = 512;
export const longestTagValue = 256;

/** Every rule for tags; `tagCount` first, then tag by tag. */
export function tagFindings(tags: Tags): readonly Finding[] {
  return [
    ...tagCount(tags),
    ...Object.entries(tags).flatMap(([name, value]) => [...tagName(name), ...tagValue(name, value)]),
    ...tagNamesApart(tags),
  ];
}

export function tagCount(tags: Tags): readonly Finding[] {
  const count = Object.keys(tags).length;
  return count <= mostTags
    ? []
    : [tagError("tags.count", l10n.t("A resource can have {0} tags; these are {1}.", mostTags, count))];
}

/** Not empty, at most 512 characters, none of < > % & \ ? / and no control characters; reserved beginnings are refused. */
export function tagName(name: string): readonly Finding[] {
  if (name.trim() === "") return [tagError("tags.name", l10n.t("Give every tag a name."))];
  if (name.length > longestTagName) {
    return [
      tagError(
        "tags.name",
        l10n.t(
          'Use at most {0} characters for a tag name; "{1}" has {2}.',
          longestTagName,
          shortened(name),
          name.length,
        ),
      ),
    ];
  }
  const bad = /[<>%&\\?/\u0000-\u001f\u007f]/.exec(name)?.[0];
  if (bad !== undefined) {
    return [
      tagError(
        "tags.name",
        bad < " " || bad === "\u007f"
          ? l10n.t('The tag name "{0}" has a character that cannot be shown. Type it again.', shortened(name))
          : l10n.t('The tag name "{0}" must not contain {1}.', shortened(name), bad),
      ),
    ];
  }
  return tagReserved(name);
}

/** Tag names must not begin with the prefixes that Azure keeps (Microsoft.Resources tags, REST reference). */
export function tagReserved(name: string): readonly Finding[] {
  const prefix = ["microsoft", "azure", "windows"].find((word) => name.toLowerCase().startsWith(word));
  return prefix === undefined
    ? []
    : [
        tagError(
          "tags.reserved",
          l10n.t('Azure keeps tag names that begin with "{0}" for itself. Rename "{1}".', prefix, shortened(name)),
        ),
      ];
}

export function tagValue(name: string, value: string): readonly Finding[] {
  return value.length <= longestTagValue
    ? []
    : [
        tagError(
          "tags.value",
          l10n.t(
            'Use at most {0} characters for the value of the tag "{1}"; it has {2}.',
            longestTagValue,
            shortened(name),
            value.length,
          ),
        ),
      ];
}

/** Tag names that differ only in case are one to Azure. */
export function tagNamesApart(tags: Tags): readonly Finding[] {
  const seen = new Map<string, string>();
  return Object.keys(tags).flatMap((name) => {
    const other = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    return other === undefined
      ? []
      : [
          tagError(
            "tags.same",
            l10n.t('The tags "{0}" and "{1}" are the same to Azure. Keep one.', shortened(other), shortened(name)),
          ),
        ];
  });
}

function tagError(rule: string, message: string): Finding {
  return { rule, severity: "error", field: "tags", message };
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
