import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { regionKey } from "../../src/core/account";
import { sameArmId, armId } from "../../src/core/armId";
import { type VirtualNetwork } from "../../src/core/compute";
import { type Finding } from "../../src/core/finding";
import { isUnavailable, known } from "../../src/core/preflight/facts";
import { hasManagedNetwork } from "../../src/core/workspace";
import { type DraftField } from "../../src/protocol/createCluster";
import { afterPointer, valueOf } from "../shared/dom";
import { identityPicker } from "../shared/identityPicker";
import { type Actions, type FieldTexts, notes, textField } from "./fields";
import { fieldId } from "./fieldIds";
import { isAdvanced, shownFindings } from "./findings";
import { type OpenForm, identityState } from "./formState";

/** Everything beyond the basic fields; closed until it is wanted or something in it needs attention. */
export function advancedView(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const { advancedOpen: open } = state;
  return html`<section class="advanced">
    <h2>
      <button
        type="button"
        class="link advanced-toggle"
        id="advanced"
        aria-expanded=${open}
        aria-controls="advanced-fields"
        @click=${() => actions.dispatch({ type: "advancedToggled", open: !open })}
      >
        ${l10n.t("Advanced: description, tags, SSH, network, identity")}
      </button>
    </h2>
    <div id="advanced-fields" class="advanced-fields" ?hidden=${!open}>
      ${open ? advancedFields(state, findings, actions) : nothing}
    </div>
  </section>`;
}

function advancedFields(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const description = { label: l10n.t("Description"), hint: l10n.t("For people. It cannot be changed later.") };
  const tags = {
    label: l10n.t("Tags"),
    hint: l10n.t("One per line, as name=value. They show in cost reports and can be changed later."),
  };
  const localAuth = {
    label: l10n.t("Turn local authentication off"),
    hint: l10n.t("Jobs then reach the cluster by Microsoft Entra ID only."),
  };
  return html`${textField(state, findings, "description", description, actions)}
  ${textArea(state, findings, "tags", tags, actions)} ${sshFields(state, findings, actions)}
  ${networkFields(state, findings, actions)} ${identityField(state, findings, actions)}
  ${checkbox(state, findings, "localAuthDisabled", localAuth, actions)}`;
}

function sshFields(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const enabled = {
    label: l10n.t("Allow SSH to the nodes"),
    hint: l10n.t("Off is safer, and jobs do not need it. It cannot be changed later."),
  };
  return html`<fieldset>
    <legend>${l10n.t("SSH")}</legend>
    ${checkbox(state, findings, "ssh.enabled", enabled, actions)}
    ${state.texts["ssh.enabled"] === "true" ? credentialFields(state, findings, actions) : nothing}
  </fieldset>`;
}

function credentialFields(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const method = state.texts["ssh.method"] === "password" ? "password" : "publicKey";
  const user = { label: l10n.t("User name"), hint: l10n.t("The administrator's name on every node.") };
  const key = {
    label: l10n.t("Public key"),
    hint: l10n.t("One line that starts with ssh-rsa, or an RSA key in PEM form."),
  };
  const password = {
    label: l10n.t("Password"),
    hint: l10n.t("It is sent to Azure once and kept nowhere."),
    type: "password" as const,
  };
  return html`${textField(state, findings, "ssh.adminUserName", user, actions)}
    <div class="field">
      <vscode-radio-group
        id="ssh-method"
        .value=${live(method)}
        @change=${(event: Event) => actions.dispatch({ type: "typed", field: "ssh.method", text: valueOf(event) })}
      >
        <label slot="label">${l10n.t("Sign in with")}</label>
        <vscode-radio value="publicKey" ?checked=${method === "publicKey"}>${l10n.t("Key")}</vscode-radio>
        <vscode-radio value="password" ?checked=${method === "password"}>${l10n.t("Password")}</vscode-radio>
      </vscode-radio-group>
    </div>
    ${
      method === "password"
        ? textField(state, findings, "ssh.password", password, actions)
        : html`${textArea(state, findings, "ssh.key", key, actions)}
            <div class="buttons">
              <vscode-button id="pick-key" appearance="secondary" @click=${actions.pickKey}
                >${l10n.t("Choose a key of this computer…")}</vscode-button
              >
              <vscode-button id="make-key" appearance="secondary" @click=${actions.makeKey}
                >${l10n.t("Make a key pair…")}</vscode-button
              >
            </div>`
    }`;
}

function networkFields(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const managed = hasManagedNetwork(state.init.workspace);
  const publicIp = {
    label: l10n.t("Give nodes public IP addresses"),
    hint: l10n.t("Without them nodes are reached, and reach out, through the network alone."),
  };
  return html`<fieldset>
    <legend>${l10n.t("Network")}</legend>
    ${
      managed && state.texts.network === ""
        ? html`<p class="hint">${l10n.t("The workspace has a managed network: the cluster joins it.")}</p>`
        : subnetField(state, findings, actions)
    }
    ${checkbox(state, findings, "nodePublicIp", publicIp, actions)}
  </fieldset>`;
}

