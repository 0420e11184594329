import * as l10n from "@vscode/l10n";
import { type TemplateResult, html } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { type SizeCriteria, type SizeOrder } from "../../src/core/sizeFilter";
import { valueOf } from "../shared/dom";
import { type FormEvent, type OpenForm } from "./formState";

/** Filters and order above the list of sizes; Tab leads from the field into them, and the list stays. */
export function sizeFilters(state: OpenForm, dispatch: (event: FormEvent) => void): TemplateResult {
  const { filters, sort } = state;
  const filter = (change: Partial<SizeCriteria>): void => dispatch({ type: "filtered", filters: change });
  return html`<div class="size-filters" role="group" aria-label=${l10n.t("Filter the sizes")}>
    <label
      >${l10n.t("Kind")}
      <select
        id="filter-kind"
        .value=${live(filters.kind)}
        @change=${(event: Event) => filter({ kind: kindOf(valueOf(event)) })}
      >
        <option value="any">${l10n.t("CPU and GPU")}</option>
        <option value="cpu">${l10n.t("CPU")}</option>
        <option value="gpu">${l10n.t("GPU")}</option>
      </select></label
    >
    ${least("filter-vcpus", l10n.t("vCPUs from"), filters.minVCpus, (minVCpus) => filter({ minVCpus }))}
    ${least("filter-memory", l10n.t("GB from"), filters.minMemoryGb, (minMemoryGb) => filter({ minMemoryGb }))}
    ${least("filter-price", l10n.t("USD per hour up to"), filters.maxPrice, (maxPrice) => filter({ maxPrice }))}
    ${box("filter-quota", l10n.t("Quota left"), filters.quotaLeftOnly, (on) => filter({ quotaLeftOnly: on }))}
    ${box("filter-low", l10n.t("Low priority possible"), filters.lowPriorityOnly, (on) => filter({ lowPriorityOnly: on }))}
    ${box("filter-ib", l10n.t("InfiniBand"), filters.infiniBandOnly, (on) => filter({ infiniBandOnly: on }))}
    <label
      >${l10n.t("Order")}
      <select id="size-order" .value=${live(sort.by)} @change=${(event: Event) => order(valueOf(event), dispatch)}>
        ${orders().map(([by, label]) => html`<option value=${by}>${label}</option>`)}
      </select></label
    >
  </div>`;
}

function orders(): readonly (readonly [SizeOrder, string])[] {
  return [
    ["usable", l10n.t("Usable first")],
    ["name", l10n.t("Name")],
    ["price", l10n.t("Price")],
    ["vCpus", l10n.t("vCPUs, most first")],
    ["gpus", l10n.t("GPUs, most first")],
    ["memory", l10n.t("Memory, most first")],
    ["nodesLeft", l10n.t("Quota left, most first")],
  ];
}

/** Cheap ones first, and much of everything else. */
function order(text: string, dispatch: (event: FormEvent) => void): void {
  const by = orders().find(([known]) => known === text)?.[0] ?? "usable";
  const descending = by !== "usable" && by !== "name" && by !== "price";
  dispatch({ type: "sorted", sort: { by, descending } });
}

function kindOf(text: string): SizeCriteria["kind"] {
  return text === "cpu" || text === "gpu" ? text : "any";
}

function least(
  id: string,
  label: string,
  value: number | undefined,
  set: (value: number | undefined) => void,
): TemplateResult {
  return html`<label
    >${label}
    <input
      id=${id}
      type="number"
      min="0"
      step="any"
      .value=${live(value === undefined ? "" : String(value))}
      @change=${(event: Event) => set(valueOf(event) === "" ? undefined : Number(valueOf(event)))}
  /></label>`;
}

function box(id: string, label: string, checked: boolean, set: (on: boolean) => void): TemplateResult {
  const change = (event: Event): void => {
    if (event.currentTarget instanceof HTMLInputElement) set(event.currentTarget.checked);
  };
  return html`<label class="check"
    ><input id=${id} type="checkbox" .checked=${live(checked)} @change=${change} />${label}</label
  >`;
}
