import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { nameOf } from "../../src/core/armId";
import { type Finding } from "../../src/core/finding";
import { type WireError } from "../../src/protocol/channel";
import { errorCard } from "../shared/errorCard";
import { findingList } from "../shared/findingList";
import { advancedView } from "./advancedView";
import { checksView } from "./checksView";
import { costView } from "./costView";
import { type Actions, apply, nameField, priorityField, regionField, scaleFields, sizeField } from "./fields";
import { allFindings, badFields, errorField } from "./findings";
import { type FormState, type OpenForm } from "./formState";

/** The whole form as a function of its state. */
export function formView(state: FormState, actions: Actions): TemplateResult {
  if (state.kind === "opening") return openingView(state.error, actions);
  if (state.phase.kind === "accepted") return acceptedView(state, state.phase, actions);
  const findings = allFindings(state);
  const creating = state.phase.kind === "creating";
  return html`<main class="form form-create" @keydown=${(event: KeyboardEvent) => submitOnEnter(event, actions)}>
    ${header(state, actions)} ${noticeView(state, actions)}
    <div class="columns">
      <div class="column">
        <div class="fields" ?inert=${creating} aria-busy=${creating}>
          ${nameField(state, findings, actions)} ${regionField(state, findings, actions)}
          ${sizeField(state, findings, actions)} ${priorityField(state, findings, actions)}
          ${scaleFields(state, findings, actions)} ${advancedView(state, findings, actions)}
        </div>
      </div>
      <aside class="side">
        ${costView(state)}
        ${checksView(state, findings, {
          apply: (remedy) => apply(remedy, actions.dispatch),
          carryOut: actions.carryOut,
          goTo: actions.goTo,
        })}
      </aside>
    </div>
    ${creating ? nothing : problemView(state, findings, actions)} ${footer(state, actions)}
  </main>`;
}

function openingView(error: WireError | undefined, actions: Actions): TemplateResult {
  if (error === undefined) {
    return html`<main class="form">
      <p class="progress" role="status">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>${l10n.t("Reading the workspace…")}
      </p>
    </main>`;
  }
  const retry = html`<vscode-button @click=${actions.retry}>${l10n.t("Retry")}</vscode-button>`;
  return html`<main class="form">${errorCard(l10n.t("The workspace could not be read"), error, retry)}</main>`;
}

type Accepted = Extract<OpenForm["phase"], { kind: "accepted" }>;

/** What comes next: see it, use it, make another. */
function acceptedView({ init }: OpenForm, { name, ready }: Accepted, actions: Actions): TemplateResult {
  return html`<main class="form">
    <section class="card" role="status">
      <h1>${ready ? l10n.t("{0} is ready", name) : l10n.t("Azure has accepted {0}", name)}</h1>
      <p>
        ${
          ready
            ? l10n.t("Jobs of {0} can use it as their compute target: {1}.", init.workspace.name, name)
            : l10n.t("It is being created in {0}. The sidebar shows when its nodes come up.", init.workspace.name)
        }
      </p>
      <p class="hint">
        ${l10n.t("If it cannot be made, what you entered comes back here. Nodes start when a job needs them, or at once with a minimum above 0.")}
      </p>
      <div class="buttons">
        <vscode-button id="close" @click=${actions.close}>${l10n.t("Close")}</vscode-button>
        <vscode-button appearance="secondary" @click=${() => actions.nextStep("reveal")}
          >${l10n.t("Show in the sidebar")}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => actions.nextStep("studio")}
          >${l10n.t("Open in studio")}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${actions.savePreset}>${l10n.t("Save as preset…")}</vscode-button>
        <vscode-button appearance="secondary" @click=${() => actions.dispatch({ type: "another" })}
          >${l10n.t("Create another")}</vscode-button
        >
      </div>
    </section>
  </main>`;
}

/** Where the draft comes from, or where it went, and what was lost on the way. */
function noticeView({ notice }: OpenForm, actions: Actions): TemplateResult | typeof nothing {
  if (notice === undefined) return nothing;
  return html`<section class="card notice" id="notice" role="status">
    <p>${notice.text}</p>
    ${findingList("notice-findings", notice.findings, (remedy) => apply(remedy, actions.dispatch), actions.carryOut)}
    <button type="button" class="link" @click=${() => actions.dispatch({ type: "noteClosed" })}>
      ${l10n.t("Dismiss")}
    </button>
  </section>`;
}

