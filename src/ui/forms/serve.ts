import { type Disposable } from "../../app/emitter";
import { type Logger } from "../../app/ports";
import { AzureMlError, isAbort } from "../../core/errors";
import {
  type Contract,
  type EventName,
  type Handlers,
  type Parsers,
  type RequestName,
  type ToHost,
  type ToView,
  type WireError,
} from "../../protocol/channel";
import { ProtocolError, parseToHost } from "../../protocol/parse";

/** The part of `vscode.Webview` that a link needs. */
export interface FormChannel {
  postMessage(message: ToView): PromiseLike<boolean>;
  onDidReceiveMessage(listener: (message: unknown) => void): Disposable;
}

export interface ServeOptions<C extends Contract> {
  /** Runs each time the form is drawn: after opening, after having been hidden, and for "Retry". */
  readonly init: (signal: AbortSignal) => Promise<C["init"]>;
  readonly handlers: Handlers<C>;
  readonly parsers: Parsers<C>;
  /** Called when the form has got its `init`. */
  readonly onDidInit?: (() => void) | undefined;
  readonly texts: Readonly<Record<string, string>> | undefined;
  readonly log: Logger;
}

export interface FormLink<C extends Contract> extends Disposable {
  notify<E extends EventName<C>>(name: E, data: C["events"][E]): void;
}

/** Why a request's signal fired: the form was hidden, redrawn or closed. An explicit cancel has another reason. */
export class FormLeft extends Error {
  override readonly name = "AbortError";
}

/** A form of ours has at most a handful of requests under way. */
const mostInFlight = 16;

/**
 * Answers a form. Nothing from the webview is trusted: a message that is none, an unknown request or an input of the wrong
 * shape gets a typed error where it can be answered, goes to the log, and reaches no handler.
 */
export function serve<C extends Contract>(channel: FormChannel, options: ServeOptions<C>): FormLink<C> {
  return new Link(channel, options);
}

class Link<C extends Contract> implements FormLink<C> {
  readonly #listening: Disposable;
  readonly #inFlight = new Map<number, AbortController>();
  #init: AbortController | undefined;

  constructor(
    private readonly channel: FormChannel,
    private readonly options: ServeOptions<C>,
  ) {
    this.#listening = channel.onDidReceiveMessage((message) => this.#receive(message));
  }

  notify<E extends EventName<C>>(name: E, data: C["events"][E]): void {
    this.#post({ type: "event", name, data });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#leave();
  }

  #receive(raw: unknown): void {
    let message: ToHost;
    try {
      message = parseToHost(raw);
    } catch (error) {
      this.options.log.warn(`Form: message refused: ${error instanceof ProtocolError ? error.message : "unreadable"}`);
      return;
    }
    switch (message.type) {
      case "ready":
        this.#leave();
        void this.#open();
        return;
      case "cancel":
        this.#inFlight.get(message.id)?.abort();
        return;
      case "request":
        void this.#answer(message.id, message.name, message.input);
    }
  }

  /** Whoever asked before is gone, and a new drawing counts its requests from the start: nobody may answer them. */
  #leave(): void {
    const left = new FormLeft();
    this.#init?.abort(left);
    for (const controller of this.#inFlight.values()) controller.abort(left);
    this.#inFlight.clear();
  }

  async #open(): Promise<void> {
    const controller = new AbortController();
    this.#init = controller;
    this.#post({ type: "texts", texts: this.options.texts });
    try {
      const init = await this.options.init(controller.signal);
      if (controller.signal.aborted) return;
      this.#post({ type: "init", init });
      this.options.onDidInit?.();
    } catch (error) {
      if (!controller.signal.aborted) this.#post({ type: "initFailed", error: this.#wireError(error) });
    }
  }

  async #answer(id: number, name: string, input: unknown): Promise<void> {
    if (this.#inFlight.has(id) || this.#inFlight.size >= mostInFlight) {
      this.options.log.warn(`Form: request refused: ${this.#inFlight.has(id) ? "its number is in use" : "too many"}`);
      return;
    }
    const controller = new AbortController();
    this.#inFlight.set(id, controller);
    let response: ToView;
    try {
      response = { type: "response", id, ok: true, output: await this.#handle(name, input, controller.signal) };
    } catch (error) {
      response = { type: "response", id, ok: false, error: this.#wireError(error) };
    }
    if (this.#inFlight.get(id) !== controller) return;
    this.#inFlight.delete(id);
    this.#post(response);
  }

  async #handle(name: string, input: unknown, signal: AbortSignal): Promise<unknown> {
    const { handlers, parsers } = this.options;
    if (!Object.hasOwn(handlers, name) || !Object.hasOwn(parsers, name))
      throw new ProtocolError("message.name", "a request");
    const known = name as RequestName<C>;
    return handlers[known](parsers[known](input), signal);
  }

  #post(message: ToView): void {
    this.channel
      .postMessage(message)
      .then(undefined, () => this.options.log.debug("Form: gone before it was answered."));
  }

  #wireError(error: unknown): WireError {
    const wire = wireErrorOf(error);
    if (wire.kind === "protocol") this.options.log.warn(`Form: request refused: ${wire.message}`);
    if (wire.kind === "unknown") this.options.log.error(`Form: ${wire.message}`);
    return wire;
  }
}

export function wireErrorOf(error: unknown): WireError {
  if (error instanceof AzureMlError) {
    const { kind, message, code, requestId } = error;
    return { kind, message, code, requestId };
  }
  if (error instanceof ProtocolError) return { kind: "protocol", message: error.message };
  if (isAbort(error)) return { kind: "aborted", message: "" };
  return { kind: "unknown", message: error instanceof Error ? error.message : String(error) };
}
