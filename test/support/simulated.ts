import { type HttpClient } from "@azure/core-rest-pipeline";
import { type Simulation, type SimulationOptions, startSimulation } from "../../src/simulator/simulation";

/** A clock that only moves when told. */
export interface HandClock {
  now(): number;
  advance(seconds: number): void;
}

export interface Simulated {
  readonly simulation: Simulation;
  readonly httpClient: HttpClient;
  readonly clock: HandClock;
  /** Sends a request as a signed-in client and parses the answer. `path` begins with a slash or is a whole URL. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** ARM ids of the small world, which `simulated` starts unless told otherwise. */
  readonly subscription: string;
  readonly workspace: string;
}

/** JSON that a test looks into without describing it. */
export type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

export const mlVersion = "2024-04-01";

export function handClock(start = "2026-03-02T09:00:00Z"): HandClock {
  let now = Date.parse(start);
  return { now: () => now, advance: (seconds) => void (now += seconds * 1000) };
}

/**
 * A simulation with its clock in hand. Without options: one subscription with one empty workspace `ml-test` in westeurope and
 * plenty of quota. `{ world: "demo" }` starts the demo world.
 */
export function simulated(options: Omit<SimulationOptions, "clock"> & { clock?: HandClock } = {}): Simulated {
  const clock = options.clock ?? handClock();
  const simulation = startSimulation({ world: "small", ...options, clock });
  const [subscription, workspace] = firstIds(simulation);
  return {
    simulation,
    httpClient: simulation.httpClient,
    clock,
    subscription,
    workspace,
    send: async (method, path, body, headers = {}) => {
      const url = new URL(path, "https://management.azure.com");
      const { token } = await simulation.getToken(tenantOf(simulation, url.pathname));
      const answer = simulation.handle({
        method,
        url: url.href.includes("api-version=") ? url.href : withVersion(url),
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return {
        status: answer.status,
        headers: answer.headers,
        body: answer.body === "" ? undefined : JSON.parse(answer.body),
      };
    },
  };
}

function withVersion(url: URL): string {
  return `${url.href}${url.search === "" ? "?" : "&"}api-version=${mlVersion}`;
}

interface Peek {
  state: {
    subscriptions: { subscriptionId: string; tenantId: string }[];
    workspaces: { id: string }[];
  };
}

function peek(simulation: Simulation): Peek["state"] {
  return (simulation.snapshot() as Peek).state;
}

function firstIds(simulation: Simulation): [string, string] {
  const { subscriptions, workspaces } = peek(simulation);
  return [`/subscriptions/${subscriptions[0]?.subscriptionId ?? ""}`, workspaces[0]?.id ?? ""];
}

/** The tenant that a path's subscription belongs to. */
function tenantOf(simulation: Simulation, path: string): { tenantId?: string } {
  const id = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  const tenantId = peek(simulation).subscriptions.find((one) => one.subscriptionId === id)?.tenantId;
  return tenantId === undefined ? {} : { tenantId };
}
