import * as l10n from "@vscode/l10n";
import { render } from "lit/html.js";
import { type RequestName } from "../../src/protocol/channel";
import { type DetailsContract, type SavedDetails } from "../../src/protocol/details";
import { type ArmId } from "../../src/core/armId";
import { registerControls } from "../shared/components";
import { Host, wireErrorOf } from "../shared/host";
import "../shared/base.css";
import "./style.css";
import { type OpenPage, type PageEvent, type PageState, opening, reduce } from "./state";
import { pageView } from "./view";

/** Joins state, view and host: views of the cluster come in, what is pressed goes out. */
class DetailsPage {
  readonly #host = new Host<DetailsContract>();
  #state: PageState = opening;
  /** The host's clock minus this one's: they may be different machines. */
  #skewMs = 0;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.#draw();
    this.#host.open({
      onTexts: (texts) => {
        l10n.config({ contents: texts ?? {} });
        this.#draw();
      },
      onInit: (view) => {
        this.#skewMs = view.now - Date.now();
        this.#dispatch({ type: "opened", view });
        this.#host.setState({ version: 1, cluster: view.id as ArmId } satisfies SavedDetails);
      },
      onInitFailed: (error) => this.#dispatch({ type: "openFailed", error }),
      events: {
        view: (view) => {
          this.#skewMs = view.now - Date.now();
          this.#dispatch({ type: "view", view });
        },
      },
    });
    setInterval(() => this.#dispatch({ type: "tick", now: Date.now() + this.#skewMs }), tickMs);
  }

  readonly #dispatch = (event: PageEvent): void => {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before) return;
    this.#draw();
    const error = this.#state.kind === "open" ? this.#state.error : undefined;
    if (error !== undefined && (before.kind !== "open" || before.error !== error)) {
      document.getElementById("error")?.focus();
    }
  };

  #draw(): void {
    const view = pageView(this.#state, {
      dispatch: this.#dispatch,
      retry: () => {
        this.#host.askForInit();
      },
      refresh: () => void this.#ask("refresh", null, "refresh"),
      diagnose: () => void this.#ask("diagnose", null, "diagnose"),
      remedy: (choice) => void this.#ask("remedy", choice, "remedy"),
      node: (nodeId, action) => void this.#ask("node", { nodeId, action }),
      showJson: () => void this.#showJson(),
      copySummary: () => void this.#ask("copySummary", null),
      exportTimeline: () => void this.#ask("exportTimeline", null),
      timeOf: formatTime,
    });
    render(view, this.root);
  }

  async #ask<K extends RequestName<DetailsContract>>(
    name: K,
    input: DetailsContract["requests"][K]["in"],
    what?: OpenPage["busy"],
  ): Promise<void> {
    if (what !== undefined) this.#dispatch({ type: "asked", what });
    try {
      await this.#host.request(name, input);
      if (what !== undefined) this.#dispatch({ type: "answered" });
    } catch (error) {
      this.#dispatch({ type: "failed", error: wireErrorOf(error) });
    }
  }

  async #showJson(): Promise<void> {
    this.#dispatch({ type: "jsonAsked" });
    try {
      const { text } = await this.#host.request("json", null);
      this.#dispatch({ type: "jsonLoaded", text });
    } catch (error) {
      this.#dispatch({ type: "jsonFailed", error: wireErrorOf(error) });
    }
  }
}

/** How often "12 s ago" is written anew. */
const tickMs = 5_000;

function formatTime(at: number): string {
  const lang = document.documentElement.lang;
  return new Intl.DateTimeFormat(lang === "" ? undefined : lang, { dateStyle: "medium", timeStyle: "medium" }).format(
    at,
  );
}

registerControls();
const root = document.getElementById("form");
if (root !== null) new DetailsPage(root).start();
