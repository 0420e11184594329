import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type Amounts, scaleAmounts } from "../../src/core/amounts";
import { hoursPerMonth, loadBalancers, scaleCost } from "../../src/core/clusterCost";
import { type ClusterDraft } from "../../src/core/draft";
import { type Price, choosePrice, lowPrioritySaving, priceSourceText } from "../../src/core/price";
import { type VmSize } from "../../src/core/vmSize";
import { formatAmounts, formatCount, formatDay, formatPrice, formatShare } from "./format";
import { type OpenForm, chosenSize, draft, retailPrice, sizesOf } from "./formState";

/** What the cluster costs, from its minimum to its maximum of nodes; "price unavailable", never 0, when unknown. */
export function costView(state: OpenForm): TemplateResult {
  return html`<section class="cost" aria-labelledby="cost-title">
    <h2 id="cost-title">${l10n.t("Cost")}</h2>
    ${costText(state)}
  </section>`;
}

function costText(state: OpenForm): TemplateResult {
  const size = chosenSize(state);
  const current = draft(state);
  if (size === undefined) return html`<p>${withoutSize(state)}</p>`;
  const price = priceAt(state, size, current.vmPriority);
  const { floor, ceiling, idleTail } = scaleCost(current, price, current.nodePublicIp);
  if (price === undefined) {
    return html`<p>${l10n.t("Price unavailable for {0} in {1}.", size.name, current.location)}</p>`;
  }
  if (floor === undefined || ceiling === undefined || current.minNodeCount > current.maxNodeCount) {
    return html`<p>${l10n.t("Correct the numbers of nodes to see what the cluster costs.")}</p>`;
  }
  return html`<dl>
      ${bound("cost-floor", l10n.t("At least ({0} nodes)", formatCount(current.minNodeCount)), floor, price)}
      ${bound("cost-ceiling", l10n.t("At most ({0} nodes)", formatCount(current.maxNodeCount)), ceiling, price)}
    </dl>
    ${
      idleTail === undefined
        ? nothing
        : html`<p class="hint" id="cost-tail">
            ${l10n.t("Each time all nodes fall idle, waiting {0} s costs up to {1}.", formatCount(current.idleSecondsBeforeScaleDown), formatAmounts(idleTail, price.currency))}
          </p>`
    }
    ${savingText(state, size, current)} ${balancerText(current)}
    <p class="hint" id="cost-source">${sourceText(price)}</p>`;
}

function bound(id: string, title: string, perHour: Amounts, price: Price): TemplateResult {
  return html`<div>
    <dt>${title}</dt>
    <dd id=${id}>${l10n.t("{0} per hour", formatAmounts(perHour, price.currency))}</dd>
    <dd class="month">
      ${l10n.t("{0} per month", formatAmounts(scaleAmounts(perHour, hoursPerMonth), price.currency))}
    </dd>
  </div>`;
}

function savingText(state: OpenForm, size: VmSize, current: ClusterDraft): TemplateResult | typeof nothing {
  const saving = lowPrioritySaving(priceAt(state, size, "dedicated"), priceAt(state, size, "lowPriority"));
  if (saving === undefined) return nothing;
  const amount = formatPrice(saving.perHour, saving.currency);
  const share = formatShare(saving.share);
  return html`<p class="hint" id="cost-saving">
    ${
      current.vmPriority === "dedicated"
        ? l10n.t("Low priority would save {0} per node and hour ({1}).", amount, share)
        : l10n.t("Low priority saves {0} per node and hour ({1}).", amount, share)
    }
    ${saving.estimated ? l10n.t("This is an estimate.") : nothing}
  </p>`;
}

/** Zero nodes is not zero cost (azure-facts 1.3). */
function balancerText({ nodePublicIp, maxNodeCount }: ClusterDraft): TemplateResult {
  return html`<p class="hint">
    ${
      nodePublicIp
        ? l10n.t(
            "Included: load balancers ({0}) at about $0.33 a day each, one also while there are no nodes.",
            formatCount(loadBalancers(maxNodeCount, true)),
          )
        : l10n.t("Without public IP addresses no load balancer is billed.")
    }
  </p>`;
}

function sourceText(price: Price): string {
  const source = l10n.t(
    "{0} per node and hour, Linux, without discounts: {1}.",
    formatPrice(price.perHour, price.currency),
    priceSourceText(price),
  );
  return price.asOf === undefined ? source : `${source} ${l10n.t("Read on {0}.", formatDay(price.asOf))}`;
}

function priceAt(state: OpenForm, size: VmSize, priority: "dedicated" | "lowPriority"): Price | undefined {
  const sizes = sizesOf(state);
  const answer = retailPrice(state);
  const sizesAsOf = sizes?.kind === "loaded" ? sizes.sizes.asOf : undefined;
  const { retail, asOf: retailAsOf, currency } = answer ?? {};
  return choosePrice({ size, sizesAsOf, retail, retailAsOf, currency }, priority);
}

function withoutSize(state: OpenForm): string {
  const reading = sizesOf(state)?.kind === "loading" && state.texts.vmSize !== "";
  return reading ? l10n.t("Reading sizes and prices…") : l10n.t("Choose a size to see what the cluster costs.");
}
