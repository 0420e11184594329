import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ClusterStore } from "../../../src/app/clusterStore";
import { type Clock, type RequestKind } from "../../../src/app/ports";
import { Refresher } from "../../../src/app/refresher";
import { RequestBudget } from "../../../src/app/requestBudget";
import { Scheduler } from "../../../src/app/scheduler";
import { Sessions } from "../../../src/app/session";
import { Watcher } from "../../../src/app/watcher";
import { type ArmId, armId, clusterId, subscriptionOf } from "../../../src/core/armId";
import { type ComputeCluster, isInTransition } from "../../../src/core/cluster";
import { AzureMlError } from "../../../src/core/errors";
import { type Workspace } from "../../../src/core/workspace";
import { aCluster, aListing, aWorkspace, nodeCounts } from "../../support/builders";
import { fakeAzureMl } from "../../support/fakeAzureMl";

const minute = 60_000;
const hour = 60 * minute;
const workspaceCount = 40;
const clustersPerWorkspace = 8;
/** Clusters whose nodes are shown, one per second workspace. */
const openClusters = 20;

/** Repeatable chance. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

interface Shift {
  /** Minutes since the day began. */
  readonly from: number;
  readonly until: number;
}

/**
 * Hundreds of clusters over a day: each works a few shifts and needs three minutes to grow and two to shrink, as the simulator's
 * nodes do.
 */
class Fleet {
  readonly workspaces: readonly Workspace[];
  readonly #shifts = new Map<ArmId, readonly Shift[]>();
  readonly #clusters = new Map<ArmId, readonly ArmId[]>();

  constructor(
    private readonly start: number,
    chance: () => number,
  ) {
    const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
    const ids = Array.from({ length: workspaceCount }, (_, index) =>
      armId(`${subscription}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ml-${index}`),
    );
    this.workspaces = ids.map((id) => aWorkspace({ id, name: id.slice(id.lastIndexOf("/") + 1) }));
    for (const id of ids) {
      const clusters = Array.from({ length: clustersPerWorkspace }, (_, index) => clusterId(id, `cluster-${index}`));
      this.#clusters.set(id, clusters);
      for (const cluster of clusters) {
        const shifts = Array.from({ length: 1 + Math.floor(chance() * 4) }, () => {
          const from = Math.floor(chance() * 1_380);
          return { from, until: from + 10 + Math.floor(chance() * 120) };
        });
        this.#shifts.set(cluster, shifts);
      }
    }
  }

  list(workspace: ArmId, now: number): readonly ComputeCluster[] {
    return (this.#clusters.get(workspace) ?? []).map((id) => this.#at(id, (now - this.start) / minute));
  }

  #at(id: ArmId, at: number): ComputeCluster {
    const name = id.slice(id.lastIndexOf("/") + 1);
    const shifts = this.#shifts.get(id) ?? [];
    const growing = shifts.some(({ from }) => at >= from && at < from + 3);
    const working = shifts.some(({ from, until }) => at >= from + 3 && at < until);
    const shrinking = shifts.some(({ until }) => at >= until && at < until + 2);
    const nodes = growing || working || shrinking ? 2 : 0;
    return aCluster({
      ...{ id, name, currentNodeCount: nodes, targetNodeCount: growing || working ? 2 : 0 },
      allocationState: growing || shrinking ? "resizing" : "steady",
      nodeCounts: nodeCounts(growing ? { preparing: 2 } : working ? { running: 2 } : shrinking ? { leaving: 2 } : {}),
    });
  }
}

/** Like HandClock, for a day of 100,000 sleeps: nothing in this test answers later than in the same turn. */
class DayClock implements Clock {
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  constructor(private at: number) {}

  now(): number {
    return this.at;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.at + ms, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        if (this.#sleepers.delete(sleeper)) reject(new DOMException("The rest was cut short.", "AbortError"));
      });
    });
  }

  async advance(ms: number): Promise<void> {
    const end = this.at + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      let next: { readonly at: number; readonly wake: () => void } | undefined;
      for (const sleeper of this.#sleepers) if (next === undefined || sleeper.at < next.at) next = sleeper;
      if (next === undefined || next.at > end) break;
      this.at = Math.max(this.at, next.at);
      this.#sleepers.delete(next);
      next.wake();
    }
    this.at = end;
  }
}

/** What of a cluster changes in this test. */
function lookOf(clusters: readonly ComputeCluster[] | undefined): string {
  return (clusters ?? [])
    .map(({ allocationState, currentNodeCount, nodeCounts: counts }) => {
      return `${allocationState} ${currentNodeCount} ${counts.running} ${counts.preparing}`;
    })
    .join();
}

/** ARM's own bucket of one account, to see that it is never drawn down. */
class Bucket {
  #tokens: number;
  #at: number;
  lowest: number;

  constructor(
    private readonly size: number,
    private readonly perSecond: number,
    now: number,
  ) {
    this.#tokens = size;
    this.lowest = size;
    this.#at = now;
  }

