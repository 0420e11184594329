import { adviseOn, rankAdvice } from "../../src/core/advice";
import { subscriptionOf } from "../../src/core/armId";
import { defaultAssumptions } from "../../src/core/clusterCost";
import { moneyRow } from "../../src/core/moneyTable";
import { type RegionQuota } from "../../src/core/quota";
import { quotaBars } from "../../src/core/quotaBars";
import { familyKey } from "../../src/core/vmSize";
import { type CostFacts } from "../../src/protocol/cost";
import { type MoneyFacts } from "../../src/protocol/money";
import { handWorked } from "../../test/support/handWorkedClusters";

const now = Date.parse("2026-07-01T12:00:00Z");
const rows = handWorked.map(({ cluster, size, price }) =>
  moneyRow(cluster, { size, price, subscriptionName: "Research" }),
);

const families = new Map(handWorked.map(({ size }) => [familyKey(size.family), size.family]));
const quota: RegionQuota = {
  totalClusters: { used: 14, limit: 200 },
  totalDedicatedCores: { used: 196, limit: 350 },
  totalLowPriorityCores: { used: 0, limit: 0 },
  dedicatedFamilies: Object.fromEntries(
    [...families].map(([key, displayName], index) => [key, { displayName, used: index === 0 ? 100 : 48, limit: 100 }]),
  ),
  lowPriorityFamilies: {},
};

function adviceOn({ cluster, size, price }: (typeof handWorked)[number]) {
  const longAgo = now - 5 * 3_600_000;
  return adviseOn({ cluster, size, price, now, idleSince: longAgo, unusableSince: longAgo });
}

const [first] = handWorked;
const place = {
  subscription: subscriptionOf(first?.cluster.id ?? rows[0]?.id ?? ("" as never)),
  location: "westeurope",
};

/** The clusters that were worked out by hand, as the money page gets them. */
export const money: MoneyFacts = {
  simulated: true,
  currency: "USD",
  asOf: new Date(now).toISOString(),
  rows,
  places: [
    { ...place, subscriptionName: "Research", bars: quotaBars(quota, rows, place) },
    {
      ...place,
      location: "japaneast",
      subscriptionName: "Research",
      bars: [],
      problem: "You may not read quota here.",
    },
  ],
  advice: rankAdvice(handWorked.flatMap(adviceOn), "USD"),
  unread: [{ name: "ml-secret", reason: "The client does not have authorization to list computes." }],
  reading: false,
};

/** One of those clusters, as its cost form gets it. */
export function costOf(name: string): CostFacts {
  const found = handWorked.find(({ cluster }) => cluster.name === name);
  if (found === undefined) throw new Error(`No cluster ${name}`);
  const { cluster, size, price } = found;
  const lowPriorityPrice = price && { ...price, perHour: price.perHour * 0.2, source: "estimate" as const };
  return {
    cluster,
    workspaceName: "ml-west",
    subscriptionName: "Research",
    simulated: true,
    currency: "USD",
    assumptions: defaultAssumptions,
    price,
    lowPriorityPrice,
    size,
    asking: false,
    resizable: true,
    quota: quotaBars(quota, rows, place).filter(
      ({ kind, family }) => kind === "dedicatedTotal" || family === familyKey(size.family),
    ),
    advice: adviceOn(found),
    preemptions: 3,
  };
}
