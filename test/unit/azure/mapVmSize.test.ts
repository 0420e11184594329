import { describe, expect, it } from "vitest";
import { mapVmSize } from "../../../src/azure/mapVmSize";

const price = (osType: string, vmTier: string, retailPrice: number): object => ({ osType, vmTier, retailPrice });
const size = { name: "Standard_D16ads_v5", family: "standardDADSv5Family", vCPUs: 16, lowPriorityCapable: true };
const priced = (values: object[], over: object = {}): ReturnType<typeof mapVmSize> =>
  mapVmSize({
    ...size,
    estimatedVMPrices: { billingCurrency: "USD", unitOfMeasure: "OneHour", values },
    ...over,
  });

describe("a VM size", () => {
  it("has the lowest Linux price of each tier, for order is random and some sizes list two", () => {
    const values = [
      price("Linux", "Standard", 1.56),
      price("Windows", "Standard", 0.1),
      price("Linux", "LowPriority", 0.62),
      price("Linux", "Standard", 0.82),
      price("Linux", "LowPriority", 0.16),
      price("Linux", "Spot", 0.01),
    ];
    expect(priced(values)?.price).toEqual({ dedicated: 0.82, lowPriority: 0.16 });
  });

  it("that cannot run at low priority has no price for it, though the service lists one", () => {
    const values = [price("Linux", "Standard", 4), price("Linux", "LowPriority", 0.8)];
    expect(priced(values, { lowPriorityCapable: false })?.price).toEqual({ dedicated: 4, lowPriority: undefined });
  });

  it.each([
    ["none are listed", undefined],
    ["they are in another currency", { billingCurrency: "EUR", values: [price("Linux", "Standard", 1)] }],
    ["they are zero", { billingCurrency: "USD", values: [price("Linux", "Standard", 0)] }],
    ["only Windows has one", { billingCurrency: "USD", values: [price("Windows", "Standard", 1)] }],
  ])("has no price when %s", (_why, estimatedVMPrices) => {
    expect(mapVmSize({ ...size, estimatedVMPrices })?.price).toBeUndefined();
  });

  it.each([
    [["ComputeInstance", "AmlCompute"], true],
    [["MIR"], false],
    [[], false],
    [undefined, true],
  ])("of compute types %j supports clusters: %s", (supportedComputeTypes, expected) => {
    expect(mapVmSize({ ...size, supportedComputeTypes })?.supportsClusters).toBe(expected);
  });

  it("says of InfiniBand only what the answer says", () => {
    expect(mapVmSize({ ...size, supportsIB: true })?.infiniBand).toBe(true);
    expect(mapVmSize(size)?.infiniBand).toBeUndefined();
  });

  it.each([{}, null, { name: "x" }, { name: "x", vCPUs: 0 }, { vCPUs: 4 }])("is none when the row is %j", (row) => {
    expect(mapVmSize(row)).toBeUndefined();
  });
});
