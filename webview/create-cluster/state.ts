import * as l10n from "@vscode/l10n";
import { regionKey } from "../../src/core/account";
import { type ArmId, armId, nameOf } from "../../src/core/armId";
import { emptyDraft } from "../../src/core/draft";
import { type Finding } from "../../src/core/finding";
import { noCriteria } from "../../src/core/sizeFilter";
import { vmSizeKey } from "../../src/core/vmSize";
import {
  type CreateClusterInit,
  type Creation,
  type DraftField,
  type SavedForm,
  type StartingDraft,
  draftFields,
} from "../../src/protocol/createCluster";
import { type PickerEvent as IdentityEvent, reducePicker as reduceIdentity } from "../shared/identityPickerState";
import { textsOf } from "./draftTexts";
import { allFindings, badFields, errorField, isAdvanced } from "./findings";
import { type FormEvent, type FormState, type OpenForm, type Sizes, identityState, opening } from "./formState";
import { type Picker, closedPicker, movePicker, openPicker, queryPicker, showRow } from "./picker";

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
      return {
        ...openWhereBad(touch(state, draftFields)),
        picker: closedPicker,
        refusals: state.refusals + 1,
      };
    case "creation":
      return creationStands(state, event.creation, event.resumed);
    case "stopped":
      return { ...state, phase: { kind: "editing", note: "stopped" } };
    case "another":
      return { ...typed(state, "name", ""), touched: [], phase: { kind: "editing" }, notice: undefined };
    case "startedOver":
      return { ...afresh(state), refusals: 0 };
    case "started":
      return started(afresh(state), event.start);
    case "noted":
      return { ...state, notice: { text: event.text, findings: event.findings } };
    case "noteClosed":
      return { ...state, notice: undefined };
    case "identity":
      return identityChanged(state, event.event);
    case "advancedToggled":
      return event.open === state.advancedOpen ? state : { ...state, advancedOpen: event.open };
    case "starred":
      return { ...state, favourites: toggled(state.favourites, event.name) };
    case "priceIs":
    case "surroundingsAre":
    case "choicesAre":
    case "compareAsked":
    case "compared":
    case "compareEnded":
    case "compareClosed":
      return reduceAnswers(state, event);
    case "pickerOpened":
    case "pickerClosed":
    case "pickerLeft":
    case "pickerQueried":
    case "pickerMoved":
    case "pickerScrolled":
    case "filtered":
    case "sorted":
    case "sizeChosen":
      return reducePicker(state, event);
  }
}

type AnswerEvent = Extract<
  OpenEvent,
  {
    readonly type:
      "priceIs" | "surroundingsAre" | "choicesAre" | "compareAsked" | "compared" | "compareEnded" | "compareClosed";
  }
>;

/** What the host has answered, or is being asked. */
function reduceAnswers(state: OpenForm, event: AnswerEvent): OpenForm {
  switch (event.type) {
    case "priceIs":
      return { ...state, prices: { ...state.prices, [event.key]: event.price } };
    case "surroundingsAre":
      return { ...state, surroundings: event.facts };
    case "choicesAre":
      return { ...state, choices: { ...state.choices, [event.key]: event.facts } };
    case "compareAsked":
      return { ...state, comparison: { vmSize: event.vmSize, candidates: [], done: false } };
    case "compareClosed":
      return { ...state, comparison: undefined };
    case "compared":
    case "compareEnded": {
      const { comparison } = state;
      // Another size may have been asked for in the meantime.
      if (comparison?.vmSize !== event.vmSize) return state;
      if (event.type === "compareEnded") return { ...state, comparison: { ...comparison, done: true } };
      return { ...state, comparison: { ...comparison, candidates: [...comparison.candidates, event.candidate] } };
    }
  }
}

/** The form without anything typed; what was read stays. */
function afresh(state: OpenForm): OpenForm {
  const { sizes, prices, surroundings, choices, favourites, filters, sort } = state;
  const init = { ...state.init, saved: undefined, start: undefined };
  return { ...opened(opening, init, undefined), sizes, prices, surroundings, choices, favourites, filters, sort };
}

/** What is beyond the basic fields, and not at its default, is worth seeing. */
function started(state: OpenForm, { draft, source, findings }: StartingDraft): OpenForm {
  const texts = textsOf(draft);
  const plain = textsOf(emptyDraft(draft.location));
  return {
    ...state,
    texts,
    touched: draftFields.filter((field) => texts[field] !== ""),
    advancedOpen: draftFields.some((field) => isAdvanced(field) && texts[field] !== plain[field]),
    notice: { text: l10n.t("Filled in from {0}.", source), findings },
  };
}

function identityChanged(state: OpenForm, event: IdentityEvent): OpenForm {
  const { kind, ids, search, paste, pasteRefused } = reduceIdentity(identityState(state), event);
  const next = typed(typed(state, "identity", kind), "identity.ids", ids.join("\n"));
  return { ...next, identitySearch: { search, paste, pasteRefused } };
}

function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : [...names, name];
}

type PickerEvent = Extract<OpenEvent, { readonly type: `picker${string}` | "filtered" | "sorted" | "sizeChosen" }>;

