import { type Advice, adviseOn } from "../core/advice";
import { subscriptionOf } from "../core/armId";
import { type ComputeCluster } from "../core/cluster";
import { type BillingAssumptions, type ClusterCost, clusterCost } from "../core/clusterCost";
import { type MoneyRow, moneyRow } from "../core/moneyTable";
import { type RegionQuota, quotaLeft } from "../core/quota";
import { type ClusterStore } from "./clusterStore";
import { type ClusterPrices, type PriceBook } from "./priceBook";
import { type Sessions } from "./session";
import { type SpendingLog } from "./spendingLog";

export interface ClusterCostsParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly prices: PriceBook;
  readonly seen: SpendingLog;
  readonly assumptions: () => BillingAssumptions;
}

/** What clusters cost, from what is known now. Asks nobody: `prices.want` does. */
export class ClusterCosts {
  constructor(private readonly parts: ClusterCostsParts) {}

  get assumptions(): BillingAssumptions {
    return this.parts.assumptions();
  }

  get currency(): string {
    return this.parts.prices.currency;
  }

  pricesOf(cluster: ComputeCluster): ClusterPrices {
    return this.parts.prices.pricesOf(cluster);
  }

  costOf(cluster: ComputeCluster): ClusterCost {
    return clusterCost(cluster, this.pricesOf(cluster).price, this.assumptions);
  }

  rowOf(cluster: ComputeCluster): MoneyRow {
    const { price, size } = this.pricesOf(cluster);
    const subscriptionName = this.parts.store.subscription(subscriptionOf(cluster.id))?.displayName;
    return moneyRow(cluster, { price, size, subscriptionName, assumptions: this.assumptions });
  }

  /** `quota` of the cluster's region, where it is known. */
  adviceOn(cluster: ComputeCluster, quota?: RegionQuota): readonly Advice[] {
    const session = this.parts.sessions.current;
    if (session.kind !== "signedIn" || this.parts.store.pending(cluster.id) !== undefined) return [];
    const { size, price, lowPriorityPrice } = this.pricesOf(cluster);
    const seen = this.parts.seen.of(cluster.id);
    return adviseOn({
      cluster,
      now: session.azureMl.serviceNow(),
      price,
      lowPriorityPrice,
      size,
      idleSince: seen?.idleSince,
      unusableSince: seen?.unusableSince,
      lowPriorityNodesLeft: size && quota && quotaLeft(quota, size, "lowPriority")?.nodes,
    });
  }
}
