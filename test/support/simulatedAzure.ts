import { type AzureMl, type RequestRecord } from "../../src/app/ports";
import { connect } from "../../src/azure/connect";
import { type SimulationOptions } from "../../src/simulator/simulation";
import { type Simulated, simulated } from "./simulated";

export interface SimulatedAzure extends Simulated {
  readonly azureMl: AzureMl;
  /** Every request so far. */
  readonly records: RequestRecord[];
}

/** The real adapter on the simulator; resting moves the simulated clock instead of waiting. */
export function simulatedAzure(options: Omit<SimulationOptions, "clock"> = {}): SimulatedAzure {
  const world = simulated(options);
  const records: RequestRecord[] = [];
  const silent = (): void => undefined;
  const azureMl = connect({
    credential: { label: "simulated", getToken: (request) => world.simulation.getToken(request) },
    httpClient: world.httpClient,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    onRequest: (record) => records.push(record),
    clock: {
      now: () => world.clock.now(),
      sleep: async (ms: number, signal?: AbortSignal) => {
        signal?.throwIfAborted();
        world.clock.advance(ms / 1_000);
      },
    },
    retryDelayMs: 0,
    priceSpacingMs: 0,
  });
  return { ...world, azureMl, records };
}
