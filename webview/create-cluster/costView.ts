import * as l10n from "@vscode/l10n";
import { type TemplateResult, html } from "lit/html.js";
import { hourlyCost } from "../../src/core/cost";
import { formatCount, formatPrice } from "./format";
import { type OpenForm, chosenSize, draft, sizesOf } from "./formState";

/** What the cluster costs per hour, from its minimum to its maximum of nodes; "price unavailable", never 0, when unknown. */
export function costView(state: OpenForm): TemplateResult {
  return html`<section class="cost" aria-label=${l10n.t("Cost")}>${costText(state)}</section>`;
}

function costText(state: OpenForm): TemplateResult {
  const size = chosenSize(state);
  const current = draft(state);
  if (size === undefined) return html`<p>${withoutSize(state)}</p>`;
  const cost = hourlyCost(size, current.vmPriority, current);
  if (cost === undefined) {
    const known = hourlyCost(size, current.vmPriority, { minNodeCount: 0, maxNodeCount: 1 }) !== undefined;
    return html`<p>
      ${
        known
          ? l10n.t("Correct the numbers of nodes to see what the cluster costs.")
          : l10n.t("Price unavailable for {0} in {1}.", size.name, current.location)
      }
    </p>`;
  }
  return html`<dl>
      <div>
        <dt>${l10n.t("At least ({0} nodes)", formatCount(current.minNodeCount))}</dt>
        <dd id="cost-floor">${l10n.t("{0} per hour", formatPrice(cost.floor))}</dd>
      </div>
      <div>
        <dt>${l10n.t("At most ({0} nodes)", formatCount(current.maxNodeCount))}</dt>
        <dd id="cost-ceiling">${l10n.t("{0} per hour", formatPrice(cost.ceiling))}</dd>
      </div>
    </dl>
    <p class="hint">
      ${l10n.t("List price of Linux nodes in USD, {0} per node, without discounts.", formatPrice(cost.perNode))}
    </p>`;
}

function withoutSize(state: OpenForm): string {
  const reading = sizesOf(state)?.kind === "loading" && state.texts.vmSize !== "";
  return reading ? l10n.t("Reading sizes and prices…") : l10n.t("Choose a size to see what the cluster costs.");
}
