import { type ArmId } from "../core/armId";
import { type SimulatedWorld } from "./commands/simulator";
import { type SimulationStorage } from "./simulationStorage";

/** A running simulation, as far as it is steered from here. */
export interface RunningSimulation {
  readonly commands: {
    runJob(cluster: string, nodes: number): unknown;
    preemptNodes(cluster: string, nodes: number): unknown;
    makeNodeUnusable(cluster: string): unknown;
    setGroupLock(group: string, level: "CanNotDelete" | undefined): unknown;
    exhaustQuota(subscription: string, region: string, what: "total"): unknown;
    fastForward(seconds: number): unknown;
    reset(): unknown;
  };
  snapshot(): unknown;
}

export interface SimulationStart {
  readonly snapshot: unknown;
  readonly onDidChange: () => void;
}

/** Starts the simulated world where the last window left it, at most once per window, and keeps it saved. */
export class SimulationHost<S extends RunningSimulation> {
  #running: Promise<S> | undefined;
  #world: SimulatedWorld | undefined;

  constructor(
    private readonly storage: SimulationStorage,
    private readonly begin: (start: SimulationStart) => Promise<S>,
  ) {}

  /** Undefined until it has been started. */
  get world(): SimulatedWorld | undefined {
    return this.#world;
  }

  start(): Promise<S> {
    this.#running ??= this.#start().catch((error: unknown) => {
      this.#running = undefined;
      throw error;
    });
    return this.#running;
  }

  async #start(): Promise<S> {
    const snapshot = await this.storage.load();
    const onDidChange = (): void => this.storage.saveSoon(() => simulation.snapshot());
    const simulation: S = await this.begin({ snapshot, onDidChange });
    this.#world = steer(simulation);
    return simulation;
  }
}

function steer({ commands }: RunningSimulation): SimulatedWorld {
  return {
    runJob: (cluster: ArmId, nodes) => void commands.runJob(cluster, nodes),
    preemptNodes: (cluster, nodes) => void commands.preemptNodes(cluster, nodes),
    makeNodeUnusable: (cluster) => void commands.makeNodeUnusable(cluster),
    lockGroup: (group) => void commands.setGroupLock(group, "CanNotDelete"),
    unlockGroup: (group) => void commands.setGroupLock(group, undefined),
    exhaustQuota: (subscription, region) => void commands.exhaustQuota(subscription, region, "total"),
    fastForward: (seconds) => void commands.fastForward(seconds),
    reset: () => void commands.reset(),
  };
}
