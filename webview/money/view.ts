import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type Advice, type AdviceRule } from "../../src/core/advice";
import { type AmountSum, isNothing, scaleAmounts } from "../../src/core/amounts";
import { type ArmId, armKey, nameOf } from "../../src/core/armId";
import { hoursPerMonth } from "../../src/core/clusterCost";
import { hourlyText, monthlyText } from "../../src/core/money";
import { type Grouping, groupRows, sumRows, tagNames } from "../../src/core/moneyTable";
import { type MoneyFacts } from "../../src/protocol/money";
import { valueOf } from "../shared/dom";
import { errorCard } from "../shared/errorCard";
import { language } from "../shared/language";
import { barsView } from "./bars";
import { type MoneyEvent, type MoneyState, type OpenMoney, tickedRows } from "./state";
import { tableView } from "./table";

export interface Actions {
  readonly dispatch: (event: MoneyEvent) => void;
  readonly openCost: (cluster: ArmId) => void;
  readonly scaleToZero: (clusters: readonly ArmId[]) => void;
  readonly follow: (cluster: ArmId, rule: AdviceRule) => void;
  readonly exportCsv: () => void;
  readonly refresh: () => void;
  readonly retry: () => void;
}

/** So much advice is shown before "and N more". */
const mostAdvice = 8;

/** The whole page as a function of its state. */
export function moneyView(state: MoneyState, actions: Actions): TemplateResult {
  if (state.kind === "opening") return openingView(state, actions);
  const { facts } = state;
  return html`<main class="form wide">
    ${header(facts)} ${summary(facts)}
    ${state.error === undefined ? nothing : errorCard(l10n.t("That did not work"), state.error)}
    ${toolbar(state, actions)}
    ${facts.rows.length === 0 && !facts.reading ? html`<p>${l10n.t("There is no compute cluster.")}</p>` : tableView(state, actions)}
    ${unreadView(facts)} ${groupsView(state, actions)} ${adviceView(facts.advice, actions)} ${barsView(facts, actions)}
    <p class="hint">
      ${l10n.t("List prices of Linux nodes without discounts, disks and network. At rest: with the minimum of nodes. A month has {0} hours. Nodes that are made ready or leave count as the settings say.", hoursPerMonth)}
    </p>
  </main>`;
}

function openingView({ error }: Extract<MoneyState, { kind: "opening" }>, actions: Actions): TemplateResult {
  if (error === undefined) {
    return html`<main class="form">
      <p class="progress" role="status">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>${l10n.t("Reading the clusters…")}
      </p>
    </main>`;
  }
  const retry = html`<vscode-button @click=${actions.retry}>${l10n.t("Retry")}</vscode-button>`;
  return html`<main class="form">${errorCard(l10n.t("The clusters could not be read"), error, retry)}</main>`;
}

function header(facts: MoneyFacts): TemplateResult {
  const at = new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" });
  return html`<header>
    <h1>${l10n.t("What compute clusters cost")}</h1>
    <p class="where" role="status">
      ${
        facts.reading
          ? html`<span class="progress"
              ><vscode-progress-ring aria-hidden="true"></vscode-progress-ring
              >${l10n.t("Reading workspaces and prices…")}</span
            >`
          : l10n.t("As of {0}", at.format(new Date(facts.asOf)))
      }
    </p>
    ${facts.simulated ? html`<p class="simulated">${l10n.t("Simulated subscription: nothing here is billed.")}</p>` : nothing}
  </header>`;
}

function summary({ rows, currency }: MoneyFacts): TemplateResult {
  const burn = sumRows(rows);
  const locale = language();
  const hourly = (sum: AmountSum): string => atLeast(sum, hourlyText(sum.amounts, locale, currency));
  const month = (sum: AmountSum): string =>
    atLeast(sum, monthlyText(scaleAmounts(sum.amounts, hoursPerMonth), locale, currency));
  return html`<dl class="summary" id="summary">
      ${fact("sum-now", l10n.t("Now"), hourly(burn.now))}
      ${isNothing(burn.idle.amounts) ? nothing : fact("sum-idle", l10n.t("of it idle"), hourly(burn.idle))}
      ${isNothing(burn.unusable.amounts) ? nothing : fact("sum-unusable", l10n.t("of it unusable"), hourly(burn.unusable))}
      ${fact("sum-floor", l10n.t("At rest"), month(burn.floor))}
      ${fact("sum-ceiling", l10n.t("At most"), hourly(burn.ceiling))}
      ${fact("sum-held", l10n.t("vCPU quota held"), new Intl.NumberFormat(locale).format(burn.heldVCpus))}
    </dl>
    ${burn.now.unknown === 0 ? nothing : html`<p class="hint">${unknownText(burn.now.unknown)}</p>`}`;
}

