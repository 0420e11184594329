import { type ClusterDraft, validateDraft } from "../../src/core/draft";
import { type Finding } from "../../src/core/finding";
import { distanceFindings, quotaFindings } from "../../src/core/preflight";
import { type DraftField, draftFields } from "../../src/protocol/createCluster";
import { type OpenForm, chosenSize, draft, sizesOf } from "./formState";

/** Everything that speaks for or against the draft, in the order of the fields. Runs on each keystroke. */
export function allFindings(state: OpenForm): readonly Finding[] {
  const current = draft(state);
  return [...validateDraft(current, factsOf(state)), ...azureFindings(state, current), ...hostFindings(state)];
}

function factsOf(state: OpenForm): Parameters<typeof validateDraft>[1] {
  const sizes = sizesOf(state);
  return {
    takenNames: state.init.takenNames,
    regions: state.init.regions.map((region) => region.name),
    vmSizes: sizes?.kind === "loaded" ? sizes.sizes.vmSizes : undefined,
  };
}

function azureFindings(state: OpenForm, current: ClusterDraft): readonly Finding[] {
  const size = chosenSize(state);
  const sizes = sizesOf(state);
  const quota = sizes?.kind === "loaded" ? sizes.sizes.quota : undefined;
  const distance = distanceFindings(current.location, state.init.workspace.location);
  if (size === undefined || quota === undefined || sizes?.kind !== "loaded") return distance;
  const { workspaceLimits } = sizes.sizes;
  return [...distance, ...quotaFindings(current, size, { quota, workspaceLimits })];
}

/** The host's findings about a draft, and an error of Azure that has a field of its own. */
function hostFindings(state: OpenForm): readonly Finding[] {
  const { error } = state;
  const field = errorField(state);
  if (error === undefined || field === undefined) return state.hostFindings;
  return [...state.hostFindings, { rule: "azure.refused", severity: "warning", field, message: error.message }];
}

/** What Azure refuses for quota is refused for its size (`ClusterMinNodesExceedCoreQuota`, azure-facts 2.7). */
export function errorField(state: OpenForm): DraftField | undefined {
  const { error } = state;
  if (error?.kind === "quotaExceeded") return "vmSize";
  return draftFields.find((field) => field === error?.field);
}

/** What stands below a field: errors once the field has been touched, the rest always. One message per rule. */
export function shownFindings(state: OpenForm, findings: readonly Finding[], field: DraftField): readonly Finding[] {
  const shown = findings.filter(
    (finding) => finding.field === field && (finding.severity !== "error" || state.touched.includes(field)),
  );
  return shown.filter((finding, index) => shown.findIndex((other) => other.message === finding.message) === index);
}

/** Fields that stop the request, in their order on the screen. */
export function badFields(findings: readonly Finding[]): readonly DraftField[] {
  return draftFields.filter((field) => findings.some((f) => f.field === field && f.severity === "error"));
}
