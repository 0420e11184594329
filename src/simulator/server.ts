import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo } from "node:net";
import { NetworkTrouble } from "./router";
import { type Simulation } from "./simulation";

export interface ServerOptions {
  /** 0 chooses a free one. */
  readonly port: number;
  /** Only this machine: `127.0.0.1` (as when left out), `::1` or `localhost`. */
  readonly host?: string;
  /** PEM texts; with them it speaks https. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface RunningServer {
  /** E.g. `https://127.0.0.1:8443`; without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const loopback = ["127.0.0.1", "::1", "localhost"];

/** Larger than any request that ARM takes. */
const longestBody = 4 * 1024 * 1024;

/**
 * The simulated ARM on a port of this machine, for clients outside the extension. Next links and operation addresses name
 * the host that was asked. Tokens come from `POST /msi/token`.
 * @throws RangeError for a host that others could reach.
 */
export async function serveSimulation(simulation: Simulation, options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? "127.0.0.1";
  if (!loopback.includes(host)) {
    throw new RangeError(
      `The simulator signs nobody in, so it listens on this machine only: not on ${host}, but on 127.0.0.1, ::1 or localhost.`,
    );
  }
  const scheme = options.tls === undefined ? "http" : "https";
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    handle(simulation, scheme, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  };
  const server: Server =
    options.tls === undefined ? createServer(answer) : createSecureServer({ ...options.tls }, answer);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  simulation: Simulation,
  scheme: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = request.headers.host ?? "";
  // A page in a browser may make a name of its own lead here: answer to this machine's names only.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) {
    response.writeHead(421, { "content-type": "text/plain" }).end("The simulator answers to localhost only.\n");
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413, { "content-type": "text/plain", connection: "close" }).end("The request is too large.\n");
    return;
  }
  try {
    const answer = simulation.handle({
      method: request.method ?? "GET",
      url: `${scheme}://${host}${request.url ?? "/"}`,
      headers: plainHeaders(request),
      body,
    });
    response.writeHead(answer.status, { ...answer.headers }).end(request.method === "HEAD" ? "" : answer.body);
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error;
    response.destroy();
  }
}

function plainHeaders(request: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

/** @returns undefined when it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
