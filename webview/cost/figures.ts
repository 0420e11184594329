import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type Amounts, isNothing, scaleAmounts } from "../../src/core/amounts";
import { type ScaleSettings } from "../../src/core/cluster";
import { type LineItem, clusterCost, hoursPerMonth } from "../../src/core/clusterCost";
import { hourlyText, monthlyText, onceText } from "../../src/core/money";
import { priceSourceText } from "../../src/core/price";
import { type ScaleImpact } from "../../src/core/scaleImpact";
import { type CostFacts } from "../../src/protocol/cost";
import { language } from "../shared/language";

/** The bill as it stands, line by line. */
export function billView(facts: CostFacts): TemplateResult {
  const { cluster, price, assumptions, asking } = facts;
  const cost = clusterCost(cluster, price, assumptions);
  const locale = language();
  return html`<section aria-labelledby="bill-title">
    <h2 id="bill-title">${l10n.t("Now")}</h2>
    <p class="figure" id="cost-now">
      ${asking && cost.now === undefined ? l10n.t("Reading the price…") : hourlyText(cost.now, locale)}
    </p>
    ${
      cost.items.length === 0
        ? html`<p>${l10n.t("No node is up, and nothing is billed.")}</p>`
        : html`<div class="scroll" tabindex="0" role="group" aria-labelledby="bill-title">
            <table>
              <thead>
                <tr>
                  <th scope="col">${l10n.t("What")}</th>
                  <th scope="col" class="number">${l10n.t("How many")}</th>
                  <th scope="col" class="number">${l10n.t("Each")}</th>
                  <th scope="col" class="number">${l10n.t("Together")}</th>
                </tr>
              </thead>
              <tbody>
                ${cost.items.map((item) => billLine(item, locale))}
              </tbody>
            </table>
          </div>`
    }
    <p class="hint">
      ${l10n.t("Source: {0}. Linux nodes, without discounts, disks and network.", priceSourceText(price))}
      ${cluster.nodePublicIp ? l10n.t("Azure bills a load balancer per 50 nodes, some $0.33 a day, until the cluster is deleted.") : nothing}
    </p>
  </section>`;
}

function billLine(item: LineItem, locale: string): TemplateResult {
  const money = (value: number | undefined): string =>
    hourlyText(value === undefined || item.currency === undefined ? undefined : { [item.currency]: value }, locale);
  return html`<tr>
    <th scope="row">${itemName(item.what)}</th>
    <td class="number">${item.quantity}</td>
    <td class="number">${money(item.rate)}</td>
    <td class="number">${money(item.perHour)}</td>
  </tr>`;
}

function itemName(what: LineItem["what"]): string {
  const names: Record<LineItem["what"], string> = {
    running: l10n.t("running nodes"),
    idle: l10n.t("idle nodes"),
    preparing: l10n.t("preparing nodes"),
    unusable: l10n.t("unusable nodes, paid for all the same"),
    leaving: l10n.t("leaving nodes"),
    unreported: l10n.t("nodes of unknown state"),
    loadBalancer: l10n.t("load balancers"),
  };
  return names[what];
}

/** Floor, ceiling, idle cost and held quota, before and after. */
export function comparisonView(facts: CostFacts, scale: ScaleSettings, impact: ScaleImpact): TemplateResult {
  const locale = language();
  const hourly = (amounts: Amounts | undefined): string => hourlyText(amounts, locale);
  const monthly = (amounts: Amounts | undefined): string =>
    monthlyText(amounts && scaleAmounts(amounts, hoursPerMonth), locale);
  const once = (amounts: Amounts | undefined): string => onceText(amounts, locale);
  const { before, after, difference, heldVCpus } = impact;
  const old = facts.cluster.scaleSettings;
  return html`<section aria-labelledby="compare-title">
    <h2 id="compare-title">${l10n.t("Before and after")}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="compare-title">
      <table>
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="number">${l10n.t("Before")}</th>
            <th scope="col" class="number">${l10n.t("After")}</th>
            <th scope="col" class="number">${l10n.t("Difference")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">${l10n.t("Nodes")}</th>
            <td class="number">${range(old)}</td>
            <td class="number">${range(scale)}</td>
            <td class="number"></td>
          </tr>
          ${row("floor", l10n.t("At rest, per hour"), hourly, before.floor, after.floor, difference.floor)}
          ${row("floor-month", l10n.t("At rest, per month"), monthly, before.floor, after.floor, difference.floor)}
          ${row("ceiling", l10n.t("At most, per hour"), hourly, before.ceiling, after.ceiling, difference.ceiling)}
          ${row("tail", l10n.t("Waiting idle, once"), once, before.idleTail, after.idleTail, difference.idleTail)}
          <tr id="held">
            <th scope="row">${l10n.t("vCPU quota held")}</th>
            <td class="number">${heldVCpus?.before ?? l10n.t("unknown")}</td>
            <td class="number">${count(heldVCpus?.after)}</td>
            <td class="number ${heldVCpus === undefined ? "" : tone(heldVCpus.after - heldVCpus.before)}">
              ${heldVCpus === undefined ? nothing : signed(heldVCpus.after - heldVCpus.before, String)}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
    <p class="hint">
      ${l10n.t("At rest: the minimum of nodes is up, jobs or not. A month has {0} hours. Waiting idle: all nodes above the minimum wait out the idle time one time.", hoursPerMonth)}
    </p>
  </section>`;
}

function range(scale: ScaleSettings): string {
  return l10n.t("{0} to {1}", count(scale.minNodeCount), count(scale.maxNodeCount));
}

function count(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "–" : String(value);
}

function row(
  id: string,
  name: string,
  text: (amounts: Amounts | undefined) => string,
  before: Amounts | undefined,
  after: Amounts | undefined,
  difference: Amounts | undefined,
): TemplateResult {
  const amount = difference === undefined ? 0 : (Object.values(difference).find((value) => value !== 0) ?? 0);
  const changed = difference !== undefined && !isNothing(difference);
  return html`<tr id=${id}>
    <th scope="row">${name}</th>
    <td class="number">${text(before)}</td>
    <td class="number">${after === undefined ? "–" : text(after)}</td>
    <td class="number ${tone(amount)}">
      ${difference === undefined ? "–" : changed ? `${amount > 0 ? "+" : ""}${text(difference)}` : l10n.t("same")}
    </td>
  </tr>`;
}

function signed(value: number, text: (value: number) => string): string {
  if (Number.isNaN(value)) return "–";
  if (value === 0) return l10n.t("same");
  return `${value > 0 ? "+" : ""}${text(value)}`;
}

function tone(difference: number): string {
  if (difference < 0) return "less";
  return difference > 0 ? "more" : "";
}
