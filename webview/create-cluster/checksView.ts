import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type Finding, type Severity } from "../../src/core/finding";
import { type DraftField } from "../../src/protocol/createCluster";
import { icon } from "../shared/dom";
import { type HostRemedy, type SetField, findingList } from "../shared/findingList";
import { fieldId } from "./fieldIds";
import { controlOf } from "./findings";
import { type OpenForm, choicesKey, choicesOf, sizesOf } from "./formState";

export interface CheckActions {
  readonly apply: (remedy: SetField) => void;
  readonly carryOut: (remedy: HostRemedy) => void;
  readonly goTo: (field: DraftField) => void;
}

/**
 * The side panel: everything that was checked, live. What belongs to a field stands there in full, and here as a way to it;
 * what belongs to none (locks, rights) stands here.
 */
export function checksView(state: OpenForm, findings: readonly Finding[], actions: CheckActions): TemplateResult {
  const shown = findings.filter((finding) => finding.severity !== "error" || isTold(state, controlOf(state, finding)));
  const general = shown.filter((finding) => controlOf(state, finding) === undefined);
  const atFields = shown.filter((finding) => controlOf(state, finding) !== undefined);
  return html`<section class="checks" aria-labelledby="checks-title">
    <h2 id="checks-title">${l10n.t("Checks")}</h2>
    <p class="checks-sum" role="status">${sumText(state, shown)}</p>
    ${findingList("general-findings", general, actions.apply, actions.carryOut)}
    ${
      atFields.length === 0
        ? nothing
        : html`<ul class="check-list">
            ${atFields.map((finding) => checkRow(state, finding, actions))}
          </ul>`
    }
  </section>`;
}

/** An empty form is not blamed. */
function isTold(state: OpenForm, field: DraftField | undefined): boolean {
  return field === undefined || state.touched.includes(field);
}

const icons = { error: "error", warning: "warning", info: "info", unknown: "info" } as const;

function checkRow(state: OpenForm, finding: Finding, { goTo }: CheckActions): TemplateResult | typeof nothing {
  const field = controlOf(state, finding);
  if (field === undefined) return nothing;
  return html`<li class="finding finding-${finding.severity}">
    ${icon(icons[finding.severity])}
    <button type="button" class="link check-link" data-field=${fieldId(field)} @click=${() => goTo(field)}>
      ${finding.message}
    </button>
  </li>`;
}

function sumText(state: OpenForm, shown: readonly Finding[]): string {
  const waiting = isWaiting(state) ? l10n.t("Still checking…") : undefined;
  const count = (severity: Severity): number => shown.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, unknowns] = [count("error"), count("warning"), count("unknown")];
  const parts = [
    errors === 0 ? undefined : errors === 1 ? l10n.t("1 problem") : l10n.t("{0} problems", errors),
    warnings === 0 ? undefined : warnings === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", warnings),
    unknowns === 0 ? undefined : l10n.t("{0} not checked", unknowns),
  ].filter((part) => part !== undefined);
  const sum = parts.length === 0 ? l10n.t("Nothing speaks against it.") : parts.join(", ");
  return waiting === undefined ? sum : `${waiting} ${parts.length === 0 ? "" : sum}`;
}

function isWaiting(state: OpenForm): boolean {
  const choices = choicesOf(state);
  return (
    state.surroundings === null ||
    sizesOf(state)?.kind === "loading" ||
    (choices !== undefined && state.choices[choicesKey(choices)] === null)
  );
}
