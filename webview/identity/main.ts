import * as l10n from "@vscode/l10n";
import { render } from "lit/html.js";
import { type IdentityDraft } from "../../src/core/advancedDraft";
import {
  type IdentityContract,
  type RoleGrant,
  type SavedIdentityForm,
  parseSavedIdentityForm,
} from "../../src/protocol/identity";
import "../shared/base.css";
import { registerControls } from "../shared/components";
import { Host, wireErrorOf } from "../shared/host";
import { type Asked, type FormEvent, type FormState, choice, mayApply, opening, preview, reduce } from "./state";
import "./style.css";
import { formView } from "./view";

/** After the last change of the choice, before rights are asked for: a choice is often several clicks. */
const checkDelayMs = 400;

/** Joins state, view and host: events go in, requests and focus come out. */
class IdentityFormPage {
  readonly #host = new Host<IdentityContract>();
  #state: FormState = opening;
  #applying: AbortController | undefined;
  #checking: AbortController | undefined;
  #drawing = false;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.#draw();
    this.#host.open({
      onTexts: (texts) => {
        l10n.config({ contents: texts ?? {} });
        this.#draw();
      },
      onInit: (init) => {
        const saved = savedForm(this.#host.getState())?.choice;
        this.#dispatch({ type: "opened", init, saved });
        void this.#readDirectory();
      },
      onInitFailed: (error) => this.#dispatch({ type: "openFailed", error }),
      events: { form: (init) => this.#dispatch({ type: "reread", init }) },
    });
  }

  /** Controls answer a drawing with events of their own; those meet the state they came from and change nothing. */
  readonly #dispatch = (event: FormEvent): void => {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before || this.#drawing) return;
    this.#draw();
    this.#moveFocus(before);
    this.#keep();
    this.#check();
  };

  #draw(): void {
    this.#drawing = true;
    const view = formView(this.#state, {
      dispatch: this.#dispatch,
      apply: () => void this.#apply(),
      cancel: () => this.#applying?.abort(),
      close: () => void this.#host.request("close", null),
      retry: () => this.#host.askForInit(),
      scaleToZero: () => void this.#host.request("scaleToZero", null),
      showBody: () => void this.#showBody(),
      showRoles: () => void this.#showRoles(),
      grant: (grant) => void this.#grant(grant),
      copy: (text) => void navigator.clipboard.writeText(text),
    });
    render(view, this.root);
    this.#drawing = false;
  }

  /** A failure or a difference is read out and seen. */
  #moveFocus(before: FormState): void {
    const now = this.#state;
    if (now.kind !== "open" || before.kind !== "open") return;
    if (now.error !== undefined && now.error !== before.error) document.getElementById("error")?.focus();
    else if (now.differences !== undefined && now.differences !== before.differences) {
      document.getElementById("differences")?.focus();
    }
  }

  #keep(): void {
    if (this.#state.kind !== "open") return;
    const saved: SavedIdentityForm = { version: 1, cluster: this.#state.init.clusterId, choice: choice(this.#state) };
    this.#host.setState(saved);
  }

  /** Rights are asked for once per choice, when it has come to rest. */
  #check(): void {
    const state = this.#state;
    if (state.kind !== "open" || state.checks.kind !== "idle") return;
    this.#checking?.abort();
    if (!preview(state).changed) return;
    const checking = new AbortController();
    this.#checking = checking;
    setTimeout(() => {
      if (!checking.signal.aborted) void this.#askChecks(choice(state), checking.signal);
    }, checkDelayMs);
  }

  async #askChecks(wanted: IdentityDraft, signal: AbortSignal): Promise<void> {
    this.#dispatch({ type: "checks", asked: { kind: "asking" } });
    const asked = await settled(this.#host.request("check", wanted, signal));
    if (!signal.aborted) this.#dispatch({ type: "checks", asked });
  }

  async #readDirectory(): Promise<void> {
    this.#dispatch({ type: "directory", asked: { kind: "asking" } });
    this.#dispatch({ type: "directory", asked: await settled(this.#host.request("identities", null)) });
  }

  async #showBody(): Promise<void> {
    const state = this.#state;
    if (state.kind !== "open" || state.body.kind !== "idle") return;
    this.#dispatch({ type: "body", asked: { kind: "asking" } });
    const asked = await settled(this.#host.request("body", choice(state)));
    if (this.#stillChosen(choice(state))) this.#dispatch({ type: "body", asked });
  }

  async #showRoles(): Promise<void> {
    const state = this.#state;
    if (state.kind !== "open" || state.roles.kind === "asking") return;
    this.#dispatch({ type: "roles", asked: { kind: "asking" } });
    const asked = await settled(this.#host.request("roles", choice(state)));
    if (this.#stillChosen(choice(state))) this.#dispatch({ type: "roles", asked });
  }

  /** An answer for a choice that was taken back since says nothing. */
  #stillChosen(asked: IdentityDraft): boolean {
    return this.#state.kind === "open" && JSON.stringify(choice(this.#state)) === JSON.stringify(asked);
  }

  async #grant(grant: RoleGrant): Promise<void> {
    this.#dispatch({ type: "grantFailed", error: undefined });
    try {
      const { granted } = await this.#host.request("grant", grant);
      if (granted) await this.#showRoles();
    } catch (error) {
      this.#dispatch({ type: "grantFailed", error: wireErrorOf(error) });
    }
  }

  async #apply(): Promise<void> {
    const state = this.#state;
    if (state.kind !== "open") return;
    if (!mayApply(state)) {
      this.#dispatch({ type: "refused" });
      return;
    }
    const applying = new AbortController();
    this.#applying = applying;
    this.#dispatch({ type: "sending" });
    try {
      const input = { choice: choice(state), revision: state.init.revision };
      this.#dispatch({ type: "answered", answer: await this.#host.request("apply", input, applying.signal) });
    } catch (error) {
      this.#dispatch({ type: "failed", error: wireErrorOf(error) });
    }
  }
}

async function settled<T>(request: Promise<T>): Promise<Asked<T>> {
  try {
    return { kind: "answered", value: await request };
  } catch (error) {
    return { kind: "failed", error: wireErrorOf(error) };
  }
}

/** What an earlier drawing kept; another version's is as good as none. */
function savedForm(state: unknown): SavedIdentityForm | undefined {
  try {
    return parseSavedIdentityForm(state);
  } catch {
    return undefined;
  }
}

registerControls();
const root = document.getElementById("form");
if (root !== null) new IdentityFormPage(root).start();
