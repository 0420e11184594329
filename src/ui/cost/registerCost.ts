import * as vscode from "vscode";
import { type ClusterChanges } from "../../app/clusterChanges";
import { type ClusterStore } from "../../app/clusterStore";
import { type Clock, type Logger } from "../../app/ports";
import { QuotaBook } from "../../app/quotaBook";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type Watcher } from "../../app/watcher";
import { CostForms } from "../forms/costForm";
import { MoneyPage } from "../forms/moneyPage";
import { type Targets } from "../pick/targets";
import { registerCommands } from "../register";
import { AdviceActions, type AdviceActionsParts } from "./adviceActions";
import { registerBurnItem } from "./burnItem";
import { type CostBook } from "./costBook";
import { costCases } from "./costCases";
import { moneyCases } from "./moneyCases";
import { ScaleActions } from "./scaleActions";
import { registerScaleToZero } from "./scaleToZero";

export interface CostFeatureParts {
  readonly extensionUri: vscode.Uri;
  readonly book: CostBook;
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  readonly changes: ClusterChanges;
  readonly targets: Targets;
  readonly clock: Clock;
  readonly session: () => Promise<true | undefined>;
  readonly openCreateForm: AdviceActionsParts["openCreateForm"];
  readonly log: Logger;
}

/** Cost form, money page, status bar item, scale to zero. */
export function registerCost(parts: CostFeatureParts): vscode.Disposable {
  const { extensionUri, book, sessions, store, refresher, watcher, changes, targets, clock, session, log } = parts;
  const { prices, costs, seen, meter } = book;
  const quotas = new QuotaBook(sessions, clock);
  const scale = new ScaleActions({ store, changes, log });
  const advice = new AdviceActions({ store, refresher, scale, openCreateForm: parts.openCreateForm });
  const shared = { sessions, store, watcher, prices, costs, quotas, advice, onDidChangeSettings: meter.onDidChange };
  const page = new MoneyPage({
    extensionUri,
    log,
    useCases: moneyCases({ ...shared, refresher, clock, session, openCost: (cluster) => forms.open(cluster) }),
  });
  const forms = new CostForms({
    extensionUri,
    log,
    useCases: costCases({ ...shared, targets, seen, changes, openMoney: () => page.open() }),
  });

  async function openCost(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("What a Cluster Costs"));
    if (cluster !== undefined) forms.open(cluster.id);
  }

  async function openMoney(): Promise<void> {
    if ((await session()) !== undefined) page.open();
  }

  return vscode.Disposable.from(
    forms,
    page,
    registerBurnItem({ store, costs, prices, meter }),
    registerScaleToZero({ targets, store, refresher, prices, costs, actions: scale, log }),
    registerCommands({ "amlClusters.cluster.cost": openCost, "amlClusters.money": openMoney }, log),
  );
}
