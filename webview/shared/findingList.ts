import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type Finding, type Remedy, type Severity } from "../../src/core/finding";
import { type IconName, icon } from "./dom";

const icons: Readonly<Record<Severity, IconName>> = {
  error: "error",
  warning: "warning",
  info: "info",
  unknown: "info",
};

export type SetField = Extract<Remedy, { kind: "setField" }>;

/** Remedies that the form's host carries out. */
export type HostRemedy = Exclude<Remedy, { kind: "setField" | "openUrl" }>;

/** Findings of one field, in the element that the field is described by. Without `carryOut` the host's remedies have no button. */
export function findingList(
  id: string,
  findings: readonly Finding[],
  apply: (remedy: SetField) => void,
  carryOut?: (remedy: HostRemedy) => void,
): TemplateResult {
  return html`<div class="findings" id=${id} aria-live="polite">
    ${findings.map(
      (finding) =>
        html`<div class="finding finding-${finding.severity}">
          ${icon(icons[finding.severity])}
          <div>
            <span class="visually-hidden">${severityName(finding.severity)}</span>
            ${finding.message} ${finding.advice ?? nothing} ${remedyButton(finding.remedy, apply, carryOut)}
          </div>
        </div>`,
    )}
  </div>`;
}

function remedyButton(
  remedy: Remedy | undefined,
  apply: (remedy: SetField) => void,
  carryOut: ((remedy: HostRemedy) => void) | undefined,
): TemplateResult | typeof nothing {
  if (remedy === undefined) return nothing;
  if (remedy.kind === "openUrl") return html`<a href=${remedy.url}>${remedy.label}</a>`;
  if (remedy.kind !== "setField" && carryOut === undefined) return nothing;
  const press = (): void => (remedy.kind === "setField" ? apply(remedy) : carryOut?.(remedy));
  return html`<button type="button" class="link" @click=${press}>${remedy.label}</button>`;
}

function severityName(severity: Severity): string {
  switch (severity) {
    case "error":
      return l10n.t("Error:");
    case "warning":
      return l10n.t("Warning:");
    case "info":
    case "unknown":
      return l10n.t("Note:");
  }
}
