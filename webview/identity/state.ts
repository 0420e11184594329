import { type IdentityDraft } from "../../src/core/advancedDraft";
import { sameArmId } from "../../src/core/armId";
import { type Finding, blocks } from "../../src/core/finding";
import { type IdentityPreview, choiceOf, previewIdentityChange } from "../../src/core/identityChange";
import { type WireError } from "../../src/protocol/channel";
import {
  type ApplyAnswer,
  type IdentityDirectory,
  type IdentityFormInit,
  type PrincipalRoles,
  type ShownDifference,
} from "../../src/protocol/identity";
import {
  type PickerEvent,
  type PickerState,
  pickedChoice,
  pickerOf,
  reducePicker,
} from "../shared/identityPickerState";

/** Something that the host was asked for. */
export type Asked<T> =
  | { readonly kind: "idle" }
  | { readonly kind: "asking" }
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "failed"; readonly error: WireError };

export interface OpeningForm {
  readonly kind: "opening";
  readonly error?: WireError | undefined;
}

export interface OpenForm {
  readonly kind: "open";
  readonly init: IdentityFormInit;
  readonly picker: PickerState;
  readonly directory: Asked<IdentityDirectory>;
  readonly checks: Asked<readonly Finding[]>;
  readonly body: Asked<{ readonly text: string; readonly leftOut: readonly string[] }>;
  readonly roles: Asked<readonly PrincipalRoles[]>;
  /** A request to apply is on its way. */
  readonly sending: boolean;
  /** Somebody pressed Apply while something stood against it. */
  readonly refused: boolean;
  readonly error?: WireError | undefined;
  /** What somebody else has changed meanwhile; empty when the form was merely behind. */
  readonly differences?: readonly ShownDifference[] | undefined;
  readonly note?: "stopped" | undefined;
  readonly grantError?: WireError | undefined;
}

export type FormState = OpeningForm | OpenForm;

export type FormEvent =
  | { readonly type: "opened"; readonly init: IdentityFormInit; readonly saved?: IdentityDraft | undefined }
  | { readonly type: "openFailed"; readonly error: WireError }
  /** The host read the cluster again. */
  | { readonly type: "reread"; readonly init: IdentityFormInit }
  | { readonly type: "picker"; readonly event: PickerEvent }
  | { readonly type: "undone" }
  | { readonly type: "directory"; readonly asked: Asked<IdentityDirectory> }
  | { readonly type: "checks"; readonly asked: OpenForm["checks"] }
  | { readonly type: "body"; readonly asked: OpenForm["body"] }
  | { readonly type: "roles"; readonly asked: OpenForm["roles"] }
  | { readonly type: "grantFailed"; readonly error: WireError | undefined }
  | { readonly type: "sending" }
  | { readonly type: "refused" }
  | { readonly type: "answered"; readonly answer: ApplyAnswer }
  | { readonly type: "failed"; readonly error: WireError };

export const opening: OpeningForm = { kind: "opening" };
const idle = { kind: "idle" } as const;

export function choice(state: OpenForm): IdentityDraft {
  return pickedChoice(state.picker);
}

export function preview(state: OpenForm): IdentityPreview {
  return previewIdentityChange(state.init.identity, choice(state), state.init.nodesUp);
}

/** What the rules and the checks say of the choice. */
export function allFindings(state: OpenForm): readonly Finding[] {
  return [...preview(state).findings, ...(state.checks.kind === "answered" ? state.checks.value : [])];
}

export function mayApply(state: OpenForm): boolean {
  return !isBusy(state) && state.init.blocked === undefined && preview(state).changed && !blocks(allFindings(state));
}

/** A change is being sent or carried out: the choice rests. */
export function isBusy(state: OpenForm): boolean {
  return state.sending || state.init.progress.kind === "waiting";
}

/** Nothing to do gives the same state. */
export function reduce(state: FormState, event: FormEvent): FormState {
  if (event.type === "opened") return opened(state, event.init, event.saved);
  if (event.type === "openFailed") return { kind: "opening", error: event.error };
  if (state.kind !== "open") return state;
  switch (event.type) {
    case "reread":
      return reread(state, event.init);
    case "picker": {
      if (isBusy(state)) return state;
      const picker = reducePicker(state.picker, event.event);
      if (picker === state.picker) return state;
      const next = { ...state, picker };
      return sameChoice(choice(next), choice(state)) ? next : rechosen(next);
    }
    case "undone":
      return isBusy(state) ? state : rechosen({ ...state, picker: pickerOf(choiceOf(state.init.identity)) });
    case "directory":
      return { ...state, directory: event.asked };
    case "checks":
      return { ...state, checks: event.asked };
    case "body":
      return { ...state, body: event.asked };
    case "roles":
      return { ...state, roles: event.asked };
    case "grantFailed":
      return { ...state, grantError: event.error };
    case "sending":
      return {
        ...state,
        init: { ...state.init, progress: { kind: "none" } },
        sending: true,
        refused: false,
        error: undefined,
        differences: undefined,
        note: undefined,
      };
    case "refused":
      return { ...state, refused: true };
    case "answered":
      return answered({ ...state, sending: false }, event.answer);
    case "failed":
      return event.error.kind === "aborted"
        ? { ...state, sending: false, note: "stopped" }
        : { ...state, sending: false, error: event.error };
  }
}

function opened(state: FormState, init: IdentityFormInit, saved: IdentityDraft | undefined): OpenForm {
  // Drawn again after having been hidden, the choice is what the page had kept.
  if (state.kind === "open") return reread(state, init);
  return {
    kind: "open",
    init,
    picker: pickerOf(saved ?? choiceOf(init.identity)),
    directory: idle,
    checks: idle,
    body: idle,
    roles: idle,
    sending: false,
    refused: false,
  };
}

/** The choice stays; after a success it is what the cluster has. */
function reread(state: OpenForm, init: IdentityFormInit): OpenForm {
  const done = init.progress.kind === "done" && state.init.progress.kind !== "done";
  const next = { ...state, init, body: idle, checks: idle, roles: idle, grantError: undefined };
  return done ? { ...next, picker: pickerOf(choiceOf(init.identity)), differences: undefined, error: undefined } : next;
}

function rechosen(state: OpenForm): OpenForm {
  return { ...state, checks: idle, body: idle, roles: idle, refused: false, note: undefined, grantError: undefined };
}

function answered(state: OpenForm, answer: ApplyAnswer): OpenForm {
  switch (answer.kind) {
    case "accepted":
      return state.init.progress.kind !== "none"
        ? state
        : { ...state, init: { ...state.init, progress: { kind: "waiting" } } };
    case "declined":
      return state;
    case "changed":
      return { ...reread(state, answer.init), differences: answer.differences };
  }
}

function sameChoice(a: IdentityDraft, b: IdentityDraft): boolean {
  if (a.kind !== "userAssigned" || b.kind !== "userAssigned") return a.kind === b.kind;
  return (
    a.ids.length === b.ids.length &&
    a.ids.every((id, index) => b.ids[index] !== undefined && sameArmId(id, b.ids[index]))
  );
}
