import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type ArmId, nameOf } from "../../src/core/armId";
import { type IdentityPreview } from "../../src/core/identityChange";
import { type ShownDifference } from "../../src/protocol/identity";
import { type OpenForm, preview } from "./state";
import { type Actions } from "./view";

/** What happens on Apply, before it is pressed. */
export function changePreview(state: OpenForm, actions: Actions): TemplateResult | typeof nothing {
  const change = preview(state);
  if (!change.changed) return nothing;
  return html`<section class="card" id="preview" aria-labelledby="preview-title">
    <h3 id="preview-title">${l10n.t("What changes")}</h3>
    <ul class="changes">
      ${lines(change).map((line) => html`<li>${line}</li>`)}
    </ul>
    <p class="hint">
      ${l10n.t("Everything else is sent back as Azure gave it: size, scale, network, tags, SSH. The cluster is read once more just before.")}
    </p>
    ${
      state.init.nodesUp > 0
        ? html`<p>
            <vscode-button id="zero" appearance="secondary" @click=${actions.scaleToZero}
              >${l10n.t("Scale to zero first…")}</vscode-button
            >
          </p>`
        : nothing
    }
    ${bodyView(state, actions)}
  </section>`;
}

function lines(change: IdentityPreview): readonly string[] {
  const named = (ids: readonly ArmId[]): string => ids.map(nameOf).join(", ");
  const { added, removed, kept, newDefault } = change;
  return [
    change.gainsSystemPrincipal && l10n.t("Added: a system-assigned identity, without any role"),
    added.length > 0 && l10n.t("Added: {0}", named(added)),
    removed.length > 0 && l10n.t("Removed: {0}", named(removed)),
    change.losesSystemPrincipal &&
      (change.lostPrincipalId === undefined
        ? l10n.t("Removed: the system-assigned identity, with all its roles")
        : l10n.t("Removed: the system-assigned identity {0}, with all its roles", change.lostPrincipalId)),
    kept.length > 0 && l10n.t("Kept: {0}", named(kept)),
    change.replaced && l10n.t("This is a replacement: one kind takes the place of the other."),
    newDefault.kind === "userAssigned" && l10n.t("Default in jobs: {0}", nameOf(newDefault.id)),
    newDefault.kind === "systemAssigned" && l10n.t("Default in jobs: the system-assigned identity"),
    newDefault.kind === "none" && l10n.t("Default in jobs: none"),
  ].filter((line) => line !== false);
}

function bodyView({ body }: OpenForm, { showBody, copy }: Actions): TemplateResult {
  return html`<details @toggle=${(event: Event) => opened(event, showBody)}>
    <summary>${l10n.t("Request that will be sent")}</summary>
    ${body.kind === "asking" ? html`<p role="status">${l10n.t("Building it…")}</p>` : nothing}
    ${body.kind === "failed" ? html`<p role="alert">${body.error.message}</p>` : nothing}
    ${
      body.kind === "answered"
        ? html`${
              body.value.leftOut.length === 0
                ? nothing
                : html`<p class="hint">
                    ${l10n.t("Azure gave these too, but no specification lets them be sent: {0}", body.value.leftOut.join(", "))}
                  </p>`
            }
            <pre tabindex="0" role="region" aria-label=${l10n.t("Request body")}>${body.value.text}</pre>
            <button type="button" class="link" @click=${() => copy(body.value.text)}>
              ${l10n.t("Copy the request")}
            </button>`
        : nothing
    }
  </details>`;
}

function opened(event: Event, action: () => void): void {
  if (event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open) action();
}

/** What somebody else has changed since this form read the cluster. */
export function differencesView({ differences }: OpenForm): TemplateResult | typeof nothing {
  if (differences === undefined) return nothing;
  return html`<section class="card card-error" id="differences" tabindex="-1" role="alert">
    <h3>${l10n.t("Somebody else has changed the cluster: nothing was sent")}</h3>
    <p>
      ${l10n.t("This form now shows the cluster as it is. Look at the changes; Apply then sends your identity with everything else as it is now.")}
    </p>
    ${
      differences.length === 0
        ? nothing
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">${l10n.t("Setting")}</th>
                  <th scope="col">${l10n.t("As you saw it")}</th>
                  <th scope="col">${l10n.t("You want")}</th>
                  <th scope="col">${l10n.t("Now in Azure")}</th>
                </tr>
              </thead>
              <tbody>
                ${differences.map(differenceRow)}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

function differenceRow({ path, kind, base, mine, theirs }: ShownDifference): TemplateResult {
  const shown = (text: string | undefined): string => text ?? l10n.t("not set");
  return html`<tr class="difference-${kind}">
    <th scope="row">
      <code>${path}</code>${kind === "conflict" ? html` <span class="badge">${l10n.t("both changed")}</span>` : nothing}
    </th>
    <td>${shown(base)}</td>
    <td>${shown(mine)}</td>
    <td>${shown(theirs)}</td>
  </tr>`;
}
