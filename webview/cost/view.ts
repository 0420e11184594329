import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { type AdviceRule } from "../../src/core/advice";
import { type ScaleSettings } from "../../src/core/cluster";
import { scaleFindings } from "../../src/core/draft";
import { type Finding } from "../../src/core/finding";
import { scaleImpact } from "../../src/core/scaleImpact";
import { type ScaleField, scaleFields } from "../../src/protocol/cost";
import { valueOf } from "../shared/dom";
import { errorCard } from "../shared/errorCard";
import { findingList } from "../shared/findingList";
import { language } from "../shared/language";
import { costChart } from "./chart";
import { billView, comparisonView } from "./figures";
import { adviceView, priorityView, quotaView } from "./panels";
import { type CostEvent, type CostState, type OpenCostForm, progressOf, scaleOf } from "./state";

export interface Actions {
  readonly dispatch: (event: CostEvent) => void;
  readonly apply: () => void;
  readonly follow: (rule: AdviceRule) => void;
  readonly lowPriorityCopy: () => void;
  readonly remove: () => void;
  readonly openMoney: () => void;
  readonly close: () => void;
  readonly retry: () => void;
}

/** The whole form as a function of its state. */
export function costView(state: CostState, actions: Actions): TemplateResult {
  if (state.kind === "opening") return openingView(state, actions);
  if (state.gone) return goneView(state, actions);
  const { facts } = state;
  const scale = scaleOf(state.texts);
  const findings = findingsOf(state);
  const impact = scaleImpact(facts.cluster, scale, { price: facts.price, size: facts.size, locale: language() });
  const sending = state.phase.kind === "sending";
  return html`<main class="form" @keydown=${(event: KeyboardEvent) => applyOnEnter(event, actions)}>
    ${header(state)} ${billView(facts)}
    <section aria-labelledby="settings-title">
      <h2 id="settings-title">${l10n.t("Settings")}</h2>
      <div class="settings" ?inert=${sending} aria-busy=${sending}>
        ${scaleFields.map((field) => scaleInput(state, field, findings, actions))}
      </div>
      ${costChart(facts, scale)}
    </section>
    ${comparisonView(facts, scale, impact)} ${progressView(state)}
    ${state.error === undefined ? nothing : errorCard(l10n.t("The settings were not changed"), state.error)}
    ${footer(state, impact.changed, actions)} ${adviceView(facts.advice, actions)} ${quotaView(facts, actions)}
    ${priorityView(facts, actions)}
    <p class="more-money">
      <button type="button" class="link" id="open-money" @click=${actions.openMoney}>
        ${l10n.t("What all clusters cost")}
      </button>
    </p>
  </main>`;
}

/** Errors of the numbers themselves and what the change would do, in the order of the fields. */
export function findingsOf(state: OpenCostForm): readonly Finding[] {
  const { facts } = state;
  const scale = scaleOf(state.texts);
  const impact = scaleImpact(facts.cluster, scale, { price: facts.price, size: facts.size, locale: language() });
  return [...scaleFindings(scale), ...impact.findings];
}

/** Fields that stop the request, in their order on the screen. */
export function badFields(state: OpenCostForm): readonly ScaleField[] {
  const errors = findingsOf(state).filter((finding) => finding.severity === "error");
  return scaleFields.filter((field) => errors.some((finding) => finding.field === field));
}

function openingView({ error }: Extract<CostState, { kind: "opening" }>, actions: Actions): TemplateResult {
  if (error === undefined) {
    return html`<main class="form">
      <p class="progress" role="status">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>${l10n.t("Reading the cluster…")}
      </p>
    </main>`;
  }
  const retry = html`<vscode-button @click=${actions.retry}>${l10n.t("Retry")}</vscode-button>`;
  return html`<main class="form">${errorCard(l10n.t("The cluster could not be read"), error, retry)}</main>`;
}

function goneView({ facts }: OpenCostForm, actions: Actions): TemplateResult {
  return html`<main class="form">
    <section class="card" role="status">
      <h1>${l10n.t("{0} is gone", facts.cluster.name)}</h1>
      <p>${l10n.t("It was deleted. It costs nothing any more, and its quota is free.")}</p>
      <div class="buttons">
        <vscode-button id="close" @click=${actions.close}>${l10n.t("Close")}</vscode-button>
      </div>
    </section>
  </main>`;
}

function header({ facts }: OpenCostForm): TemplateResult {
  const { cluster } = facts;
  const priority = cluster.vmPriority === "lowPriority" ? l10n.t("low priority") : l10n.t("dedicated");
  const what = [cluster.vmSize, priority, cluster.location].join(" · ");
  return html`<header>
    <h1>${l10n.t("What {0} costs", cluster.name)}</h1>
    <p class="where">${[facts.workspaceName, facts.subscriptionName].join(" · ")}</p>
    <p class="where">${what}</p>
    ${facts.simulated ? html`<p class="simulated">${l10n.t("Simulated subscription: nothing here is billed.")}</p>` : nothing}
  </header>`;
}

interface FieldTexts {
  readonly label: string;
  readonly hint: string;
  /** Highest value of the slider; the field takes more. */
  readonly most: number;
  readonly step: number;
}

