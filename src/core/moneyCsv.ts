import * as l10n from "@vscode/l10n";
import { type Amounts } from "./amounts";
import { hoursPerMonth } from "./clusterCost";
import { type MoneyRow } from "./moneyTable";
import { priceSourceText } from "./price";

type Cell = string | number | undefined;

/**
 * The table as CSV (RFC 4180): CRLF, quotes doubled, one column per figure and currency, numbers with a point and without
 * signs of currency, an empty cell where something is unknown. Begins with a byte order mark, without which Excel takes
 * UTF-8 for the machine's old code page. `asOf` is when the figures were true, ISO 8601.
 */
export function moneyCsv(rows: readonly MoneyRow[], asOf: string): string {
  const columns = [...describingColumns(), ...moneyColumns(rows), ...closingColumns(asOf)];
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ cell }) => cell(row)))];
  return `\uFEFF${lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

interface Column {
  readonly title: string;
  readonly cell: (row: MoneyRow) => Cell;
}

function describingColumns(): readonly Column[] {
  return [
    { title: l10n.t("Cluster"), cell: (row) => row.name },
    { title: l10n.t("Workspace"), cell: (row) => row.workspaceName },
    { title: l10n.t("Subscription"), cell: (row) => row.subscriptionName },
    { title: l10n.t("Region"), cell: (row) => row.location },
    { title: l10n.t("VM size"), cell: (row) => row.vmSize },
    {
      title: l10n.t("Priority"),
      cell: (row) => (row.vmPriority === "dedicated" ? l10n.t("dedicated") : l10n.t("low priority")),
    },
    { title: l10n.t("Nodes up"), cell: (row) => row.nodes },
    { title: l10n.t("Minimum"), cell: (row) => row.minNodeCount },
    { title: l10n.t("Maximum"), cell: (row) => row.maxNodeCount },
    { title: l10n.t("vCPU quota held"), cell: (row) => row.heldVCpus },
  ];
}

function moneyColumns(rows: readonly MoneyRow[]): readonly Column[] {
  return currenciesOf(rows).flatMap((currency): readonly Column[] => [
    { title: l10n.t("Now per hour ({0})", currency), cell: ({ cost }) => figure(cost.now, currency) },
    { title: l10n.t("Idle per hour ({0})", currency), cell: ({ cost }) => figure(cost.idle, currency) },
    { title: l10n.t("Unusable per hour ({0})", currency), cell: ({ cost }) => figure(cost.unusable, currency) },
    { title: l10n.t("At rest per hour ({0})", currency), cell: ({ cost }) => figure(cost.floor, currency) },
    {
      title: l10n.t("At rest per month ({0})", currency),
      cell: ({ cost }) => figure(cost.floor, currency, hoursPerMonth),
    },
    { title: l10n.t("At most per hour ({0})", currency), cell: ({ cost }) => figure(cost.ceiling, currency) },
  ]);
}

function closingColumns(asOf: string): readonly Column[] {
  return [
    { title: l10n.t("Price source"), cell: (row) => priceSourceText(row.cost.price) },
    { title: l10n.t("As of"), cell: () => asOf },
    { title: l10n.t("Resource ID"), cell: (row) => row.id },
  ];
}

function currenciesOf(rows: readonly MoneyRow[]): readonly string[] {
  const amounts = rows.flatMap(({ cost }) => [cost.now, cost.floor, cost.ceiling]);
  return [...new Set(amounts.flatMap((each) => Object.keys(each ?? {})))].sort();
}

/** Six decimals are a thousandth of a cent and hide what binary fractions add. */
function figure(amounts: Amounts | undefined, currency: string, factor = 1): number | undefined {
  return amounts && Number(((amounts[currency] ?? 0) * factor).toFixed(6));
}

function csvCell(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = withoutFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run cells that begin like a formula, and names and tags are other people's (OWASP, CSV injection). */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}
