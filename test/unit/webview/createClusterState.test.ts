import { describe, expect, it } from "vitest";
import { emptyDraft } from "../../../src/core/draft";
import { type SavedForm } from "../../../src/protocol/createCluster";
import { allFindings, badFields, shownFindings } from "../../../webview/create-cluster/findings";
import { type FormEvent, type OpenForm, chosenSize, draft, opening } from "../../../webview/create-cluster/formState";
import { reduce, savedForm } from "../../../webview/create-cluster/state";
import { init, regionSizes } from "../../../webview/harness/createClusterWorld";

function form(...events: readonly FormEvent[]): OpenForm {
  const opened: FormEvent = { type: "opened", init };
  const state = [opened, ...events].reduce(reduce, opening);
  if (state.kind !== "open") throw new Error("The form did not open.");
  return state;
}

const name = (text: string): FormEvent => ({ type: "typed", field: "name", text });
const size = (text: string): FormEvent => ({ type: "sizeChosen", name: text });
const loaded: FormEvent = { type: "sizesLoaded", region: "westeurope", sizes: regionSizes("westeurope") };

describe("the form's state", () => {
  it("begins in the workspace's region with defaults that need only a name and a size", () => {
    const state = form(loaded, name("gpu-2"), size("Standard_NC6s_v3"));
    expect(draft(state)).toEqual({ ...emptyDraft("westeurope"), name: "gpu-2", vmSize: "Standard_NC6s_v3" });
    expect(badFields(state, allFindings(state))).toEqual([]);
  });

  it("reads numbers as people type them and keeps what is none", () => {
    const typed = (text: string): number => draft(form({ type: "typed", field: "maxNodeCount", text })).maxNodeCount;
    expect([" 8 ", "１２", "0008"].map(typed)).toEqual([8, 12, 8]);
    for (const text of ["", "four", "1.5", "1e3", "0x10", "٣"]) expect(typed(text), text).toBeNaN();
    expect(form({ type: "typed", field: "maxNodeCount", text: "four" }).texts.maxNodeCount).toBe("four");
  });

  it("blames a field only when it has been left or says enough", () => {
    const shown = (state: OpenForm): number => shownFindings(state, allFindings(state), "name").length;
    expect(shown(form())).toBe(0);
    expect(shown(form(name("g")))).toBe(0);
    expect(shown(form(name("g"), { type: "left", field: "name" }))).toBe(1);
    expect(shown(form(name("g_")))).toBe(1);
    expect(shown(form({ type: "left", field: "name" }))).toBe(0);
    expect(shown(form({ type: "refused" }))).toBe(1);
  });

  it("knows a name as taken as soon as the host does", () => {
    const state = form(name("gpu-9"), { type: "takenNames", names: ["GPU-9"] });
    expect(allFindings(state)).toContainEqual(expect.objectContaining({ rule: "name.taken" }));
  });

  it("finds fault with a size that the chosen region lacks, and none while the sizes are being read", () => {
    const asked = form(name("gpu-2"), size("Standard_Nope"), { type: "sizesAsked", region: "westeurope" });
    expect(badFields(asked, allFindings(asked))).toEqual([]);
    const read = reduce(asked, loaded) as OpenForm;
    expect(badFields(read, allFindings(read))).toEqual(["vmSize"]);
  });

  it("keeps the sizes of each region apart", () => {
    const elsewhere = form(loaded, size("Standard_NC6s_v3"), { type: "typed", field: "location", text: "eastus" });
    expect(chosenSize(elsewhere)).toBeUndefined();
    const back = reduce(elsewhere, { type: "typed", field: "location", text: "westeurope" }) as OpenForm;
    expect(chosenSize(back)?.vCpus).toBe(6);
  });

  it("takes the host's findings away from the field that changes, all of them with the region", () => {
    const findings = (["name", "vmSize"] as const).map(
      (field) => ({ rule: "host", severity: "error", field, message: field }) as const,
    );
    const refused = form({
      type: "creation",
      creation: { kind: "ended", result: { accepted: false, findings } },
      resumed: false,
    });
    expect(refused.hostFindings).toHaveLength(2);
    expect((reduce(refused, name("other")) as OpenForm).hostFindings).toEqual([findings[1]]);
    const moved = reduce(refused, { type: "typed", field: "location", text: "eastus" }) as OpenForm;
    expect(moved.hostFindings).toEqual([]);
  });

  it("ignores events that come before it is open, or do not change anything", () => {
    expect(reduce(opening, name("gpu"))).toBe(opening);
    const state = form(name("gpu"));
    expect(reduce(state, name("gpu"))).toBe(state);
  });
});

