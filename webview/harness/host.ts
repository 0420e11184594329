import { type ToHost, type ToView, type WireError } from "../../src/protocol/channel";
import {
  type CreateClusterInit,
  type CreateResult,
  type Creation,
  type StartingDraft,
  type SurroundingFacts,
} from "../../src/protocol/createCluster";
import { candidate, choices, init, regionSizes, surroundings } from "./createClusterWorld";
import { type ThemeName, applyTheme, themes } from "./themes";

/** What a test changes before or while the form runs, and reads afterwards. */
export interface Harness {
  /** Every message of the form, in order. */
  readonly messages: ToHost[];
  init: CreateClusterInit;
  initError: WireError | undefined;
  texts: Readonly<Record<string, string>> | undefined;
  /** How `create` is answered; undefined leaves it open until `answerCreate`. */
  create: CreateResult | WireError | undefined;
  answerCreate(answer: CreateResult | WireError): void;
  tellCreation(creation: Creation): void;
  tellTakenNames(names: readonly string[]): void;
  tellStart(start: StartingDraft): void;
  surroundings: SurroundingFacts;
  /** Answers by request name that take the place of the script's own. */
  answers: Readonly<Record<string, unknown>>;
}

/**
 * A host in the page: `acquireVsCodeApi` as VS Code offers it, with state that outlives a reload, and answers by script.
 * `?theme=` chooses the colours.
 */
class ScriptedHost implements Harness {
  readonly messages: ToHost[] = [];
  init = init;
  initError: WireError | undefined;
  texts: Readonly<Record<string, string>> | undefined;
  create: CreateResult | WireError | undefined;
  surroundings = surroundings;
  answers: Readonly<Record<string, unknown>> = {};
  #openCreate: number | undefined;

  receive(message: ToHost): void {
    this.messages.push(message);
    if (message.type === "ready") this.#answerReady();
    else if (message.type === "cancel") this.#respond(message.id, { kind: "aborted", message: "" });
    else this.#answer(message.id, message.name, message.input);
  }

  answerCreate(answer: CreateResult | WireError): void {
    if (this.#openCreate !== undefined) this.#respond(this.#openCreate, answer);
  }

  tellCreation(creation: Creation): void {
    this.#post({ type: "event", name: "creation", data: creation });
  }

  tellTakenNames(names: readonly string[]): void {
    this.#post({ type: "event", name: "takenNames", data: names });
  }

  tellStart(start: StartingDraft): void {
    this.#post({ type: "event", name: "start", data: start });
  }

  #answerReady(): void {
    this.#post({ type: "texts", texts: this.texts });
    if (this.initError === undefined) this.#post({ type: "init", init: this.init });
    else this.#post({ type: "initFailed", error: this.initError });
  }

  #answer(id: number, name: string, input: unknown): void {
    const scripted = this.answers[name];
    if (scripted !== undefined) this.#respond(id, scripted as object);
    else if (name === "sizes") this.#respond(id, sizesAnswer((input as { region: string }).region));
    else if (name === "surroundings") this.#respond(id, this.surroundings);
    else if (name === "choices") this.#respond(id, choices);
    else if (name === "price") this.#respond(id, {});
    else if (name === "compare") {
      const { region, vmSize } = input as { region: string; vmSize: string };
      this.#respond(id, candidate(region, vmSize));
    } else if (name !== "create") this.#post({ type: "response", id, ok: true, output: null });
    else if (this.create === undefined) this.#openCreate = id;
    else this.#respond(id, this.create);
  }

  #respond(id: number, answer: object): void {
    if ("kind" in answer) this.#post({ type: "response", id, ok: false, error: answer as WireError });
    else this.#post({ type: "response", id, ok: true, output: answer });
  }

  #post(message: ToView): void {
    setTimeout(() => window.postMessage(JSON.parse(JSON.stringify(message)), "*"), 0);
  }
}

function sizesAnswer(region: string): object {
  try {
    return regionSizes(region);
  } catch (error) {
    return { kind: "network", message: error instanceof Error ? error.message : "" };
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
Object.assign(window, { acquireVsCodeApi: () => api, harness: host });