function header({ init }: OpenForm, actions: Actions): TemplateResult {
  const { workspace } = init;
  const where = [workspace.name, workspace.resourceGroup, init.subscriptionName].join(" · ");
  return html`<header>
    <h1>${l10n.t("Create compute cluster")}</h1>
    <p class="where">${where}</p>
    ${
      init.simulated
        ? html`<p class="simulated">${l10n.t("Simulated subscription: nothing is created in Azure or billed.")}</p>`
        : nothing
    }
    <p class="presets">
      <button type="button" class="link" id="use-preset" @click=${actions.usePreset}>
        ${l10n.t("Start from a preset…")}
      </button>
      <button type="button" class="link" id="save-preset" @click=${actions.savePreset}>
        ${l10n.t("Save as preset…")}
      </button>
    </p>
  </header>`;
}

/** Why the last try failed: fields that need attention, or what Azure answered. */
function problemView(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult | typeof nothing {
  if (state.error !== undefined) {
    const title =
      errorField(state) === undefined
        ? l10n.t("The cluster was not created")
        : l10n.t("The cluster was not created: see the marked field");
    return errorCard(title, state.error, failedClusterButton(state, actions));
  }
  const bad = badFields(state, findings);
  const elsewhere = findings.filter((finding) => finding.severity === "error" && finding.field === undefined);
  if (state.refusals === 0 || (bad.length === 0 && elsewhere.length === 0)) return nothing;
  return html`<div class="summary" role="alert">
    ${
      bad.length === 0
        ? nothing
        : html`<p>
            ${bad.length === 1 ? l10n.t("Nothing was sent: 1 field needs your attention.") : l10n.t("Nothing was sent: {0} fields need your attention.", bad.length)}
          </p>`
    }
    ${elsewhere.map((finding) => html`<p>${finding.message}</p>`)}
  </div>`;
}

/** A creation that failed leaves a cluster behind that holds its name (azure-api/NOTES 0.7). */
function failedClusterButton({ failedCluster }: OpenForm, actions: Actions): TemplateResult | typeof nothing {
  if (failedCluster === undefined) return nothing;
  return html`<vscode-button id="delete-failed" appearance="secondary" @click=${() => actions.nextStep("deleteFailed")}
    >${l10n.t("Delete the failed cluster {0}…", nameOf(failedCluster))}</vscode-button
  >`;
}

function footer(state: OpenForm, actions: Actions): TemplateResult {
  const { phase } = state;
  if (phase.kind === "creating") {
    return html`<footer>
      <p class="progress" role="status">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>
        <span
          >${l10n.t("Asking Azure to create {0}…", phase.name)} ${l10n.t("You can close this tab: it goes on.")}</span
        >
      </p>
      <div class="buttons">
        ${
          phase.resumed
            ? nothing
            : html`<vscode-button appearance="secondary" @click=${actions.cancel}>${l10n.t("Cancel")}</vscode-button>`
        }
        <vscode-button appearance="secondary" @click=${actions.close}>${l10n.t("Close")}</vscode-button>
      </div>
    </footer>`;
  }
  return html`<footer>
    ${
      phase.kind === "editing" && phase.note === "stopped"
        ? html`<p role="status">
            ${l10n.t("Stopped. If Azure had got the request already, the cluster appears in the sidebar.")}
          </p>`
        : nothing
    }
    <div class="buttons">
      <vscode-button id="create" @click=${actions.submit}>${l10n.t("Create")}</vscode-button>
      <vscode-button appearance="secondary" @click=${actions.close}>${l10n.t("Close")}</vscode-button>
      <vscode-button appearance="secondary" @click=${() => actions.dispatch({ type: "startedOver" })}
        >${l10n.t("Start over")}</vscode-button
      >
    </div>
  </footer>`;
}

/** Enter in a text field, and Ctrl or Cmd with Enter anywhere. */
function submitOnEnter(event: KeyboardEvent, { submit }: Actions): void {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  const inField = event.target instanceof HTMLElement && event.target.dataset["enter"] !== undefined;
  if (!inField && !event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  submit();
}
