import { type Subscription } from "../core/account";
import { type ArmId, armKey, workspaceOf } from "../core/armId";
import { type ClusterNode } from "../core/cluster";
import { type ComputeListing } from "../core/compute";
import { asAzureMlError, isAbort } from "../core/errors";
import { type Workspace } from "../core/workspace";
import { type Account, type ClusterStore } from "./clusterStore";
import { type Loadable } from "./loadable";
import { type AzureMl, type Clock } from "./ports";
import { type Sessions, type SignedIn } from "./session";
import { type Freshness, type SharedAnswers } from "./sharedAnswers";

/**
 * Asks Azure and writes the answer into the store. Failures go there too, beside the last known value, and are not
 * thrown. Two callers that want the same row at once share one request; answers for a session that has ended are dropped.
 */
export class Refresher {
  readonly #running = new Map<string, Promise<Loadable<unknown>>>();

  constructor(
    private readonly sessions: Sessions,
    private readonly store: ClusterStore,
    private readonly clock: Clock,
    private readonly shared?: SharedAnswers,
    /** Which subscriptions the person wants to see. */
    private readonly keep?: (subscription: Subscription) => boolean,
  ) {
    sessions.onDidChange(() => this.#running.clear());
  }

  account(): Promise<Loadable<Account>> {
    return this.#load(
      "account",
      async (azureMl) => {
        const [tenants, listing] = await Promise.all([azureMl.listTenants(), azureMl.listSubscriptions()]);
        const failures = new Map([...listing.failures].map(([tenant, error]) => [tenant, asAzureMlError(error)]));
        const all = [...listing.subscriptions].sort((a, b) => a.displayName.localeCompare(b.displayName));
        const subscriptions = all.filter((subscription) => this.keep?.(subscription) !== false);
        const hidden = all.length - subscriptions.length;
        return { tenants, subscriptions, failures, ...(hidden > 0 ? { hidden } : {}) };
      },
      () => this.store.account,
      (account) => this.store.setAccount(account),
    );
  }

  workspaces(subscription: ArmId): Promise<Loadable<readonly Workspace[]>> {
    return this.#load(
      `workspaces ${armKey(subscription)}`,
      async (azureMl) => {
        const workspaces = await azureMl.listWorkspaces(subscription);
        return [...workspaces].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
      },
      () => this.store.workspaces(subscription),
      (workspaces) => this.store.setWorkspaces(subscription, workspaces),
    );
  }

  /** @param freshness how old an answer that another window has got may be; without it Azure is asked. */
  computes(workspace: ArmId, freshness?: Freshness): Promise<Loadable<ComputeListing>> {
    return this.#load(
      `computes ${armKey(workspace)}`,
      (azureMl) => azureMl.listComputes(workspace),
      () => this.store.computes(workspace),
      (computes) => this.store.setComputes(workspace, computes),
      freshness,
    );
  }

  /** A cluster that the list says has no nodes is not asked: listNodes counts as a write in ARM's request budget. */
  nodes(cluster: ArmId, freshness?: Freshness): Promise<Loadable<readonly ClusterNode[]>> {
    const known = this.store.computes(workspaceOf(cluster)).value && this.store.cluster(cluster);
    const empty =
      known !== undefined &&
      known.currentNodeCount === 0 &&
      Object.values(known.nodeCounts).every((count: number) => count === 0);
    return this.#load(
      `nodes ${armKey(cluster)}`,
      async (azureMl) => (empty ? [] : (await azureMl.listNodes(cluster)).nodes),
      () => this.store.nodes(cluster),
      (nodes) => this.store.setNodes(cluster, nodes),
      empty ? undefined : freshness,
    );
  }

  async #load<T>(
    key: string,
    ask: (azureMl: AzureMl) => Promise<T>,
    before: () => Loadable<T>,
    write: (loadable: Loadable<T>) => void,
    freshness?: Freshness,
  ): Promise<Loadable<T>> {
    const session = this.sessions.current;
    if (session.kind !== "signedIn") return before();
    const running = this.#running.get(key);
    if (running !== undefined) return running as Promise<Loadable<T>>;
    const run = this.#run(session, () => this.#ask(session, key, ask, freshness), before, write).finally(() => {
      if (this.#running.get(key) === run) this.#running.delete(key);
    });
    this.#running.set(key, run);
    return run;
  }

  async #run<T>(
    session: SignedIn,
    ask: () => Promise<Loadable<T>>,
    before: () => Loadable<T>,
    write: (loadable: Loadable<T>) => void,
  ): Promise<Loadable<T>> {
    write({ ...before(), loading: true });
    let answer: Loadable<T>;
    try {
      answer = await ask();
    } catch (error) {
      answer = { ...before(), loading: false, ...(isAbort(error) ? {} : { error: asAzureMlError(error) }) };
    }
    if (this.sessions.current !== session) return before();
    write(answer);
    return answer;
  }

  async #ask<T>(
    session: SignedIn,
    key: string,
    ask: (azureMl: AzureMl) => Promise<T>,
    freshness: Freshness | undefined,
  ): Promise<Loadable<T>> {
    // Each window has a simulated world of its own.
    if (this.shared === undefined || session.source === "simulated") {
      return { value: await ask(session.azureMl), loading: false, updatedAt: this.clock.now() };
    }
    const account = `${session.source} ${session.label} ${key}`;
    const { value, at } = await this.shared.ask(account, freshness, () => ask(session.azureMl));
    return { value, loading: false, updatedAt: at };
  }
}
