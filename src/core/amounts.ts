/**
 * Money by currency, e.g. `{ USD: 3.06 }` or, with a price in yen and a fee known only in dollars, `{ JPY: 120, USD: 0.01 }`.
 * Nothing is ever converted, so that no exchange rate is made up. `{}` is nothing at all.
 */
export type Amounts = Readonly<Record<string, number>>;

export function amountOf(currency: string, value: number): Amounts {
  return { [currency]: value };
}

export function addAmounts(...amounts: readonly Amounts[]): Amounts {
  const sum: Record<string, number> = {};
  for (const [currency, value] of amounts.flatMap((each) => Object.entries(each))) {
    sum[currency] = (sum[currency] ?? 0) + value;
  }
  return sum;
}

export function scaleAmounts(amounts: Amounts, factor: number): Amounts {
  return Object.fromEntries(Object.entries(amounts).map(([currency, value]) => [currency, value * factor]));
}

/** `a − b`; negative where b is more. */
export function subtractAmounts(a: Amounts, b: Amounts): Amounts {
  return addAmounts(a, scaleAmounts(b, -1));
}

export function isNothing(amounts: Amounts): boolean {
  return Object.values(amounts).every((value) => value === 0);
}

/** Order by the preferred currency, then by the others by name: amounts without a common currency have no true order. */
export function compareAmounts(a: Amounts, b: Amounts, preferred: string): number {
  const others = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((currency) => currency !== preferred);
  for (const currency of [preferred, ...others.sort()]) {
    const difference = (a[currency] ?? 0) - (b[currency] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What is known of a sum: parts without a price are counted instead of passing for free. */
export interface AmountSum {
  readonly amounts: Amounts;
  readonly unknown: number;
}

export function sumAmounts(parts: readonly (Amounts | undefined)[]): AmountSum {
  const known = parts.filter((part) => part !== undefined);
  return { amounts: addAmounts(...known), unknown: parts.length - known.length };
}
