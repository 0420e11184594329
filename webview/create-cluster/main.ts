import * as l10n from "@vscode/l10n";
import { render } from "lit/html.js";
import { blocks } from "../../src/core/finding";
import { type CreateClusterContract, type SavedForm, parseSavedForm } from "../../src/protocol/createCluster";
import "../shared/base.css";
import { registerControls } from "../shared/components";
import { linkDescriptions, syncDropdowns } from "../shared/dom";
import { Host, wireErrorOf } from "../shared/host";
import { allFindings, badFields } from "./findings";
import { type FormEvent, type FormState, draft, opening, sizesOf } from "./formState";
import { type Moment, reduce, savedForm } from "./state";
import "./style.css";
import { shownRows } from "./sizePickerView";
import { formView } from "./view";

/** Joins state, view and host: events go in, requests and focus come out. */
class CreateClusterForm {
  readonly #host = new Host<CreateClusterContract>();
  #state: FormState = opening;
  #creating: AbortController | undefined;
  #drawing = false;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.#draw();
    window.addEventListener("scroll", () => this.#save(), { passive: true });
    this.#host.open({
      onTexts: (texts) => {
        l10n.config({ contents: texts ?? {} });
        this.#draw();
      },
      onInit: (init) => {
        const first = this.#state.kind === "opening";
        const saved = savedState(this.#host.getState());
        this.#dispatch({ type: "opened", init, saved });
        if (first) this.#settle(saved);
      },
      onInitFailed: (error) => this.#dispatch({ type: "openFailed", error }),
      events: {
        takenNames: (names) => this.#dispatch({ type: "takenNames", names }),
        creation: (creation) => this.#dispatch({ type: "creation", creation, resumed: true }),
      },
    });
  }

  /** Controls answer a drawing with events of their own; those meet the state they came from and change nothing. */
  readonly #dispatch = (event: FormEvent): void => {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before || this.#drawing) return;
    this.#draw();
    this.#moveFocus(before);
    this.#keep(before);
    this.#readSizes();
  };

  #draw(): void {
    this.#drawing = true;
    const view = formView(this.#state, {
      dispatch: this.#dispatch,
      submit: () => void this.#submit(),
      cancel: () => this.#creating?.abort(),
      close: () => void this.#host.request("close", null),
      retry: () => {
        this.#host.askForInit();
      },
      retrySizes: () => this.#readSizes(true),
    });
    render(view, this.root);
    this.#drawing = false;
    linkDescriptions(this.root);
    syncDropdowns(this.root);
    document.querySelector(".size-row.active")?.scrollIntoView({ block: "nearest" });
  }

  /** Where the person was: at their place in a restored form, else at its first field. */
  #settle(saved: SavedForm | undefined): void {
    if (saved !== undefined) window.scrollTo({ top: saved.scrollTop });
    else if (document.hasFocus()) document.getElementById("name")?.focus();
  }

  #moveFocus(before: FormState): void {
    const state = this.#state;
    if (state.kind !== "open") return;
    if (before.kind === "open" && state.refusals !== before.refusals) {
      const first = badFields(allFindings(state))[0];
      if (first !== undefined) document.getElementById(first)?.focus();
    } else if (state.error !== undefined && (before.kind !== "open" || state.error !== before.error)) {
      document.getElementById("error")?.focus();
    } else if (before.kind === "open" && state.phase.kind !== before.phase.kind) {
      if (state.phase.kind === "accepted") document.getElementById("close")?.focus();
      if (before.phase.kind === "accepted") document.getElementById("name")?.focus();
    }
  }

  /** VS Code keeps it while the tab is hidden and over a reload, the host for when the tab is closed. */
  #keep(before: FormState): void {
    const state = this.#state;
    if (state.kind !== "open") return;
    this.#save();
    if (before.kind !== "open" || before.texts === state.texts || state.phase.kind === "accepted") return;
    void this.#host.request("keep", savedForm(state, moment()));
  }

  #save(): void {
    if (this.#state.kind === "open") this.#host.setState(savedForm(this.#state, moment()));
  }

  #readSizes(again = false): void {
    const state = this.#state;
    if (state.kind !== "open" || state.texts.location === "") return;
    const known = sizesOf(state);
    if (known === undefined || (again && known.kind === "failed")) void this.#requestSizes(state.texts.location);
  }

  async #requestSizes(region: string): Promise<void> {
    this.#dispatch({ type: "sizesAsked", region });
    try {
      this.#dispatch({ type: "sizesLoaded", region, sizes: await this.#host.request("sizes", { region }) });
    } catch (error) {
      this.#dispatch({ type: "sizesFailed", region, error: wireErrorOf(error) });
    }
  }

  async #submit(): Promise<void> {
    const typing = this.#state;
    if (typing.kind === "open" && typing.picker.open) {
      this.#dispatch({ type: "pickerLeft", names: shownRows(typing).map((row) => row.size.name) });
    }
    const state = this.#state;
    if (state.kind !== "open" || state.phase.kind !== "editing") return;
    if (blocks(allFindings(state))) {
      this.#dispatch({ type: "refused" });
      return;
    }
    const current = draft(state);
    const creating = new AbortController();
    this.#creating = creating;
    this.#dispatch({ type: "creation", creation: { kind: "running", name: current.name }, resumed: false });
    try {
      const result = await this.#host.request("create", current, creating.signal);
      this.#dispatch({ type: "creation", creation: { kind: "ended", result }, resumed: false });
    } catch (caught) {
      const error = wireErrorOf(caught);
      if (error.kind === "aborted") this.#dispatch({ type: "stopped" });
      else this.#dispatch({ type: "creation", creation: { kind: "failed", error }, resumed: false });
    }
  }
}

function moment(): Moment {
  return { scrollTop: window.scrollY, savedAt: Date.now() };
}

/** What an earlier drawing kept; another version's is as good as none. */
function savedState(state: unknown): SavedForm | undefined {
  try {
    return parseSavedForm(state);
  } catch {
    return undefined;
  }
}

registerControls();
const root = document.getElementById("form");
if (root !== null) new CreateClusterForm(root).start();
