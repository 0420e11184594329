import { type ClusterStore } from "./clusterStore";
import { type Refresher } from "./refresher";
import { type Watcher } from "./watcher";

/** Asks again for everything whose last answer was a failure, top down: after a sign-in, say. Fresh rows stay unasked. */
export async function retryFailed(store: ClusterStore, refresher: Refresher, watcher: Watcher): Promise<void> {
  await refresher.account();
  const subscriptions = store.account.value?.subscriptions ?? [];
  const failed = subscriptions.filter(({ id }) => store.workspaces(id).error !== undefined);
  await Promise.all(failed.map(({ id }) => refresher.workspaces(id)));
  const workspaces = store.allWorkspaces().filter(({ id }) => store.computes(id).error !== undefined);
  await Promise.all(workspaces.map(({ id }) => watcher.refreshNow(id)));
}
