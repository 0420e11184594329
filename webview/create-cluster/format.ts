/** Language of the page, as the host set it. */
function language(): string {
  return document.documentElement.lang === "" ? "en" : document.documentElement.lang;
}

/** USD with cents; a third digit only where list prices have one, so that 0.019 is not 0.02. */
export function formatPrice(dollars: number): string {
  const cents = Math.abs(dollars * 100 - Math.round(dollars * 100)) < 1e-6;
  return new Intl.NumberFormat(language(), {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: cents ? 2 : 3,
  }).format(dollars);
}

export function formatGb(gigabytes: number): string {
  return `${new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }).format(gigabytes)} GB`;
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}
