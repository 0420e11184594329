import { type DetailsView } from "../../src/protocol/details";
import { type ToHost, type ToView, type WireError } from "../../src/protocol/channel";
import { view } from "./detailsWorld";
import { type ThemeName, applyTheme, themes } from "./themes";

/** What a test of the details page changes before or while it runs, and reads afterwards. */
export interface DetailsHarness {
  /** Every message of the page, in order. */
  readonly messages: ToHost[];
  view: DetailsView;
  initError: WireError | undefined;
  texts: Readonly<Record<string, string>> | undefined;
  /** Requests answered with this error, by name. */
  readonly errors: Record<string, WireError>;
  /** Requests left without an answer until `answer`, by name. */
  readonly held: string[];
  answer(name: string): void;
  tell(view: DetailsView): void;
}

class ScriptedHost implements DetailsHarness {
  readonly messages: ToHost[] = [];
  view = view;
  initError: WireError | undefined;
  texts: Readonly<Record<string, string>> | undefined;
  readonly errors: Record<string, WireError> = {};
  readonly held: string[] = [];
  readonly #open = new Map<string, number>();

  receive(message: ToHost): void {
    this.messages.push(message);
    if (message.type === "ready") this.#answerReady();
    if (message.type !== "request") return;
    if (this.held.includes(message.name)) this.#open.set(message.name, message.id);
    else this.#respond(message.id, message.name);
  }

  answer(name: string): void {
    const id = this.#open.get(name);
    if (id !== undefined) this.#respond(id, name);
  }

  tell(next: DetailsView): void {
    this.#post({ type: "event", name: "view", data: next });
  }

  #answerReady(): void {
    this.#post({ type: "texts", texts: this.texts });
    if (this.initError === undefined) this.#post({ type: "init", init: this.view });
    else this.#post({ type: "initFailed", error: this.initError });
  }

  #respond(id: number, name: string): void {
    const error = this.errors[name];
    if (error !== undefined) this.#post({ type: "response", id, ok: false, error });
    else this.#post({ type: "response", id, ok: true, output: name === "json" ? { text: '{\n  "id": 1\n}' } : null });
  }

  #post(message: ToView): void {
    setTimeout(() => window.postMessage(JSON.parse(JSON.stringify(message)), "*"), 0);
  }
}

const host = new ScriptedHost();
const stateKey = "vscode-state";
const api = {
  postMessage: (message: unknown) => host.receive(JSON.parse(JSON.stringify(message)) as ToHost),
  getState: (): unknown => JSON.parse(sessionStorage.getItem(stateKey) ?? "null") ?? undefined,
  setState: (state: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(state)),
};

const asked = new URLSearchParams(location.search).get("theme") ?? "dark";
applyTheme(asked in themes ? (asked as ThemeName) : "dark");
Object.assign(window, { acquireVsCodeApi: () => api, detailsHarness: host });
