import { type TemplateResult, html, svg } from "lit/html.js";

/**
 * Ties what `data-describedby` names to the inputs inside text fields: those live in a shadow tree, from which an id
 * cannot point out, but an element reference can. Call after each render.
 */
export function linkDescriptions(root: HTMLElement): void {
  for (const field of root.querySelectorAll<HTMLElement>("vscode-text-field[data-describedby]")) {
    const input = field.shadowRoot?.querySelector("input");
    const ids = (field.dataset["describedby"] ?? "").split(" ");
    const elements = ids.map((id) => document.getElementById(id)).filter((element) => element !== null);
    if (input && "ariaDescribedByElements" in input) input.ariaDescribedByElements = elements;
  }
}

/** Makes dropdowns show their `data-value`: they know a value only once their options are there. Call after each render. */
export function syncDropdowns(root: HTMLElement): void {
  for (const dropdown of root.querySelectorAll<HTMLSelectElement>("vscode-dropdown[data-value]")) {
    const wanted = dropdown.dataset["value"] ?? "";
    if (dropdown.value !== wanted) dropdown.value = wanted;
  }
}

/** The value of a control whose event is being handled: the toolkit's and the browser's own both have one. */
export function valueOf(event: Event): string {
  const control = event.currentTarget;
  return control !== null && "value" in control && typeof control.value === "string" ? control.value : "";
}

/**
 * Runs at once, or after the click that is under way: what a field shows on being left must not move a button from under
 * the pointer between press and release.
 */
export function afterPointer(action: () => void): void {
  if (!pointerIsDown) action();
  else window.addEventListener("pointerup", () => setTimeout(action), { once: true, capture: true });
}

let pointerIsDown = false;
for (const type of ["pointerdown", "pointerup", "pointercancel"]) {
  window.addEventListener(type, () => (pointerIsDown = type === "pointerdown"), { capture: true });
}

export type IconName = "error" | "warning" | "info" | "chevron" | "check";

const paths: Readonly<Record<IconName, TemplateResult<2>>> = {
  error: svg`<path d="M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6Z" /><path d="m5.4 6.2.8-.8L8 7.2l1.8-1.8.8.8L8.8 8l1.8 1.8-.8.8L8 8.8l-1.8 1.8-.8-.8L7.2 8Z" />`,
  warning: svg`<path d="M8 1.2 15.2 14H.8L8 1.2Zm0 2.3L2.7 12.9h10.6L8 3.5Z" /><path d="M7.4 6.2h1.2v3.6H7.4ZM7.4 10.6h1.2v1.2H7.4Z" />`,
  info: svg`<path d="M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6Z" /><path d="M7.4 7h1.2v4.2H7.4ZM7.4 4.8h1.2V6H7.4Z" />`,
  chevron: svg`<path d="m8 10.1 4.4-4.4.6.6L8.3 11h-.6L3 6.3l.6-.6Z" />`,
  check: svg`<path d="m6.4 12.3-4-4 .9-.8 3.1 3.2 6.3-7 .9.8Z" />`,
};

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 16 16" aria-hidden="true">${paths[name]}</svg>`;
}
