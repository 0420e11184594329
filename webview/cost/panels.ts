import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type Advice } from "../../src/core/advice";
import { hoursPerMonth } from "../../src/core/clusterCost";
import { hourlyText, monthlyText } from "../../src/core/money";
import { lowPrioritySaving } from "../../src/core/price";
import { type QuotaBar } from "../../src/core/quotaBars";
import { type CostFacts } from "../../src/protocol/cost";
import { language } from "../shared/language";
import { type Actions } from "./view";

/** Ways to pay less, each with one button. */
export function adviceView(advice: readonly Advice[], actions: Actions): TemplateResult | typeof nothing {
  if (advice.length === 0) return nothing;
  return html`<section aria-labelledby="advice-title">
    <h2 id="advice-title">${l10n.t("Ways to pay less")}</h2>
    <ul class="advice">
      ${advice.map(
        (each) =>
          html`<li>
            <div>
              ${each.message}
              ${
                each.savingPerMonth === undefined
                  ? nothing
                  : html`<strong>${l10n.t("Saves {0}", monthlyText(each.savingPerMonth, language()))}</strong
                      >${each.basis === undefined ? nothing : html`, ${each.basis}`}.`
              }
            </div>
            <vscode-button appearance="secondary" data-rule=${each.rule} @click=${() => actions.follow(each.rule)}
              >${each.label}</vscode-button
            >
          </li>`,
      )}
    </ul>
  </section>`;
}

/** What the cluster holds while it sleeps, and what deleting it would give back. */
export function quotaView(facts: CostFacts, actions: Actions): TemplateResult {
  const { quota, quotaProblem, size, cluster, resizable } = facts;
  const held = size && cluster.scaleSettings.maxNodeCount * size.vCpus;
  return html`<section aria-labelledby="quota-title">
    <h2 id="quota-title">${l10n.t("Quota")}</h2>
    <p>
      ${
        held === undefined
          ? l10n.t("The quota that it holds is unknown.")
          : l10n.t(
              "Asleep or not, {0} holds quota for its maximum: {1} vCPUs. Deleting it would release them.",
              cluster.name,
              held,
            )
      }
    </p>
    ${quota.map((bar) => html`<p class="quota">${quotaLine(bar)}</p>`)}
    ${quotaProblem === undefined ? nothing : html`<p class="hint">${l10n.t("The limits could not be read: {0}", quotaProblem)}</p>`}
    ${
      resizable || cluster.provisioningState.toLowerCase() === "failed"
        ? html`<div class="buttons">
            <vscode-button id="delete" appearance="secondary" @click=${actions.remove}
              >${l10n.t("Delete…")}</vscode-button
            >
          </div>`
        : nothing
    }
  </section>`;
}

function quotaLine({ kind, familyName, used, limit }: QuotaBar): string {
  switch (kind) {
    case "dedicatedTotal":
      return l10n.t("Region, dedicated: {0} of {1} vCPUs used.", used, limit);
    case "lowPriorityTotal":
      return l10n.t("Region, low priority, one limit for all families: {0} of {1} vCPUs used.", used, limit);
    case "family":
    case "lowPriorityFamily":
      return l10n.t("{0}: {1} of {2} vCPUs used.", familyName ?? "", used, limit);
    case "clusters":
      return l10n.t("Computes of the region: {0} of {1}.", used, limit);
  }
}

/** What low priority means here, without gloss; the priority itself cannot be changed. */
export function priorityView(facts: CostFacts, actions: Actions): TemplateResult {
  const { cluster, price, lowPriorityPrice, size, preemptions } = facts;
  const fixed = l10n.t("Azure cannot change the priority of a cluster; a copy with the other priority can be made.");
  if (cluster.vmPriority === "lowPriority") {
    return html`<section aria-labelledby="priority-title">
      <h2 id="priority-title">${l10n.t("Priority: low priority")}</h2>
      <ul class="facts">
        <li>${preemptedText(preemptions)}</li>
        <li>${l10n.t("A preempted job is not restarted for you: submit it again, and save checkpoints.")}</li>
        <li>${l10n.t("A job may run 7 days at most; on dedicated nodes, 21.")}</li>
        <li>${l10n.t("All low-priority clusters of a region share one quota.")}</li>
      </ul>
      <p class="hint">${fixed}</p>
    </section>`;
  }
  const saving = lowPrioritySaving(price, lowPriorityPrice);
  const capable = size?.lowPriorityCapable;
  return html`<section aria-labelledby="priority-title">
    <h2 id="priority-title">${l10n.t("Priority: dedicated")}</h2>
    <p>${fixed}</p>
    ${capable === false ? html`<p>${l10n.t("{0} cannot run at low priority.", cluster.vmSize)}</p>` : nothing}
    ${
      saving === undefined || capable === false
        ? nothing
        : html`<p id="low-priority-saving">
            ${l10n.t("At low priority a node would cost {0} less ({1}%), {2} for a whole month.", hourlyText({ [saving.currency]: saving.perHour }, language()), Math.round(saving.share * 100), monthlyText({ [saving.currency]: saving.perHour * hoursPerMonth }, language()))}
            ${saving.estimated ? l10n.t("Estimated at 20% of the dedicated price.") : nothing}
            ${l10n.t("Azure may take such nodes back at any time, and a preempted job is not restarted for you.")}
          </p>`
    }
    ${
      capable === false
        ? nothing
        : html`<div class="buttons">
            <vscode-button id="low-priority-copy" appearance="secondary" @click=${actions.lowPriorityCopy}
              >${l10n.t("Make a low-priority copy…")}</vscode-button
            >
          </div>`
    }
  </section>`;
}

function preemptedText(count: number): string {
  return count === 1
    ? l10n.t("Azure takes nodes back when it needs them. Seen here: 1 node preempted.")
    : l10n.t("Azure takes nodes back when it needs them. Seen here: {0} nodes preempted.", count);
}
