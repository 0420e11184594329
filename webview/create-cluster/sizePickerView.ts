import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { vmSizeKey } from "../../src/core/vmSize";
import { afterPointer, icon, valueOf } from "../shared/dom";
import { formatGb, formatPrice } from "./format";
import { type PickerMove } from "./picker";
import { type SizeRow, matchingRows, sizeRows } from "./sizeRows";
import { type FormEvent, type OpenForm, draft, sizesOf } from "./formState";

export type Dispatch = (event: FormEvent) => void;

/** The rows below the size field, as the filter leaves them; none while the region's sizes are unknown. */
export function shownRows(state: OpenForm): readonly SizeRow[] {
  const sizes = sizesOf(state);
  if (sizes?.kind !== "loaded") return [];
  const rows = sizeRows(sizes.sizes, draft(state).vmPriority);
  return state.picker.open ? matchingRows(rows, state.picker.query ?? "") : rows;
}

const moves: Readonly<Record<string, PickerMove>> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
  PageDown: "pageDown",
  PageUp: "pageUp",
};

export interface SizePickerOptions {
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly dispatch: Dispatch;
  readonly submit: () => void;
}

/**
 * An editable combobox with a list (ARIA Authoring Practices). Its input is the browser's own: the active row is named by
 * id, which does not reach out of a toolkit control's shadow tree.
 */
export function sizePicker(state: OpenForm, options: SizePickerOptions): TemplateResult {
  const { picker } = state;
  const { dispatch } = options;
  const rows = picker.open ? shownRows(state) : [];
  const activeAt = picker.open ? rows.findIndex((row) => row.size.name === picker.active) : -1;
  return html`<div class="size-picker">
    <label for="vmSize">${l10n.t("VM size")}</label>
    <div class="combobox">
      <input
        id="vmSize"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${l10n.t("Type to search: a name, gpu, cpu, 8 vcpu, 112 gb")}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-required="true"
        aria-expanded=${picker.open}
        aria-controls=${picker.open ? "size-list" : nothing}
        aria-activedescendant=${activeAt < 0 ? nothing : `size-${activeAt}`}
        aria-invalid=${options.invalid}
        aria-describedby=${options.describedBy}
        .value=${live(picker.open && picker.query !== undefined ? picker.query : state.texts.vmSize)}
        @input=${(event: Event) => dispatch({ type: "pickerQueried", query: valueOf(event) })}
        @click=${() => dispatch({ type: "pickerOpened" })}
        @keydown=${(event: KeyboardEvent) => handleKey(event, state, options)}
        @blur=${() => afterPointer(() => dispatch({ type: "pickerLeft", names: namesOf(shownRows(state)) }))}
      />
      ${icon("chevron")}
    </div>
    ${picker.open ? sizeList(state, rows, activeAt, dispatch) : nothing}
  </div>`;
}

function namesOf(rows: readonly SizeRow[]): readonly string[] {
  return rows.map((row) => row.size.name);
}

function handleKey(event: KeyboardEvent, state: OpenForm, { dispatch, submit }: SizePickerOptions): void {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const move = moves[event.key];
  const { picker } = state;
  const vertical = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (move !== undefined && (picker.open || vertical)) {
    event.preventDefault();
    const opens = !picker.open && state.texts.vmSize !== "";
    if (opens) dispatch({ type: "pickerOpened" });
    else dispatch({ type: "pickerMoved", move, names: namesOf(shownRows(state)) });
  } else if (event.key === "Escape" && picker.open) {
    event.preventDefault();
    event.stopPropagation();
    dispatch({ type: "pickerClosed" });
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (!picker.open) submit();
    else chooseOnEnter(state, dispatch);
  }
}

/** The active row, else the best match of what was typed. */
function chooseOnEnter(state: OpenForm, dispatch: Dispatch): void {
  if (!state.picker.open) return;
  const names = namesOf(shownRows(state));
  const { active, query } = state.picker;
  const exact = names.find((name) => vmSizeKey(name) === vmSizeKey(query ?? ""));
  const chosen = active ?? exact ?? (query === undefined || query === "" ? undefined : names[0]);
  if (chosen !== undefined) dispatch({ type: "sizeChosen", name: chosen });
}

function sizeList(state: OpenForm, rows: readonly SizeRow[], activeAt: number, dispatch: Dispatch): TemplateResult {
  return html`<div class="sizes" @mousedown=${(event: Event) => event.preventDefault()}>
    <div class="size-row size-head" aria-hidden="true">
      <span>${l10n.t("Name")}</span>
      <span>${l10n.t("vCPU")}</span>
      <span>${l10n.t("GPU")}</span>
      <span>${l10n.t("Memory")}</span>
      <span>${l10n.t("USD/hour")}</span>
      <span>${l10n.t("Quota")}</span>
    </div>
    <div class="size-list" id="size-list" role="listbox" aria-label=${l10n.t("VM sizes")}>
      ${repeat(
        rows,
        (row) => row.size.name,
        (row, index) => sizeRow(row, index, index === activeAt, row.size.name === state.texts.vmSize, dispatch),
      )}
    </div>
    <div class="size-foot" role="status">${countText(state, rows.length)}</div>
  </div>`;
}

/** Units are there to be heard, and seen where the column heads do not fit. */
function sizeRow(row: SizeRow, index: number, active: boolean, chosen: boolean, dispatch: Dispatch): TemplateResult {
  const { size, price, usable } = row;
  const { name, vCpus, gpus, memoryGb } = size;
  return html`<div
    class="size-row ${active ? "active" : ""} ${usable ? "" : "unusable"}"
    id="size-${index}"
    role="option"
    aria-selected=${active}
    @click=${() => dispatch({ type: "sizeChosen", name })}
  >
    <span class="size-name">${chosen ? icon("check") : nothing}${name}</span>
    <span>${vCpus} <span class="unit">${vCpus === 1 ? l10n.t("vCPU") : l10n.t("vCPUs")}</span></span>
    <span>${gpus === 0 ? "–" : gpus} <span class="unit">${gpus === 1 ? l10n.t("GPU") : l10n.t("GPUs")}</span></span>
    <span>${formatGb(memoryGb)}</span>
    <span>${price === undefined ? "–" : formatPrice(price)} <span class="unit">${l10n.t("per hour")}</span></span>
    <span>${quotaText(row)}</span>
  </div>`;
}

function quotaText({ nodesLeft, usable }: SizeRow): string {
  if (!usable && nodesLeft !== 0) return l10n.t("dedicated only");
  if (nodesLeft === undefined) return "–";
  if (nodesLeft === 0) return l10n.t("none left");
  return nodesLeft === 1 ? l10n.t("1 node") : l10n.t("{0} nodes", nodesLeft);
}

function countText(state: OpenForm, shown: number): string {
  const sizes = sizesOf(state);
  if (sizes?.kind === "failed") return l10n.t("The sizes could not be read.");
  if (sizes?.kind !== "loaded") return l10n.t("Reading the sizes of {0}…", state.texts.location);
  if (shown === 0) return l10n.t("No size matches. Search for a part of the name, gpu, cpu, 8 vcpu or 112 gb.");
  return shown === 1 ? l10n.t("1 size") : l10n.t("{0} sizes", shown);
}
