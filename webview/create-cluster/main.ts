import * as l10n from "@vscode/l10n";
import { render } from "lit/html.js";
import { blocks } from "../../src/core/finding";
import { withoutSecrets } from "../../src/core/advancedDraft";
import { type ClusterDraft, emptyDraft } from "../../src/core/draft";
import {
  type Choices,
  type CreateClusterContract,
  type DraftField,
  type SavedForm,
  parseSavedForm,
} from "../../src/protocol/createCluster";
import "../shared/base.css";
import { registerControls } from "../shared/components";
import { linkDescriptions, syncDropdowns } from "../shared/dom";
import { Host, wireErrorOf } from "../shared/host";
import { allFindings, badFields } from "./findings";
import { isHidden } from "./advancedView";
import { fieldId } from "./fieldIds";
import {
  type FormEvent,
  type FormState,
  chosenSize,
  choicesKey,
  choicesOf,
  draft,
  opening,
  priceKey,
  sizesOf,
} from "./formState";
import { type Moment, reduce, savedForm } from "./state";
import "./style.css";
import { rowHeight } from "./sizePickerView";
import { shownRows } from "./sizeRows";
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
        start: (start) => this.#dispatch({ type: "started", start }),
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
    this.#readAround();
    this.#keepFavourites(before);
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
      compare: () => void this.#compare(),
      closeComparison: () => this.#dispatch({ type: "compareClosed" }),
      useRegion: (name) => this.#dispatch({ type: "typed", field: "location", text: name }),
      carryOut: (remedy) => void this.#ask(() => this.#host.request("remedy", remedy)),
      goTo: (field) => this.#goTo(field),
      makeKey: () => void this.#takeKey("makeKey"),
      pickKey: () => void this.#takeKey("pickKey"),
      savePreset: () => void this.#savePreset(),
      usePreset: () => void this.#usePreset(),
      nextStep: (step) => void this.#nextStep(step),
    });
    render(view, this.root);
    this.#drawing = false;
    linkDescriptions(this.root);
    syncDropdowns(this.root);
    this.#scrollSizes();
  }

  /** The list's own scrolling and the state's window agree; a row's height apart is the scrolling's own remainder. */
  #scrollSizes(): void {
    const state = this.#state;
    const list = document.getElementById("size-list");
    if (list === null || state.kind !== "open" || !state.picker.open) return;
    const wanted = state.picker.first * rowHeight();
    if (Math.abs(list.scrollTop - wanted) >= rowHeight()) list.scrollTop = wanted;
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
      const first = badFields(state, allFindings(state))[0];
      if (first !== undefined) document.getElementById(fieldId(first))?.focus();
      else document.querySelector<HTMLElement>(".summary")?.focus();
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

  #goTo(field: DraftField): void {
    const state = this.#state;
    if (state.kind === "open" && isHidden(state, field)) this.#dispatch({ type: "advancedToggled", open: true });
    document.getElementById(fieldId(field))?.focus();
  }

  /** What the checks need besides sizes: read once, and again for what is chosen. Each asks only once. */
  #readAround(): void {
    const state = this.#state;
    if (state.kind !== "open" || state.phase.kind !== "editing") return;
    if (state.surroundings === undefined) void this.#requestSurroundings();
    const choices = choicesOf(state);
    if (choices !== undefined && state.choices[choicesKey(choices)] === undefined) void this.#requestChoices(choices);
    const size = chosenSize(state);
    const key = priceKey(state.texts.location, state.texts.vmSize);
    if (size !== undefined && state.prices[key] === undefined) {
      void this.#requestPrice(key, { region: state.texts.location, vmSize: size.name });
    }
  }

  async #requestSurroundings(): Promise<void> {
    this.#dispatch({ type: "surroundingsAre", facts: null });
    const facts = await this.#host.request("surroundings", null).catch(() => undefined);
    if (facts !== undefined) this.#dispatch({ type: "surroundingsAre", facts });
  }

  async #requestChoices(choices: Choices): Promise<void> {
    const key = choicesKey(choices);
    this.#dispatch({ type: "choicesAre", key, facts: null });
    const facts = await this.#host.request("choices", choices).catch(() => undefined);
    if (facts !== undefined) this.#dispatch({ type: "choicesAre", key, facts });
  }

  /** Without an answer the size's own estimate counts. */
  async #requestPrice(key: string, input: { region: string; vmSize: string }): Promise<void> {
    this.#dispatch({ type: "priceIs", key, price: null });
    const price = await this.#host.request("price", input).catch(() => null);
    if (price !== null) this.#dispatch({ type: "priceIs", key, price });
  }

  /** A few regions at a time, the workspace's own first; closing the comparison or another size ends it. */
  async #compare(): Promise<void> {
    const state = this.#state;
    const size = state.kind === "open" ? chosenSize(state)?.name : undefined;
    if (state.kind !== "open" || size === undefined) return;
    this.#dispatch({ type: "compareAsked", vmSize: size });
    const waiting = state.init.regions.map(({ name }) => name);
    const goesOn = (): boolean => this.#state.kind === "open" && this.#state.comparison?.vmSize === size;
    const read = async (): Promise<void> => {
      for (let region = waiting.shift(); region !== undefined && goesOn(); region = waiting.shift()) {
        const candidate = await this.#host.request("compare", { region, vmSize: size }).catch(() => undefined);
        if (candidate !== undefined) this.#dispatch({ type: "compared", vmSize: size, candidate });
      }
    };
    await Promise.all([read(), read(), read()]);
    this.#dispatch({ type: "compareEnded", vmSize: size });
  }

  #keepFavourites(before: FormState): void {
    const state = this.#state;
    if (state.kind !== "open" || before.kind !== "open" || before.favourites === state.favourites) return;
    void this.#ask(() => this.#host.request("favourites", { names: state.favourites }));
  }

  async #takeKey(how: "makeKey" | "pickKey"): Promise<void> {
    const key = await this.#ask(() => this.#host.request(how, null));
    if (key === undefined || key === null) return;
    this.#dispatch({ type: "typed", field: "ssh.key", text: key.publicKey });
    if (!("file" in key) || typeof key.file !== "string") return;
    this.#dispatch({
      type: "noted",
      text: l10n.t("The private key is in {0}. Keep it secret.", key.file),
      findings: [],
    });
  }

  async #savePreset(): Promise<void> {
    const state = this.#state;
    if (state.kind !== "open") return;
    const saved = await this.#ask(() => this.#host.request("savePreset", sendable(draft(state))));
    if (saved === undefined || saved === null) return;
    this.#dispatch({ type: "noted", text: l10n.t("Saved as {0}.", saved.savedAs), findings: saved.findings });
  }

  async #usePreset(): Promise<void> {
    const start = await this.#ask(() => this.#host.request("usePreset", null));
    if (start !== undefined && start !== null) this.#dispatch({ type: "started", start });
  }

  async #nextStep(step: "reveal" | "studio" | "deleteFailed"): Promise<void> {
    const state = this.#state;
    if (state.kind !== "open") return;
    const clusterId = state.phase.kind === "accepted" ? state.phase.clusterId : state.failedCluster;
    if (clusterId !== undefined) await this.#ask(() => this.#host.request("nextStep", { step, clusterId }));
  }

  /** What goes wrong beside the creation is told in a note. */
  async #ask<T>(request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      this.#dispatch({ type: "noted", text: wireErrorOf(error).message, findings: [] });
      return undefined;
    }
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

/** A preset may lack what is no number yet; JSON has no NaN. */
function sendable(current: ClusterDraft): ClusterDraft {
  const plain = emptyDraft(current.location);
  const number = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);
  return withoutSecrets({
    ...current,
    minNodeCount: number(current.minNodeCount, plain.minNodeCount),
    maxNodeCount: number(current.maxNodeCount, plain.maxNodeCount),
    idleSecondsBeforeScaleDown: number(current.idleSecondsBeforeScaleDown, plain.idleSecondsBeforeScaleDown),
  });
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