function fieldTexts(state: OpenCostForm, field: ScaleField): FieldTexts {
  const { cluster } = state.facts;
  const scale = scaleOf(state.texts);
  const max = Number.isNaN(scale.maxNodeCount) ? cluster.scaleSettings.maxNodeCount : scale.maxNodeCount;
  const texts: Record<ScaleField, FieldTexts> = {
    minNodeCount: {
      label: l10n.t("Minimum nodes"),
      hint: l10n.t("Always up and paid for. 0 lets the cluster shrink to nothing."),
      most: Math.max(1, max),
      step: 1,
    },
    maxNodeCount: {
      label: l10n.t("Maximum nodes"),
      hint: l10n.t("Jobs that need more wait."),
      most: Math.max(10, cluster.scaleSettings.maxNodeCount * 2),
      step: 1,
    },
    idleSecondsBeforeScaleDown: {
      label: l10n.t("Idle seconds before scale-down"),
      hint: l10n.t("How long a node without work is kept. 120 is Azure's own."),
      most: Math.max(3600, cluster.scaleSettings.idleSecondsBeforeScaleDown),
      step: 30,
    },
  };
  return texts[field];
}

function scaleInput(
  state: OpenCostForm,
  field: ScaleField,
  findings: readonly Finding[],
  { dispatch }: Actions,
): TemplateResult {
  const { label, hint, most, step } = fieldTexts(state, field);
  const own = findings.filter((finding) => finding.field === field);
  const invalid = own.some((finding) => finding.severity === "error");
  const text = state.texts[field];
  const value = scaleOf(state.texts)[field];
  const typed = (event: Event): void => dispatch({ type: "typed", field, text: valueOf(event) });
  return html`<div class="field">
    <vscode-text-field
      id=${field}
      class=${invalid ? "invalid" : ""}
      data-describedby="${field}-hint ${field}-findings"
      data-enter
      aria-invalid=${invalid}
      .spellcheck=${false}
      .value=${live(text)}
      @input=${typed}
      >${label}</vscode-text-field
    >
    <input
      type="range"
      id="${field}-slider"
      aria-label=${l10n.t("{0}, slider", label)}
      min="0"
      max=${most}
      step=${step}
      .value=${live(String(Number.isNaN(value) ? 0 : Math.min(value, most)))}
      @input=${typed}
    />
    <p class="hint" id="${field}-hint">${hint}</p>
    ${findingList(`${field}-findings`, own, ({ value: better }) => dispatch({ type: "typed", field, text: String(better) }))}
  </div>`;
}

function progressView(state: OpenCostForm): TemplateResult {
  return html`<div role="status" id="progress">${progressText(state)}</div>`;
}

function progressText(state: OpenCostForm): TemplateResult | typeof nothing {
  const { cluster } = state.facts;
  const { currentNodeCount: current, targetNodeCount: target } = cluster;
  const scale: ScaleSettings = state.phase.kind === "editing" ? cluster.scaleSettings : state.phase.scale;
  const ring = html`<vscode-progress-ring aria-hidden="true"></vscode-progress-ring>`;
  if (state.phase.kind === "sending") {
    return html`<p class="progress">${ring}${l10n.t("Asking Azure to change {0}…", cluster.name)}</p>`;
  }
  switch (progressOf(state)) {
    case "none":
      return nothing;
    case "accepted":
      return html`<p class="progress">
        ${ring}${l10n.t("Azure has accepted the change. Nodes follow; up now: {0}.", current)}
      </p>`;
    case "following":
      return html`<p class="progress">
        ${ring}${l10n.t("The new settings hold. Nodes follow; up: {0}, wanted: {1}.", current, target)}
      </p>`;
    case "done":
      return html`<p>
        ${
          current > scale.minNodeCount
            ? l10n.t(
                "The new settings hold. Nodes up: {0}; those without work go after {1} s.",
                current,
                scale.idleSecondsBeforeScaleDown,
              )
            : l10n.t("The new settings hold. Nodes up: {0}.", current)
        }
      </p>`;
    case "other":
      return html`<p>
        ${l10n.t("The cluster has other settings than those sent: somebody else may have changed them.")}
      </p>`;
  }
}

function footer(state: OpenCostForm, changed: boolean, actions: Actions): TemplateResult {
  const { resizable } = state.facts;
  const busy = state.phase.kind === "sending";
  return html`<footer>
    ${resizable || busy || state.phase.kind === "accepted" ? nothing : html`<p>${l10n.t("It is being changed or has failed: its settings cannot be changed now.")}</p>`}
    ${
      state.refusals > 0 && badFields(state).length > 0
        ? html`<p class="summary" role="alert">${l10n.t("Nothing was sent: correct the marked numbers.")}</p>`
        : nothing
    }
    <div class="buttons">
      <vscode-button id="apply" ?disabled=${busy || !changed || !resizable} @click=${actions.apply}
        >${l10n.t("Apply")}</vscode-button
      >
      <vscode-button
        id="reset"
        appearance="secondary"
        ?disabled=${busy || !changed}
        @click=${() => actions.dispatch({ type: "reset" })}
        >${l10n.t("Reset")}</vscode-button
      >
      <vscode-button appearance="secondary" @click=${actions.close}>${l10n.t("Close")}</vscode-button>
    </div>
  </footer>`;
}

/** Enter in a text field, and Ctrl or Cmd with Enter anywhere. */
function applyOnEnter(event: KeyboardEvent, { apply }: Actions): void {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  const inField = event.target instanceof HTMLElement && event.target.dataset["enter"] !== undefined;
  if (!inField && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  apply();
}
