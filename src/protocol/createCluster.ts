import { type Region } from "../core/account";
import { type ClusterDraft } from "../core/draft";
import { type Finding } from "../core/finding";
import { type RegionQuota } from "../core/quota";
import { type VmSize } from "../core/vmSize";
import { type Workspace } from "../core/workspace";
import { type Contract } from "./channel";

export interface CreateClusterInit {
  readonly workspace: Workspace;
  readonly subscriptionName: string;
  readonly simulated: boolean;
  readonly regions: readonly Region[];
  readonly takenNames: readonly string[];
  /** The translated texts of the display language, for `l10n.config`; absent for English. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
  readonly locale: string;
}

/** The create form. `create` answers findings instead of throwing when the draft itself is at fault. */
export interface CreateClusterContract extends Contract {
  readonly init: CreateClusterInit;
  readonly requests: {
    readonly sizes: { in: { region: string }; out: RegionSizes };
    readonly create: { in: ClusterDraft; out: CreateResult };
    readonly close: { in: null; out: null };
  };
  readonly events: {
    readonly takenNames: readonly string[];
  };
}

export interface RegionSizes {
  readonly region: string;
  readonly vmSizes: readonly VmSize[];
  /** Undefined when it could not be read; `quotaProblem` says why. */
  readonly quota?: RegionQuota | undefined;
  readonly quotaProblem?: string | undefined;
}

export type CreateResult =
  | { readonly accepted: true; readonly clusterId: string }
  | { readonly accepted: false; readonly findings: readonly Finding[] };
