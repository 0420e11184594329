import * as l10n from "@vscode/l10n";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type IdentityDraft } from "../../src/core/advancedDraft";
import { type ArmId, nameOf, sameArmId } from "../../src/core/armId";
import { type Finding, blocks } from "../../src/core/finding";
import { type UserAssignedIdentity } from "../../src/core/identity";
import { icon, valueOf } from "./dom";
import { findingList } from "./findingList";
import { type PickerEvent, type PickerState, foundIdentities, knownIdentity, mostRows } from "./identityPickerState";
import "./identityPicker.css";

/** What surrounds the control: the identities to choose from, and what the rules say of the choice. */
export interface PickerSurroundings {
  /** undefined while they are being read. */
  readonly identities: readonly UserAssignedIdentity[] | undefined;
  /** Why some or all identities are missing, for the screen. */
  readonly problem?: string | undefined;
  readonly subscriptionName?: ((id: ArmId) => string) | undefined;
  readonly findings: readonly Finding[];
  readonly dispatch: (event: PickerEvent) => void;
}

/** No identity, the system-assigned one, or some user-assigned ones: the same control in every form. Its id is `identity`. */
export function identityPicker(state: PickerState, surroundings: PickerSurroundings): TemplateResult {
  const { findings, dispatch } = surroundings;
  return html`<div class="field identity-picker">
    <vscode-radio-group
      id="identity"
      orientation="vertical"
      aria-describedby="identity-hint identity-findings"
      aria-invalid=${blocks(findings)}
      .value=${live(state.kind)}
      @change=${(event: Event) => choose(event, dispatch)}
    >
      <label slot="label">${l10n.t("Managed identity")}</label>
      ${kinds().map(
        ({ kind, label }) => html`<vscode-radio value=${kind} ?checked=${state.kind === kind}>${label}</vscode-radio>`,
      )}
    </vscode-radio-group>
    <p class="hint" id="identity-hint">
      ${l10n.t("One kind or the other: Azure gives a compute cluster no system-assigned identity beside user-assigned ones.")}
    </p>
    ${state.kind === "userAssigned" ? userAssigned(state, surroundings) : nothing}
    ${findingList("identity-findings", findings, () => undefined)}
  </div>`;
}

function kinds(): readonly { readonly kind: IdentityDraft["kind"]; readonly label: string }[] {
  return [
    { kind: "none", label: l10n.t("None") },
    { kind: "systemAssigned", label: l10n.t("System-assigned: made with the cluster, gone with it") },
    { kind: "userAssigned", label: l10n.t("User-assigned: one or several that exist already") },
  ];
}

function choose(event: Event, dispatch: PickerSurroundings["dispatch"]): void {
  const chosen = kinds().find(({ kind }) => kind === valueOf(event));
  if (chosen !== undefined) dispatch({ type: "kind", kind: chosen.kind });
}

function userAssigned(state: PickerState, surroundings: PickerSurroundings): TemplateResult {
  return html`<div class="identity-user">
    ${chosenList(state, surroundings)} ${searchList(state, surroundings)} ${pasteField(state, surroundings)}
  </div>`;
}

function chosenList(state: PickerState, { identities, dispatch }: PickerSurroundings): TemplateResult | typeof nothing {
  if (state.ids.length === 0) return nothing;
  const several = state.ids.length > 1;
  return html`<ul class="identity-chosen" aria-label=${l10n.t("Chosen identities")}>
    ${state.ids.map((id, index) => {
      const name = nameOf(id);
      const known = identities === undefined ? undefined : knownIdentity(id, identities);
      return html`<li>
        <span class="identity-name" title=${id}>${known?.name ?? name}</span>
        ${several && index === 0 ? html`<span class="badge">${l10n.t("Default")}</span>` : nothing}
        ${
          several && index > 0
            ? html`<button type="button" class="link" @click=${() => dispatch({ type: "madeFirst", id })}>
                ${l10n.t("Make default")}<span class="visually-hidden"> ${name}</span>
              </button>`
            : nothing
        }
        <button type="button" class="link" @click=${() => dispatch({ type: "toggled", id })}>
          ${l10n.t("Remove")}<span class="visually-hidden"> ${name}</span>
        </button>
      </li>`;
    })}
  </ul>`;
}

