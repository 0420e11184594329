import { describe, expect, it } from "vitest";
import { addressCount, parseAddressRange, usableAddresses } from "../../../src/core/addressSpace";

describe("an address range", () => {
  it.each([
    ["10.0.0.0/24", 0x0a000000, 256],
    ["10.0.0.77/24", 0x0a000000, 256],
    ["255.255.255.255/32", 0xffffffff, 1],
    ["0.0.0.0/0", 0, 4_294_967_296],
    [" 192.168.1.128/25 ", 0xc0a80180, 128],
  ])("%j starts at %d and holds %d", (text, address, count) => {
    const range = parseAddressRange(text);
    expect(range?.address).toBe(address);
    expect(range && addressCount(range)).toBe(count);
  });

  it.each(["", "10.0.0.0", "10.0.0.0/33", "10.0.0.256/24", "10.0.0/24", "fd00::/64", "10.0.0.0/-1", "a.b.c.d/24"])(
    "is not %j",
    (text) => {
      expect(parseAddressRange(text)).toBeUndefined();
    },
  );
});

describe("usable addresses of a subnet", () => {
  it.each([
    ["all but Azure's five", ["10.0.0.0/24"], 251],
    ["of the smallest subnet that Azure allows", ["10.0.0.0/29"], 3],
    ["none where Azure's five are all", ["10.0.0.0/30"], 0],
    ["of each prefix less five", ["10.0.0.0/24", "10.0.1.0/24"], 502],
    ["once where one prefix holds the other", ["10.0.0.0/24", "10.0.0.128/25"], 251],
    ["once where the outer prefix comes last", ["10.0.0.128/25", "10.0.0.0/24"], 251],
    ["once where a prefix is given twice", ["10.0.0.0/24", "10.0.0.0/24"], 251],
    ["of IPv4 only", ["10.0.0.0/24", "fd00::/64"], 251],
    ["unknown without any IPv4 prefix", ["fd00::/64"], undefined],
    ["unknown without any prefix", [], undefined],
  ])("are %s", (_, prefixes, expected) => {
    expect(usableAddresses(prefixes)).toBe(expected);
  });
});
