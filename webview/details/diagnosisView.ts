import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type Severity } from "../../src/core/finding";
import { type CauseView } from "../../src/protocol/details";
import { type IconName, icon } from "../shared/dom";
import { type OpenPage } from "./state";
import { type Actions } from "./view";
import { agoText, likelihoodName } from "./words";

const icons: Readonly<Record<Severity, IconName>> = {
  error: "error",
  warning: "warning",
  info: "info",
  unknown: "info",
};

/** What was found, the surest first, each with what can be done about it. */
export function diagnosisSection(state: OpenPage, actions: Actions): TemplateResult {
  const { diagnosis, now } = state.view;
  const busy = state.busy === "diagnose" || state.busy === "remedy";
  return html`<section class="section" aria-labelledby="diagnosis-title">
    <div class="section-head">
      <h2 id="diagnosis-title">${l10n.t("What is wrong")}</h2>
      <vscode-button id="diagnose" appearance="secondary" ?disabled=${busy} @click=${actions.diagnose}>
        ${diagnosis === undefined ? l10n.t("Find out") : l10n.t("Look again")}
      </vscode-button>
    </div>
    <div role="status">
      ${
        busy
          ? html`<p class="progress">
              <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>${l10n.t(
                "Looking at locks, quota, nodes, network and rights…",
              )}
            </p>`
          : nothing
      }
      ${
        diagnosis === undefined
          ? busy
            ? nothing
            : html`<p class="hint">${l10n.t("Nothing has been looked for yet.")}</p>`
          : html`<p class="hint">${summary(diagnosis.causes)} ${l10n.t("Looked {0}.", agoText(diagnosis.at, now))}</p>`
      }
    </div>
    ${
      diagnosis === undefined
        ? nothing
        : html`<ol class="causes">
            ${diagnosis.causes.map((cause, index) => causeItem(cause, index, diagnosis.at, busy, actions))}
          </ol>`
    }
    <div class="buttons">
      <vscode-button appearance="secondary" @click=${actions.copySummary}>
        ${l10n.t("Copy a summary for support")}
      </vscode-button>
    </div>
  </section>`;
}

function summary(causes: readonly CauseView[]): string {
  const unchecked = causes.filter(({ likelihood }) => likelihood === "unknown").length;
  const found = causes.length - unchecked;
  if (found === 0 && unchecked === 0) return l10n.t("Everything was looked at and nothing is wrong.");
  if (found === 0) return l10n.t("Nothing wrong was found in what could be looked at.");
  return found === 1 ? l10n.t("1 finding.") : l10n.t("{0} findings, the likeliest first.", found);
}

function causeItem(cause: CauseView, index: number, at: number, busy: boolean, actions: Actions): TemplateResult {
  return html`<li class="cause cause-${cause.severity}">
    <h3>
      ${icon(icons[cause.severity])}<span>${cause.message}</span>
      <span class="tag">${likelihoodName(cause.likelihood)}</span>
    </h3>
    <p>${cause.advice}</p>
    ${
      cause.evidence.length === 0
        ? nothing
        : html`<ul class="evidence">
            ${cause.evidence.map((line) => html`<li>${line}</li>`)}
          </ul>`
    }
    <div class="buttons">
      ${cause.remedies.map(
        (label, remedy) =>
          html`<vscode-button
            appearance=${index === 0 && remedy === 0 ? "primary" : "secondary"}
            ?disabled=${busy}
            @click=${() => actions.remedy({ at, cause: index, remedy })}
            >${label}</vscode-button
          >`,
      )}
    </div>
  </li>`;
}
