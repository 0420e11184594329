import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { vmSizeKey } from "../../src/core/vmSize";
import { afterPointer, icon, valueOf } from "../shared/dom";
import { formatGb, formatPrice } from "./format";
import { type SizeRow } from "../../src/core/sizeFilter";
import { sizeFilters } from "./sizeFilterView";
import { type PickerMove, rowsDrawn } from "./picker";
import { markOf, shownRows } from "./sizeRows";
import { type FormEvent, type OpenForm, sizesOf } from "./formState";

export type Dispatch = (event: FormEvent) => void;

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
  return html`<div class="size-picker" @focusout=${(event: FocusEvent) => leave(event, state, dispatch)}>
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
        @click=${() => dispatch({ type: "pickerOpened", names: namesOf(shownRows(state)) })}
        @keydown=${(event: KeyboardEvent) => handleKey(event, state, options)}
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
    if (opens) dispatch({ type: "pickerOpened", names: namesOf(shownRows(state)) });
    else dispatch({ type: "pickerMoved", move, names: namesOf(shownRows(state)) });
  } else if (event.key === "F2" && picker.open && picker.active !== undefined) {
    event.preventDefault();
    dispatch({ type: "starred", name: picker.active });
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

/** The list stays while the focus moves between its field and its filters. */
function leave(event: FocusEvent, state: OpenForm, dispatch: Dispatch): void {
  const { currentTarget, relatedTarget } = event;
  const inside =
    currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
  if (!inside) afterPointer(() => dispatch({ type: "pickerLeft", names: namesOf(shownRows(state)) }));
}

/** Pixels; style.css says the same. Narrow forms have two lines per row. */
export function rowHeight(): number {
  return window.matchMedia("(width < 600px)").matches ? 46 : 26;
}

function sizeList(state: OpenForm, rows: readonly SizeRow[], activeAt: number, dispatch: Dispatch): TemplateResult {
  const first = state.picker.open ? state.picker.first : 0;
  const { from, to } = rowsDrawn(first, rows.length);
  const height = rowHeight();
  const scrolled = (event: Event): void => {
    const list = event.currentTarget;
    if (list instanceof HTMLElement) {
      dispatch({ type: "pickerScrolled", first: Math.round(list.scrollTop / rowHeight()) });
    }
  };
  return html`<div class="sizes" @mousedown=${keepFocus}>
    ${sizeFilters(state, dispatch)}
    <div class="size-row size-head" aria-hidden="true">
      <span>${l10n.t("Name")}</span>
      <span>${l10n.t("vCPU")}</span>
      <span>${l10n.t("GPU")}</span>
      <span>${l10n.t("Memory")}</span>
      <span>${l10n.t("Per hour")}</span>
      <span>${l10n.t("Quota")}</span>
    </div>
    <div
      class="size-list"
      id="size-list"
      role="listbox"
      tabindex="-1"
      aria-label=${l10n.t("VM sizes")}
      @scroll=${scrolled}
    >
      <div class="size-gap" role="presentation" .style=${`height: ${from * height}px`}></div>
      ${repeat(
        rows.slice(from, to),
        (row) => row.size.name,
        (row, index) =>
          sizeRow(state, row, from + index, { rows: rows.length, active: from + index === activeAt }, dispatch),
      )}
      <div class="size-gap" role="presentation" .style=${`height: ${(rows.length - to) * height}px`}></div>
    </div>
    <div class="size-foot" role="status">${countText(state, rows.length)}</div>
  </div>`;
}

/** A click into the list leaves the focus in the field, one on a filter does not. */
function keepFocus(event: Event): void {
  if (event.target instanceof Element && event.target.closest(".size-filters") === null) event.preventDefault();
}

/** Units are there to be heard, and seen where the column heads do not fit. */
function sizeRow(
  state: OpenForm,
  row: SizeRow,
  index: number,
  { rows, active }: { readonly rows: number; readonly active: boolean },
  dispatch: Dispatch,
): TemplateResult {
  const { size, price, gpuModel, whyNot } = row;
  const { name, vCpus, gpus, memoryGb } = size;
  const chosen = vmSizeKey(name) === vmSizeKey(state.texts.vmSize);
  return html`<div
    class="size-row ${active ? "active" : ""} ${whyNot === undefined ? "" : "unusable"}"
    id="size-${index}"
    role="option"
    aria-selected=${active}
    aria-setsize=${rows}
    aria-posinset=${index + 1}
    title=${[name, gpuModel, whyNot].filter((part) => part !== undefined).join(" · ")}
    @click=${() => dispatch({ type: "sizeChosen", name })}
  >
    <span class="size-name">${chosen ? icon("check") : nothing}${name}${markView(state, name, dispatch)}</span>
    <span>${vCpus} <span class="unit">${vCpus === 1 ? l10n.t("vCPU") : l10n.t("vCPUs")}</span></span>
    <span>${gpuText(row)} <span class="unit">${gpus === 1 ? l10n.t("GPU") : l10n.t("GPUs")}</span></span>
    <span>${formatGb(memoryGb)}</span>
    <span
      >${price === undefined ? "–" : formatPrice(price.perHour, price.currency)}
      <span class="unit">${l10n.t("per hour")}</span></span
    >
    <span class="size-quota">${quotaText(row)}</span>
  </div>`;
}

/** The star is for the pointer; F2 does the same for the row that is active. */
function markView(state: OpenForm, name: string, dispatch: Dispatch): TemplateResult {
  const mark = markOf(state, name);
  const favourite = mark?.kind === "favourite";
  const star = (event: Event): void => {
    event.stopPropagation();
    dispatch({ type: "starred", name });
  };
  const words = favourite ? l10n.t("favourite") : mark === undefined ? undefined : l10n.t("used lately");
  return html`<span
      class="star ${favourite ? "starred" : ""}"
      aria-hidden="true"
      title=${l10n.t("Favourite (F2)")}
      @click=${star}
      >${favourite ? "★" : "☆"}</span
    >${words === undefined ? nothing : html`<span class="mark">${words}</span>`}`;
}

function gpuText({ size, gpuModel }: SizeRow): string {
  if (size.gpus === 0) return "–";
  return gpuModel === undefined ? String(size.gpus) : `${size.gpus} × ${gpuModel.replace(/^NVIDIA /, "")}`;
}

function quotaText({ left, whyNot, size, retired }: SizeRow): string {
  if (retired) return l10n.t("retired");
  if (whyNot !== undefined && left?.nodes !== 0) return whyNot;
  if (left === undefined) return "–";
  if (left.nodes === 0) return left.limit < size.vCpus ? l10n.t("no quota") : l10n.t("none left");
  return left.nodes === 1 ? l10n.t("1 node") : l10n.t("{0} nodes", left.nodes);
}

function countText(state: OpenForm, shown: number): string {
  const sizes = sizesOf(state);
  if (sizes?.kind === "failed") return l10n.t("The sizes could not be read.");
  if (sizes?.kind !== "loaded") return l10n.t("Reading the sizes of {0}…", state.texts.location);
  if (shown === 0) return l10n.t("No size matches. Search for a part of the name, gpu, cpu, 8 vcpu or 112 gb.");
  return shown === 1 ? l10n.t("1 size") : l10n.t("{0} sizes", shown);
}
