import * as l10n from "@vscode/l10n";
import { type TemplateResult, html } from "lit/html.js";
import { sameArmId } from "../../src/core/armId";
import { defaultIdentity } from "../../src/core/identityChange";
import { pythonSnippet } from "../../src/core/identitySnippet";
import { type OpenForm, choice } from "./state";
import { type Actions } from "./view";

/**
 * What the identity is used for (azure-ai-docs how-to-identity-based-service-authentication @014addf, 2025-06-10; azure-docs
 * includes/aml-managed-identity-default.md @1853d52).
 */
export function usageView(state: OpenForm, { copy }: Actions): TemplateResult {
  const clientId = clientIdOf(state);
  return html`<section aria-labelledby="usage-title" id="usage">
    <h2 id="usage-title">${l10n.t("What the identity is for")}</h2>
    <ul>
      <li>
        ${l10n.t("Azure ML uses it by itself to mount storage, to pull images from the registry and to read datastores that keep no key.")}
      </li>
      <li>
        ${l10n.t("Your own code must name a client ID. In a run, the default one's is in the variable DEFAULT_IDENTITY_CLIENT_ID.")}
      </li>
    </ul>
    ${(["ManagedIdentityCredential", "DefaultAzureCredential"] as const).map((credential) => {
      const text = pythonSnippet(credential, clientId);
      return html`<details>
        <summary>${credential}</summary>
        <pre tabindex="0" role="region" aria-label=${credential}>${text}</pre>
        <button
          type="button"
          class="link"
          aria-label=${l10n.t("Copy the code for {0}", credential)}
          @click=${() => copy(text)}
        >
          ${l10n.t("Copy")}
        </button>
      </details>`;
    })}
  </section>`;
}

/** Of the default identity of the choice, where it is known. */
function clientIdOf(state: OpenForm): string | undefined {
  const { init, directory } = state;
  const chosen = defaultIdentity(choice(state));
  if (chosen.kind !== "userAssigned") return undefined;
  const assigned = init.identity.kind === "userAssigned" ? init.identity.identities : [];
  const listed = directory.kind === "answered" ? directory.value.identities : [];
  return [...assigned, ...listed].find(({ id, clientId }) => sameArmId(id, chosen.id) && clientId !== undefined)
    ?.clientId;
}
