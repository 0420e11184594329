import {
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
  createHttpHeaders,
} from "@azure/core-rest-pipeline";
import { type AzureMl, type CredentialSource, type RequestRecord, type TokenRequest } from "../../../src/app/ports";
import { type ConnectOptions, connect } from "../../../src/azure/connect";
import { HandClock } from "../../support/handClock";

/** One answer: JSON unless `text` is given; `fails` breaks the connection with that code instead. */
export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Record<string, string>;
  readonly fails?: string;
}

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly body: unknown;
  readonly token: string | undefined;
}

type Script = Answer | ((sent: Sent) => Answer);

/** Answers by "METHOD path" (no query). Several answers are given in turn, the last one for ever after. */
export class ScriptedHttp implements HttpClient {
  readonly sent: Sent[] = [];
  readonly #scripts = new Map<string, Script[]>();

  on(call: string, ...answers: Script[]): this {
    this.#scripts.set(call.toLowerCase(), answers);
    return this;
  }

  calls(method: string): Sent[] {
    return this.sent.filter((sent) => sent.method === method);
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    if (request.abortSignal?.aborted) throw new DOMException("Aborted before sending.", "AbortError");
    const url = new URL(request.url);
    const sent: Sent = {
      method: request.method,
      url: request.url,
      path: url.pathname,
      body: typeof request.body === "string" ? JSON.parse(request.body) : undefined,
      token: request.headers.get("authorization"),
    };
    this.sent.push(sent);
    const answer = this.#next(sent, `${url.origin}${url.pathname}`);
    if (answer.fails !== undefined) {
      throw new RestError(`getaddrinfo ${answer.fails}`, {
        code: answer.fails,
        request,
      });
    }
    return {
      request,
      status: answer.status ?? 200,
      headers: createHttpHeaders({ "x-ms-request-id": "req-1", ...answer.headers }),
      bodyAsText: answer.text ?? (answer.json === undefined ? "" : JSON.stringify(answer.json)),
    };
  }

  #next(sent: Sent, full: string): Answer {
    const keys = [`${sent.method} ${sent.path}`, `${sent.method} ${full}`].map((key) => key.toLowerCase());
    const scripts = keys.map((key) => this.#scripts.get(key)).find((found) => found !== undefined);
    if (scripts === undefined) throw new Error(`The test did not expect ${sent.method} ${sent.url}`);
    const script = scripts.length > 1 ? scripts.shift()! : scripts[0]!;
    return typeof script === "function" ? script(sent) : script;
  }
}

/** Tokens named after their tenant, counting how often they were asked for. */
export class CountingCredential implements CredentialSource {
  readonly label = "test";
  readonly requests: TokenRequest[] = [];

  async getToken(request: TokenRequest): Promise<{ token: string; expiresOnTimestamp: number }> {
    this.requests.push(request);
    const token = `${request.tenantId ?? "home"}-${this.requests.length}`;
    return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
  }
}

export interface Connection {
  readonly azureMl: AzureMl;
  readonly http: ScriptedHttp;
  readonly credential: CountingCredential;
  readonly clock: HandClock;
  readonly records: RequestRecord[];
  readonly log: string[];
}

export function connectTo(http: ScriptedHttp, over: Partial<ConnectOptions> = {}): Connection {
  const credential = new CountingCredential();
  const clock = new HandClock();
  const records: RequestRecord[] = [];
  const log: string[] = [];
  const write = (level: string) => (message: string) => void log.push(`${level} ${message}`);
  const azureMl = connect({
    credential,
    httpClient: http,
    clock,
    logger: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
    onRequest: (record) => records.push(record),
    retryDelayMs: 0,
    ...over,
  });
  return { azureMl, http, credential, clock, records, log };
}

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error("It did not fail.");
}
