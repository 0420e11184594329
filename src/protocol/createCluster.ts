import { type Region } from "../core/account";
import { type ArmId } from "../core/armId";
import { type Permission, type ResourceLock, type RetailPrice, type VirtualNetwork } from "../core/compute";
import { type ClusterDraft } from "../core/draft";
import { type Finding, type Remedy } from "../core/finding";
import { type UserAssignedIdentity } from "../core/identity";
import { type ClusterFact, type Fact, type NameElsewhere } from "../core/preflight/facts";
import { type RegionQuota } from "../core/quota";
import { type RegionCandidate } from "../core/regionComparison";
import { type VmSize } from "../core/vmSize";
import { type Workspace } from "../core/workspace";
import { type Contract, type Parsers, type WireError } from "./channel";
import {
  asIdentityIds,
  asRegion,
  asResourceId,
  asSizeName,
  asSubnetId,
  longestText,
  longestWord,
  parseDraft,
} from "./draftParser";
import { ProtocolError, asNull, asNumber, asOneOf, asRecord, asText, asTexts } from "./parse";
import { parseRemedy } from "./remedyParser";

export interface CreateClusterInit {
  readonly workspace: Workspace;
  readonly subscriptionName: string;
  readonly simulated: boolean;
  /** How numbers and money are written, a BCP 47 tag. */
  readonly locale: string;
  /** Where the cluster can be; the workspace's own region first. */
  readonly regions: readonly Region[];
  readonly takenNames: readonly string[];
  /** Sizes that the person has marked, and those last used, the latest first. */
  readonly favouriteSizes: readonly string[];
  readonly recentSizes: readonly string[];
  /** A draft to begin with instead of an empty one: a cluster's copy or a preset. */
  readonly start?: StartingDraft | undefined;
  /** What was last typed into a form of this workspace, if its cluster has not been created. */
  readonly saved?: SavedForm | undefined;
}

/** A draft that comes from elsewhere, and what could not be taken over. */
export interface StartingDraft {
  readonly draft: ClusterDraft;
  /** Where it comes from, for a sentence. */
  readonly source: string;
  readonly findings: readonly Finding[];
}

/** The create form. `create` answers findings instead of throwing when the draft itself is at fault. */
export interface CreateClusterContract extends Contract {
  readonly init: CreateClusterInit;
  readonly requests: {
    readonly sizes: { in: { region: string }; out: RegionSizes };
    /** The retail list price of one size. */
    readonly price: { in: { region: string; vmSize: string }; out: PriceAnswer };
    /** What lies around the workspace; each part may be unavailable by itself. */
    readonly surroundings: { in: null; out: SurroundingFacts };
    /** What concerns a chosen subnet and chosen identities. */
    readonly choices: { in: Choices; out: ChoiceFacts };
    /** One line of the comparison of regions. */
    readonly compare: { in: { region: string; vmSize: string }; out: RegionCandidate };
    readonly create: { in: ClusterDraft; out: CreateResult };
    /**
     * Hands over what is typed, so that closing the tab does not lose it. Also for reloads: VS Code writes a webview's own
     * state down only now and then (seen with 1.139 in a browser: the last second was lost).
     */
    readonly keep: { in: SavedForm; out: null };
    /** Marks sizes as favourites, for every workspace. */
    readonly favourites: { in: { names: readonly string[] }; out: null };
    /** Makes a key pair; the private key goes to a file that the person chooses. null when they chose none. */
    readonly makeKey: { in: null; out: { publicKey: string; file: string } | null };
    /** A public key of the home folder's `.ssh`, picked by the person. */
    readonly pickKey: { in: null; out: { publicKey: string } | null };
    readonly savePreset: { in: ClusterDraft; out: SavedPreset | null };
    readonly usePreset: { in: null; out: StartingDraft | null };
    /** Does what a finding's button says; those that change the form are the form's own. */
    readonly remedy: { in: Remedy; out: null };
    readonly nextStep: { in: NextStep; out: null };
    readonly close: { in: null; out: null };
  };
  readonly events: {
    readonly takenNames: readonly string[];
    /** How a creation stands that was begun before the form was hidden; sent after `init`. */
    readonly creation: Creation;
    /** A draft to take in place of what is typed. */
    readonly start: StartingDraft;
  };
}

export interface RegionSizes {
  readonly region: string;
  readonly vmSizes: readonly VmSize[];
  /** Undefined when it could not be read; `quotaProblem` says why. */
  readonly quota?: RegionQuota | undefined;
  readonly quotaProblem?: string | undefined;
  /** The workspace's own vCPU limits in that region: family key → limit. */
  readonly workspaceLimits?: Readonly<Record<string, number>> | undefined;
  readonly workspaceLimitsProblem?: string | undefined;
  /** ISO 8601, when the sizes and their prices were read. */
  readonly asOf?: string | undefined;
}

export interface PriceAnswer {
  readonly retail?: RetailPrice | undefined;
  /** ISO 8601, when `retail` was read. */
  readonly asOf?: string | undefined;
  /** What the person wants prices in; `retail` names its own. USD unless said. */
  readonly currency?: string | undefined;
}

export interface SurroundingFacts {
  readonly locks: Fact<readonly ResourceLock[]>;
  readonly workspacePermissions: Fact<readonly Permission[]>;
  readonly virtualNetworks: Fact<readonly VirtualNetwork[]>;
  readonly identities: Fact<readonly UserAssignedIdentity[]>;
  readonly clusters: Fact<readonly ClusterFact[]>;
  readonly namesElsewhere: readonly NameElsewhere[];
}

export interface Choices {
  readonly subnetId: ArmId | null;
  readonly identityIds: readonly ArmId[];
}

