import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing, svg } from "lit/html.js";
import { type ScaleSettings } from "../../src/core/cluster";
import { type CostPoint, costCurve } from "../../src/core/costCurve";
import { hourlyText } from "../../src/core/money";
import { type CostFacts } from "../../src/protocol/cost";
import { language } from "../shared/language";

const width = 600;
const height = 190;
const plot = { left: 12, right: 588, top: 26, bottom: 160 } as const;

/** Cost per hour over the number of nodes: where the cluster rests, where it is now, and where it ends. */
export function costChart(facts: CostFacts, scale: ScaleSettings): TemplateResult | typeof nothing {
  const { price, cluster } = facts;
  const points = costCurve(scale, price, cluster.nodePublicIp);
  const currency = price?.currency;
  const last = points.at(-1);
  if (currency === undefined || last === undefined || last.nodes === 0) return nothing;
  // The chart has one axis: a load balancer's cents in another currency are left to the table.
  const costOf = (point: CostPoint): number => point.perHour[currency] ?? 0;
  const most = Math.max(...points.map(costOf));
  const x = (nodes: number): number => plot.left + ((plot.right - plot.left) * nodes) / last.nodes;
  const y = (cost: number): number => plot.bottom - ((plot.bottom - plot.top) * cost) / (most || 1);
  const line = points.map((point) => `${x(point.nodes).toFixed(1)},${y(costOf(point)).toFixed(1)}`).join(" ");
  const at = (nodes: number): CostPoint | undefined => points.find((point) => point.nodes === nodes);
  const min = at(scale.minNodeCount);
  const marks = [
    ...(min === undefined ? [] : [{ point: min, name: l10n.t("at rest"), kind: "rest" }]),
    { point: last, name: l10n.t("at most"), kind: "most" },
  ].filter((mark, index, all) => index === 0 || mark.point.nodes !== all[0]?.point.nodes);
  const up = Math.min(cluster.currentNodeCount, last.nodes);
  const text = (point: CostPoint): string => hourlyText({ [currency]: costOf(point) }, language());
  const summary = l10n.t(
    "Cost per hour over the number of nodes: {0} at {1}, {2} at {3}.",
    text(min ?? last),
    (min ?? last).nodes,
    text(last),
    last.nodes,
  );
  return html`<figure class="chart">
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${summary}>
      <line class="axis" x1=${plot.left} y1=${plot.bottom} x2=${plot.right} y2=${plot.bottom}></line>
      <polygon class="area" points="${x(0)},${plot.bottom} ${line} ${x(last.nodes)},${plot.bottom}"></polygon>
      <polyline class="curve" points=${line}></polyline>
      ${
        up > 0
          ? svg`<line class="now" x1=${x(up)} y1=${plot.top} x2=${x(up)} y2=${plot.bottom}></line>
              <text class="label" x=${labelX(x(up))} y=${plot.bottom + 26} text-anchor=${anchor(x(up))}>${l10n.t("nodes now: {0}", cluster.currentNodeCount)}</text>`
          : nothing
      }
      ${marks.map(({ point, name, kind }) => {
        const [cx, cy] = [x(point.nodes), y(costOf(point))];
        return svg`<circle class="mark mark-${kind}" cx=${cx} cy=${cy} r="5"></circle>
          <text class="label" x=${labelX(cx)} y=${Math.max(16, cy - (kind === "rest" ? 34 : 11))} text-anchor=${anchor(cx)}>${l10n.t("{0}: {1}", name, text(point))}</text>`;
      })}
      <text class="tick" x=${plot.left} y=${plot.bottom + 14}>0</text>
      <text class="tick" x=${plot.right} y=${plot.bottom + 14} text-anchor="end">
        ${last.nodes === 1 ? l10n.t("1 node") : l10n.t("{0} nodes", last.nodes)}
      </text>
    </svg>
  </figure>`;
}

function labelX(x: number): number {
  return Math.min(Math.max(x, plot.left), plot.right);
}

function anchor(x: number): "start" | "middle" | "end" {
  if (x < width * 0.3) return "start";
  return x > width * 0.7 ? "end" : "middle";
}
