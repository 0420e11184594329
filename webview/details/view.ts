import * as l10n from "@vscode/l10n";
import { type TemplateResult, html, nothing } from "lit/html.js";
import { conditionOf } from "../../src/core/cluster";
import { type DetailsView, type NodeAction, type NodeView, type RemedyChoice } from "../../src/protocol/details";
import { errorCard } from "../shared/errorCard";
import { icon } from "../shared/dom";
import { chartView } from "./chart";
import { diagnosisSection } from "./diagnosisView";
import { factRows } from "./facts";
import { type OpenPage, type PageEvent, type PageState } from "./state";
import { agoText, conditionName, eventText, nodeStateName } from "./words";

export interface Actions {
  readonly dispatch: (event: PageEvent) => void;
  readonly retry: () => void;
  readonly refresh: () => void;
  readonly diagnose: () => void;
  readonly remedy: (choice: RemedyChoice) => void;
  readonly node: (nodeId: string, action: NodeAction) => void;
  readonly showJson: () => void;
  readonly copySummary: () => void;
  readonly exportTimeline: () => void;
  /** Date and time in the display language. */
  readonly timeOf: (at: number) => string;
}

/** The whole page as a function of its state. */
export function pageView(state: PageState, actions: Actions): TemplateResult {
  if (state.kind === "opening") return openingView(state, actions);
  const { view } = state;
  return html`<main class="form">
    ${header(state, actions)}
    ${state.error === undefined ? nothing : errorCard(l10n.t("That did not work"), state.error, undefined)}
    ${view.stale === undefined ? nothing : errorCard(l10n.t("What is shown is not up to date"), view.stale)}
    ${
      view.cluster === undefined
        ? html`<p class="gone" role="status">${l10n.t("{0} is no longer in the workspace.", view.name)}</p>`
        : html`${diagnosisSection(state, actions)} ${nodesSection(state, actions)}`
    }
    <section class="section" aria-labelledby="chart-title">
      <h2 id="chart-title">${l10n.t("Nodes over time")}</h2>
      ${chartView(view.samples, view.now, actions.timeOf)}
    </section>
    ${timelineSection(state, actions)} ${view.cluster === undefined ? nothing : factsSection(state, actions)}
  </main>`;
}

function openingView(state: Extract<PageState, { kind: "opening" }>, actions: Actions): TemplateResult {
  if (state.error === undefined) {
    return html`<main class="form">
      <p class="progress" role="status">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>${l10n.t("Reading the cluster…")}
      </p>
    </main>`;
  }
  const retry = html`<vscode-button @click=${actions.retry}>${l10n.t("Retry")}</vscode-button>`;
  return html`<main class="form">${errorCard(l10n.t("The cluster could not be read"), state.error, retry)}</main>`;
}

function header({ view, busy }: OpenPage, actions: Actions): TemplateResult {
  const { cluster } = view;
  return html`<header>
    <h1>${view.name}</h1>
    <p class="where">${[view.workspaceName, view.subscriptionName].filter(Boolean).join(" · ")}</p>
    ${
      view.simulated
        ? html`<p class="simulated">${l10n.t("Simulated subscription: nothing of this exists in Azure.")}</p>`
        : nothing
    }
    <p class="state">
      ${cluster === undefined ? nothing : html`<strong role="status">${stateText(view)}</strong>`}
      <span class="hint">
        ${view.updatedAt === undefined ? nothing : l10n.t("Updated {0}", agoText(view.updatedAt, view.now))}
      </span>
      <button type="button" class="link" ?disabled=${busy === "refresh"} @click=${actions.refresh}>
        ${l10n.t("Refresh")}
      </button>
    </p>
  </header>`;
}

function stateText({ cluster, pending }: DetailsView): string {
  if (cluster === undefined) return "";
  const { currentNodeCount: current, targetNodeCount: target, scaleSettings } = cluster;
  const nodes =
    current === target
      ? l10n.t("{0} of at most {1} nodes", current, scaleSettings.maxNodeCount)
      : l10n.t("{0} → {1} nodes of at most {2}", current, target, scaleSettings.maxNodeCount);
  const condition = pending === undefined ? conditionName(conditionOf(cluster)) : l10n.t("a change is under way");
  return `${nodes} · ${condition}`;
}