export interface ChoiceFacts {
  readonly networkLocks?: Fact<readonly ResourceLock[]>;
  readonly subnetPermissions?: Fact<readonly Permission[]>;
  /** `armKey` of an identity → permissions on it. */
  readonly identityPermissions: Readonly<Record<string, Fact<readonly Permission[]>>>;
}

export interface SavedPreset {
  /** Where it went, for a sentence. */
  readonly savedAs: string;
  readonly findings: readonly Finding[];
}

export interface NextStep {
  readonly step: "reveal" | "studio" | "deleteFailed";
  readonly clusterId: ArmId;
}

export type CreateResult =
  | { readonly accepted: true; readonly clusterId: string }
  | { readonly accepted: false; readonly findings: readonly Finding[] };

export type Creation =
  | { readonly kind: "running"; readonly name: string }
  | { readonly kind: "ended"; readonly result: CreateResult }
  | { readonly kind: "failed"; readonly error: WireError }
  /** Azure accepted the request and later gave up; the cluster may be there in state Failed. */
  | { readonly kind: "gaveUp"; readonly clusterId: ArmId; readonly error: WireError }
  /** Azure has made the cluster. */
  | { readonly kind: "ready"; readonly clusterId: ArmId };

export type BasicField =
  "name" | "location" | "vmSize" | "vmPriority" | "minNodeCount" | "maxNodeCount" | "idleSecondsBeforeScaleDown";

/** Every control of the form, in its order. Each holds a text; switches hold `true` or `false`, lists one item per line. */
export const draftFields = [
  "name",
  "location",
  "vmSize",
  "vmPriority",
  "minNodeCount",
  "maxNodeCount",
  "idleSecondsBeforeScaleDown",
  "description",
  "tags",
  "ssh.enabled",
  "ssh.adminUserName",
  "ssh.method",
  "ssh.key",
  "ssh.password",
  "network",
  "nodePublicIp",
  "identity",
  "identity.ids",
  "localAuthDisabled",
] as const;

export type DraftField = (typeof draftFields)[number];

/** A form as it was typed: numbers too are texts, also those that are none. */
export type DraftTexts = Readonly<Record<DraftField, string>>;

/** What a form keeps for the time when its tab is hidden, closed, or the window reloads. Its password is always empty. */
export interface SavedForm {
  readonly version: 2;
  readonly workspace: string;
  readonly texts: DraftTexts;
  /** Fields whose findings are on show. */
  readonly touched: readonly string[];
  readonly advancedOpen: boolean;
  readonly scrollTop: number;
  /** Milliseconds since the epoch: of two kept forms the later one is what was typed last. */
  readonly savedAt: number;
}

const mostFavourites = 200;

/** What the host lets in, one parser per request. Each throws ProtocolError. */
export const createClusterParsers: Parsers<CreateClusterContract> = {
  sizes: (input) => {
    const { region } = asRecord(input, "input", ["region"]);
    return { region: asRegion(region, "input.region") };
  },
  price: regionAndSize,
  surroundings: asNull,
  choices: (input) => {
    const { subnetId, identityIds } = asRecord(input, "input", ["subnetId", "identityIds"]);
    return {
      subnetId: subnetId === null ? null : asSubnetId(subnetId, "input.subnetId"),
      identityIds: asIdentityIds(identityIds, "input.identityIds"),
    };
  },
  compare: regionAndSize,
  create: parseDraft,
  keep: parseSavedForm,
  favourites: (input) => {
    const { names } = asRecord(input, "input", ["names"]);
    const texts = asTexts(names, "input.names", mostFavourites, longestWord);
    return { names: texts.map((name, index) => asSizeName(name, `input.names[${index}]`)) };
  },
  makeKey: asNull,
  pickKey: asNull,
  savePreset: parseDraft,
  usePreset: asNull,
  remedy: parseRemedy,
  nextStep: (input) => {
    const { step, clusterId } = asRecord(input, "input", ["step", "clusterId"]);
    return {
      step: asOneOf(step, "input.step", ["reveal", "studio", "deleteFailed"]),
      clusterId: asResourceId(clusterId, "input.clusterId", clusterTail),
    };
  },
  close: asNull,
};

const clusterTail = /^Microsoft\.MachineLearningServices\/workspaces\/[\w.-]+\/computes\/[\w-]+$/i;
const workspaceTail = /^Microsoft\.MachineLearningServices\/workspaces\/[\w.-]+$/i;

function regionAndSize(input: unknown): { region: string; vmSize: string } {
  const { region, vmSize } = asRecord(input, "input", ["region", "vmSize"]);
  return { region: asRegion(region, "input.region"), vmSize: asSizeName(vmSize, "input.vmSize") };
}

/** Also for what VS Code hands back after a reload, which may come from another version. @throws ProtocolError. */
export function parseSavedForm(input: unknown): SavedForm {
  const saved = asRecord(input, "form", [
    "version",
    "workspace",
    "texts",
    "touched",
    "advancedOpen",
    "scrollTop",
    "savedAt",
  ]);
  if (saved.version !== 2) throw new ProtocolError("form.version", "2");
  const texts = asRecord(saved.texts, "form.texts", draftFields);
  const entries = draftFields.map((field) => [field, asText(texts[field], `form.texts.${field}`, longestText)]);
  return {
    version: 2,
    workspace: asResourceId(saved.workspace, "form.workspace", workspaceTail),
    texts: { ...(Object.fromEntries(entries) as DraftTexts), "ssh.password": "" },
    touched: asTexts(saved.touched, "form.touched", draftFields.length, longestWord),
    advancedOpen: saved.advancedOpen === true,
    scrollTop: asNumber(saved.scrollTop, "form.scrollTop"),
    savedAt: asNumber(saved.savedAt, "form.savedAt"),
  };
}