  take(now: number): number {
    this.#tokens = Math.min(this.size, this.#tokens + ((now - this.#at) / 1_000) * this.perSecond);
    this.#at = now;
    if (this.#tokens < 1) throw new AzureMlError({ kind: "throttled", message: "Too many.", retryAfterMs: 10_000 });
    this.#tokens -= 1;
    this.lowest = Math.min(this.lowest, this.#tokens);
    return Math.floor(this.#tokens);
  }
}

describe("a day with 320 clusters in 40 open workspaces", () => {
  it("stays far below ARM's limit, shows changes within seconds, and redraws only what changed", async () => {
    const clock = new DayClock(Date.UTC(2026, 10, 23));
    const start = clock.now();
    const chance = random(7);
    const fleet = new Fleet(start, chance);
    const budget = new RequestBudget();
    const buckets = { read: new Bucket(250, 25, start), write: new Bucket(200, 10, start) };
    const requests: { at: number; kind: RequestKind }[] = [];
    const scope = "11111111-1111-1111-1111-111111111111";
    const send = (kind: "read" | "write"): void => {
      const at = clock.now();
      requests.push({ at, kind });
      const ownBudgetLeft = buckets[kind].take(at);
      const outcome = { method: "", path: "", statusCode: 200, durationMs: 0, requestId: undefined };
      budget.observe({ ...outcome, at, kind, scope, ownBudgetLeft, budgetLeft: ownBudgetLeft });
    };
    const azureMl = fakeAzureMl({
      listComputes: async (workspace) => {
        send("read");
        return aListing(...fleet.list(workspace, clock.now()));
      },
      listNodes: async () => {
        send("write");
        return { nodes: [] };
      },
    });
    const sessions = new Sessions();
    await sessions.signIn("simulated", () => Promise.resolve({ label: "demo", azureMl }));
    const store = new ClusterStore();
    store.setWorkspaces(subscriptionOf(fleet.workspaces[0]!.id), { value: fleet.workspaces, loading: false });
    const scheduler = new Scheduler(budget, clock);
    const watcher = new Watcher(new Refresher(sessions, store, clock), store, clock, chance, "always", (...job) =>
      scheduler.run(...job),
    );
    let redraws = 0;
    store.onDidChange((change) => (redraws += change === "all" ? 1 : change.length));
    for (const { id } of fleet.workspaces) watcher.watchWorkspace(id);
    for (const { id } of fleet.workspaces.slice(0, openClusters)) watcher.watchNodes(clusterId(id, "cluster-0"));

    // Looked at every 10 s: how old is what each row shows, and is it still true?
    const ages: { readonly changing: number[]; readonly steady: number[] } = { changing: [], steady: [] };
    const behind: number[] = [];
    const wrongSince = new Map<ArmId, number>();
    for (let step = 0; step < (24 * hour) / 10_000; step++) {
      await clock.advance(10_000);
      for (const { id } of fleet.workspaces) {
        const shown = store.computes(id);
        const real = fleet.list(id, clock.now());
        const changing = shown.value?.clusters.some(isInTransition) === true;
        ages[changing ? "changing" : "steady"].push(clock.now() - (shown.updatedAt ?? start));
        const stale = lookOf(shown.value?.clusters) !== lookOf(real);
        if (stale) wrongSince.set(id, wrongSince.get(id) ?? clock.now());
        else if (wrongSince.has(id)) {
          behind.push(clock.now() - (wrongSince.get(id) ?? 0) + 10_000);
          wrongSince.delete(id);
        }
      }
    }

    const perMinute = new Map<number, number>();
    for (const { at } of requests) {
      const key = Math.floor((at - start) / minute);
      perMinute.set(key, (perMinute.get(key) ?? 0) + 1);
    }
    const counts = [...perMinute.values()].sort((a, b) => a - b);
    const figures = {
      clusters: workspaceCount * clustersPerWorkspace,
      requests: requests.length,
      reads: requests.filter(({ kind }) => kind === "read").length,
      writes: requests.filter(({ kind }) => kind === "write").length,
      perMinuteMedian: counts[Math.floor(counts.length / 2)] ?? 0,
      perMinuteMost: counts.at(-1) ?? 0,
      allowedPerMinute: { share: 0.25 * 25 * 60, limit: 25 * 60 },
      lowestReadsLeft: Math.floor(buckets.read.lowest),
      lowestWritesLeft: Math.floor(buckets.write.lowest),
      secondsOldMost: { changing: most(ages.changing), steady: most(ages.steady) },
      secondsBehindMost: most(behind),
      redraws,
      redrawsPerRequest: Math.round((redraws / requests.length) * 1_000) / 1_000,
    };
    mkdirSync("test-output", { recursive: true });
    writeFileSync("test-output/day-of-polling.json", `${JSON.stringify(figures, null, 2)}\n`);

    expect(figures.perMinuteMost).toBeLessThan(0.25 * 25 * 60);
    expect(figures.lowestReadsLeft).toBeGreaterThanOrEqual(250 * 0.75 - 4);
    expect(figures.lowestWritesLeft).toBeGreaterThanOrEqual(200 * 0.75 - 4);
    expect(figures.secondsOldMost.changing).toBeLessThanOrEqual(20);
    expect(figures.secondsOldMost.steady).toBeLessThanOrEqual(70);
    expect(figures.secondsBehindMost).toBeLessThanOrEqual(90);
    expect(figures.redrawsPerRequest).toBeLessThan(0.2);
    watcher.clear();
  }, 120_000);
});

function most(values: readonly number[]): number {
  return Math.round(values.reduce((a, b) => Math.max(a, b), 0) / 1_000);
}
