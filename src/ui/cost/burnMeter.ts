import * as l10n from "@vscode/l10n";
import { type ClusterCosts } from "../../app/clusterCosts";
import { type ClusterStore, type StoreChange } from "../../app/clusterStore";
import { Emitter } from "../../app/emitter";
import { type PriceBook } from "../../app/priceBook";
import { isNothing, scaleAmounts } from "../../core/amounts";
import { type ArmId, armKey, subscriptionOf, workspaceOf } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";
import { hoursPerMonth } from "../../core/clusterCost";
import { hourlyText, monthlyText } from "../../core/money";
import { type MoneyRow, sumRows } from "../../core/moneyTable";
import { priceSourceText } from "../../core/price";
import { type BurnTexts } from "../tree/burnTexts";
import { kindOf } from "../tree/nodes";

export interface BurnMeterParts {
  readonly store: ClusterStore;
  readonly costs: ClusterCosts;
  readonly prices: PriceBook;
  readonly isOn: () => boolean;
  /** The display language. */
  readonly locale: string;
}

/** What clusters cost now, in the tree's rows. Switched off it says nothing and asks for nothing. */
export class BurnMeter implements BurnTexts {
  readonly #changed = new Emitter<"all" | readonly ArmId[]>();
  readonly onDidChange = this.#changed.event;
  /** What scopes said when they were drawn last. */
  readonly #drawn = new Map<string, { readonly id: ArmId; readonly text: string | undefined }>();
  readonly #listening: readonly { dispose(): void }[];

  constructor(private readonly parts: BurnMeterParts) {
    this.#listening = [
      parts.prices.onDidChange(() => this.redraw()),
      parts.store.onDidChange((change) => this.#check(change)),
    ];
  }

  get isOn(): boolean {
    return this.parts.isOn();
  }

  cluster(cluster: ComputeCluster): string | undefined {
    if (!this.parts.isOn()) return undefined;
    this.parts.prices.want([cluster]);
    const { now, items } = this.parts.costs.costOf(cluster);
    // The load balancer of a sleeping cluster is a cent an hour: its tooltip tells, each row would drown in it.
    const hasNodes = items.some(({ unit }) => unit === "node");
    return now === undefined || !hasNodes ? undefined : hourlyText(now, this.parts.locale);
  }

  scope(id: ArmId): string | undefined {
    const text = this.#scopeText(id);
    this.#drawn.set(armKey(id), { id, text });
    return text;
  }

  lines(cluster: ComputeCluster): readonly (readonly [string, string])[] {
    if (!this.parts.isOn()) return [];
    const { locale, costs } = this.parts;
    const { now, idle, unusable, floor, ceiling, price } = costs.costOf(cluster);
    const wasted = [
      idle === undefined || isNothing(idle) ? undefined : l10n.t("{0} of it idle", hourlyText(idle, locale)),
      unusable === undefined || isNothing(unusable)
        ? undefined
        : l10n.t("{0} of it unusable", hourlyText(unusable, locale)),
    ].filter((part) => part !== undefined);
    const atRest = floor && `${hourlyText(floor, locale)}, ${monthlyText(scaleAmounts(floor, hoursPerMonth), locale)}`;
    return [
      [l10n.t("Costs now"), [hourlyText(now, locale), ...wasted].join(", ")],
      [l10n.t("Costs at rest"), atRest ?? hourlyText(undefined, locale)],
      [l10n.t("Costs at most"), hourlyText(ceiling, locale)],
      [l10n.t("Price"), priceSourceText(price)],
    ];
  }

  /** Draws all rows again, as when a setting was changed. */
  redraw(): void {
    this.#changed.fire("all");
  }

  dispose(): void {
    for (const listener of this.#listening) listener.dispose();
  }

  #scopeText(id: ArmId): string | undefined {
    if (!this.parts.isOn()) return undefined;
    const clusters = this.#clustersOf(id);
    this.parts.prices.want(clusters);
    return burnText(
      clusters.map((cluster) => this.parts.costs.rowOf(cluster)),
      this.parts.locale,
    );
  }

  #clustersOf(id: ArmId): readonly ComputeCluster[] {
    const { store } = this.parts;
    if (kindOf(id) === "workspace") return store.clusters(id);
    return (store.workspaces(id).value ?? []).flatMap((workspace) => store.clusters(workspace.id));
  }

  /** A cluster's row draws itself; the sums above it have to be told. */
  #check(change: StoreChange): void {
    if (change === "all" || !this.parts.isOn()) return;
    const scopes = new Map(
      change.flatMap((id) =>
        kindOf(id) === "subscription"
          ? []
          : [workspaceOf(id), subscriptionOf(id)].map((scope) => [armKey(scope), scope]),
      ),
    );
    const stale = [...scopes].filter(([key, id]) => {
      const drawn = this.#drawn.get(key);
      return drawn !== undefined && drawn.text !== this.#scopeText(id);
    });
    if (stale.length > 0) this.#changed.fire(stale.map(([, id]) => id));
  }
}

/** What clusters cost together, as far as it is known; undefined when no node is up or no price is known. */
export function burnText(rows: readonly MoneyRow[], locale: string): string | undefined {
  if (!rows.some(({ nodes, cost }) => nodes > 0 && cost.now !== undefined)) return undefined;
  const { amounts, unknown } = sumRows(rows).now;
  const text = hourlyText(amounts, locale);
  return unknown === 0 ? text : l10n.t("at least {0}", text);
}
