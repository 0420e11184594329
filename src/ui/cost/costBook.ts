import * as vscode from "vscode";
import { ClusterCosts } from "../../app/clusterCosts";
import { type ClusterStore } from "../../app/clusterStore";
import { type Clock, type Logger, type Memory } from "../../app/ports";
import { PriceBook } from "../../app/priceBook";
import { type Sessions } from "../../app/session";
import { SpendingLog } from "../../app/spendingLog";
import { onDidChangeSetting, readSetting } from "../settings";
import { BurnMeter } from "./burnMeter";

export interface CostParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Prices and what follows from them: the tree needs its burn meter before the commands can be registered. */
export class CostBook implements vscode.Disposable {
  readonly prices: PriceBook;
  readonly seen: SpendingLog;
  readonly costs: ClusterCosts;
  readonly meter: BurnMeter;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor({ sessions, store, memory, clock, log }: CostParts) {
    const currency = (): string => readSetting("amlClusters.cost.currency");
    const assumptions = () => ({ preparing: readSetting("amlClusters.cost.preparingIsCharged"), leaving: true });
    this.prices = new PriceBook({ sessions, memory, clock, log, currency });
    this.seen = new SpendingLog(sessions, store, memory);
    this.costs = new ClusterCosts({ sessions, store, prices: this.prices, seen: this.seen, assumptions });
    this.meter = new BurnMeter({
      store,
      costs: this.costs,
      prices: this.prices,
      isOn: () => readSetting("amlClusters.cost.burnMeter"),
      locale: vscode.env.language,
    });
    const redraw = (): void => this.meter.redraw();
    this.#disposables = [
      this.seen,
      this.meter,
      onDidChangeSetting("amlClusters.cost.currency", redraw),
      onDidChangeSetting("amlClusters.cost.burnMeter", redraw),
      onDidChangeSetting("amlClusters.cost.preparingIsCharged", redraw),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
