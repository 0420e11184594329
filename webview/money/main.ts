import * as l10n from "@vscode/l10n";
import { render } from "lit/html.js";
import { type MoneyContract } from "../../src/protocol/money";
import "../shared/base.css";
import { registerControls } from "../shared/components";
import { Host, wireErrorOf } from "../shared/host";
import {
  type MoneyEvent,
  type MoneyState,
  type SavedMoneyView,
  opening,
  reduce,
  savedView,
  shownRows,
  tickedRows,
} from "./state";
import "./style.css";
import { moneyView } from "./view";

/** Joins state, view and host: events go in, requests come out. */
class MoneyPage {
  readonly #host = new Host<MoneyContract>();
  #state: MoneyState = opening;
  #drawing = false;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.#draw();
    this.#host.open({
      onTexts: (texts) => {
        l10n.config({ contents: texts ?? {} });
        this.#draw();
      },
      onInit: (facts) => this.#dispatch({ type: "facts", facts, saved: savedView(this.#host.getState()) }),
      onInitFailed: (error) => this.#dispatch({ type: "openFailed", error }),
      events: { facts: (facts) => this.#dispatch({ type: "facts", facts }) },
    });
  }

  /** Controls answer a drawing with events of their own; those meet the state they came from and change nothing. */
  readonly #dispatch = (event: MoneyEvent): void => {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before || this.#drawing) return;
    this.#draw();
    const state = this.#state;
    if (state.kind !== "open") return;
    const saved: SavedMoneyView = { version: 1, sort: state.sort, grouping: state.grouping };
    this.#host.setState(saved);
    if (state.error !== undefined && (before.kind !== "open" || before.error !== state.error)) {
      document.getElementById("error")?.focus();
    }
  };

  #draw(): void {
    this.#drawing = true;
    const view = moneyView(this.#state, {
      dispatch: this.#dispatch,
      openCost: (cluster) => void this.#ask(() => this.#host.request("openCost", { cluster })),
      scaleToZero: (clusters) => void this.#ask(() => this.#host.request("scaleToZero", { clusters })),
      follow: (cluster, rule) => void this.#ask(() => this.#host.request("follow", { cluster, rule })),
      exportCsv: () => void this.#ask(() => this.#exportCsv()),
      refresh: () => void this.#ask(() => this.#host.request("refresh", null)),
      retry: () => this.#host.askForInit(),
    });
    render(view, this.root);
    this.#drawing = false;
  }

  async #exportCsv(): Promise<void> {
    const state = this.#state;
    if (state.kind !== "open") return;
    const ticked = tickedRows(state);
    const rows = ticked.length === 0 ? shownRows(state) : ticked;
    const { saved } = await this.#host.request("exportCsv", { clusters: rows.map(({ id }) => id) });
    if (saved) this.#dispatch({ type: "saved" });
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
    } catch (error) {
      this.#dispatch({ type: "failed", error: wireErrorOf(error) });
    }
  }
}

registerControls();
const root = document.getElementById("form");
if (root !== null) new MoneyPage(root).start();
