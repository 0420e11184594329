import * as l10n from "@vscode/l10n";
import { regionKey } from "./account";
import { type VmPriority } from "./cluster";
import { type Finding } from "./finding";
import { type VmSize, isRetired, vmSizeKey } from "./vmSize";

/** What the create form holds. Numbers are numbers or, while they are being typed or are missing, NaN. */
export interface ClusterDraft {
  readonly name: string;
  /** Region of the cluster. */
  readonly location: string;
  readonly vmSize: string;
  readonly vmPriority: VmPriority;
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
  readonly idleSecondsBeforeScaleDown: number;
}

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
  };
}

/** Studio's text and the service's own message (azure-facts 2.1); the spec has no pattern. */
const namePattern = /^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/;
/** Ceiling with inter-node communication off; with it on the service decides (how-to-manage-quotas, 2026-01-27). */
const mostNodes = 65_000;
/** Seven days: what Studio accepts is not documented, longer is surely a slip. */
const longestIdleSeconds = 604_800;

/** Findings of the draft alone, in the order of the form's fields. Runs on each keystroke and again in the host. */
export function validateDraft(draft: ClusterDraft, facts: DraftFacts = {}): readonly Finding[] {
  return [
    ...nameFindings(draft.name, facts.takenNames ?? []),
    ...regionFindings(draft.location, facts.regions),
    ...sizeFindings(draft, facts.vmSizes),
    ...scaleFindings(draft),
  ];
}

function nameFindings(name: string, taken: readonly string[]): Finding[] {
  const error = (rule: string, message: string): Finding[] => [{ rule, severity: "error", field: "name", message }];
  if (name === "") return error("name.missing", l10n.t("Give the cluster a name."));
  if (!namePattern.test(name)) return error("name.pattern", namePatternMessage(name));
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase())) {
    return error("name.taken", l10n.t('This workspace already has a compute named "{0}". Choose another name.', name));
  }
  return [];
}

function namePatternMessage(name: string): string {
  if (name.length < 3 || name.length > 24) return l10n.t("Use 3 to 24 characters; this name has {0}.", name.length);
  if (!/^[A-Za-z]/.test(name)) return l10n.t("Start the name with a letter.");
  if (name.endsWith("-")) return l10n.t("End the name with a letter or a digit.");
  return l10n.t("Use letters, digits and dashes only.");
}

function regionFindings(location: string, regions: readonly string[] | undefined): Finding[] {
  const error = (rule: string, message: string): Finding[] => [{ rule, severity: "error", field: "location", message }];
  if (location === "") return error("location.missing", l10n.t("Choose a region."));
  if (regions?.every((region) => regionKey(region) !== regionKey(location)) === true) {
    return error(
      "location.unknown",
      l10n.t("Compute clusters cannot be created in {0}. Choose another region.", location),
    );
  }
  return [];
}

function sizeFindings(draft: ClusterDraft, sizes: readonly VmSize[] | undefined): Finding[] {
  const error = (rule: string, message: string, field = "vmSize"): Finding[] => [
    { rule, severity: "error", field, message },
  ];
  if (draft.vmSize === "") return error("vmSize.missing", l10n.t("Choose a VM size."));
  if (isRetired(draft.vmSize)) {
    return error(
      "vmSize.retired",
      l10n.t("{0} belongs to a series that Azure has retired. Choose another size.", draft.vmSize),
    );
  }
  const size = sizes?.find((candidate) => vmSizeKey(candidate.name) === vmSizeKey(draft.vmSize));
  if (sizes !== undefined && size === undefined) {
    return error(
      "vmSize.notInRegion",
      l10n.t("{0} is not offered in {1}. Choose another size or region.", draft.vmSize, draft.location),
    );
  }
  if (size?.supportsClusters === false) {
    return error("vmSize.notForClusters", l10n.t("{0} cannot be used for compute clusters.", draft.vmSize));
  }
  if (draft.vmPriority === "lowPriority" && size?.lowPriorityCapable === false) {
    return error(
      "vmPriority.notCapable",
      l10n.t("{0} cannot run at low priority. Choose dedicated or another size.", draft.vmSize),
      "vmPriority",
    );
  }
  return [];
}

export type ScaleDraft = Pick<ClusterDraft, "minNodeCount" | "maxNodeCount" | "idleSecondsBeforeScaleDown">;

/** The rules for min, max and idle time, for the create form and for scaling an existing cluster. */
export function scaleFindings(scale: ScaleDraft): Finding[] {
  const { minNodeCount: min, maxNodeCount: max, idleSecondsBeforeScaleDown: idle } = scale;
  const findings: Finding[] = [];
  const error = (rule: string, field: keyof ScaleDraft, message: string): void => {
    findings.push({ rule, severity: "error", field, message });
  };
  const whole = (value: number, least: number, most: number): boolean =>
    Number.isSafeInteger(value) && value >= least && value <= most;
  const minOk = whole(min, 0, mostNodes);
  const maxOk = whole(max, 1, mostNodes);
  if (!minOk) error("scale.min", "minNodeCount", l10n.t("Enter a whole number from 0 to {0}.", mostNodes));
  if (!maxOk) error("scale.max", "maxNodeCount", l10n.t("Enter a whole number from 1 to {0}.", mostNodes));
  if (minOk && maxOk && min > max) {
    error("scale.order", "minNodeCount", l10n.t("The minimum ({0}) is above the maximum ({1}).", min, max));
  }
  if (!whole(idle, 1, longestIdleSeconds)) {
    error(
      "scale.idle",
      "idleSecondsBeforeScaleDown",
      l10n.t("Enter whole seconds from 1 to {0} (7 days).", longestIdleSeconds),
    );
  }
  return findings;
}
