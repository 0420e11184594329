import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { nameOf, sameArmId } from "../../src/core/armId";
import { type AssignedIdentity } from "../../src/core/identity";
import { type OpenForm } from "./state";
import { type Actions } from "./view";

/** What the cluster has now, every value with a way to copy it. */
export function currentIdentity({ init }: OpenForm, actions: Actions): TemplateResult {
  const { identity, gone } = init;
  return html`<section aria-labelledby="now-title" id="now">
    <h2 id="now-title">${l10n.t("Now")}</h2>
    ${
      identity.kind === "none"
        ? html`<p>
            ${l10n.t("The cluster has no managed identity. Jobs reach storage with the workspace's keys or the submitter's sign-in.")}
          </p>`
        : identity.kind === "systemAssigned"
          ? html`<p>${l10n.t("System-assigned: the identity is the cluster's own.")}</p>
              <dl>
                ${value(l10n.t("Principal ID"), identity.principalId, actions)}
                ${value(l10n.t("Tenant ID"), identity.tenantId, actions)}
              </dl>`
          : html`<p>
                ${identity.identities.length === 1 ? l10n.t("1 user-assigned identity.") : l10n.t("{0} user-assigned identities.", identity.identities.length)}
              </p>
              ${identity.identities.map((one) =>
                assigned(
                  one,
                  gone.some((id) => sameArmId(id, one.id)),
                  actions,
                ),
              )}`
    }
  </section>`;
}

function assigned({ id, principalId, clientId }: AssignedIdentity, gone: boolean, actions: Actions): TemplateResult {
  return html`<div class="assigned">
    <h3>
      ${nameOf(id)} ${gone ? html`<span class="badge badge-gone">${l10n.t("Does not exist any more")}</span>` : nothing}
    </h3>
    <dl>
      ${value(l10n.t("Client ID"), clientId, actions)} ${value(l10n.t("Principal ID"), principalId, actions)}
      ${value(l10n.t("Resource ID"), id, actions)}
    </dl>
  </div>`;
}

function value(label: string, text: string | undefined, { copy }: Actions): TemplateResult {
  return html`<div class="value">
    <dt>${label}</dt>
    <dd>
      ${
        text === undefined
          ? l10n.t("Azure does not say")
          : html`<code>${text}</code>
              <button type="button" class="link" aria-label=${l10n.t("Copy {0}", label)} @click=${() => copy(text)}>
                ${l10n.t("Copy")}
              </button>`
      }
    </dd>
  </div>`;
}
