import { regionKey } from "../../src/core/account";
import { emptyDraft } from "../../src/core/draft";
import { type Finding } from "../../src/core/finding";
import { vmSizeKey } from "../../src/core/vmSize";
import {
  type CreateClusterInit,
  type Creation,
  type DraftField,
  type SavedForm,
  draftFields,
} from "../../src/protocol/createCluster";
import { textsOf } from "./draftTexts";
import { type FormEvent, type FormState, type OpenForm, type Sizes, opening } from "./formState";
import { closedPicker, movePicker, openPicker, queryPicker } from "./picker";

/** (state, event) → state. An event that does not fit the state leaves it as it is. */
export function reduce(state: FormState, event: FormEvent): FormState {
  if (event.type === "opened") return opened(state, event.init, event.saved);
  if (event.type === "openFailed")
    return state.kind === "open" ? { ...state, error: event.error } : { kind: "opening", error: event.error };
  return state.kind === "open" ? reduceOpen(state, event) : state;
}

type OpenEvent = Exclude<FormEvent, { readonly type: "opened" | "openFailed" }>;

function reduceOpen(state: OpenForm, event: OpenEvent): OpenForm {
  switch (event.type) {
    case "typed":
      return typed(state, event.field, event.text);
    case "left":
      return leave(state, event.field);
    case "sizesAsked":
      return withSizes(state, event.region, { kind: "loading" });
    case "sizesLoaded":
      return withSizes(state, event.region, { kind: "loaded", sizes: event.sizes });
    case "sizesFailed":
      return withSizes(state, event.region, { kind: "failed", error: event.error });
    case "takenNames":
      return { ...state, init: { ...state.init, takenNames: event.names } };
    case "refused":
      return { ...touch(state, draftFields), picker: closedPicker, refusals: state.refusals + 1 };
    case "creation":
      return creationStands(state, event.creation, event.resumed);
    case "stopped":
      return { ...state, phase: { kind: "editing", note: "stopped" } };
    case "another":
      return { ...typed(state, "name", ""), touched: [], phase: { kind: "editing" } };
    case "startedOver":
      return { ...opened(opening, { ...state.init, saved: undefined }, undefined), sizes: state.sizes };
    case "pickerOpened":
    case "pickerClosed":
    case "pickerLeft":
    case "pickerQueried":
    case "pickerMoved":
    case "sizeChosen":
      return reducePicker(state, event);
  }
}

type PickerEvent = Extract<OpenEvent, { readonly type: `picker${string}` | "sizeChosen" }>;

function reducePicker(state: OpenForm, event: PickerEvent): OpenForm {
  const { picker } = state;
  switch (event.type) {
    case "pickerOpened":
      return picker.open ? state : { ...state, picker: openPicker(state.texts.vmSize) };
    case "pickerClosed":
      return { ...state, picker: closedPicker };
    case "pickerLeft":
      return leavePicker(state, event.names);
    case "pickerQueried":
      return { ...state, picker: queryPicker(event.query) };
    case "pickerMoved":
      return {
        ...state,
        picker: movePicker(picker.open ? picker : openPicker(state.texts.vmSize), event.move, event.names),
      };
    case "sizeChosen":
      return touch({ ...typed(state, "vmSize", event.name), picker: closedPicker }, ["vmSize"]);
  }
}

/**
 * A filter that leaves one row, names one in full, or was followed by a move to a row means that row. Any other stays in
 * the field as it was typed: the rules say that it is no size.
 */
function leavePicker(state: OpenForm, names: readonly string[]): OpenForm {
  const { picker } = state;
  const closed: OpenForm = picker.open ? { ...state, picker: closedPicker } : state;
  if (!picker.open || picker.query === undefined) return leave(closed, "vmSize");
  const text = picker.query.trim();
  const exact = names.find((name) => vmSizeKey(name) === vmSizeKey(text));
  const single = text !== "" && names.length === 1 ? names[0] : undefined;
  return typed(closed, "vmSize", picker.active ?? exact ?? single ?? text);
}

