import { type ArmId, armKey } from "../core/armId";
import { type ClusterNode, type NodeState } from "../core/cluster";
import { type ClusterStore, type StoreChange } from "./clusterStore";
import { type Clock } from "./ports";

interface Sighting {
  readonly state: NodeState;
  readonly since: number;
}

/** Since when each node has been seen in its state: Azure does not tell. */
export class NodeSightings {
  readonly #seen = new Map<string, ReadonlyMap<string, Sighting>>();
  readonly #listening: { dispose(): void };

  constructor(
    private readonly store: ClusterStore,
    private readonly clock: Clock,
  ) {
    this.#listening = store.onDidChange((change) => this.#changed(change));
  }

  /** Milliseconds since the epoch by this machine's clock; undefined for a node that was never seen so. */
  since(cluster: ArmId, node: ClusterNode): number | undefined {
    const sighting = this.#seen.get(armKey(cluster))?.get(node.nodeId);
    return sighting?.state === node.state ? sighting.since : undefined;
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #changed(change: StoreChange): void {
    if (change === "all") {
      this.#seen.clear();
      return;
    }
    for (const id of change) {
      const nodes = this.store.nodes(id).value;
      if (nodes === undefined) continue;
      const before = this.#seen.get(armKey(id));
      const now = this.clock.now();
      this.#seen.set(
        armKey(id),
        new Map(
          nodes.map(({ nodeId, state }) => {
            const known = before?.get(nodeId);
            return [nodeId, known?.state === state ? known : { state, since: now }];
          }),
        ),
      );
    }
  }
}
