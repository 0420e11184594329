/** A request as it reaches ARM. Header names are lower-case. */
export interface SimRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** undefined or empty for none. */
  readonly body?: string | undefined;
}

/** What goes back over the wire. Header names are lower-case. */
export interface SimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How much longer than usual the answer takes, in real milliseconds; only transports that play latency look at it. */
  readonly delayMs: number;
}

/** A handler's answer; `body` undefined is an empty one. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}
