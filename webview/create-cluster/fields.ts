import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { regionKey } from "../../src/core/account";
import { type Finding } from "../../src/core/finding";
import { type DraftField, draftFields } from "../../src/protocol/createCluster";
import { afterPointer, valueOf } from "../shared/dom";
import { type HostRemedy, type SetField, findingList } from "../shared/findingList";
import { type CompareActions, compareView } from "./compareView";
import { fieldId } from "./fieldIds";
import { shownFindings } from "./findings";
import { type OpenForm, draft, sizesOf } from "./formState";
import { type Dispatch, sizePicker } from "./sizePickerView";

/** What the form can make happen besides changing its state. */
export interface Actions extends CompareActions {
  readonly dispatch: Dispatch;
  readonly submit: () => void;
  readonly cancel: () => void;
  readonly close: () => void;
  readonly retry: () => void;
  readonly retrySizes: () => void;
  readonly carryOut: (remedy: HostRemedy) => void;
  readonly goTo: (field: DraftField) => void;
  readonly makeKey: () => void;
  readonly pickKey: () => void;
  readonly savePreset: () => void;
  readonly usePreset: () => void;
  readonly nextStep: (step: "reveal" | "studio" | "deleteFailed") => void;
}

/** Hint and findings of a field, and the attributes that tie them to it. */
export function notes(
  state: OpenForm,
  findings: readonly Finding[],
  field: DraftField,
  hint: string,
  { dispatch, carryOut }: Actions,
): { readonly ids: string; readonly invalid: boolean; readonly view: TemplateResult } {
  const shown = shownFindings(state, findings, field);
  const id = fieldId(field);
  return {
    ids: `${id}-hint ${id}-findings`,
    invalid: shown.some((finding) => finding.severity === "error"),
    view: html`<p class="hint" id="${id}-hint">${hint}</p>
      ${findingList(`${id}-findings`, shown, (remedy) => apply(remedy, dispatch), carryOut)}`,
  };
}

/** A remedy may name another field than the one that its finding is about. */
export function apply({ field, value }: SetField, dispatch: Dispatch): void {
  const known = draftFields.find((name) => name === field);
  if (known !== undefined) dispatch({ type: "typed", field: known, text: String(value) });
}

export interface FieldTexts {
  readonly label: string;
  readonly hint: string;
}

export function textField(
  state: OpenForm,
  findings: readonly Finding[],
  field: DraftField,
  texts: FieldTexts & { readonly type?: "password" },
  actions: Actions,
): TemplateResult {
  const { ids, invalid, view } = notes(state, findings, field, texts.hint, actions);
  return html`<div class="field field-${fieldId(field)}">
    <vscode-text-field
      id=${fieldId(field)}
      class=${invalid ? "invalid" : ""}
      type=${texts.type ?? "text"}
      data-describedby=${ids}
      data-enter
      aria-invalid=${invalid}
      .spellcheck=${false}
      .value=${live(state.texts[field])}
      @input=${(event: Event) => actions.dispatch({ type: "typed", field, text: valueOf(event) })}
      @blur=${() => afterPointer(() => actions.dispatch({ type: "left", field }))}
      >${texts.label}</vscode-text-field
    >
    ${view}
  </div>`;
}

export function nameField(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const hint = l10n.t("3 to 24 letters, digits and dashes. It cannot be changed later.");
  return textField(state, findings, "name", { label: l10n.t("Name"), hint }, actions);
}

export function regionField(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const { regions, workspace } = state.init;
  const only = regions.length === 1;
  const hint = only
    ? l10n.t("This workspace's clusters must be in its own region.")
    : l10n.t("The workspace's own region is the first.");
  const { ids, invalid, view } = notes(state, findings, "location", hint, actions);
  const chosen = regionKey(state.texts.location);
  const own = regionKey(workspace.location);
  return html`<div class="field">
    <label id="location-label" for="location">${l10n.t("Region")}</label>
    <vscode-dropdown
      id="location"
      data-value=${regions.find(({ name }) => regionKey(name) === chosen)?.name ?? ""}
      class=${invalid ? "invalid" : ""}
      aria-labelledby="location-label"
      aria-describedby=${ids}
      aria-invalid=${invalid}
      @change=${(event: Event) => actions.dispatch({ type: "typed", field: "location", text: valueOf(event) })}
      @blur=${() => afterPointer(() => actions.dispatch({ type: "left", field: "location" }))}
      >${regions.map(
        ({ name, displayName }) =>
          html`<vscode-option value=${name} ?selected=${regionKey(name) === chosen}
            >${regionKey(name) === own ? l10n.t("{0} (workspace's region)", displayName) : displayName}</vscode-option
          >`,
      )}</vscode-dropdown
    >
    ${view}
  </div>`;
}

export function sizeField(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const hint = l10n.t("Sizes that can be used now come first. Type to search, arrow keys to move, Enter to choose.");
  const { ids, invalid, view } = notes(state, findings, "vmSize", hint, actions);
  const { dispatch, submit } = actions;
  return html`<div class="field field-wide">
    ${sizePicker(state, { invalid, describedBy: ids, dispatch, submit })} ${view} ${sizesProblem(state, actions)}
    ${compareView(state, actions)}
  </div>`;
}

function sizesProblem(state: OpenForm, actions: Actions): TemplateResult | typeof nothing {
  const sizes = sizesOf(state);
  if (sizes?.kind !== "failed") return nothing;
  return html`<p class="finding finding-error" role="alert">
    ${l10n.t("The sizes of {0} could not be read: {1}", state.texts.location, sizes.error.message)}
    <button type="button" class="link" @click=${actions.retrySizes}>${l10n.t("Retry")}</button>
  </p>`;
}

export function priorityField(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const hint = l10n.t(
    "Low priority costs less, but Azure may take nodes back at any time, and jobs on them must be restarted by you.",
  );
  const { ids, view } = notes(state, findings, "vmPriority", hint, actions);
  const { vmPriority } = draft(state);
  return html`<div class="field">
    <vscode-radio-group
      id="vmPriority"
      aria-describedby=${ids}
      .value=${live(vmPriority)}
      @change=${(event: Event) => actions.dispatch({ type: "typed", field: "vmPriority", text: valueOf(event) })}
    >
      <label slot="label">${l10n.t("Priority")}</label>
      <vscode-radio value="dedicated" ?checked=${vmPriority === "dedicated"}>${l10n.t("Dedicated")}</vscode-radio>
      <vscode-radio value="lowPriority" ?checked=${vmPriority === "lowPriority"}
        >${l10n.t("Low priority")}</vscode-radio
      >
    </vscode-radio-group>
    ${view}
  </div>`;
}

export function scaleFields(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const min = {
    label: l10n.t("Minimum nodes"),
    hint: l10n.t("0 lets the cluster shrink to nothing when there are no jobs."),
  };
  const max = { label: l10n.t("Maximum nodes"), hint: l10n.t("Jobs that need more wait.") };
  const idle = {
    label: l10n.t("Idle seconds before scale-down"),
    hint: l10n.t("How long a node without work is kept. 120 is Azure's own."),
  };
  return html`<div class="scale">
    ${textField(state, findings, "minNodeCount", min, actions)}
    ${textField(state, findings, "maxNodeCount", max, actions)}
    ${textField(state, findings, "idleSecondsBeforeScaleDown", idle, actions)}
  </div>`;
}
