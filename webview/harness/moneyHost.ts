import { type ToHost, type ToView, type WireError } from "../../src/protocol/channel";
import { type CostFacts } from "../../src/protocol/cost";
import { type MoneyFacts } from "../../src/protocol/money";
import { costOf, money } from "./moneyWorld";
import { type ThemeName, applyTheme, themes } from "./themes";

/** What a test of the cost form or the money page changes, and reads afterwards. */
export interface MoneyHarness {
  readonly messages: ToHost[];
  init: CostFacts | MoneyFacts;
  initError: WireError | undefined;
  texts: Readonly<Record<string, string>> | undefined;
  /** How requests are answered by name: an error, or undefined to leave it open; null for all others. */
  readonly answers: Record<string, object | undefined>;
  /** Answers the open request. */
  answer(name: string, answer: object | null): void;
  tell(name: string, data: unknown): void;
  costOf(name: string): CostFacts;
}

/** A host in the page: `acquireVsCodeApi` as VS Code offers it, and answers by script. `?theme=` chooses the colours. */
class ScriptedHost implements MoneyHarness {
  readonly messages: ToHost[] = [];
  init: CostFacts | MoneyFacts =
    document.querySelector('script[src="/money.js"]') === null ? costOf("gpu-min1") : money;
  initError: WireError | undefined;
  texts: Readonly<Record<string, string>> | undefined;
  readonly answers: Record<string, object | undefined> = {};
  readonly #open = new Map<string, number>();
  readonly costOf = costOf;

  receive(message: ToHost): void {
    this.messages.push(message);
    if (message.type === "ready") this.#answerReady();
    else if (message.type === "request") {
      this.#open.set(message.name, message.id);
      if (!(message.name in this.answers)) this.answer(message.name, null);
      else if (this.answers[message.name] !== undefined) this.answer(message.name, this.answers[message.name] ?? null);
    }
  }

  answer(name: string, answer: object | null): void {
    const id = this.#open.get(name);
    if (id === undefined) return;
    this.#open.delete(name);
    if (answer !== null && "kind" in answer)
      this.#post({ type: "response", id, ok: false, error: answer as WireError });
    else this.#post({ type: "response", id, ok: true, output: answer });
  }

  tell(name: string, data: unknown): void {
    this.#post({ type: "event", name, data });
  }

  #answerReady(): void {
    this.#post({ type: "texts", texts: this.texts });
    if (this.initError === undefined) this.#post({ type: "init", init: this.init });
    else this.#post({ type: "initFailed", error: this.initError });
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
Object.assign(window, { acquireVsCodeApi: () => api, moneyHarness: host });
