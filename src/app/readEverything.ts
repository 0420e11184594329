import { type ClusterStore } from "./clusterStore";
import { type Refresher } from "./refresher";

/** Lists at once: enough to be quick, few enough to leave the request budget to others. */
const mostAtOnce = 4;

/**
 * Reads the clusters of every workspace of every subscription into the store. Failures stay beside their rows, as always.
 * Ends when all has been answered or `signal` fires.
 */
export async function readEverything(store: ClusterStore, refresher: Refresher, signal: AbortSignal): Promise<void> {
  if (store.account.value === undefined) await refresher.account();
  const subscriptions = (store.account.value?.subscriptions ?? []).map(({ id }) => id);
  await inTurns(subscriptions, signal, async (id) => {
    if (store.workspaces(id).value === undefined) await refresher.workspaces(id);
  });
  await inTurns(store.allWorkspaces(), signal, async ({ id }) => {
    await refresher.computes(id);
  });
}

async function inTurns<T>(items: readonly T[], signal: AbortSignal, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && !signal.aborted; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: mostAtOnce }, worker));
}
