import { describe, expect, test } from "vitest";
import {
  estimatesIn,
  familyDisplayName,
  findSize,
  priceOf,
  regions,
  sizes,
  sizesIn,
} from "../../../src/simulator/catalogue";
import { formatDuration, parseDuration } from "../../../src/simulator/duration";
import { addressIn, usableAddresses } from "../../../src/simulator/subnets";

describe("sizes", () => {
  test("keep the traps of the recording: no prices for the usual sizes, two for some, families spelt differently", () => {
    expect(sizes).toHaveLength(260);
    expect(sizes.filter((size) => size.estimates.length === 0)).toHaveLength(48);
    expect(findSize("standard_ds3_V2")?.estimates).toEqual([]);
    const twice = findSize("Standard_D16ads_v5")?.estimates.filter((e) => e.osType === "Linux" && !e.lowPriority);
    expect(twice?.map((e) => e.price).sort()).toEqual([0.82, 1.56]);
    expect(findSize("Standard_NC24ads_A100_v4")?.family).toBe("StandardNCADSA100v4Family");
    expect(familyDisplayName("Standard NCASv3_T4 Family")).toBe("Standard  NCASv3_T4  Family");
    expect(sizes.filter((size) => !size.computeTypes.includes("AmlCompute"))).toHaveLength(7);
  });

  test("each region offers what it has a price for", () => {
    expect(regions.map(({ name }) => [name, sizesIn(name).length])).toEqual([
      ["eastus", 260],
      ["westus2", 251],
      ["westeurope", 260],
      ["northeurope", 254],
      ["swedencentral", 235],
      ["japaneast", 258],
      ["southeastasia", 255],
    ]);
  });

  test("estimates elsewhere are that region's Linux prices in cents; in eastus they are the recorded ones", () => {
    for (const region of ["westeurope", "japaneast"]) {
      for (const size of sizesIn(region)) {
        const linux = estimatesIn(region, size).filter((e) => e.osType === "Linux" && !e.lowPriority);
        if (linux.length === 0) continue;
        const lowest = Math.min(...linux.map((e) => e.price));
        expect(Math.abs(lowest - (priceOf(region, size.name)?.dedicated ?? 0))).toBeLessThan(0.0051);
      }
    }
  });
});

describe("durations", () => {
  test.each([
    ["PT2M", 120],
    ["PT120S", 120],
    ["PT1M40S", 100],
    ["P1D", 86_400],
    ["P1DT1H", 90_000],
    ["pt5m", 300],
    ["PT0S", 0],
  ])("%s is %d seconds", (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  test.each(["", "120", "P", "PT", "P1DT", "P1Y", "PT-5S", "PT5"])("%j is none", (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  test.each([0, 1, 59, 60, 100, 120, 900, 3_600, 3_661, 86_400, 90_061])(
    "%d seconds come back as they went",
    (seconds) => expect(parseDuration(formatDuration(seconds))).toBe(seconds),
  );

  test("the default comes in the recorded form", () => expect(formatDuration(120)).toBe("PT2M"));
});

test("a subnet's machines get its addresses, of which Azure keeps five", () => {
  expect([usableAddresses("10.0.0.0/29"), usableAddresses("10.0.0.0/24")]).toEqual([3, 251]);
  expect([addressIn("10.20.1.0/29", 1), addressIn("10.0.0.0/16", 252)]).toEqual(["10.20.1.5", "10.0.1.0"]);
});