function nodesSection(state: OpenPage, actions: Actions): TemplateResult {
  const { nodes, nodesError } = state.view;
  const shown = nodes.slice(0, state.shownNodes);
  return html`<section class="section" aria-labelledby="nodes-title">
    <h2 id="nodes-title">${l10n.t("Nodes")}</h2>
    ${nodesError === undefined ? nothing : errorCard(l10n.t("The nodes could not be read"), nodesError)}
    ${
      nodes.length === 0
        ? nodesError === undefined
          ? html`<p class="hint">${l10n.t("There are no nodes now.")}</p>`
          : nothing
        : html`<div class="scroll" tabindex="0" role="region" aria-label=${l10n.t("Table of nodes")}>
            <table>
              <thead>
                <tr>
                  <th scope="col">${l10n.t("Node")}</th>
                  <th scope="col">${l10n.t("State")}</th>
                  <th scope="col">${l10n.t("Since (as seen)")}</th>
                  <th scope="col">${l10n.t("Private address")}</th>
                  <th scope="col">${l10n.t("Public address and port")}</th>
                  <th scope="col">${l10n.t("Job")}</th>
                </tr>
              </thead>
              <tbody>
                ${shown.map((node) => nodeRow(node, state.view.now, actions))}
              </tbody>
            </table>
          </div>`
    }
    ${moreButton(nodes.length - shown.length, () => actions.dispatch({ type: "moreNodes" }))}
  </section>`;
}

function nodeRow({ node, since, ssh }: NodeView, now: number, actions: Actions): TemplateResult {
  const { nodeId, state, privateIpAddress, publicIpAddress, port, runId } = node;
  const act = (action: NodeAction, label: string): TemplateResult =>
    html`<button type="button" class="link" @click=${() => actions.node(nodeId, action)}>${label}</button>`;
  return html`<tr>
    <th scope="row"><code>${nodeId}</code></th>
    <td>
      <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
        <rect class="band band-${state}" width="10" height="10" /></svg
      >${nodeStateName(state)}
    </td>
    <td>${since === undefined ? "–" : agoText(since, now)}</td>
    <td>${privateIpAddress ?? "–"}</td>
    <td>
      ${publicIpAddress === undefined ? "–" : `${publicIpAddress}${port === undefined ? "" : `:${port}`}`}
      ${
        ssh === undefined
          ? nothing
          : html`<br />${act("copySsh", l10n.t("Copy SSH command"))} ${act("openTerminal", l10n.t("Open terminal"))}`
      }
    </td>
    <td>${runId === undefined ? "–" : html`${runId}<br />${act("openRun", l10n.t("Open in Studio"))}`}</td>
  </tr>`;
}

function timelineSection(state: OpenPage, actions: Actions): TemplateResult {
  const events = [...state.view.timeline].reverse();
  const shown = events.slice(0, state.shownEvents);
  return html`<section class="section" aria-labelledby="timeline-title">
    <div class="section-head">
      <h2 id="timeline-title">${l10n.t("Timeline")}</h2>
      <vscode-button appearance="secondary" @click=${actions.exportTimeline}>${l10n.t("Export")}</vscode-button>
    </div>
    <p class="hint">${l10n.t("What this extension saw and did on this machine. What happened unseen is not in it.")}</p>
    ${
      shown.length === 0
        ? html`<p>${l10n.t("Nothing has happened since the cluster is being watched.")}</p>`
        : html`<ol class="timeline">
            ${shown.map(
              ({ at, event }) =>
                html`<li>
                  <time datetime=${new Date(at).toISOString()}>${actions.timeOf(at)}</time> ${eventText(event)}
                </li>`,
            )}
          </ol>`
    }
    ${moreButton(events.length - shown.length, () => actions.dispatch({ type: "moreEvents" }))}
  </section>`;
}

function factsSection(state: OpenPage, actions: Actions): TemplateResult {
  const { cluster } = state.view;
  const { json } = state;
  return html`<section class="section" aria-labelledby="facts-title">
    <div class="section-head">
      <h2 id="facts-title">${l10n.t("Properties")}</h2>
      <vscode-button
        appearance="secondary"
        aria-expanded=${json !== undefined}
        @click=${() => (json === undefined ? actions.showJson() : actions.dispatch({ type: "jsonHidden" }))}
      >
        ${json === undefined ? l10n.t("Show JSON") : l10n.t("Hide JSON")}
      </vscode-button>
    </div>
    ${json === undefined ? nothing : jsonView(json)}
    ${
      cluster === undefined
        ? nothing
        : html`<dl class="facts">
            ${factRows(cluster, actions.timeOf).map(
              ([name, value]) =>
                html`<div>
                  <dt>${name}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>`
    }
  </section>`;
}

function jsonView({ text, error }: NonNullable<OpenPage["json"]>): TemplateResult {
  if (error !== undefined) return errorCard(l10n.t("The JSON could not be read"), error);
  return text === undefined
    ? html`<p class="progress" role="status">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>${l10n.t("Reading…")}
      </p>`
    : html`<pre class="json" tabindex="0" aria-label=${l10n.t("The cluster as Azure answers it")}>${text}</pre>`;
}

function moreButton(left: number, show: () => void): TemplateResult | typeof nothing {
  return left <= 0
    ? nothing
    : html`<button type="button" class="link" @click=${show}>
        ${icon("chevron")}${l10n.t("Show more ({0} left)", left)}
      </button>`;
}
