import * as vscode from "vscode";
import { type ClusterChanges } from "../../app/clusterChanges";
import { type ClusterCosts } from "../../app/clusterCosts";
import { type ClusterStore } from "../../app/clusterStore";
import { type Event } from "../../app/emitter";
import { type PriceBook } from "../../app/priceBook";
import { type QuotaBook } from "../../app/quotaBook";
import { type Sessions } from "../../app/session";
import { type SpendingLog } from "../../app/spendingLog";
import { type Watcher } from "../../app/watcher";
import { type AdviceRule } from "../../core/advice";
import { type ArmId, nameOf, sameArmId, subscriptionOf, workspaceOf } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";
import { AzureMlError } from "../../core/errors";
import { type QuotaBar, quotaBars } from "../../core/quotaBars";
import { familyKey } from "../../core/vmSize";
import { type CostFacts } from "../../protocol/cost";
import { type CommandId } from "../contributions";
import { type CostUseCases } from "../forms/costForm";
import { type Targets } from "../pick/targets";
import { clusterFlags } from "../tree/clusterRow";
import { type AdviceActions } from "./adviceActions";

export interface CostCasesParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly watcher: Watcher;
  readonly targets: Targets;
  readonly prices: PriceBook;
  readonly costs: ClusterCosts;
  readonly quotas: QuotaBook;
  readonly seen: SpendingLog;
  readonly changes: ClusterChanges;
  readonly advice: AdviceActions;
  /** A setting about money was changed. */
  readonly onDidChangeSettings: Event<unknown>;
  readonly openMoney: () => void;
}

/** The cost form's wishes, answered by the use cases. */
export function costCases(parts: CostCasesParts): CostUseCases {
  const { sessions, store, watcher, targets, prices, costs, quotas, seen, changes, advice } = parts;

  function factsOf(cluster: ComputeCluster): CostFacts {
    const { id, location } = cluster;
    const subscription = subscriptionOf(id);
    const { current } = sessions;
    const { quota, problem } = quotas.of(subscription, location);
    const pending = store.pending(id)?.kind;
    return {
      cluster,
      workspaceName: nameOf(workspaceOf(id)),
      subscriptionName: store.subscription(subscription)?.displayName ?? nameOf(subscription),
      simulated: current.kind === "signedIn" && current.source === "simulated",
      currency: costs.currency,
      assumptions: costs.assumptions,
      ...costs.pricesOf(cluster),
      pending,
      resizable: clusterFlags(cluster, pending !== undefined)
        .split(".")
        .includes("resizable"),
      quota: quota === undefined ? [] : ownBars(cluster, quotaBars(quota, rows(), { subscription, location })),
      quotaProblem: problem,
      advice: costs.adviceOn(cluster, quota),
      preemptions: seen.of(id)?.preemptions ?? 0,
    };
  }

  function rows() {
    return store.allClusters().map((cluster) => costs.rowOf(cluster));
  }

  function ownBars(cluster: ComputeCluster, bars: readonly QuotaBar[]): readonly QuotaBar[] {
    const family = costs.pricesOf(cluster).size?.family;
    const wanted: readonly QuotaBar["kind"][] =
      cluster.vmPriority === "dedicated" ? ["dedicatedTotal", "family"] : ["lowPriorityTotal", "lowPriorityFamily"];
    return bars.filter(
      (bar) =>
        wanted.includes(bar.kind) && (bar.family === "" || (family !== undefined && bar.family === familyKey(family))),
    );
  }

  async function find(id: ArmId): Promise<ComputeCluster> {
    const cluster = await targets.cluster(id, vscode.l10n.t("Cost"));
    if (cluster !== undefined) return cluster;
    throw new AzureMlError({ kind: "notSignedIn", message: vscode.l10n.t("Nobody is signed in.") });
  }

  function ask(cluster: ComputeCluster): void {
    prices.want([cluster]);
    quotas.want(subscriptionOf(cluster.id), cluster.location);
  }

  return {
    open: async (id) => {
      const cluster = await find(id);
      ask(cluster);
      return factsOf(cluster);
    },
    watch: (id, listener) => {
      let told = "";
      const tell = (): void => {
        if (sessions.current.kind !== "signedIn" || store.computes(workspaceOf(id)).value === undefined) return;
        const cluster = store.cluster(id);
        if (cluster !== undefined) ask(cluster);
        const facts = cluster && factsOf(cluster);
        const text = facts === undefined ? "gone" : JSON.stringify(facts);
        if (text === told) return;
        told = text;
        listener(facts);
      };
      const touches = (change: "all" | readonly ArmId[]): boolean =>
        change === "all" || change.some((each) => sameArmId(each, id) || sameArmId(each, workspaceOf(id)));
      const listening = [
        store.onDidChange((change) => {
          if (touches(change)) tell();
        }),
        prices.onDidChange(tell),
        quotas.onDidChange(tell),
        parts.onDidChangeSettings(tell),
        watcher.watchWorkspace(workspaceOf(id)),
        watcher.seen(`cost ${id}`),
      ];
      tell();
      return { dispose: () => listening.forEach((each) => each.dispose()) };
    },
    apply: (id, scale) => changes.scale(id, scale),
    follow: async (id, rule) => advice.follow(adviceOf(parts, await find(id), rule)),
    lowPriorityCopy: async (id) => advice.copy(await find(id), "lowPriority"),
    delete: async (id) => {
      await vscode.commands.executeCommand("amlClusters.cluster.delete" satisfies CommandId, id);
    },
    openMoney: parts.openMoney,
  };
}

/** The advice again, from what is known now. @throws AzureMlError `conflict` when it no longer holds. */
export function adviceOf(
  { costs, quotas }: Pick<CostCasesParts, "costs" | "quotas">,
  cluster: ComputeCluster,
  rule: AdviceRule,
) {
  const { quota } = quotas.of(subscriptionOf(cluster.id), cluster.location);
  const found = costs.adviceOn(cluster, quota).find((advice) => advice.rule === rule);
  if (found !== undefined) return found;
  throw new AzureMlError({
    kind: "conflict",
    message: vscode.l10n.t("{0} has changed since; this advice no longer holds.", cluster.name),
  });
}
