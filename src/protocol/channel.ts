/**
 * What a form and its host say to each other. A contract names what the form is opened with (`init`), what it may ask
 * (`requests`) and what the host may tell it unasked (`events`). Everything is JSON.
 */
export interface Contract {
  readonly init: object;
  readonly requests: Record<string, { readonly in: unknown; readonly out: unknown }>;
  readonly events: Record<string, unknown>;
}

export type RequestName<C extends Contract> = Extract<keyof C["requests"], string>;
export type EventName<C extends Contract> = Extract<keyof C["events"], string>;

/** One function per request; leaving one out does not compile. `input` has been checked by the contract's parser. */
export type Handlers<C extends Contract> = {
  readonly [K in RequestName<C>]: (
    input: C["requests"][K]["in"],
    signal: AbortSignal,
  ) => Promise<C["requests"][K]["out"]>;
};

/** Turns an untrusted message body into a request's input, or throws. One per request. */
export type Parsers<C extends Contract> = {
  readonly [K in RequestName<C>]: (input: unknown) => C["requests"][K]["in"];
};

/** Form → host. */
export type ToHost =
  | { readonly type: "ready" }
  | { readonly type: "request"; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: "cancel"; readonly id: number };

/**
 * Host → form. `ready` is answered by `texts` (the display language's bundle, absent for English) and then, when Azure has
 * answered, by `init` or `initFailed`; after the latter the form may send `ready` again.
 */
export type ToView =
  | { readonly type: "texts"; readonly texts?: Readonly<Record<string, string>> | undefined }
  | { readonly type: "init"; readonly init: unknown }
  | { readonly type: "initFailed"; readonly error: WireError }
  | { readonly type: "response"; readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly type: "response"; readonly id: number; readonly ok: false; readonly error: WireError }
  | { readonly type: "event"; readonly name: string; readonly data: unknown };

/** What a form learns of an AzureMlError. */
export interface WireError {
  /** An AzureMlErrorKind, `aborted` (the form cancelled) or `protocol` (the message itself was refused). */
  readonly kind: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly field?: string | undefined;
}