function opened(state: FormState, init: CreateClusterInit, saved: SavedForm | undefined): OpenForm {
  if (state.kind === "open") return { ...state, init, sizes: {}, error: undefined };
  const usable = latest([saved, init.saved], init.workspace.id);
  const first = init.regions[0]?.name ?? init.workspace.location;
  return {
    kind: "open",
    init,
    texts: usable?.texts ?? textsOf(emptyDraft(first)),
    touched: draftFields.filter((field) => usable?.touched.includes(field)),
    sizes: {},
    picker: closedPicker,
    phase: { kind: "editing" },
    hostFindings: [],
    refusals: 0,
  };
}

function latest(kept: readonly (SavedForm | undefined)[], workspace: string): SavedForm | undefined {
  return kept
    .filter((form) => form !== undefined)
    .filter((form) => form.workspace.toLowerCase() === workspace.toLowerCase())
    .reduce<SavedForm | undefined>(
      (last, form) => (last !== undefined && last.savedAt > form.savedAt ? last : form),
      undefined,
    );
}

function typed(state: OpenForm, field: DraftField, text: string): OpenForm {
  if (state.texts[field] === text) return state;
  const next: OpenForm = {
    ...state,
    texts: { ...state.texts, [field]: text },
    hostFindings: stillTrue(state.hostFindings, field),
    phase: state.phase.kind === "editing" ? { kind: "editing" } : state.phase,
    error: undefined,
  };
  return isTellingEnough(field, text) ? touch(next, [field]) : next;
}

/** A field that was passed through empty is not blamed before somebody tries to create. */
function leave(state: OpenForm, field: DraftField): OpenForm {
  return state.texts[field] === "" ? state : touch(state, [field]);
}

/** Region and priority bear on every finding; one about no field cannot be told to be over. */
function stillTrue(findings: readonly Finding[], changed: DraftField): readonly Finding[] {
  if (changed === "location" || changed === "vmPriority") return [];
  return findings.filter((finding) => finding.field !== undefined && finding.field !== changed);
}

/** A name is judged while it is typed once it could be one, or holds what no name may; other fields at once. */
function isTellingEnough(field: DraftField, text: string): boolean {
  return field === "name" ? text.length >= 3 || /[^A-Za-z0-9-]|^[^A-Za-z]/.test(text) : text !== "";
}

function touch(state: OpenForm, fields: readonly DraftField[]): OpenForm {
  if (fields.every((field) => state.touched.includes(field))) return state;
  return { ...state, touched: draftFields.filter((field) => state.touched.includes(field) || fields.includes(field)) };
}

function withSizes(state: OpenForm, region: string, sizes: Sizes): OpenForm {
  return { ...state, sizes: { ...state.sizes, [regionKey(region)]: sizes } };
}

function creationStands(state: OpenForm, creation: Creation, resumed: boolean): OpenForm {
  const before: OpenForm = { ...state, picker: closedPicker, hostFindings: [], error: undefined };
  switch (creation.kind) {
    case "running":
      return { ...before, phase: { kind: "creating", name: creation.name, resumed } };
    case "failed":
      return { ...before, phase: { kind: "editing" }, error: creation.error };
    case "ended": {
      const { result } = creation;
      if (!result.accepted) {
        const refused = { ...touch(before, draftFields), hostFindings: result.findings, refusals: before.refusals + 1 };
        return { ...refused, phase: { kind: "editing" } };
      }
      const { takenNames } = before.init;
      const name = result.clusterId.split("/").at(-1) ?? "";
      return {
        ...before,
        init: { ...before.init, takenNames: [...takenNames, name] },
        phase: { kind: "accepted", name },
      };
    }
  }
}

export type Moment = Pick<SavedForm, "scrollTop" | "savedAt">;

/** What the form must not lose, a filter half typed included. The name of a cluster that exists now is done with. */
export function savedForm(state: OpenForm, moment: Moment): SavedForm {
  if (state.phase.kind === "accepted") return savedForm(reduceOpen(state, { type: "another" }), moment);
  const { init, texts, touched, picker } = state;
  const vmSize = picker.open && picker.query !== undefined ? picker.query : texts.vmSize;
  return { version: 1, workspace: init.workspace.id, texts: { ...texts, vmSize }, touched, ...moment };
}