function reducePicker(state: OpenForm, event: PickerEvent): OpenForm {
  const { picker } = state;
  switch (event.type) {
    case "pickerOpened":
      return picker.open
        ? state
        : { ...state, picker: showRow(openPicker(state.texts.vmSize), event.names.indexOf(state.texts.vmSize)) };
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
    case "pickerScrolled":
      return picker.open && picker.first !== event.first
        ? { ...state, picker: { ...picker, first: event.first } }
        : state;
    case "filtered":
      return { ...state, filters: { ...state.filters, ...event.filters }, picker: fromTheTop(picker) };
    case "sorted":
      return { ...state, sort: event.sort, picker: fromTheTop(picker) };
    case "sizeChosen":
      return touch({ ...typed(state, "vmSize", event.name), picker: closedPicker }, ["vmSize"]);
  }
}

function fromTheTop(picker: Picker): Picker {
  return picker.open ? { ...picker, first: 0, active: undefined } : picker;
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
  if (state.kind === "open") {
    const again: OpenForm = { ...state, init, sizes: {}, surroundings: undefined, choices: {}, error: undefined };
    return init.start === undefined ? again : started(again, init.start);
  }
  const usable = latest([saved, init.saved], init.workspace.id);
  const first = init.regions[0]?.name ?? init.workspace.location;
  const form: OpenForm = {
    kind: "open",
    init,
    texts: usable?.texts ?? textsOf(emptyDraft(first)),
    touched: draftFields.filter((field) => usable?.touched.includes(field)),
    advancedOpen: usable?.advancedOpen ?? false,
    sizes: {},
    prices: {},
    surroundings: undefined,
    choices: {},
    comparison: undefined,
    picker: closedPicker,
    filters: noCriteria,
    sort: { by: "usable", descending: false },
    favourites: init.favouriteSizes,
    identitySearch: { search: "", paste: "", pasteRefused: false },
    phase: { kind: "editing" },
    hostFindings: [],
    refusals: 0,
  };
  return init.start === undefined ? form : started(form, init.start);
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

/** A field that stops the request must be in sight. */
function openWhereBad(state: OpenForm): OpenForm {
  return badFields(state, allFindings(state)).some(isAdvanced) ? { ...state, advancedOpen: true } : state;
}

function typed(state: OpenForm, field: DraftField, text: string): OpenForm {
  if (state.texts[field] === text) return state;
  const next: OpenForm = {
    ...state,
    texts: { ...state.texts, [field]: text },
    hostFindings: stillTrue(state.hostFindings, field),
    phase: state.phase.kind === "editing" ? { kind: "editing" } : state.phase,
    error: undefined,
    failedCluster: field === "name" ? undefined : state.failedCluster,
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
  const root = (field: string): string => field.split(".")[0] ?? field;
  return findings.filter((finding) => finding.field !== undefined && root(finding.field) !== root(changed));
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
  const before: OpenForm = { ...state, picker: closedPicker, hostFindings: [], error: undefined, notice: undefined };
  switch (creation.kind) {
    case "running":
      return { ...before, phase: { kind: "creating", name: creation.name, resumed }, failedCluster: undefined };
    case "failed":
      return openAtError({ ...before, phase: { kind: "editing" }, error: creation.error });
    case "gaveUp":
      return openAtError({
        ...before,
        phase: { kind: "editing" },
        error: creation.error,
        failedCluster: creation.clusterId,
      });
    case "ready":
      return { ...before, phase: acceptedPhase(creation.clusterId, true) };
    case "ended":
      return creation.result.accepted
        ? accepted(before, armId(creation.result.clusterId))
        : refusedByHost(before, creation.result.findings);
  }
}

function accepted(state: OpenForm, clusterId: ArmId): OpenForm {
  const { takenNames } = state.init;
  return {
    ...state,
    init: { ...state.init, takenNames: [...takenNames, nameOf(clusterId)] },
    phase: acceptedPhase(clusterId, false),
    failedCluster: undefined,
  };
}

function acceptedPhase(clusterId: ArmId, ready: boolean): OpenForm["phase"] {
  return { kind: "accepted", name: nameOf(clusterId), clusterId, ready };
}

function refusedByHost(state: OpenForm, findings: readonly Finding[]): OpenForm {
  const refused: OpenForm = {
    ...touch(state, draftFields),
    hostFindings: findings,
    refusals: state.refusals + 1,
    phase: { kind: "editing" },
  };
  return openWhereBad(refused);
}

/** The field that Azure's answer is about must be in sight. */
function openAtError(state: OpenForm): OpenForm {
  const field = errorField(state);
  const advanced = draftFields.some((known) => isAdvanced(known) && known.split(".")[0] === field?.split(".")[0]);
  return advanced ? { ...state, advancedOpen: true } : state;
}

export type Moment = Pick<SavedForm, "scrollTop" | "savedAt">;

/** What the form must not lose, a filter half typed included. The name of a cluster that exists now is done with. */
export function savedForm(state: OpenForm, moment: Moment): SavedForm {
  if (state.phase.kind === "accepted") return savedForm(reduceOpen(state, { type: "another" }), moment);
  const { init, texts, touched, picker, advancedOpen } = state;
  const vmSize = picker.open && picker.query !== undefined ? picker.query : texts.vmSize;
  return {
    version: 2,
    workspace: init.workspace.id,
    texts: { ...texts, vmSize, "ssh.password": "" },
    touched,
    advancedOpen,
    ...moment,
  };
}
