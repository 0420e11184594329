import { type Reply, simulated, type Simulated } from "../../support/simulated";

/** A simulation with short ways to make clusters in its first workspace and to look at them. */
export interface Stage extends Simulated {
  idOf(name: string): string;
  /** Sends the PUT; `properties` are those of the inner object, `more` those of the envelope. */
  put(name: string, properties?: object, more?: object): Promise<Reply>;
  /** PUT, and the time it takes. */
  create(name: string, properties?: object, more?: object): Promise<void>;
  scale(name: string, scaleSettings: object): Promise<Reply>;
  get(name: string): Promise<Reply>;
  /** `current/target state`, e.g. `2/4 Resizing`. */
  allocation(name: string): Promise<string>;
  /** Node states that are not zero, e.g. `running 2, idle 1`. */
  nodes(name: string): Promise<string>;
  remove(name: string): Promise<Reply>;
}

/** Longer than the slowest way from asking for a node to having it idle: 85 s + 90 s. */
export const untilNodesAreUp = 180;
export const untilNodesHaveLeft = 75;

export function stage(options: Parameters<typeof simulated>[0] = {}): Stage {
  const world = simulated(options);
  const idOf = (name: string): string => `${world.workspace}/computes/${name}`;
  const get = (name: string): Promise<Reply> => world.send("GET", idOf(name));
  const put = (name: string, properties: object = {}, more: object = {}): Promise<Reply> =>
    world.send("PUT", idOf(name), clusterBody(properties, more));
  return {
    ...world,
    idOf,
    get,
    put,
    create: async (name, properties, more) => {
      const reply = await put(name, properties, more);
      if (reply.status !== 201) throw new Error(`PUT answered ${reply.status}: ${JSON.stringify(reply.body)}`);
      world.clock.advance(11);
      await get(name);
    },
    scale: (name, scaleSettings) => world.send("PATCH", idOf(name), { properties: { properties: { scaleSettings } } }),
    allocation: async (name) => {
      const inner = (await get(name)).body.properties.properties;
      return `${inner.currentNodeCount}/${inner.targetNodeCount} ${inner.allocationState}`;
    },
    nodes: async (name) => {
      const counts: Record<string, number> = (await get(name)).body.properties.properties.nodeStateCounts;
      return Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([state, count]) => `${state.replace("NodeCount", "")} ${count}`)
        .join(", ");
    },
    remove: (name) => world.send("DELETE", `${idOf(name)}?underlyingResourceAction=Delete`),
  };
}

export function clusterBody(properties: object = {}, more: object = {}): object {
  return {
    location: "westeurope",
    properties: {
      computeType: "AmlCompute",
      properties: { vmSize: "Standard_DS3_v2", scaleSettings: { maxNodeCount: 4 }, ...properties },
    },
    ...more,
  };
}
