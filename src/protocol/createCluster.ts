import { type Region } from "../core/account";
import { type ArmId, isArmId } from "../core/armId";
import { type ClusterDraft } from "../core/draft";
import { type Finding } from "../core/finding";
import { type RegionQuota } from "../core/quota";
import { type VmSize } from "../core/vmSize";
import { type Workspace } from "../core/workspace";
import { type Contract, type Parsers, type WireError } from "./channel";
import { ProtocolError, asNull, asNumber, asOneOf, asRecord, asText, asTexts } from "./parse";

export interface CreateClusterInit {
  readonly workspace: Workspace;
  readonly subscriptionName: string;
  readonly simulated: boolean;
  /** Where the cluster can be; the workspace's own region first. */
  readonly regions: readonly Region[];
  readonly takenNames: readonly string[];
  /** What was last typed into a form of this workspace, if its cluster has not been created. */
  readonly saved?: SavedForm | undefined;
}

/** The create form. `create` answers findings instead of throwing when the draft itself is at fault. */
export interface CreateClusterContract extends Contract {
  readonly init: CreateClusterInit;
  readonly requests: {
    readonly sizes: { in: { region: string }; out: RegionSizes };
    readonly create: { in: ClusterDraft; out: CreateResult };
    /**
     * Hands over what is typed, so that closing the tab does not lose it. Also for reloads: VS Code writes a webview's own
     * state down only now and then (seen with 1.139 in a browser: the last second was lost).
     */
    readonly keep: { in: SavedForm; out: null };
    readonly close: { in: null; out: null };
  };
  readonly events: {
    readonly takenNames: readonly string[];
    /** How a creation stands that was begun before the form was hidden; sent after `init`. */
    readonly creation: Creation;
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
}

export type CreateResult =
  | { readonly accepted: true; readonly clusterId: string }
  | { readonly accepted: false; readonly findings: readonly Finding[] };

export type Creation =
  | { readonly kind: "running"; readonly name: string }
  | { readonly kind: "ended"; readonly result: CreateResult }
  | { readonly kind: "failed"; readonly error: WireError };

export type DraftField = keyof ClusterDraft;
export const draftFields = [
  "name",
  "location",
  "vmSize",
  "vmPriority",
  "minNodeCount",
  "maxNodeCount",
  "idleSecondsBeforeScaleDown",
] as const satisfies readonly DraftField[];

/** A form as it was typed: numbers too are texts, also those that are none. */
export type DraftTexts = Readonly<Record<DraftField, string>>;

/** What a form keeps for the time when its tab is hidden, closed, or the window reloads. */
export interface SavedForm {
  readonly version: 1;
  readonly workspace: string;
  readonly texts: DraftTexts;
  /** Fields whose findings are on show. */
  readonly touched: readonly string[];
  readonly scrollTop: number;
  /** Milliseconds since the epoch: of two kept forms the later one is what was typed last. */
  readonly savedAt: number;
}

/** Room for an id's parts: a group has at most 90 characters, a workspace 33 (resource-name-rules, 2026-01). */
const longestId = 400;
/** Generous for a form that takes at most 24: beyond it there is nobody to be kind to. */
const longestText = 20_000;
/** Sizes and regions are below 40 in every list recorded. */
const longestWord = 100;

/** What the host lets in, one parser per request. Each throws ProtocolError. */
export const createClusterParsers: Parsers<CreateClusterContract> = {
  sizes: (input) => {
    const { region } = asRecord(input, "input", ["region"]);
    return { region: asRegion(region, "input.region") };
  },
  create: parseDraft,
  keep: parseSavedForm,
  close: asNull,
};

/** A draft with the right types; `validateDraft` says whether it makes sense. @throws ProtocolError. */
export function parseDraft(input: unknown): ClusterDraft {
  const draft = asRecord(input, "draft", draftFields);
  return {
    name: asText(draft.name, "draft.name", longestText),
    location: asRegion(draft.location, "draft.location"),
    vmSize: asText(draft.vmSize, "draft.vmSize", longestWord),
    vmPriority: asOneOf(draft.vmPriority, "draft.vmPriority", ["dedicated", "lowPriority"]),
    minNodeCount: asNumber(draft.minNodeCount, "draft.minNodeCount"),
    maxNodeCount: asNumber(draft.maxNodeCount, "draft.maxNodeCount"),
    idleSecondsBeforeScaleDown: asNumber(draft.idleSecondsBeforeScaleDown, "draft.idleSecondsBeforeScaleDown"),
  };
}

/** Also for what VS Code hands back after a reload, which may come from another version. @throws ProtocolError. */
export function parseSavedForm(input: unknown): SavedForm {
  const saved = asRecord(input, "form", ["version", "workspace", "texts", "touched", "scrollTop", "savedAt"]);
  if (saved.version !== 1) throw new ProtocolError("form.version", "1");
  const texts = asRecord(saved.texts, "form.texts", draftFields);
  const entries = draftFields.map((field) => [field, asText(texts[field], `form.texts.${field}`, longestText)]);
  return {
    version: 1,
    workspace: asWorkspaceId(saved.workspace),
    texts: Object.fromEntries(entries) as DraftTexts,
    touched: asTexts(saved.touched, "form.touched", draftFields.length, longestWord),
    scrollTop: asNumber(saved.scrollTop, "form.scrollTop"),
    savedAt: asNumber(saved.savedAt, "form.savedAt"),
  };
}

/** The region becomes part of a URL: letters and digits only, as in every `location` of ARM; spaces as in display names. */
function asRegion(value: unknown, path: string): string {
  const region = asText(value, path, longestWord);
  if (!/^[A-Za-z0-9 ]*$/.test(region)) throw new ProtocolError(path, "a region");
  return region;
}

/** The id becomes a path: no dot segments, nothing that a URL would read otherwise. */
function asWorkspaceId(value: unknown): ArmId {
  const id = asText(value, "form.workspace", longestId);
  const workspace =
    /^\/subscriptions\/[\w-]+\/resourceGroups\/[\p{L}\p{N}_().-]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[\w.-]+$/iu;
  if (!isArmId(id) || !workspace.test(id) || /\/\.{1,2}(\/|$)/.test(id)) {
    throw new ProtocolError("form.workspace", "a workspace's id");
  }
  return id;
}
