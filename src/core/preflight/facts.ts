import * as l10n from "@vscode/l10n";
import { type AdvancedFacts } from "../advancedDraft";
import { type ArmId } from "../armId";
import { type ComputeCluster } from "../cluster";
import { type Permission, type ResourceLock, type RetailPrice, type VirtualNetwork } from "../compute";
import { type Finding } from "../finding";
import { type UserAssignedIdentity } from "../identity";
import { type RegionQuota } from "../quota";
import { type VmSize } from "../vmSize";
import { type Workspace } from "../workspace";

/** Something that was asked for and could not be read; `unavailable` says why, in words for the screen. */
export interface Unavailable {
  readonly unavailable: string;
}

/** Known, refused, or (undefined) not asked for yet. */
export type Fact<T> = T | Unavailable | undefined;

/**
 * What a draft is held against. A missing fact keeps its rules silent; an unavailable one gives an `unknown` finding, which
 * blocks nothing. All of it is plain data, so that it can be sent to a form.
 */
export interface PreflightFacts extends AdvancedFacts {
  readonly workspace: Workspace;
  /** Names of every compute in the workspace. */
  readonly takenNames?: Fact<readonly string[]>;
  /** The workspace's clusters, to recognise a failed one that holds the name. */
  readonly clusters?: Fact<readonly ClusterFact[]>;
  /** Computes of the same region in other workspaces, as far as they were seen. */
  readonly namesElsewhere?: readonly NameElsewhere[] | undefined;
  /** Names of the regions where the subscription can have clusters. */
  readonly regions?: Fact<readonly string[]>;
  /** Sizes of the draft's region. */
  readonly vmSizes?: Fact<readonly VmSize[]>;
  /** vCPU quota of the draft's region, and the workspace's own limits in it (family key → vCPUs). */
  readonly quota?: Fact<RegionQuota>;
  readonly workspaceLimits?: Fact<Readonly<Record<string, number>>>;
  /** List price of the draft's size in its region; without it the size's own price counts, in USD. */
  readonly price?: RetailPrice | undefined;
  /** How numbers and money are written, a BCP 47 tag; English without it. */
  readonly locale?: string | undefined;
  /** Locks on the workspace and those it inherits; further ones are ignored. */
  readonly locks?: Fact<readonly ResourceLock[]>;
  /** Locks on the chosen virtual network and those it inherits. */
  readonly networkLocks?: Fact<readonly ResourceLock[]>;
  readonly workspacePermissions?: Fact<readonly Permission[]>;
  /** Of the chosen subnet. */
  readonly subnetPermissions?: Fact<readonly Permission[]>;
  /** `armKey` of an identity → permissions on it. */
  readonly identityPermissions?: Readonly<Record<string, Fact<readonly Permission[]>>> | undefined;
  /** Virtual networks of the workspace's subscription. */
  readonly virtualNetworks?: Fact<readonly VirtualNetwork[]>;
  /** User-assigned identities of the workspace's subscription. */
  readonly identities?: Fact<readonly UserAssignedIdentity[]>;
}

export type ClusterFact = Pick<ComputeCluster, "id" | "name" | "provisioningState">;

export interface NameElsewhere {
  readonly name: string;
  readonly workspace: ArmId;
  /** Its region, where known: names in other regions do not matter. */
  readonly location?: string | undefined;
}

/** Objects of facts are lists or records of other things than texts, so an `unavailable` text marks the exception. */
export function isUnavailable<T>(fact: Fact<T>): fact is Unavailable {
  return typeof fact === "object" && fact !== null && "unavailable" in fact && typeof fact.unavailable === "string";
}

/** The fact's value, or undefined when it is missing or unavailable. */
export function known<T>(fact: Fact<T>): T | undefined {
  return fact === undefined || isUnavailable(fact) ? undefined : fact;
}

/** The finding that a check could not be made. `message` is a whole sentence with the reason in it; nothing is blocked. */
export function unchecked<T>(
  fact: Fact<T>,
  rule: string,
  message: (reason: string) => string,
  field?: string,
): readonly Finding[] {
  if (!isUnavailable(fact)) return [];
  return [
    {
      rule: `${rule}.unchecked`,
      severity: "unknown",
      message: message(fact.unavailable),
      advice: l10n.t("You can create the cluster all the same; Azure will check."),
      field,
    },
  ];
}
