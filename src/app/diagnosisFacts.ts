import { type ArmId, armKey, subscriptionOf, workspaceOf } from "../core/armId";
import { type ClusterNode, type ComputeCluster } from "../core/cluster";
import { type ClusterHistory, type DiagnosisFacts } from "../core/diagnosis/facts";
import { redact } from "../core/diagnosis/redact";
import { asAzureMlError, isAbort } from "../core/errors";
import { type Fact } from "../core/fact";
import { type AzureMl, type Clock } from "./ports";

/** What is known already and need not be asked. */
export interface KnownFacts {
  readonly nodes?: readonly ClusterNode[] | undefined;
  readonly history?: ClusterHistory | undefined;
}

/** How long an answer serves further clusters of the same place: locks and quota change by people's hands. */
const keptMs = 60_000;

/**
 * Asks for everything that diagnosis looks at, at once. Each fact may fail alone and then says why; answers are shared among
 * clusters of one place for a minute.
 */
export class DiagnosisFactReader {
  readonly #kept = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();

  constructor(
    private readonly azureMl: AzureMl,
    private readonly clock: Clock,
  ) {}

  /** Forgets what was read, as after a change that was meant to help. */
  clear(): void {
    this.#kept.clear();
  }

  /** @throws only an AbortError, when `signal` fires. */
  async read(cluster: ComputeCluster, known: KnownFacts, signal?: AbortSignal): Promise<DiagnosisFacts> {
    const { azureMl } = this;
    const { id, location, subnetId } = cluster;
    const workspace = workspaceOf(id);
    const subscription = subscriptionOf(id);
    const [workspaceFact, nodes, locks, networkLocks, quota, workspaceLimits, vmSizes, virtualNetworks, permissions] =
      await Promise.all([
        this.#fact("workspace", workspace, () => azureMl.getWorkspace(workspace), signal),
        known.nodes ?? this.#nodes(cluster, signal),
        // At the cluster's own scope: the list holds what it inherits from workspace, group and subscription.
        this.#fact("locks", id, () => azureMl.listLocks(id), signal),
        subnetId === undefined ? [] : this.#fact("locks", subnetId, () => azureMl.listLocks(subnetId), signal),
        this.#fact(`quota ${location}`, subscription, () => azureMl.getQuota(subscription, location), signal),
        this.#fact(`limits ${location}`, workspace, () => azureMl.listWorkspaceQuota(workspace, location), signal),
        this.#fact(`sizes ${location}`, subscription, () => azureMl.listVmSizes(subscription, location), signal),
        subnetId === undefined
          ? undefined
          : this.#fact("networks", subscription, () => azureMl.listVirtualNetworks(subscription), signal),
        this.#fact("permissions", workspace, () => azureMl.listPermissions(workspace), signal),
      ]);
    return {
      cluster,
      serviceNow: azureMl.serviceNow(),
      workspace: workspaceFact,
      nodes,
      locks,
      networkLocks,
      quota,
      workspaceLimits,
      vmSizes,
      virtualNetworks,
      permissions,
      history: known.history,
    };
  }

  /** A cluster without nodes is not asked for them: listNodes counts as a write in ARM's request budget. */
  async #nodes(cluster: ComputeCluster, signal: AbortSignal | undefined): Promise<Fact<readonly ClusterNode[]>> {
    if (cluster.currentNodeCount === 0 && cluster.nodeCounts.unusable === 0) return [];
    return this.#fact("nodes", cluster.id, async () => (await this.azureMl.listNodes(cluster.id)).nodes, signal);
  }

  async #fact<T>(what: string, scope: ArmId, ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<Fact<T>> {
    signal?.throwIfAborted();
    try {
      return await this.#shared(`${what} ${armKey(scope)}`, ask);
    } catch (error) {
      if (isAbort(error)) throw error;
      return { unavailable: redact(asAzureMlError(error).message) };
    }
  }

  #shared<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.clock.now() - kept.at < keptMs) return kept.answer as Promise<T>;
    const answer = ask();
    this.#kept.set(key, { at: this.clock.now(), answer });
    // Failures are asked again.
    answer.catch(() => this.#kept.delete(key));
    return answer;
  }
}
