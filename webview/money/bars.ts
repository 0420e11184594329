import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing, svg } from "lit/html.js";
import { type QuotaBar } from "../../src/core/quotaBars";
import { type MoneyFacts, type QuotaPlace } from "../../src/protocol/money";
import { type Actions } from "./view";

/** Quota of each region where there are clusters, with those that hold it. */
export function barsView({ places }: MoneyFacts, actions: Actions): TemplateResult | typeof nothing {
  if (places.length === 0) return nothing;
  return html`<section aria-labelledby="quota-title">
    <h2 id="quota-title">${l10n.t("Quota")}</h2>
    <p class="hint">
      ${l10n.t("Filled: in use now. Outlined: what the clusters listed could hold at their maximum; whether Azure counts that before the nodes are up is not documented. Deleting a cluster releases what it holds.")}
    </p>
    ${places.map((place) => placeView(place, actions))}
  </section>`;
}

function placeView({ subscriptionName, location, bars, problem }: QuotaPlace, actions: Actions): TemplateResult {
  // A family that nobody uses or holds is no news; there are sixty of them.
  const telling = bars.filter((bar) => bar.used > 0 || bar.holders.length > 0 || bar.kind.endsWith("Total"));
  return html`<div class="place">
    <h3>${l10n.t("{0}, {1}", location, subscriptionName)}</h3>
    ${problem === undefined ? nothing : html`<p>${l10n.t("The limits could not be read: {0}", problem)}</p>`}
    ${telling.map((bar) => barView(bar, actions))}
  </div>`;
}

const width = 400;

function barView(bar: QuotaBar, { openCost }: Actions): TemplateResult {
  const { used, limit, heldVCpus, usedByOthers, holders } = bar;
  const whole = Math.max(limit, used, 1);
  const part = (value: number): number => Math.min(width, (width * value) / whole);
  const held = Math.min(whole, usedByOthers + heldVCpus);
  const text = l10n.t("{0} of {1} used", used, limit);
  const isFull = used >= limit;
  return html`<div class="bar" data-kind=${bar.kind} data-family=${bar.family}>
    <div class="bar-head">
      <span>${barName(bar)}</span><span>${text}${isFull ? html` · <strong>${l10n.t("full")}</strong>` : nothing}</span>
    </div>
    <svg viewBox="0 0 ${width} 12" preserveAspectRatio="none" role="img" aria-label="${barName(bar)}: ${text}">
      <rect class="bar-limit" x="0.5" y="0.5" width=${width - 1} height="11"></rect>
      <rect class="bar-used ${isFull ? "bar-full" : ""}" x="0" y="2" width=${part(used)} height="8"></rect>
      ${held > 0 ? svg`<rect class="bar-held" x="1" y="1" width=${Math.max(0, part(held) - 2)} height="10"></rect>` : nothing}
    </svg>
    ${
      holders.length === 0 && usedByOthers === 0
        ? nothing
        : html`<details>
            <summary>
              ${holdersText(bar)}
              ${usedByOthers + heldVCpus > limit ? `· ${l10n.t("not all can reach their maximum together")}` : nothing}
            </summary>
            <ul>
              ${holders.map(
                ({ id, name, usedVCpus, heldVCpus: most }) =>
                  html`<li>
                    <button type="button" class="link" @click=${() => openCost(id)}>${name}</button>
                    ${l10n.t("uses {0}, holds up to {1} vCPUs", usedVCpus, most)}
                  </li>`,
              )}
            </ul>
          </details>`
    }
  </div>`;
}

function barName({ kind, familyName, family }: QuotaBar): string {
  switch (kind) {
    case "dedicatedTotal":
      return l10n.t("Dedicated vCPUs, all families");
    case "lowPriorityTotal":
      return l10n.t("Low-priority vCPUs, one limit for all families");
    case "clusters":
      return l10n.t("Computes");
    case "family":
      return familyName ?? family;
    case "lowPriorityFamily":
      return l10n.t("{0}, low priority", familyName ?? family);
  }
}

function holdersText({ holders, heldVCpus, usedByOthers }: QuotaBar): string {
  const count = holders.length;
  if (count === 0) return l10n.t("others use {0}", usedByOthers);
  return count === 1
    ? l10n.t("1 cluster holds up to {0}; others use {1}", heldVCpus, usedByOthers)
    : l10n.t("{0} clusters hold up to {1}; others use {2}", count, heldVCpus, usedByOthers);
}
