import { describe, expect, it } from "vitest";
import { type FormEvent, type OpenForm, opening } from "../../../webview/create-cluster/formState";
import { movePicker, openPicker, rowsDrawn, rowsInSight, showRow } from "../../../webview/create-cluster/picker";
import { shownRows } from "../../../webview/create-cluster/sizeRows";
import { reduce } from "../../../webview/create-cluster/state";
import { init, regionSizes } from "../../../webview/harness/createClusterWorld";

function form(recentSizes: readonly string[], ...events: readonly FormEvent[]): OpenForm {
  const opened: FormEvent = { type: "opened", init: { ...init, recentSizes } };
  const loaded: FormEvent = { type: "sizesLoaded", region: "westeurope", sizes: regionSizes("westeurope") };
  return [opened, loaded, ...events].reduce(reduce, opening) as OpenForm;
}

const names = (state: OpenForm): readonly string[] => shownRows(state).map((row) => row.size.name);

describe("the rows of the size list", () => {
  it("begin with favourites, then with those used lately, while nothing is searched for", () => {
    const state = form(["Standard_F4s_v2"], { type: "starred", name: "Standard_NC12s_v3" });
    expect(names(state).slice(0, 2)).toEqual(["Standard_NC12s_v3", "Standard_F4s_v2"]);
    const sorted = reduce(state, { type: "sorted", sort: { by: "name", descending: false } }) as OpenForm;
    expect(names(sorted)[0]).toBe("Standard_D2ds_v5");
    const searched = reduce(state, { type: "pickerQueried", query: "standard_d" }) as OpenForm;
    expect(names(searched)[0]).toMatch(/^Standard_D/);
    expect((reduce(state, { type: "starred", name: "Standard_NC12s_v3" }) as OpenForm).favourites).toEqual([]);
  });

  it("are those that text and filters leave, together", () => {
    const state = form([], { type: "filtered", filters: { kind: "gpu", minVCpus: 24 } });
    const searched = reduce(state, { type: "pickerQueried", query: "a100" }) as OpenForm;
    expect(names(searched)).toEqual(["24", "48", "96"].map((vCpus) => `Standard_NC${vCpus}ads_A100_v4`));
    const affordable = reduce(searched, { type: "filtered", filters: { maxPrice: 4 } }) as OpenForm;
    expect(names(affordable)).toEqual(["Standard_NC24ads_A100_v4"]);
    const withQuota = reduce(searched, { type: "filtered", filters: { quotaLeftOnly: true } }) as OpenForm;
    expect(names(withQuota)).toEqual([]);
  });

  it("are worked out once per state", () => {
    const state = form([]);
    expect(shownRows(state)).toBe(shownRows(state));
  });
});

describe("the window on 260 rows", () => {
  const all = Array.from({ length: 260 }, (_, index) => `size-${index}`);

  it("draws those in sight and a few around them", () => {
    expect(rowsDrawn(0, 260)).toEqual({ from: 0, to: rowsInSight + 8 });
    expect(rowsDrawn(100, 260)).toEqual({ from: 92, to: 118 });
    expect(rowsDrawn(9_999, 260)).toEqual({ from: 242, to: 260 });
    expect(rowsDrawn(5, 0)).toEqual({ from: 0, to: 0 });
  });

  it("always holds the active row, and moves no more than it must", () => {
    let picker = openPicker("");
    for (const move of ["last", "pageUp", "previous", "first", "pageDown", "pageDown", "next", "next"] as const) {
      picker = movePicker(picker, move, all);
      const at = all.indexOf(picker.active ?? "");
      const { from, to } = rowsDrawn(picker.first, all.length);
      expect(at).toBeGreaterThanOrEqual(from);
      expect(at).toBeLessThan(to);
    }
    expect(showRow({ ...picker, first: 10 }, 15).first).toBe(10);
    expect(showRow({ ...picker, first: 10 }, 25).first).toBe(16);
    expect(showRow({ ...picker, first: 10 }, 3).first).toBe(3);
  });
});
