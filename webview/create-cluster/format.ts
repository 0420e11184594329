import { type Amounts } from "../../src/core/amounts";

/** Language of the page, as the host set it. */
function language(): string {
  return document.documentElement.lang === "" ? "en" : document.documentElement.lang;
}

/** Cents; below one with a third digit where there is one, so that 0.019 is not 0.02. */
export function formatPrice(value: number, currency = "USD"): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: value < 1 ? 3 : 2 };
  return new Intl.NumberFormat(language(), { style: "currency", currency, ...digits }).format(value);
}

/** Currencies side by side, as nothing is converted. Nothing at all is 0 in the given currency. */
export function formatAmounts(amounts: Amounts, currency = "USD"): string {
  const parts = Object.entries(amounts).filter(([, value]) => value !== 0);
  return parts.length === 0
    ? formatPrice(0, currency)
    : parts.map(([name, value]) => formatPrice(value, name)).join(" + ");
}

export function formatGb(gigabytes: number): string {
  return `${new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }).format(gigabytes)} GB`;
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}

export function formatShare(share: number): string {
  return new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

export function formatDay(iso: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium" }).format(new Date(iso));
}
