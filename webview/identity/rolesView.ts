import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { nameOf } from "../../src/core/armId";
import { type RoleCheck } from "../../src/core/workspaceRoles";
import { type PrincipalRoles, type ShownRole } from "../../src/protocol/identity";
import { icon } from "../shared/dom";
import { type OpenForm, choice } from "./state";
import { type Actions } from "./view";

/** Roles of the chosen identities on the workspace's resources, and the commonly missing ones. */
export function rolesView(state: OpenForm, actions: Actions): TemplateResult {
  const { roles, grantError } = state;
  return html`<section aria-labelledby="roles-title" id="roles">
    <h2 id="roles-title">${l10n.t("Roles on the workspace's resources")}</h2>
    ${grantError === undefined ? nothing : html`<p class="finding finding-error" role="alert">${icon("error")}<span>${l10n.t("The role was not given: {0}", grantError.message)}</span></p>`}
    ${
      roles.kind === "idle"
        ? html`<vscode-button appearance="secondary" id="show-roles" @click=${actions.showRoles}
            >${l10n.t("Check the roles")}</vscode-button
          >`
        : nothing
    }
    ${roles.kind === "asking" ? html`<p role="status">${l10n.t("Reading role assignments…")}</p>` : nothing}
    ${roles.kind === "failed" ? html`<p role="alert">${roles.error.message}</p>` : nothing}
    ${
      roles.kind === "answered"
        ? roles.value.length === 0
          ? html`<p>${noPrincipal(state)}</p>`
          : roles.value.map((principal) => principalView(principal, actions))
        : nothing
    }
  </section>`;
}

function noPrincipal(state: OpenForm): string {
  return choice(state).kind === "systemAssigned"
    ? l10n.t("The system-assigned identity does not exist yet: give it its roles when it does.")
    : l10n.t("There is no identity to give roles to.");
}

function principalView(principal: PrincipalRoles, actions: Actions): TemplateResult {
  return html`<h3>${principal.name}</h3>
    ${principal.problem === undefined ? nothing : html`<p>${l10n.t("Its roles could not be read: {0}", principal.problem)}</p>`}
    <ul class="roles">
      ${principal.roles.map((role) => roleRow(principal, role, actions))}
    </ul>`;
}

function roleRow(principal: PrincipalRoles, check: ShownRole, actions: Actions): TemplateResult {
  const { role, scope, purpose, need, status, command } = check;
  const has = status === "granted";
  return html`<li>
    ${icon(has ? "check" : need === "usual" ? "warning" : "info")}
    <div>
      <div><strong>${role}</strong> · ${resourceWord(check)} ${nameOf(scope)}</div>
      <div class="identity-detail">${need === "optional" ? l10n.t("Only where needed: {0}", purpose) : purpose}</div>
      <div>${statusText(check)}</div>
      ${
        has
          ? nothing
          : html`<div class="row-actions">
              <button type="button" class="link" @click=${() => actions.copy(command)}>
                ${l10n.t("Copy command")}<span class="visually-hidden"> ${role} ${nameOf(scope)}</span>
              </button>
              <button
                type="button"
                class="link"
                @click=${() => actions.grant({ principalId: principal.principalId, role, scope })}
              >
                ${l10n.t("Give this role…")}<span class="visually-hidden"> ${role} ${nameOf(scope)}</span>
              </button>
            </div>`
      }
    </div>
  </li>`;
}

function resourceWord({ resource }: RoleCheck): string {
  const words: Record<RoleCheck["resource"], string> = {
    storage: l10n.t("storage account"),
    registry: l10n.t("container registry"),
    keyVault: l10n.t("key vault"),
  };
  return words[resource];
}

function statusText({ status, grantedBy, role }: RoleCheck): string {
  switch (status) {
    case "granted":
      return grantedBy === undefined || grantedBy === role
        ? l10n.t("Has it")
        : l10n.t("Has it, by the role {0}", grantedBy);
    case "conditional":
      return l10n.t("Has it for part of the data, under a condition");
    case "missing":
      return l10n.t("Missing");
    case "other":
      return l10n.t("Has other roles there that were not looked into");
  }
}
