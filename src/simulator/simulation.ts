import { type HttpClient } from "@azure/core-rest-pipeline";
import { issueToken } from "./auth";
import { SimClock, type TimeSource } from "./clock";
import { makeCommands, type SimulationCommands } from "./commands";
import { type Faults } from "./faults";
import { type Latency, makeHttpClient } from "./httpClient";
import { type SimRequest, type SimResponse } from "./http";
import { type ErrorDetail, type WorldState } from "./model";
import { Router } from "./router";
import { demoWorld } from "./seed/demoWorld";
import { smallWorld } from "./seed/smallWorld";
import { makeSnapshot, readSnapshot } from "./snapshot";
import { defaultSwitches, type Switches } from "./switches";
import { World } from "./world";

export interface SimulationOptions {
  /** Real time; without it the machine's own. */
  readonly clock?: TimeSource;
  /** How fast simulated time runs; 1 when left out. */
  readonly speed?: number;
  /** Seed of everything random: same seed, same requests at the same times, same world. */
  readonly seed?: number;
  /** The company of the demo, or one empty workspace; or a world of one's own. */
  readonly world?: "demo" | "small" | ((now: number, seed: number) => WorldState);
  /** What `snapshot()` gave: goes on from there. Anything else is ignored and the world begins anew. */
  readonly snapshot?: unknown;
  /** Something worth saving has changed. Called after requests and commands, never in between. */
  readonly onDidChange?: () => void;
  readonly switches?: Partial<Switches>;
  /** Real milliseconds that answers take; none when left out. `demoLatency` is what feels real. */
  readonly latency?: Partial<Latency>;
}

/** What feels like a network; slow workspaces are slow. */
export const demoLatency: Latency = { requestMs: 120, playDelays: true };

export interface Simulation {
  /** ARM, the price list and all else, below the SDK. Honours abort signals. */
  readonly httpClient: HttpClient;
  /** Name of the account, for the screen. */
  readonly label: string;
  /**
   * An unsigned token for a tenant (undefined: the home tenant); fits CredentialSource. `claims` answers a challenge.
   * Rejects for a tenant that there is not.
   */
  getToken(request: TokenWish): Promise<{ token: string; expiresOnTimestamp: number }>;
  readonly commands: SimulationCommands;
  /** Scripted trouble. Not part of snapshots. */
  readonly faults: Faults;
  /** Makes the next accepted write fail in the end. */
  failNextOperation(error: ErrorDetail): void;
  /** Leaves nothing of a subscription's request budget. */
  drainRequestBudget(subscriptionId: string): void;
  /** Simulated milliseconds since the epoch. */
  now(): number;
  /** JSON that `startSimulation` goes on from. */
  snapshot(): unknown;
  /** One request as it comes over a wire, for the loopback server. @throws NetworkTrouble */
  handle(request: SimRequest): SimResponse;
}

interface TokenWish {
  readonly tenantId?: string | undefined;
  readonly claims?: string | undefined;
}

const worlds = { demo: demoWorld, small: smallWorld };

export function startSimulation(options: SimulationOptions = {}): Simulation {
  const seed = options.seed ?? 1;
  const switches = { ...defaultSwitches, ...options.switches };
  const saved = readSnapshot(options.snapshot);
  const clock = new SimClock(
    options.clock ?? { now: () => performance.timeOrigin + performance.now() },
    options.speed ?? 1,
    saved?.clock,
  );
  const wanted = options.world ?? "demo";
  const begin = typeof wanted === "function" ? wanted : worlds[wanted];
  let world = new World(saved?.state ?? begin(clock.now(), seed), switches);
  let savedChanges = 0;

  const caughtUp = (): World => {
    world.advance(clock.now());
    return world;
  };
  const tell = (): void => {
    if (world.changes === savedChanges) return;
    savedChanges = world.changes;
    options.onDidChange?.();
  };
  const router = new Router(() => world, clock, seed);
  const latency: Latency = { requestMs: 0, playDelays: false, ...options.latency };

  return {
    httpClient: makeHttpClient(router, latency, tell),
    get label() {
      return world.state.person.name;
    },
    getToken: ({ tenantId, claims }) => {
      const { person, tenants } = world.state;
      const tenant =
        tenantId === undefined ? tenants[0] : tenants.find((one) => one.tenantId === tenantId.toLowerCase());
      if (tenant === undefined) return Promise.reject(new Error(`There is no simulated tenant ${tenantId ?? ""}.`));
      return Promise.resolve(issueToken(person, tenant, clock.realNow(), claims));
    },
    commands: {
      ...tellAfter(makeCommands(caughtUp, clock), tell),
      reset: () => {
        world = new World(begin(clock.now(), seed), switches);
        world.changes++;
        savedChanges = 0;
        tell();
      },
    },
    faults: router.faults,
    failNextOperation: (error) => {
      world.nextFailure = error;
    },
    drainRequestBudget: (subscriptionId) => {
      router.throttle.drain(subscriptionId, world.state.person.objectId, caughtUp().now);
    },
    now: () => clock.now(),
    snapshot: () => makeSnapshot(clock.state(), caughtUp().state),
    handle: (request) => {
      const answer = router.handle(request);
      tell();
      return answer;
    },
  };
}

/** The same commands, each followed by telling that the world changed. */
function tellAfter(commands: Omit<SimulationCommands, "reset">, tell: () => void): Omit<SimulationCommands, "reset"> {
  const after =
    <A extends readonly unknown[], R>(run: (...args: A) => R) =>
    (...args: A): R => {
      const result = run(...args);
      tell();
      return result;
    };
  return {
    runJob: after(commands.runJob),
    preemptNodes: after(commands.preemptNodes),
    makeNodeUnusable: after(commands.makeNodeUnusable),
    setGroupLock: after(commands.setGroupLock),
    exhaustQuota: after(commands.exhaustQuota),
    fastForward: after(commands.fastForward),
  };
}
