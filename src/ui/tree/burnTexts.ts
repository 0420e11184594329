import { type Event } from "../../app/emitter";
import { type ArmId } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";

/** What rows and tooltips say about money; all undefined or empty where it is unknown or switched off. */
export interface BurnTexts {
  /** `$1.84/h`, what the cluster costs now. Called for rows that are drawn: what is missing is then asked for. */
  cluster(cluster: ComputeCluster): string | undefined;
  /** The sum of a workspace's or subscription's clusters that have been read. */
  scope(id: ArmId): string | undefined;
  /** Lines of a cluster's tooltip: name and value. */
  lines(cluster: ComputeCluster): readonly (readonly [string, string])[];
  /** Rows whose text is another one now. */
  readonly onDidChange: Event<"all" | readonly ArmId[]>;
}
