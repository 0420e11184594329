import {
  type Contract,
  type EventName,
  type RequestName,
  type ToHost,
  type ToView,
  type WireError,
} from "../../src/protocol/channel";

/** What the host answered instead of a result. */
export class HostError extends Error {
  override readonly name = "HostError";

  constructor(readonly wire: WireError) {
    super(wire.message);
  }
}

export interface HostListener<C extends Contract> {
  onTexts(texts: Readonly<Record<string, string>> | undefined): void;
  onInit(init: C["init"]): void;
  onInitFailed(error: WireError): void;
  readonly events: { readonly [K in EventName<C>]: (data: C["events"][K]) => void };
}

/** The form's side of the link. VS Code lets one page call `acquireVsCodeApi` once: make one of these per form. */
export class Host<C extends Contract> {
  readonly #api = acquireVsCodeApi();
  readonly #waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
  #nextId = 0;

  /** Asks for `init`, again after each call. Answers go to the listener. */
  open(listener: HostListener<C>): void {
    window.addEventListener("message", (message: MessageEvent<ToView>) => this.#receive(message.data, listener));
    this.askForInit();
  }

  askForInit(): void {
    this.#post({ type: "ready" });
  }

  /** @throws HostError when the host refused or failed; `aborted` when `signal` fired first. */
  request<K extends RequestName<C>>(
    name: K,
    input: C["requests"][K]["in"],
    signal?: AbortSignal,
  ): Promise<C["requests"][K]["out"]> {
    const id = this.#nextId++;
    signal?.addEventListener("abort", () => this.#post({ type: "cancel", id }), { once: true });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ type: "request", id, name, input });
    });
  }

  /** What the last page of this tab had kept; written by us, but perhaps by another version. */
  getState(): unknown {
    return this.#api.getState();
  }

  setState(state: unknown): void {
    this.#api.setState(state);
  }

  #receive(message: ToView, listener: HostListener<C>): void {
    switch (message.type) {
      case "texts":
        listener.onTexts(message.texts);
        return;
      case "init":
        listener.onInit(message.init as C["init"]);
        return;
      case "initFailed":
        listener.onInitFailed(message.error);
        return;
      case "event":
        tell(listener, message.name, message.data);
        return;
      case "response": {
        const waiting = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        if (message.ok) waiting?.resolve(message.output);
        else waiting?.reject(new HostError(message.error));
      }
    }
  }

  #post(message: ToHost): void {
    this.#api.postMessage(message);
  }
}

/** The host is ours: what it sends has the contract's types. A name without a listener is an older view's to ignore. */
function tell<C extends Contract>(listener: HostListener<C>, name: string, data: unknown): void {
  const events: Readonly<Record<string, ((data: never) => void) | undefined>> = listener.events;
  events[name]?.(data as never);
}

export function wireErrorOf(error: unknown): WireError {
  if (error instanceof HostError) return error.wire;
  return { kind: "unknown", message: error instanceof Error ? error.message : String(error) };
}
