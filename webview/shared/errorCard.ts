import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { explainError } from "../../src/core/clusterErrorText";
import { type WireError } from "../../src/protocol/channel";
import { icon } from "./dom";

/**
 * Why it happened and what to do, where the error is a known one; what Azure answered; the request id that Azure support asks
 * for. `actions` are buttons.
 */
export function errorCard(
  title: string,
  error: WireError,
  actions: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const { message, code, requestId } = error;
  const known = explainError({ code, message });
  return html`<section class="card card-error" id="error" tabindex="-1" role="alert">
    <h2>${icon("error")}${title}</h2>
    ${known === undefined ? nothing : html`<p>${known.cause} ${known.fix}</p>`}
    <p class="card-text ${known === undefined ? "" : "card-detail"}">${message}</p>
    ${code === undefined ? nothing : html`<p class="card-detail">${l10n.t("Code: {0}", code)}</p>`}
    ${requestId === undefined ? nothing : html`<p class="card-detail">${l10n.t("Request id:")} <code>${requestId}</code></p>`}
    <div class="buttons">
      ${actions}
      ${
        requestId === undefined
          ? nothing
          : html`<vscode-button appearance="secondary" @click=${() => void navigator.clipboard.writeText(requestId)}
              >${l10n.t("Copy request id")}</vscode-button
            >`
      }
    </div>
  </section>`;
}
