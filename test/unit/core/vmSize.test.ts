import { describe, expect, it } from "vitest";
import { familyKey, isRetired } from "../../../src/core/vmSize";

describe("VM families", () => {
  it.each([
    ["StandardNCADSA100v4Family", "standardNCADSA100v4Family"],
    ["standardDSv2Family", "Standard DSv2 Family Cluster Dedicated vCPUs"],
    ["standardDSv2Family", "Standard_DSv2_Family_Cluster_Dedicated_vCPUs"],
    ["Standard NCASv3_T4 Family", "Standard  NCASv3_T4  Family Cluster LowPriority vCPUs"],
  ])("%s joins %s", (one, other) => {
    expect(familyKey(one)).toBe(familyKey(other));
  });

  it("of different series stay apart", () => {
    expect(familyKey("standardDSv2Family")).not.toBe(familyKey("standardDv2Family"));
  });
});

describe("retired sizes", () => {
  it.each([
    "Standard_NC6",
    "STANDARD_NC24R",
    "Standard_NC6s_v2",
    "Standard_ND24rs",
    "Standard_NV12",
    "Standard_NC12_Promo",
    "Standard_A3",
    "Standard_HB60rs",
  ])("include %s", (name) => {
    expect(isRetired(name)).toBe(true);
  });

  it.each([
    "Standard_NC6s_v3",
    "Standard_NC4as_T4_v3",
    "Standard_ND40rs_v2",
    "Standard_NV12s_v3",
    "Standard_A2m_v2",
    "Standard_A1_v2",
    "Standard_HB120rs_v2",
    "Standard_DS3_v2",
    "",
  ])("do not include %s", (name) => {
    expect(isRetired(name)).toBe(false);
  });
});
