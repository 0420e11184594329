import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { type Amounts } from "../../src/core/amounts";
import { armKey } from "../../src/core/armId";
import { hourlyText } from "../../src/core/money";
import { type MoneyColumn, type MoneyRow } from "../../src/core/moneyTable";
import { priceSourceText } from "../../src/core/price";
import { icon } from "../shared/dom";
import { language } from "../shared/language";
import { type OpenMoney, shownRows } from "./state";
import { type Actions } from "./view";

interface Column {
  readonly id: MoneyColumn;
  readonly title: string;
  readonly isNumber: boolean;
  readonly cell: (row: MoneyRow, actions: Actions) => TemplateResult | string | number | typeof nothing;
}

/** All clusters; a click on a column's title sorts by it. */
export function tableView(state: OpenMoney, actions: Actions): TemplateResult {
  const columns = tableColumns();
  const rows = shownRows(state);
  const all = rows.length > 0 && state.ticked.length === rows.length;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${l10n.t("Compute clusters")}>
    <table id="clusters">
      <thead>
        <tr>
          <td>
            <input
              type="checkbox"
              aria-label=${l10n.t("All clusters")}
              .checked=${live(all)}
              .indeterminate=${live(!all && state.ticked.length > 0)}
              @change=${() => actions.dispatch({ type: "tickedAll", on: !all })}
            />
          </td>
          ${columns.map((column) => head(column, state, actions))}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => line(row, columns, state, actions))}
      </tbody>
    </table>
  </div>`;
}

function head({ id, title, isNumber }: Column, { sort }: OpenMoney, { dispatch }: Actions): TemplateResult {
  const isSorted = sort.column === id;
  const order = isSorted ? (sort.descending ? "descending" : "ascending") : "none";
  return html`<th scope="col" class=${isNumber ? "number" : ""} aria-sort=${order}>
    <button type="button" class="sort" data-column=${id} @click=${() => dispatch({ type: "sorted", column: id })}>
      ${title}<span class="arrow ${order}">${isSorted ? icon("chevron") : nothing}</span>
    </button>
  </th>`;
}

function line(row: MoneyRow, columns: readonly Column[], state: OpenMoney, actions: Actions): TemplateResult {
  const isTicked = state.ticked.includes(armKey(row.id));
  return html`<tr data-cluster=${armKey(row.id)}>
    <td>
      <input
        type="checkbox"
        aria-label=${row.name}
        .checked=${live(isTicked)}
        @change=${() => actions.dispatch({ type: "ticked", cluster: row.id, on: !isTicked })}
      />
    </td>
    ${columns.map(({ id, isNumber, cell }) =>
      id === "name"
        ? html`<th scope="row">${cell(row, actions)}</th>`
        : html`<td class=${isNumber ? "number" : ""} data-column=${id}>${cell(row, actions)}</td>`,
    )}
  </tr>`;
}

function tableColumns(): readonly Column[] {
  const money = (pick: (row: MoneyRow) => Amounts | undefined) => (row: MoneyRow) =>
    hourlyText(pick(row), language(), row.cost.price?.currency);
  return [
    {
      id: "name",
      title: l10n.t("Cluster"),
      isNumber: false,
      cell: (row, { openCost }) =>
        html`<button
          type="button"
          class="link"
          title=${l10n.t("Open the cost form of {0}", row.name)}
          @click=${() => openCost(row.id)}
        >
          ${row.name}
        </button>`,
    },
    { id: "workspace", title: l10n.t("Workspace"), isNumber: false, cell: (row) => row.workspaceName },
    {
      id: "vmSize",
      title: l10n.t("VM size"),
      isNumber: false,
      cell: (row) =>
        html`<span title=${priceSourceText(row.cost.price)}>${row.vmSize}</span>${
            row.vmPriority === "lowPriority" ? html`<br /><span class="hint">${l10n.t("low priority")}</span>` : nothing
          }`,
    },
    {
      id: "nodes",
      title: l10n.t("Nodes"),
      isNumber: true,
      cell: (row) => l10n.t("{0} of {1} to {2}", row.nodes, row.minNodeCount, row.maxNodeCount),
    },
    { id: "now", title: l10n.t("Now"), isNumber: true, cell: money((row) => row.cost.now) },
    { id: "idle", title: l10n.t("Idle"), isNumber: true, cell: money((row) => row.cost.idle) },
    { id: "unusable", title: l10n.t("Unusable"), isNumber: true, cell: money((row) => row.cost.unusable) },
    { id: "floor", title: l10n.t("At rest"), isNumber: true, cell: money((row) => row.cost.floor) },
    { id: "ceiling", title: l10n.t("At most"), isNumber: true, cell: money((row) => row.cost.ceiling) },
    {
      id: "heldVCpus",
      title: l10n.t("vCPUs held"),
      isNumber: true,
      cell: (row) => row.heldVCpus ?? l10n.t("unknown"),
    },
    { id: "subscription", title: l10n.t("Subscription"), isNumber: false, cell: (row) => row.subscriptionName },
    { id: "location", title: l10n.t("Region"), isNumber: false, cell: (row) => row.location },
  ];
}
