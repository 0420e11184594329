import * as l10n from "@vscode/l10n";
import { render } from "lit/html.js";
import { type CostContract, type SavedCostForm, parseSavedCostForm } from "../../src/protocol/cost";
import "../shared/base.css";
import { registerControls } from "../shared/components";
import { linkDescriptions } from "../shared/dom";
import { Host, wireErrorOf } from "../shared/host";
import { type CostEvent, type CostState, opening, reduce, scaleOf } from "./state";
import "./style.css";
import { badFields, costView } from "./view";

/** Joins state, view and host: events go in, requests and focus come out. */
class CostForm {
  readonly #host = new Host<CostContract>();
  #state: CostState = opening;
  #drawing = false;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.#draw();
    this.#host.open({
      onTexts: (texts) => {
        l10n.config({ contents: texts ?? {} });
        this.#draw();
      },
      onInit: (facts) => this.#dispatch({ type: "opened", facts, saved: savedState(this.#host.getState()) }),
      onInitFailed: (error) => this.#dispatch({ type: "openFailed", error }),
      events: {
        facts: (facts) => this.#dispatch({ type: "facts", facts }),
        gone: () => this.#dispatch({ type: "gone" }),
      },
    });
  }

  /** Controls answer a drawing with events of their own; those meet the state they came from and change nothing. */
  readonly #dispatch = (event: CostEvent): void => {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before || this.#drawing) return;
    this.#draw();
    this.#moveFocus(before);
    const state = this.#state;
    if (state.kind !== "open") return;
    const saved: SavedCostForm = { version: 1, cluster: state.facts.cluster.id, texts: state.texts };
    this.#host.setState(saved);
  };

  #draw(): void {
    this.#drawing = true;
    const view = costView(this.#state, {
      dispatch: this.#dispatch,
      apply: () => void this.#apply(),
      follow: (rule) => void this.#ask(() => this.#host.request("follow", { rule })),
      lowPriorityCopy: () => void this.#ask(() => this.#host.request("lowPriorityCopy", null)),
      remove: () => void this.#ask(() => this.#host.request("delete", null)),
      openMoney: () => void this.#ask(() => this.#host.request("openMoney", null)),
      close: () => void this.#host.request("close", null),
      retry: () => this.#host.askForInit(),
    });
    render(view, this.root);
    this.#drawing = false;
    linkDescriptions(this.root);
  }

  #moveFocus(before: CostState): void {
    const state = this.#state;
    if (state.kind !== "open") return;
    if (before.kind === "opening") {
      if (document.hasFocus()) document.getElementById("minNodeCount")?.focus();
    } else if (state.refusals !== before.refusals) {
      const first = badFields(state)[0];
      if (first !== undefined) document.getElementById(first)?.focus();
    } else if (state.error !== undefined && state.error !== before.error) document.getElementById("error")?.focus();
    else if (state.gone && !before.gone) document.getElementById("close")?.focus();
  }

  async #apply(): Promise<void> {
    const state = this.#state;
    if (state.kind !== "open" || state.phase.kind === "sending" || !state.facts.resizable) return;
    if (badFields(state).length > 0) {
      this.#dispatch({ type: "refused" });
      return;
    }
    const scale = scaleOf(state.texts);
    this.#dispatch({ type: "sent", scale });
    await this.#ask(async () => {
      await this.#host.request("apply", scale);
      this.#dispatch({ type: "accepted" });
    });
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
    } catch (error) {
      this.#dispatch({ type: "failed", error: wireErrorOf(error) });
    }
  }
}

/** What an earlier drawing kept; another version's is as good as none. */
function savedState(state: unknown): SavedCostForm | undefined {
  try {
    return parseSavedCostForm(state);
  } catch {
    return undefined;
  }
}

registerControls();
const root = document.getElementById("form");
if (root !== null) new CostForm(root).start();
