import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type ArmId, nameOf, subscriptionOf } from "../../src/core/armId";
import { type RoleGrant } from "../../src/protocol/identity";
import { type WireError } from "../../src/protocol/channel";
import { icon } from "../shared/dom";
import { errorCard } from "../shared/errorCard";
import { identityPicker } from "../shared/identityPicker";
import { changePreview, differencesView } from "./changeView";
import { currentIdentity } from "./currentView";
import { rolesView } from "./rolesView";
import { type FormEvent, type FormState, type OpenForm, allFindings, isBusy, mayApply } from "./state";
import { usageView } from "./usageView";

/** What the form can make happen besides changing its state. */
export interface Actions {
  readonly dispatch: (event: FormEvent) => void;
  readonly apply: () => void;
  readonly cancel: () => void;
  readonly close: () => void;
  readonly retry: () => void;
  readonly scaleToZero: () => void;
  readonly showBody: () => void;
  readonly showRoles: () => void;
  readonly grant: (grant: RoleGrant) => void;
  readonly copy: (text: string) => void;
}

/** The whole form as a function of its state. */
export function formView(state: FormState, actions: Actions): TemplateResult {
  if (state.kind === "opening") return openingView(state.error, actions);
  const busy = isBusy(state);
  return html`<main class="form">
    ${header(state)} ${progressView(state)} ${currentIdentity(state, actions)}
    <section aria-labelledby="change-title">
      <h2 id="change-title">${l10n.t("Change")}</h2>
      ${state.init.blocked === undefined ? nothing : html`<p class="finding finding-warning" role="status">${icon("warning")}<span>${state.init.blocked}</span></p>`}
      <div ?inert=${busy} aria-busy=${busy}>${picker(state, actions)}</div>
      ${changePreview(state, actions)} ${differencesView(state)} ${problemView(state)} ${footer(state, actions)}
    </section>
    ${usageView(state, actions)} ${rolesView(state, actions)}
  </main>`;
}

function openingView(error: WireError | undefined, actions: Actions): TemplateResult {
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

function header({ init }: OpenForm): TemplateResult {
  const where = [init.workspaceName, init.resourceGroup, init.subscriptionName].filter(Boolean).join(" · ");
  return html`<header>
    <h1>${l10n.t("Managed identity of {0}", init.clusterName)}</h1>
    <p class="where">${where}</p>
    ${
      init.simulated
        ? html`<p class="simulated">${l10n.t("Simulated subscription: nothing is changed in Azure or billed.")}</p>`
        : nothing
    }
  </header>`;
}

/** How the change stands; the card comes after the heading so that it is seen without scrolling. */
function progressView({ init }: OpenForm): TemplateResult | typeof nothing {
  switch (init.progress.kind) {
    case "none":
      return nothing;
    case "waiting":
      return html`<section class="card" id="waiting">
        <p class="progress" role="status">
          <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>
          <span
            >${l10n.t("Azure is changing the identity of {0}.", init.clusterName)}
            ${l10n.t("You can close this tab: it goes on.")}</span
          >
        </p>
      </section>`;
    case "done":
      return html`<section class="card" id="done" role="status">
        <p class="progress">${icon("check")}<span>${l10n.t("The identity was changed.")}</span></p>
      </section>`;
    case "failed":
      return errorCard(l10n.t("The identity was not changed"), init.progress.error);
  }
}

function picker(state: OpenForm, { dispatch }: Actions): TemplateResult {
  const { directory } = state;
  const known = directory.kind === "answered" ? directory.value : undefined;
  return identityPicker(state.picker, {
    identities: directory.kind === "failed" ? [] : known?.identities,
    problem: directory.kind === "failed" ? directory.error.message : known?.problem,
    subscriptionName: (id: ArmId) => known?.subscriptionNames[subscriptionIdOf(id)] ?? "",
    findings: allFindings(state),
    dispatch: (event) => dispatch({ type: "picker", event }),
  });
}

function subscriptionIdOf(id: ArmId): string {
  return nameOf(subscriptionOf(id)).toLowerCase();
}

/** Errors by name: what each means here and what to do. Azure's own words follow. */
function problemView({ error, refused }: OpenForm): TemplateResult | typeof nothing {
  if (error !== undefined)
    return errorCard(errorTitle(error), error, html`<p class="advice">${errorAdvice(error)}</p>`);
  if (!refused) return nothing;
  return html`<p class="summary" role="alert">${l10n.t("Nothing was sent: see what stands above.")}</p>`;
}

function errorTitle({ code, kind }: WireError): string {
  if (code === "LinkedAuthorizationFailed") return l10n.t("You may not assign one of the identities");
  if (code === "FailedIdentityOperation") return l10n.t("One of the identities does not exist any more");
  if (kind === "locked") return l10n.t("A resource lock stops the change");
  if (kind === "conflict") return l10n.t("The cluster is being changed");
  if (kind === "notFound") return l10n.t("The cluster does not exist any more");
  return l10n.t("The identity was not changed");
}

function errorAdvice({ code, kind }: WireError): string {
  if (code === "LinkedAuthorizationFailed") {
    return l10n.t(
      "Ask for the role Managed Identity Operator on it. A role that was just given can take an hour to work.",
    );
  }
  if (code === "FailedIdentityOperation") return l10n.t("Remove it from the list and apply again.");
  if (kind === "locked") return l10n.t("Have the lock removed, then apply again. Nothing was changed.");
  if (kind === "conflict") return l10n.t("Wait until that has ended, then apply again. Your choice stays.");
  if (kind === "notFound") return l10n.t("Close this form and refresh the list.");
  return l10n.t("Nothing was changed. Your choice stays.");
}

function footer(state: OpenForm, actions: Actions): TemplateResult {
  if (state.sending) {
    return html`<footer>
      <p class="progress" role="status">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring><span>${l10n.t("Asking Azure…")}</span>
      </p>
      <div class="buttons">
        <vscode-button appearance="secondary" @click=${actions.cancel}>${l10n.t("Cancel")}</vscode-button>
      </div>
    </footer>`;
  }
  return html`<footer>
    ${
      state.note === "stopped"
        ? html`<p role="status">
            ${l10n.t("Stopped. If Azure had got the request already, the identity changes all the same.")}
          </p>`
        : nothing
    }
    <div class="buttons">
      <vscode-button id="apply" ?disabled=${!mayApply(state)} @click=${actions.apply}>${l10n.t("Apply")}</vscode-button>
      <vscode-button
        appearance="secondary"
        ?disabled=${isBusy(state)}
        @click=${() => actions.dispatch({ type: "undone" })}
        >${l10n.t("Undo my choice")}</vscode-button
      >
      <vscode-button appearance="secondary" @click=${actions.close}>${l10n.t("Close")}</vscode-button>
    </div>
  </footer>`;
}