function subnetField(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const networks = state.surroundings?.virtualNetworks;
  const hint =
    state.surroundings === null
      ? l10n.t("Reading the virtual networks of the subscription…")
      : isUnavailable(networks)
        ? l10n.t("The virtual networks of the subscription could not be read.")
        : l10n.t("A subnet of the workspace's subscription. Networks in the cluster's region come first.");
  const { ids, invalid, view } = notes(state, findings, "network", hint, actions);
  const chosen = state.texts.network;
  const options = subnetOptions(known(networks) ?? [], state.texts.location);
  const listed = options.some(({ id }) => id === chosen || (chosen !== "" && sameArmId(armId(id), armId(chosen))));
  return html`<div class="field">
    <label id="network-label" for="network">${l10n.t("Virtual network and subnet")}</label>
    <vscode-dropdown
      id="network"
      data-value=${options.find(({ id }) => id.toLowerCase() === chosen.toLowerCase())?.id ?? chosen}
      class=${invalid ? "invalid" : ""}
      aria-labelledby="network-label"
      aria-describedby=${ids}
      aria-invalid=${invalid}
      @change=${(event: Event) => actions.dispatch({ type: "typed", field: "network", text: valueOf(event) })}
      @blur=${() => afterPointer(() => actions.dispatch({ type: "left", field: "network" }))}
      ><vscode-option value="">${l10n.t("None: Azure's own network")}</vscode-option>${
        listed || chosen === "" ? nothing : html`<vscode-option value=${chosen}>${shortId(chosen)}</vscode-option>`
      }${options.map(({ id, label }) => html`<vscode-option value=${id}>${label}</vscode-option>`)}</vscode-dropdown
    >
    ${view}
  </div>`;
}

function subnetOptions(
  networks: readonly VirtualNetwork[],
  location: string,
): readonly { readonly id: string; readonly label: string }[] {
  const away = (network: VirtualNetwork): number => Number(regionKey(network.location) !== regionKey(location));
  return [...networks]
    .sort((a, b) => away(a) - away(b) || a.name.localeCompare(b.name))
    .flatMap((network) =>
      network.subnets.map(({ id, name }) => ({
        id,
        label: [`${network.name} / ${name}`, network.location, network.resourceGroup].join(" · "),
      })),
    );
}

function shortId(id: string): string {
  return id.split("/").slice(-3).join("/");
}

function identityField(state: OpenForm, findings: readonly Finding[], actions: Actions): TemplateResult {
  const { surroundings, init } = state;
  const listed = surroundings?.identities;
  return identityPicker(identityState(state), {
    identities: surroundings === undefined || surroundings === null ? undefined : (known(listed) ?? []),
    problem: isUnavailable(listed) ? l10n.t("The identities could not be read: {0}", listed.unavailable) : undefined,
    subscriptionName: () => init.subscriptionName,
    findings: shownFindings(state, findings, "identity"),
    dispatch: (event) => actions.dispatch({ type: "identity", event }),
  });
}

function textArea(
  state: OpenForm,
  findings: readonly Finding[],
  field: DraftField,
  texts: FieldTexts,
  { dispatch, ...rest }: Actions,
): TemplateResult {
  const { ids, invalid, view } = notes(state, findings, field, texts.hint, { dispatch, ...rest });
  return html`<div class="field">
    <label for=${fieldId(field)}>${texts.label}</label>
    <textarea
      id=${fieldId(field)}
      rows="3"
      spellcheck="false"
      aria-invalid=${invalid}
      aria-describedby=${ids}
      .value=${live(state.texts[field])}
      @input=${(event: Event) => dispatch({ type: "typed", field, text: valueOf(event) })}
      @blur=${() => afterPointer(() => dispatch({ type: "left", field }))}
    ></textarea>
    ${view}
  </div>`;
}

function checkbox(
  state: OpenForm,
  findings: readonly Finding[],
  field: DraftField,
  texts: FieldTexts,
  actions: Actions,
): TemplateResult {
  const { ids, view } = notes(state, findings, field, texts.hint, actions);
  const change = (event: Event): void => {
    const box = event.currentTarget;
    if (box instanceof HTMLInputElement) actions.dispatch({ type: "typed", field, text: String(box.checked) });
  };
  return html`<div class="field">
    <label class="check"
      ><input
        type="checkbox"
        id=${fieldId(field)}
        aria-describedby=${ids}
        .checked=${live(state.texts[field] === "true")}
        @change=${change}
      />${texts.label}</label
    >
    ${view}
  </div>`;
}

/** Whether the field is in the part of the form that can be closed. */
export function isHidden(state: OpenForm, field: DraftField): boolean {
  return isAdvanced(field) && !state.advancedOpen;
}
