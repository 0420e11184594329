import * as vscode from "vscode";
import { type ClusterCosts } from "../../app/clusterCosts";
import { type ClusterStore } from "../../app/clusterStore";
import { Emitter, type Event } from "../../app/emitter";
import { type Clock } from "../../app/ports";
import { type PriceBook } from "../../app/priceBook";
import { type QuotaBook } from "../../app/quotaBook";
import { readEverything } from "../../app/readEverything";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type Watcher } from "../../app/watcher";
import { rankAdvice } from "../../core/advice";
import { type ArmId, armKey, nameOf, subscriptionOf } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";
import { AzureMlError } from "../../core/errors";
import { moneyCsv } from "../../core/moneyCsv";
import { quotaBars } from "../../core/quotaBars";
import { type MoneyFacts, type QuotaPlace, type UnreadScope } from "../../protocol/money";
import { type CommandId } from "../contributions";
import { type MoneyUseCases } from "../forms/moneyPage";
import { type AdviceActions } from "./adviceActions";
import { adviceOf } from "./costCases";

export interface MoneyCasesParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  readonly prices: PriceBook;
  readonly costs: ClusterCosts;
  readonly quotas: QuotaBook;
  readonly advice: AdviceActions;
  readonly clock: Clock;
  readonly session: () => Promise<true | undefined>;
  readonly onDidChangeSettings: Event<unknown>;
  readonly openCost: (cluster: ArmId) => void;
}

/** Changes come by the dozen while workspaces are read: the page is told at most this often. */
const tellEveryMs = 200;
/** A page that is shown again soon after reads nothing anew; Refresh does. */
const readAgainMs = 60_000;

/** The money page's wishes, answered by the use cases. */
export function moneyCases(parts: MoneyCasesParts): MoneyUseCases {
  const { sessions, store, refresher, watcher, prices, costs, quotas, advice, clock } = parts;
  const changed = new Emitter<undefined>();
  let reading: AbortController | undefined;
  let readFor: { readonly session: object; readonly at: number } | undefined;

  /** Reads every workspace; what was read before is on the page already. */
  function readAll(): void {
    reading?.abort();
    const own = new AbortController();
    reading = own;
    readFor = { session: sessions.current, at: clock.now() };
    changed.fire(undefined);
    void readEverything(store, refresher, own.signal)
      .then(() => Promise.all(store.allClusters().map((cluster) => prices.load(cluster))))
      .finally(() => {
        if (reading !== own) return;
        reading = undefined;
        changed.fire(undefined);
      });
  }

  function facts(): MoneyFacts {
    const clusters = store.allClusters();
    prices.want(clusters);
    const rows = clusters.map((cluster) => costs.rowOf(cluster));
    const { current } = sessions;
    return {
      simulated: current.kind === "signedIn" && current.source === "simulated",
      currency: costs.currency,
      asOf: new Date(clock.now()).toISOString(),
      rows,
      places: placesOf(clusters).map(([subscription, location]): QuotaPlace => {
        quotas.want(subscription, location);
        const { quota, problem } = quotas.of(subscription, location);
        const subscriptionName = store.subscription(subscription)?.displayName ?? nameOf(subscription);
        const bars = quota === undefined ? [] : quotaBars(quota, rows, { subscription, location });
        return { subscription, subscriptionName, location, bars, problem };
      }),
      advice: rankAdvice(
        clusters.flatMap((cluster) => costs.adviceOn(cluster, quotaOf(cluster))),
        costs.currency,
      ),
      unread: unread(),
      reading: reading !== undefined,
    };
  }

  function quotaOf({ id, location }: ComputeCluster) {
    return quotas.of(subscriptionOf(id), location).quota;
  }

  function unread(): readonly UnreadScope[] {
    const { account } = store;
    const tenants = [...(account.value?.failures ?? [])].map(([tenantId, error]) => ({
      name: account.value?.tenants.find((tenant) => tenant.tenantId === tenantId)?.displayName ?? tenantId,
      reason: error.message,
    }));
    const subscriptions = (account.value?.subscriptions ?? []).flatMap(({ id, displayName }) => {
      const { error } = store.workspaces(id);
      return error === undefined ? [] : [{ name: displayName, reason: error.message }];
    });
    const workspaces = store.allWorkspaces().flatMap(({ id, name }) => {
      const { error } = store.computes(id);
      return error === undefined ? [] : [{ name, reason: error.message }];
    });
    return [...tenants, ...subscriptions, ...workspaces];
  }

  async function exportCsv(ids: readonly ArmId[]): Promise<boolean> {
    const clusters = ids.map((id) => store.cluster(id)).filter((cluster) => cluster !== undefined);
    const asOf = new Date(clock.now()).toISOString();
    const target = await vscode.window.showSaveDialog({
      defaultUri: defaultFile(`cluster-costs-${asOf.slice(0, 10)}.csv`),
      filters: { CSV: ["csv"] },
      title: vscode.l10n.t("Export Costs as CSV"),
    });
    if (target === undefined) return false;
    const text = moneyCsv(
      clusters.map((cluster) => costs.rowOf(cluster)),
      asOf,
    );
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    return true;
  }

  return {
    open: async () => {
      if ((await parts.session()) === undefined) {
        throw new AzureMlError({ kind: "notSignedIn", message: vscode.l10n.t("Nobody is signed in.") });
      }
      const isFresh = readFor?.session === sessions.current && clock.now() - readFor.at < readAgainMs;
      if (!isFresh) readAll();
      return facts();
    },
    watch: (listener) => {
      const stop = new AbortController();
      let planned = false;
      const plan = (): void => {
        if (planned || sessions.current.kind !== "signedIn") return;
        planned = true;
        clock.sleep(tellEveryMs, stop.signal).then(
          () => {
            planned = false;
            if (sessions.current.kind === "signedIn") listener(facts());
          },
          // The page was left.
          () => undefined,
        );
      };
      const listening = [
        changed.event(plan),
        store.onDidChange(plan),
        prices.onDidChange(plan),
        quotas.onDidChange(plan),
        parts.onDidChangeSettings(plan),
        watcher.seen("money"),
      ];
      plan();
      return {
        dispose: () => {
          stop.abort();
          listening.forEach((each) => each.dispose());
        },
      };
    },
    refresh: () => {
      quotas.forget();
      readAll();
    },
    openCost: parts.openCost,
    scaleToZero: async (clusters) => {
      await vscode.commands.executeCommand("amlClusters.cluster.scaleToZero" satisfies CommandId, clusters);
    },
    follow: async (id, rule) => {
      const cluster = store.cluster(id);
      if (cluster !== undefined) await advice.follow(adviceOf(parts, cluster, rule));
    },
    exportCsv,
  };
}

/** Each region of each subscription that has clusters. */
function placesOf(clusters: readonly ComputeCluster[]): readonly (readonly [ArmId, string])[] {
  const places = new Map(
    clusters.map(({ id, location }) => {
      const subscription = subscriptionOf(id);
      return [`${armKey(subscription)} ${location}`, [subscription, location] as const];
    }),
  );
  return [...places.values()];
}

function defaultFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name);
}
