import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, svg } from "lit/html.js";
import { type NodeCounts } from "../../src/core/cluster";
import { type NodeSample } from "../../src/core/timeline";
import { nodeStateName } from "./words";

const width = 720;
const height = 160;
/** From the bottom up: what works lowest. */
export const stackedStates = ["running", "idle", "preparing", "leaving", "unusable", "preempted"] as const;
type Stacked = (typeof stackedStates)[number];

export interface Band {
  readonly state: Stacked;
  /** Corners of a stepped area, in the chart's units. */
  readonly points: string;
}

/**
 * Stepped areas over time: between two samples nothing else was seen, so the earlier counts hold. The last sample lasts until
 * now. Areas without a node are left out.
 */
export function bandsOf(samples: readonly NodeSample[], now: number): { bands: readonly Band[]; most: number } {
  const [first] = samples;
  if (first === undefined) return { bands: [], most: 0 };
  const span = Math.max(1, now - first.at);
  const most = Math.max(1, ...samples.map(({ counts }) => sumUpTo(counts, stackedStates.length)));
  const x = (at: number): string => (((at - first.at) / span) * width).toFixed(1);
  const y = (nodes: number): string => (height - (nodes / most) * height).toFixed(1);
  const bands = stackedStates.flatMap((state, level): Band[] => {
    if (samples.every(({ counts }) => counts[state] === 0)) return [];
    const edge = (upTo: number): string[] =>
      samples.flatMap(({ at, counts }, index) => {
        const until = samples[index + 1]?.at ?? now;
        const nodes = y(sumUpTo(counts, upTo));
        return [`${x(at)},${nodes}`, `${x(until)},${nodes}`];
      });
    return [{ state, points: [...edge(level + 1), ...edge(level).reverse()].join(" ") }];
  });
  return { bands, most };
}

function sumUpTo(counts: NodeCounts, levels: number): number {
  return stackedStates.slice(0, levels).reduce((sum, state) => sum + counts[state], 0);
}

/** Node states over time, with the figures as a table for whoever cannot see it. */
export function chartView(samples: readonly NodeSample[], now: number, timeOf: (at: number) => string): TemplateResult {
  const [first] = samples;
  const { bands, most } = bandsOf(samples, now);
  if (first === undefined || bands.length === 0) {
    return html`<p class="hint">
      ${l10n.t("No node has been seen yet. The chart fills while the cluster is watched.")}
    </p>`;
  }
  const last = samples.at(-1) ?? first;
  const figures = bands.map(({ state }) => `${last.counts[state]} ${nodeStateName(state)}`).join(", ");
  const label = l10n.t("Nodes by state since {0}, at most {1} at once. Now: {2}.", timeOf(first.at), most, figures);
  return html`<figure class="chart">
    <div class="chart-frame">
      <span class="chart-most" aria-hidden="true">${most}</span>
      <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label=${label}>
        ${bands.map(({ state, points }) => svg`<polygon class="band band-${state}" points=${points} />`)}
      </svg>
    </div>
    <div class="chart-times" aria-hidden="true"><span>${timeOf(first.at)}</span><span>${timeOf(now)}</span></div>
    <figcaption>
      <ul class="legend">
        ${bands.map(
          ({ state }) =>
            html`<li>
              <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
                <rect class="band band-${state}" width="10" height="10" /></svg
              >${nodeStateName(state)}: ${last.counts[state]}
            </li>`,
        )}
      </ul>
    </figcaption>
  </figure>`;
}