function searchList(state: PickerState, surroundings: PickerSurroundings): TemplateResult {
  const { identities, problem, subscriptionName, dispatch } = surroundings;
  const found = foundIdentities(identities ?? [], state.search, subscriptionName);
  return html`<label for="identity-search">${l10n.t("Search by name, group, region or client ID")}</label>
    <input
      id="identity-search"
      class="text-input"
      type="search"
      autocomplete="off"
      spellcheck="false"
      .value=${live(state.search)}
      @input=${(event: Event) => dispatch({ type: "search", text: valueOf(event) })}
    />
    <p class="hint" role="status">${statusText(identities, found.length)}</p>
    ${problem === undefined ? nothing : html`<p class="finding finding-warning">${icon("warning")}<span>${problem}</span></p>`}
    ${
      found.length === 0
        ? nothing
        : html`<ul class="identity-list" aria-label=${l10n.t("User-assigned identities")}>
            ${repeat(
              found.slice(0, mostRows),
              ({ id }) => id,
              (identity) => row(identity, state, surroundings),
            )}
          </ul>`
    }`;
}

function statusText(identities: readonly UserAssignedIdentity[] | undefined, found: number): string {
  if (identities === undefined) return l10n.t("Reading the identities of your subscriptions…");
  if (identities.length === 0)
    return l10n.t("No user-assigned identity was found. Paste a resource ID if you know one.");
  if (found > mostRows) return l10n.t("{0} identities, the first {1} shown. Search to narrow them.", found, mostRows);
  return found === 1 ? l10n.t("1 identity") : l10n.t("{0} identities", found);
}

function row(
  identity: UserAssignedIdentity,
  state: PickerState,
  { subscriptionName, dispatch }: PickerSurroundings,
): TemplateResult {
  const { id, name, resourceGroup, location, clientId } = identity;
  const where = [resourceGroup, location, subscriptionName?.(id) ?? ""].filter(Boolean).join(" · ");
  return html`<li>
    <label class="identity-row">
      <input
        type="checkbox"
        .checked=${live(state.ids.some((chosen) => sameArmId(chosen, id)))}
        @change=${() => dispatch({ type: "toggled", id })}
      />
      <span>
        <span class="identity-name">${name}</span>
        <span class="identity-detail">${where}</span>
        ${clientId === undefined ? nothing : html`<span class="identity-detail">${l10n.t("Client ID {0}", clientId)}</span>`}
      </span>
    </label>
  </li>`;
}

function pasteField(state: PickerState, { dispatch }: PickerSurroundings): TemplateResult {
  const add = (): void => dispatch({ type: "pasted" });
  return html`<label for="identity-paste">${l10n.t("Or paste a resource ID")}</label>
    <div class="identity-paste">
      <input
        id="identity-paste"
        class="text-input"
        type="text"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="identity-paste-problem"
        aria-invalid=${state.pasteRefused}
        .value=${live(state.paste)}
        @input=${(event: Event) => dispatch({ type: "pasteTyped", text: valueOf(event) })}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          add();
        }}
      />
      <vscode-button appearance="secondary" @click=${add}>${l10n.t("Add")}</vscode-button>
    </div>
    <div id="identity-paste-problem" aria-live="polite">
      ${
        state.pasteRefused
          ? html`<div class="finding finding-error">
              ${icon("error")}<span
                >${l10n.t("This is not the resource ID of a user-assigned identity: it looks like {0}.", idShape)}</span
              >
            </div>`
          : nothing
      }
    </div>`;
}

const idShape = "/subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/…";
