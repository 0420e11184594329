import { type Amounts } from "./amounts";
import { type ScaleSettings } from "./cluster";
import { costWithNodes } from "./clusterCost";
import { type Price } from "./price";

/** One point of the chart: so many nodes up cost so much per hour. */
export interface CostPoint {
  readonly nodes: number;
  readonly perHour: Amounts;
}

/** Enough for a smooth line on a small chart, however many nodes a cluster may have. */
const mostPoints = 60;

/**
 * Cost per hour over the number of nodes, from none to the maximum, the minimum among the points. Spread evenly when there
 * are more counts than points. @returns an empty list when the price is unknown or the scale makes no sense.
 */
export function costCurve(
  scale: Pick<ScaleSettings, "minNodeCount" | "maxNodeCount">,
  price: Price | undefined,
  nodePublicIp: boolean,
): readonly CostPoint[] {
  const { minNodeCount: min, maxNodeCount: max } = scale;
  const whole = Number.isSafeInteger(min) && Number.isSafeInteger(max);
  if (price === undefined || !whole || min < 0 || max < min) return [];
  const steps = Math.min(max, mostPoints - 1);
  const even = Array.from({ length: steps + 1 }, (_, index) => (steps === 0 ? 0 : Math.round((index * max) / steps)));
  return [...new Set([...even, min])]
    .sort((a, b) => a - b)
    .flatMap((nodes) => {
      const perHour = costWithNodes(nodes, price, nodePublicIp);
      return perHour === undefined ? [] : [{ nodes, perHour }];
    });
}
