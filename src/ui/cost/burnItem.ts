import * as vscode from "vscode";
import { type ClusterCosts } from "../../app/clusterCosts";
import { type ClusterStore } from "../../app/clusterStore";
import { type PriceBook } from "../../app/priceBook";
import { type AmountSum, isNothing } from "../../core/amounts";
import { hourlyText } from "../../core/money";
import { type Burn, type MoneyRow, sumRows, topSpenders } from "../../core/moneyTable";
import { type CommandId } from "../contributions";
import { escaped } from "../tree/tooltip";
import { type BurnMeter, burnText } from "./burnMeter";

export interface BurnItemParts {
  readonly store: ClusterStore;
  readonly costs: ClusterCosts;
  readonly prices: PriceBook;
  readonly meter: BurnMeter;
}

/** So many spenders are named in the hover. */
const mostNamed = 8;

/** What all clusters that have been read cost now; hidden while that is nothing, unknown or switched off. Asks for nothing. */
export function registerBurnItem(parts: BurnItemParts): vscode.Disposable {
  const { store, costs, prices, meter } = parts;
  const item = vscode.window.createStatusBarItem("amlClusters.burn", vscode.StatusBarAlignment.Left, 9);
  item.name = vscode.l10n.t("AML Clusters cost");
  let planned = false;

  const draw = (): void => {
    planned = false;
    const rows = meter.isOn ? store.allClusters().map((cluster) => costs.rowOf(cluster)) : [];
    const burn = sumRows(rows);
    const text = burnText(rows, vscode.env.language);
    if (text === undefined) {
      item.hide();
      return;
    }
    item.text = `$(flame) ${text}`;
    item.tooltip = tooltip(text, rows, burn);
    const spoken = vscode.l10n.t("Compute clusters cost {0} now. Open the money page.", text);
    item.accessibilityInformation = { label: spoken, role: "button" };
    item.show();
  };

  function tooltip(text: string, rows: readonly MoneyRow[], burn: Burn): vscode.MarkdownString {
    const locale = vscode.env.language;
    const spenders = topSpenders(rows, costs.currency, mostNamed);
    const workspaces = store.allWorkspaces();
    const read = workspaces.filter(({ id }) => store.computes(id).value !== undefined).length;
    const share = (name: string, sum: AmountSum): readonly string[] =>
      isNothing(sum.amounts) ? [] : [`${name}: **${escaped(hourlyText(sum.amounts, locale))}**`];
    const lines = [
      `**${escaped(vscode.l10n.t("Compute clusters cost {0} now", text))}**`,
      [
        ...share(escaped(vscode.l10n.t("idle")), burn.idle),
        ...share(escaped(vscode.l10n.t("unusable")), burn.unusable),
      ].join(" · "),
      ["| | | |", "|:--|:--|--:|", ...spenders.map((row) => spenderLine(row, locale))].join("\n"),
      escaped(vscode.l10n.t("Workspaces read: {0} of {1}.", read, workspaces.length)),
      burn.now.unknown > 0 ? escaped(unknownText(burn.now.unknown)) : "",
      escaped(vscode.l10n.t("List prices of Linux nodes without discounts, disks and network.")),
    ];
    return new vscode.MarkdownString(lines.filter((line) => line !== "").join("\n\n"), true);
  }

  /** Many rows change at once when a list comes. */
  const plan = (): void => {
    if (planned) return;
    planned = true;
    void Promise.resolve().then(draw);
  };
  item.command = "amlClusters.money" satisfies CommandId;
  draw();
  const listening = [prices.onDidChange(plan), store.onDidChange(plan), meter.onDidChange(plan)];
  return vscode.Disposable.from(item, ...listening.map((each) => new vscode.Disposable(() => each.dispose())));
}

function spenderLine(row: MoneyRow, locale: string): string {
  const nodes = row.nodes === 1 ? vscode.l10n.t("1 node") : vscode.l10n.t("{0} nodes", row.nodes);
  return `| ${escaped(row.name)} | ${escaped(`${row.workspaceName}, ${nodes}`)} | ${escaped(hourlyText(row.cost.now, locale))} |`;
}

function unknownText(count: number): string {
  return count === 1
    ? vscode.l10n.t("The price of 1 cluster is unavailable.")
    : vscode.l10n.t("The price of {0} clusters is unavailable.", count);
}
