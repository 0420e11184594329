import { type AdvancedDraft, emptyAdvancedDraft } from "./advancedDraft";
import { type VmPriority } from "./cluster";
import { type Finding } from "./finding";
import { nameGiven, namePattern, nameTaken } from "./preflight/name";
import { regionGiven, regionOffered } from "./preflight/region";
import { idleTime, maxNodes, minNodes, nodesInOrder } from "./preflight/scale";
import { lowPriorityCapable, sizeForClusters, sizeGiven, sizeNotRetired, sizeOffered } from "./preflight/size";
import { type VmSize, vmSizeKey } from "./vmSize";

/** The fields that every cluster needs. Numbers are numbers or, while they are being typed or are missing, NaN. */
export interface BasicDraft {
  readonly name: string;
  /** Region of the cluster. */
  readonly location: string;
  readonly vmSize: string;
  readonly vmPriority: VmPriority;
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
  readonly idleSecondsBeforeScaleDown: number;
}

/** A whole cluster, as the create form holds it and as it is sent. */
export interface ClusterDraft extends BasicDraft, AdvancedDraft {}

/** What a draft is checked against; leave out what is not known yet and its rules keep silent. */
export interface DraftFacts {
  readonly takenNames?: readonly string[] | undefined;
  /** Names of the regions where the workspace's subscription can have clusters. */
  readonly regions?: readonly string[] | undefined;
  /** Sizes of the draft's region. */
  readonly vmSizes?: readonly VmSize[] | undefined;
}

export const defaultIdleSeconds = 120;

/** Smart defaults: name and size are enough. Max 4 as the Azure CLI's own (azure-docs-cli ml/compute.yml @185961b). */
export function emptyDraft(location: string): ClusterDraft {
  return {
    name: "",
    location,
    vmSize: "",
    vmPriority: "dedicated",
    minNodeCount: 0,
    maxNodeCount: 4,
    idleSecondsBeforeScaleDown: defaultIdleSeconds,
    ...emptyAdvancedDraft(),
  };
}

/** Findings of the basic fields alone, in the order of the form's fields. Runs on each keystroke and again in the host. */
export function validateDraft(draft: BasicDraft, facts: DraftFacts = {}): readonly Finding[] {
  return [
    ...nameFindings(draft.name, facts.takenNames ?? []),
    ...regionFindings(draft.location, facts.regions),
    ...sizeFindings(draft, facts.vmSizes),
    ...scaleFindings(draft),
  ];
}

function nameFindings(name: string, taken: readonly string[]): readonly Finding[] {
  return first(nameGiven(name), namePattern(name), nameTaken(name, taken));
}

function regionFindings(location: string, regions: readonly string[] | undefined): readonly Finding[] {
  return first(regionGiven(location), regions === undefined ? [] : regionOffered(location, regions));
}

function sizeFindings(draft: BasicDraft, sizes: readonly VmSize[] | undefined): readonly Finding[] {
  const size = sizes?.find((candidate) => vmSizeKey(candidate.name) === vmSizeKey(draft.vmSize));
  return first(
    sizeGiven(draft.vmSize),
    sizeNotRetired(draft.vmSize),
    sizes === undefined ? [] : sizeOffered(draft.vmSize, draft.location, size),
    size === undefined ? [] : sizeForClusters(size),
    size === undefined ? [] : lowPriorityCapable(draft.vmPriority, size),
  );
}

export type ScaleDraft = Pick<BasicDraft, "minNodeCount" | "maxNodeCount" | "idleSecondsBeforeScaleDown">;

/** The rules for min, max and idle time, for the create form and for scaling an existing cluster. */
export function scaleFindings(scale: ScaleDraft): Finding[] {
  const { minNodeCount: min, maxNodeCount: max, idleSecondsBeforeScaleDown: idle } = scale;
  return [...minNodes(min), ...maxNodes(max), ...nodesInOrder(min, max), ...idleTime(idle)];
}

/** A field's rules from the ground up: what a later one says means nothing before the earlier ones are content. */
function first(...rules: readonly (readonly Finding[])[]): readonly Finding[] {
  return rules.find((findings) => findings.length > 0) ?? [];
}
