import { describe, expect, it } from "vitest";
import { movePicker, openPicker } from "../../../webview/create-cluster/picker";
import { matchingRows, sizeRows } from "../../../webview/create-cluster/sizeRows";
import { regionSizes } from "../../../webview/harness/createClusterWorld";
import { aVmSize } from "../../support/builders";

const sizes = regionSizes("westeurope");
const rows = sizeRows(sizes, "dedicated");
const found = (query: string): string[] => matchingRows(rows, query).map((row) => row.size.name);

describe("the list of sizes", () => {
  it("has what quota allows first, then the rest, each by name with numbers in order", () => {
    const names = rows.map((row) => row.size.name);
    expect(names.indexOf("Standard_D2ds_v5")).toBeLessThan(names.indexOf("Standard_D16ds_v5"));
    expect(rows.findIndex((row) => !row.usable)).toBeGreaterThan(names.indexOf("Standard_NC6s_v3"));
    expect(rows.find((row) => row.size.name === "Standard_NC24ads_A100_v4")).toMatchObject({
      usable: false,
      nodesLeft: 0,
    });
  });

  it("tells nodes left and price where they are known", () => {
    const row = rows.find((candidate) => candidate.size.name === "Standard_NC6s_v3");
    expect(row).toMatchObject({ nodesLeft: 4, price: 3.06 });
    expect(rows.find((candidate) => candidate.size.name === "Standard_DS3_v2")?.price).toBeUndefined();
    expect(sizeRows(regionSizes("eastus"), "dedicated")[0]?.nodesLeft).toBeUndefined();
  });

  it("marks sizes that cannot run at low priority, when that is chosen", () => {
    const [row] = sizeRows(
      { ...sizes, vmSizes: [aVmSize({ lowPriorityCapable: false })], quota: undefined },
      "lowPriority",
    );
    expect(row).toMatchObject({ usable: false, nodesLeft: undefined, price: undefined });
  });

  it("leaves out what clusters cannot have and what Azure has retired", () => {
    const vmSizes = [aVmSize({ supportsClusters: false }), aVmSize({ name: "Standard_NC6" }), aVmSize()];
    expect(sizeRows({ ...sizes, vmSizes }, "dedicated").map((row) => row.size.name)).toEqual(["Standard_DS3_v2"]);
  });
});

describe("the search", () => {
  it("finds by parts of name and family, all words together, whatever their case", () => {
    expect(found("a100")).toHaveLength(3);
    expect(found("NC v3")).toEqual(expect.arrayContaining(["Standard_NC6s_v3", "Standard_NC8as_T4_v3"]));
    expect(found("ncsv3")).toHaveLength(3);
  });

  it("finds by figures with their unit", () => {
    expect(found("24 vcpu gpu")).toEqual(["Standard_NC24s_v3", "Standard_NC24ads_A100_v4"]);
    expect(found("4gpus")).toEqual(["Standard_NC24s_v3", "Standard_NC96ads_A100_v4"]);
    expect(found("112 GB")).toContain("Standard_NC6s_v3");
    expect(found("８ vcpu")).toContain("Standard_DS4_v2");
  });

  it("tells GPU sizes from the others", () => {
    expect(found("gpu")).toHaveLength(9);
    expect(found("cpu")).toHaveLength(rows.length - 9);
  });

  it("finds nothing for nonsense and everything for nothing", () => {
    expect(found("<img src=x onerror=alert(1)>")).toEqual([]);
    expect(found("(((")).toEqual([]);
    expect(found("  ")).toHaveLength(rows.length);
  });
});

describe("moving through the list", () => {
  const names = Array.from({ length: 30 }, (_, index) => `s${index}`);
  const from = (active: string, move: Parameters<typeof movePicker>[1]): string | undefined =>
    movePicker(openPicker(active), move, names).active;

  it("starts at the ends and stops there", () => {
    expect(from("", "next")).toBe("s0");
    expect(from("", "previous")).toBe("s29");
    expect(from("s29", "next")).toBe("s29");
    expect(from("s0", "previous")).toBe("s0");
  });

  it("goes by one, by a page and to the ends", () => {
    expect(from("s10", "next")).toBe("s11");
    expect(from("s10", "pageDown")).toBe("s18");
    expect(from("s10", "pageUp")).toBe("s2");
    expect(from("s10", "first")).toBe("s0");
    expect(from("s10", "last")).toBe("s29");
  });

  it("finds nothing to move to in an empty list", () => {
    expect(movePicker(openPicker("s1"), "next", []).active).toBeUndefined();
  });
});