describe("what the form keeps", () => {
  const saved: SavedForm = savedForm(form(name("half-ty"), { type: "typed", field: "minNodeCount", text: "x" }), {
    scrollTop: 7,
    savedAt: 1_000,
  });

  it("comes back as it was typed, findings on show included", () => {
    const again = reduce(opening, { type: "opened", init, saved }) as OpenForm;
    expect(again.texts).toEqual(saved.texts);
    expect(again.touched).toEqual(["name", "minNodeCount"]);
  });

  it("includes a filter half typed", () => {
    expect(savedForm(form({ type: "pickerQueried", query: "nc2" }), { scrollTop: 0, savedAt: 0 }).texts.vmSize).toBe(
      "nc2",
    );
  });

  it("is not used for another workspace", () => {
    const other = { ...saved, workspace: saved.workspace.replace("ml-west", "ml-east") };
    expect((reduce(opening, { type: "opened", init, saved: other }) as OpenForm).texts.name).toBe("");
  });

  it("is the tab's own or the host's, whichever was typed last", () => {
    const ofHost = (savedAt: number): FormEvent => {
      const kept = { ...saved, savedAt, texts: { ...saved.texts, name: "from-host" } };
      return { type: "opened", init: { ...init, saved: kept }, saved };
    };
    expect((reduce(opening, ofHost(999)) as OpenForm).texts.name).toBe("half-ty");
    expect((reduce(opening, ofHost(1_001)) as OpenForm).texts.name).toBe("from-host");
    expect((reduce(opening, { ...ofHost(1), saved: undefined } as FormEvent) as OpenForm).texts.name).toBe("from-host");
  });

  it("goes when the form is started over, which keeps what was read", () => {
    const state = form(loaded, name("gpu-2"), size("Standard_DS3_v2"), { type: "startedOver" });
    expect(state.texts).toEqual(form().texts);
    expect(state.touched).toEqual([]);
    expect(Object.keys(state.sizes)).toEqual(["westeurope"]);
  });

  it("is not touched by opening again while something is typed", () => {
    const state = form(name("typing"));
    expect((reduce(state, { type: "opened", init }) as OpenForm).texts.name).toBe("typing");
    const failed = reduce(state, { type: "openFailed", error: { kind: "network", message: "gone" } }) as OpenForm;
    expect(failed.texts.name).toBe("typing");
  });
});

describe("a creation", () => {
  const running: FormEvent = { type: "creation", creation: { kind: "running", name: "gpu-2" }, resumed: false };

  it("that Azure accepts takes the name, and the next draft keeps everything but it", () => {
    const result = { accepted: true, clusterId: `${init.workspace.id}/computes/gpu-2` } as const;
    const done = form(name("gpu-2"), size("Standard_DS3_v2"), running, {
      type: "creation",
      creation: { kind: "ended", result },
      resumed: false,
    });
    expect(done.phase).toEqual({ kind: "accepted", name: "gpu-2", clusterId: result.clusterId, ready: false });
    expect(savedForm(done, { scrollTop: 0, savedAt: 0 }).texts).toMatchObject({ name: "", vmSize: "Standard_DS3_v2" });
    const next = reduce(done, { type: "another" }) as OpenForm;
    expect(next.texts).toMatchObject({ name: "", vmSize: "Standard_DS3_v2" });
    expect(next.init.takenNames).toContain("gpu-2");
  });

  it("that fails leaves everything typed, with the error", () => {
    const error = { kind: "quotaExceeded", message: "No quota.", requestId: "r-1" };
    const failed = form(name("gpu-2"), running, {
      type: "creation",
      creation: { kind: "failed", error },
      resumed: false,
    });
    expect(failed).toMatchObject({ phase: { kind: "editing" }, error, texts: { name: "gpu-2" } });
    expect(allFindings(failed)).toContainEqual(expect.objectContaining({ field: "vmSize", message: "No quota." }));
    expect((reduce(failed, name("gpu-3")) as OpenForm).error).toBeUndefined();
  });

  it("that was stopped says so until something is typed", () => {
    const stopped = form(name("gpu-2"), running, { type: "stopped" });
    expect(stopped.phase).toEqual({ kind: "editing", note: "stopped" });
    expect((reduce(stopped, name("gpu-3")) as OpenForm).phase).toEqual({ kind: "editing" });
  });
});

describe("leaving the size field", () => {
  const names = ["Standard_NC6s_v3", "Standard_NC12s_v3"];
  const left = (query: string, shown: readonly string[], ...more: FormEvent[]): string =>
    form({ type: "pickerQueried", query }, ...more, { type: "pickerLeft", names: shown }).texts.vmSize;

  it("takes a size that was named in full, in any case", () => {
    expect(left("STANDARD_NC6S_V3", names)).toBe("Standard_NC6s_v3");
  });

  it("takes the only match and the row that was moved to", () => {
    expect(left("nc12", names.slice(1))).toBe("Standard_NC12s_v3");
    expect(left("nc", names, { type: "pickerMoved", move: "last", names })).toBe("Standard_NC12s_v3");
  });

  it("keeps any other text for the rules to judge", () => {
    expect(left("nc", names)).toBe("nc");
    expect(left("", names)).toBe("");
  });

  it("changes nothing when nothing was typed, and Escape takes the typing back", () => {
    const chosen = form(size("Standard_NC6s_v3"), { type: "pickerOpened", names }, { type: "pickerLeft", names });
    expect(chosen.texts.vmSize).toBe("Standard_NC6s_v3");
    const escaped = form(size("Standard_NC6s_v3"), { type: "pickerQueried", query: "x" }, { type: "pickerClosed" });
    expect(escaped.texts.vmSize).toBe("Standard_NC6s_v3");
  });
});
