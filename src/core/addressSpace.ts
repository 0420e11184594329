/** An IPv4 range: `address` is its first address as an unsigned number, `prefix` its length in bits. */
export interface AddressRange {
  readonly address: number;
  readonly prefix: number;
}

/**
 * Azure keeps the first four addresses and the last one of every subnet for itself (Azure Virtual Network FAQ, known since
 * long, not looked up again).
 */
export const reservedAddresses = 5;

/** `10.1.2.0/24`; host bits are dropped. @returns undefined for anything else, IPv6 included. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text.trim());
  if (found === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = found.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { address: address - (address % size), prefix };
}

/** How many addresses a range holds, those that Azure keeps included. */
export function addressCount(range: AddressRange): number {
  return 2 ** (32 - range.prefix);
}

/**
 * IPv4 addresses of a subnet that machines can have: nodes use IPv4, so IPv6 prefixes do not count, and one that lies
 * within another counts once. @returns undefined when no prefix can be read.
 */
export function usableAddresses(prefixes: readonly string[]): number | undefined {
  const ranges = prefixes.map(parseAddressRange).filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  const outermost = ranges.filter(
    (range, index) => !ranges.some((other, at) => at !== index && holds(other, range, at < index)),
  );
  return outermost.reduce((sum, range) => sum + Math.max(0, addressCount(range) - reservedAddresses), 0);
}

/** Two equal ranges hold each other; `first` lets only one of them win. */
function holds(outer: AddressRange, inner: AddressRange, first: boolean): boolean {
  if (outer.prefix > inner.prefix || (outer.prefix === inner.prefix && !first)) return false;
  return inner.address - (inner.address % addressCount(outer)) === outer.address;
}
