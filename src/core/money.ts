import * as l10n from "@vscode/l10n";
import { type Amounts } from "./amounts";

/** `$3.06/h`, `¥120.50/h + $0.014/h`; a missing price is said, never shown as 0. */
export function hourlyText(perHour: Amounts | undefined, locale: string, emptyCurrency = "USD"): string {
  if (perHour === undefined) return priceUnavailable();
  return joined(perHour, emptyCurrency, (value, currency) => l10n.t("{0}/h", rateText(value, currency, locale)));
}

/** `$2,233.80/month`. */
export function monthlyText(perMonth: Amounts | undefined, locale: string, emptyCurrency = "USD"): string {
  if (perMonth === undefined) return priceUnavailable();
  return joined(perMonth, emptyCurrency, (value, currency) => l10n.t("{0}/month", totalText(value, currency, locale)));
}

/** A sum of money that is no rate, e.g. the cost of one wait: `$0.10`. */
export function onceText(amounts: Amounts | undefined, locale: string, emptyCurrency = "USD"): string {
  if (amounts === undefined) return priceUnavailable();
  return joined(amounts, emptyCurrency, (value, currency) => rateText(value, currency, locale));
}

export function priceUnavailable(): string {
  return l10n.t("price unavailable");
}

/**
 * A price per hour. Small ones keep the digits that tell them apart (a node at $0.019), also in currencies without a minor
 * unit (azure-data/NOTES 4: JPY prices per hour are fractional).
 */
export function rateText(value: number, currency: string, locale: string): string {
  const size = Math.abs(value);
  const minor = minorDigits(currency);
  if (size === 0 || size >= 100) return currencyText(value, currency, locale, minor, minor);
  const most = size >= 1 ? 2 : size >= 0.01 ? 3 : 4;
  return currencyText(value, currency, locale, 2, most);
}

/** An amount over a longer time, in the currency's own minor unit: none for JPY and KRW. */
export function totalText(value: number, currency: string, locale: string): string {
  const minor = minorDigits(currency);
  return currencyText(value, currency, locale, minor, minor);
}

function minorDigits(currency: string): number {
  if (!isCurrencyCode(currency)) return 2;
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function currencyText(value: number, currency: string, locale: string, least: number, most: number): string {
  const digits = { minimumFractionDigits: least, maximumFractionDigits: Math.max(least, most) };
  // The code comes from an answer; Intl throws for anything but three letters.
  if (!isCurrencyCode(currency)) return `${new Intl.NumberFormat(locale, digits).format(value)} ${currency}`.trim();
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...digits }).format(value);
}

function isCurrencyCode(text: string): boolean {
  return /^[A-Za-z]{3}$/.test(text);
}

/** Zero amounts say nothing beside others. */
function joined(amounts: Amounts, emptyCurrency: string, text: (value: number, currency: string) => string): string {
  const entries = Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1));
  const telling = entries.filter(([, value]) => value !== 0);
  if (telling.length > 0) return telling.map(([currency, value]) => text(value, currency)).join(" + ");
  return text(0, entries[0]?.[0] ?? emptyCurrency);
}