function fact(id: string, name: string, value: string): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd id=${id}>${value}</dd>
  </div>`;
}

/** A sum that lacks parts never passes for the whole. */
export function atLeast({ unknown }: AmountSum, text: string): string {
  return unknown === 0 ? text : l10n.t("at least {0}", text);
}

function toolbar(state: OpenMoney, actions: Actions): TemplateResult {
  const ticked = tickedRows(state);
  const ids = (ticked.length === 0 ? state.facts.rows : ticked).map(({ id }) => id);
  return html`<div class="buttons toolbar">
      <vscode-button id="scale-to-zero" ?disabled=${ids.length === 0} @click=${() => actions.scaleToZero(ids)}
        >${ticked.length === 0 ? l10n.t("Scale all to zero…") : l10n.t("Scale {0} to zero…", ticked.length)}</vscode-button
      >
      <vscode-button id="export" appearance="secondary" ?disabled=${ids.length === 0} @click=${actions.exportCsv}
        >${ticked.length === 0 ? l10n.t("Export as CSV…") : l10n.t("Export {0} as CSV…", ticked.length)}</vscode-button
      >
      <vscode-button id="refresh" appearance="secondary" ?disabled=${state.facts.reading} @click=${actions.refresh}
        >${l10n.t("Refresh")}</vscode-button
      >
    </div>
    <p role="status" class="hint">${state.note === "saved" ? l10n.t("The file was written.") : nothing}</p>`;
}

function unreadView({ unread }: MoneyFacts): TemplateResult | typeof nothing {
  if (unread.length === 0) return nothing;
  return html`<section aria-labelledby="unread-title">
    <h2 id="unread-title">${l10n.t("Missing from these figures")}</h2>
    <ul>
      ${unread.map(({ name, reason }) => html`<li class="card-text">${l10n.t("{0}: {1}", name, reason)}</li>`)}
    </ul>
  </section>`;
}

function groupsView(state: OpenMoney, { dispatch }: Actions): TemplateResult {
  const { facts, grouping } = state;
  const locale = language();
  const groups = groupRows(facts.rows, grouping, facts.currency);
  const tags = tagNames(facts.rows);
  return html`<section aria-labelledby="groups-title">
    <h2 id="groups-title">${l10n.t("Totals")}</h2>
    <label for="grouping">${l10n.t("By")}</label>
    <select
      id="grouping"
      .value=${groupingValue(grouping)}
      @change=${(event: Event) => dispatch({ type: "grouped", grouping: groupingFrom(valueOf(event)) })}
    >
      <option value="workspace" ?selected=${grouping.by === "workspace"}>${l10n.t("workspace")}</option>
      <option value="subscription" ?selected=${grouping.by === "subscription"}>${l10n.t("subscription")}</option>
      ${tags.map(
        (name) =>
          html`<option value="tag:${name}" ?selected=${groupingValue(grouping) === `tag:${name}`}>
            ${l10n.t("tag {0}", name)}
          </option>`,
      )}
    </select>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="groups-title">
      <table id="groups">
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="number">${l10n.t("Clusters")}</th>
            <th scope="col" class="number">${l10n.t("Now")}</th>
            <th scope="col" class="number">${l10n.t("At rest, per month")}</th>
            <th scope="col" class="number">${l10n.t("At most")}</th>
            <th scope="col" class="number">${l10n.t("vCPU quota held")}</th>
          </tr>
        </thead>
        <tbody>
          ${groups.map(
            ({ label, burn }) =>
              html`<tr>
                <th scope="row">${label ?? l10n.t("without this tag")}</th>
                <td class="number">${burn.clusters}</td>
                <td class="number">${atLeast(burn.now, hourlyText(burn.now.amounts, locale, facts.currency))}</td>
                <td class="number">
                  ${atLeast(burn.floor, monthlyText(scaleAmounts(burn.floor.amounts, hoursPerMonth), locale, facts.currency))}
                </td>
                <td class="number">
                  ${atLeast(burn.ceiling, hourlyText(burn.ceiling.amounts, locale, facts.currency))}
                </td>
                <td class="number">${burn.heldVCpus}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function groupingValue(grouping: Grouping): string {
  return grouping.by === "tag" ? `tag:${grouping.name}` : grouping.by;
}

function groupingFrom(value: string): Grouping {
  if (value.startsWith("tag:")) return { by: "tag", name: value.slice(4) };
  return { by: value === "subscription" ? "subscription" : "workspace" };
}

function adviceView(advice: readonly Advice[], actions: Actions): TemplateResult | typeof nothing {
  if (advice.length === 0) return nothing;
  const more = advice.length - mostAdvice;
  return html`<section aria-labelledby="advice-title">
    <h2 id="advice-title">${l10n.t("Ways to pay less")}</h2>
    <ul class="advice">
      ${advice.slice(0, mostAdvice).map(
        (each) =>
          html`<li>
            <div>
              ${each.message}
              ${each.savingPerMonth === undefined ? nothing : html`<strong>${l10n.t("Saves {0}", monthlyText(each.savingPerMonth, language()))}</strong>${each.basis === undefined ? nothing : html`, ${each.basis}`}.`}
            </div>
            <vscode-button
              appearance="secondary"
              data-rule=${each.rule}
              data-cluster=${armKey(each.cluster)}
              aria-label="${each.label}: ${nameOf(each.cluster)}"
              @click=${() => actions.follow(each.cluster, each.rule)}
              >${each.label}</vscode-button
            >
          </li>`,
      )}
    </ul>
    ${more > 0 ? html`<p class="hint">${l10n.t("And {0} more; each cluster's cost form tells its own.", more)}</p>` : nothing}
  </section>`;
}

function unknownText(count: number): string {
  return count === 1
    ? l10n.t("The price of 1 cluster is unavailable; it is missing from the sums.")
    : l10n.t("The price of {0} clusters is unavailable; they are missing from the sums.", count);
}
