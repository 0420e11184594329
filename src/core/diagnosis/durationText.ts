import * as l10n from "@vscode/l10n";

const minuteMs = 60_000;

/** A time span as people say it: minutes below two hours, hours below two days, then days; rounded down. */
export function durationText(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / minuteMs));
  if (minutes < 1) return l10n.t("less than a minute");
  if (minutes === 1) return l10n.t("1 minute");
  if (minutes < 120) return l10n.t("{0} minutes", minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? l10n.t("{0} hours", hours) : l10n.t("{0} days", Math.floor(hours / 24));
}
