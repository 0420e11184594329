import { type ClusterNode, type ComputeCluster } from "../cluster";
import { type Permission, type ResourceLock, type VirtualNetwork } from "../compute";
import { type Fact } from "../fact";
import { type RegionQuota } from "../quota";
import { type VmSize } from "../vmSize";
import { type Workspace } from "../workspace";

/**
 * What diagnosis knows. Everything but the cluster and the time may be left out: its rules keep silent then. A fact that
 * could not be read says why, and shows up as a check that could not be made; it never stops the others.
 */
export interface DiagnosisFacts {
  readonly cluster: ComputeCluster;
  /** Azure's clock, in milliseconds since the epoch. */
  readonly serviceNow: number;
  readonly workspace?: Fact<Workspace> | undefined;
  readonly nodes?: Fact<readonly ClusterNode[]> | undefined;
  /** Of the workspace's or cluster's scope, those inherited from group and subscription included. */
  readonly locks?: Fact<readonly ResourceLock[]> | undefined;
  /** Of the cluster's own subnet, those inherited from its network, group and subscription included. */
  readonly networkLocks?: Fact<readonly ResourceLock[]> | undefined;
  /** Of the cluster's region. */
  readonly quota?: Fact<RegionQuota> | undefined;
  /** The workspace's own vCPU limits: family key → limit. */
  readonly workspaceLimits?: Fact<Readonly<Record<string, number>>> | undefined;
  /** Of the cluster's region. */
  readonly vmSizes?: Fact<readonly VmSize[]> | undefined;
  /** Of the cluster's subscription. */
  readonly virtualNetworks?: Fact<readonly VirtualNetwork[]> | undefined;
  /** At the workspace or the cluster. */
  readonly permissions?: Fact<readonly Permission[]> | undefined;
  readonly history?: ClusterHistory | undefined;
}

/** What this extension saw itself; times in milliseconds since the epoch. */
export interface ClusterHistory {
  /** Since when it has watched the cluster. */
  readonly watchedSince: number;
  /** Since when it has seen the cluster resizing without a break; for answers without a transition time. */
  readonly resizingSince?: number | undefined;
  /** When it saw nodes taken back, and how many at once. */
  readonly preemptions: readonly { readonly at: number; readonly nodes: number }[];
}

/** Facts that can fail to be read, in the order in which they are told. */
export const readableFacts = [
  "workspace",
  "locks",
  "networkLocks",
  "quota",
  "workspaceLimits",
  "nodes",
  "virtualNetworks",
  "vmSizes",
  "permissions",
] as const satisfies readonly (keyof DiagnosisFacts)[];

export type ReadableFact = (typeof readableFacts)[number];
