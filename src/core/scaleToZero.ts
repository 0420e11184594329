import { type Amounts, scaleAmounts } from "./amounts";
import { type ArmId } from "./armId";
import { type ComputeCluster, type ScaleSettings, conditionOf, isBusy } from "./cluster";
import { hoursPerMonth, nodesCost } from "./clusterCost";
import { type Price } from "./price";
import { idleKept, sameScale } from "./scaleImpact";

/** One cluster's scale settings before and after. */
export interface ScaleChange {
  readonly cluster: ArmId;
  readonly name: string;
  readonly from: ScaleSettings;
  readonly to: ScaleSettings;
}

export interface ScaleToZeroChange extends ScaleChange {
  /** Idle nodes that go once the idle time is over. Nodes with a job stay until it ends. */
  readonly nodesReleased: number;
  readonly nodesWorking: number;
  /** What the minimum costs in a month, jobs or not; undefined while the price is unknown. */
  readonly savingPerMonth: Amounts | undefined;
}

export interface ScaleToZeroSkip {
  readonly cluster: ArmId;
  readonly name: string;
  /** `busy`: another change is under way. `failed`: the cluster was never made, only deleting helps. */
  readonly reason: "alreadyZero" | "busy" | "failed";
}

export interface ScaleToZeroPlan {
  readonly changes: readonly ScaleToZeroChange[];
  readonly skipped: readonly ScaleToZeroSkip[];
}

/** Which clusters would get a minimum of 0 and which are left alone, and why; maximum and idle time stay as they are. */
export function scaleToZeroPlan(
  clusters: readonly ComputeCluster[],
  priceOf: (cluster: ComputeCluster) => Price | undefined = () => undefined,
): ScaleToZeroPlan {
  const changes: ScaleToZeroChange[] = [];
  const skipped: ScaleToZeroSkip[] = [];
  for (const cluster of clusters) {
    const { id, name, scaleSettings: from, nodeCounts } = cluster;
    const reason = skipReason(cluster);
    if (reason !== undefined) {
      skipped.push({ cluster: id, name, reason });
      continue;
    }
    const perHour = nodesCost(from.minNodeCount, priceOf(cluster));
    changes.push({
      cluster: id,
      name,
      from,
      to: { ...from, minNodeCount: 0 },
      nodesReleased: idleKept(cluster, from.minNodeCount),
      nodesWorking: nodeCounts.running,
      savingPerMonth: perHour && scaleAmounts(perHour, hoursPerMonth),
    });
  }
  return { changes, skipped };
}

function skipReason(cluster: ComputeCluster): ScaleToZeroSkip["reason"] | undefined {
  if (isBusy(cluster)) return "busy";
  if (conditionOf(cluster) === "failed") return "failed";
  return cluster.scaleSettings.minNodeCount === 0 ? "alreadyZero" : undefined;
}

/** The changes that take a plan back, for those clusters that still have what the plan gave them. */
export function undoChanges(
  done: readonly ScaleChange[],
  currentScale: (cluster: ArmId) => ScaleSettings | undefined,
): readonly ScaleChange[] {
  return done
    .filter(({ cluster, to }) => {
      const current = currentScale(cluster);
      return current !== undefined && sameScale(current, to);
    })
    .map(({ cluster, name, from, to }) => ({ cluster, name, from: to, to: from }));
}
