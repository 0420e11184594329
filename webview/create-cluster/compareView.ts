import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { type RegionRow, compareRegions } from "../../src/core/regionComparison";
import { formatCount, formatPrice } from "./format";
import { type OpenForm, draft } from "./formState";

export interface CompareActions {
  readonly compare: () => void;
  readonly closeComparison: () => void;
  readonly useRegion: (name: string) => void;
}

/** For the chosen size: what each region costs and allows, the workspace's own first, then usable ones by price. */
export function compareView(state: OpenForm, actions: CompareActions): TemplateResult | typeof nothing {
  const { comparison, init, texts } = state;
  if (init.regions.length < 2) return nothing;
  if (comparison === undefined) {
    return html`<p class="compare-offer">
      <button type="button" class="link" id="compare" ?disabled=${texts.vmSize === ""} @click=${actions.compare}>
        ${texts.vmSize === "" ? l10n.t("Compare regions (choose a size first)") : l10n.t("Compare regions for {0}", texts.vmSize)}
      </button>
    </p>`;
  }
  const { vmPriority, network } = draft(state);
  const rows = compareRegions(comparison.candidates, {
    vmSize: comparison.vmSize,
    priority: vmPriority,
    workspace: init.workspace,
    hasSubnet: network.kind === "subnet",
  });
  const read = l10n.t("{0} of {1} regions", comparison.candidates.length, init.regions.length);
  return html`<section class="compare" aria-labelledby="compare-title">
    <h2 id="compare-title">${l10n.t("{0} in each region", comparison.vmSize)}</h2>
    <div class="compare-scroll" tabindex="0" role="region" aria-label=${l10n.t("Comparison of regions")}>
      <table>
        <thead>
          <tr>
            <th scope="col">${l10n.t("Region")}</th>
            <th scope="col">${l10n.t("Price/hour")}</th>
            <th scope="col">${l10n.t("Quota left")}</th>
            <th scope="col">${l10n.t("Low priority")}</th>
            <th scope="col">${l10n.t("Use")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => regionRow(row, actions))}
        </tbody>
      </table>
    </div>
    <p class="hint" role="status">${comparison.done ? read : l10n.t("Reading… {0}", read)}</p>
    <button type="button" class="link" @click=${actions.closeComparison}>${l10n.t("Close the comparison")}</button>
  </section>`;
}

function regionRow(row: RegionRow, { useRegion }: CompareActions): TemplateResult {
  const { region, price, left, lowPriority, usable, own } = row;
  return html`<tr class=${usable ? "" : "unusable"}>
    <th scope="row">${own ? l10n.t("{0} (workspace's region)", region.displayName) : region.displayName}</th>
    <td>${price === undefined ? "–" : formatPrice(price.perHour, price.currency)}</td>
    <td>
      ${left === undefined ? "–" : left.nodes === 1 ? l10n.t("1 node") : l10n.t("{0} nodes", formatCount(left.nodes))}
    </td>
    <td>${lowPriority === undefined ? "–" : lowPriority ? l10n.t("yes") : l10n.t("no")}</td>
    <td>
      ${isUnread(row) ? html`<span>${whyNot(row)}</span>` : nothing}
      ${
        usable
          ? html`<button type="button" class="link" @click=${() => useRegion(region.name)}>
              ${l10n.t("Use {0}", region.displayName)}
            </button>`
          : isUnread(row)
            ? nothing
            : whyNot(row)
      }
    </td>
  </tr>`;
}

/** Such a region may do; nothing is known against it. */
function isUnread({ offered, problems }: Pick<RegionRow, "offered" | "problems">): boolean {
  return problems.length > 0 && offered === undefined;
}

function whyNot({ offered, findings, problems }: RegionRow): string {
  if (isUnread({ offered, problems })) return l10n.t("could not be read");
  if (offered === false) return l10n.t("not offered");
  return findings.find((finding) => finding.severity === "error")?.message ?? l10n.t("no node now");
}
