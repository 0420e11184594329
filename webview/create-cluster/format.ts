/** Language of the page, as the host set it. */
function language(): string {
  return document.documentElement.lang === "" ? "en" : document.documentElement.lang;
}

/** USD with cents; below a dollar with a third digit where there is one, so that 0.019 is not 0.02. */
export function formatPrice(dollars: number): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: dollars < 1 ? 3 : 2 };
  return new Intl.NumberFormat(language(), { style: "currency", currency: "USD", ...digits }).format(dollars);
}

export function formatGb(gigabytes: number): string {
  return `${new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }).format(gigabytes)} GB`;
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}
