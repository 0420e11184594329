import { fieldOfCreateError } from "../../src/core/createErrorField";
import { type Finding } from "../../src/core/finding";
import { type PreflightFacts } from "../../src/core/preflight/facts";
import { preflight } from "../../src/core/preflight/preflight";
import { type DraftField, draftFields } from "../../src/protocol/createCluster";
import { type OpenForm, choicesKey, choicesOf, draft, retailPrice, sizesOf } from "./formState";

const remembered = new WeakMap<OpenForm, readonly Finding[]>();

/** Everything that speaks for or against the draft, in the order of the fields. Worked out once per state. */
export function allFindings(state: OpenForm): readonly Finding[] {
  const known = remembered.get(state);
  if (known !== undefined) return known;
  const own = preflight(draft(state), factsOf(state));
  const findings = [...own, ...hostFindings(state, own)];
  remembered.set(state, findings);
  return findings;
}

function factsOf(state: OpenForm): PreflightFacts {
  const { init, surroundings } = state;
  const sizes = sizesOf(state);
  const region = sizes?.kind === "loaded" ? sizes.sizes : undefined;
  const choices = choicesOf(state);
  const chosen = choices === undefined ? undefined : state.choices[choicesKey(choices)];
  return {
    workspace: init.workspace,
    takenNames: init.takenNames,
    regions: init.regions.map(({ name }) => name),
    vmSizes: region?.vmSizes,
    quota: region?.quota ?? unavailable(region?.quotaProblem),
    workspaceLimits: region?.workspaceLimits ?? unavailable(region?.workspaceLimitsProblem),
    price: retailPrice(state)?.retail,
    locale: init.locale,
    ...(surroundings ?? {}),
    ...(chosen ?? {}),
  };
}

function unavailable(reason: string | undefined): { unavailable: string } | undefined {
  return reason === undefined ? undefined : { unavailable: reason };
}

/** The host's findings about a draft, those that the form does not have itself, and an error of Azure that has a field. */
function hostFindings(state: OpenForm, own: readonly Finding[]): readonly Finding[] {
  const { error } = state;
  const news = state.hostFindings.filter(
    (finding) => !own.some((other) => other.rule === finding.rule && other.message === finding.message),
  );
  const field = errorField(state);
  if (error === undefined || field === undefined) return news;
  return [...news, { rule: "azure.refused", severity: "warning", field, message: error.message }];
}

/** The finding's field that Azure's answer is about. */
export function errorField(state: OpenForm): string | undefined {
  const { error } = state;
  return error === undefined ? undefined : (error.field ?? fieldOfCreateError(error));
}

/** The control that a finding is about: a credential is a key or a password, an identity its list once one is wanted. */
export function controlOf(state: OpenForm, finding: Finding): DraftField | undefined {
  const { field } = finding;
  if (field === "ssh.credential") return state.texts["ssh.method"] === "password" ? "ssh.password" : "ssh.key";
  return draftFields.find((known) => known === field);
}

/** What stands below a field: errors once the field has been touched, the rest always. One message per rule. */
export function shownFindings(state: OpenForm, findings: readonly Finding[], field: DraftField): readonly Finding[] {
  const shown = findings.filter(
    (finding) => controlOf(state, finding) === field && (finding.severity !== "error" || state.touched.includes(field)),
  );
  return shown.filter((finding, index) => shown.findIndex((other) => other.message === finding.message) === index);
}

/** Fields that stop the request, in their order on the screen. */
export function badFields(state: OpenForm, findings: readonly Finding[]): readonly DraftField[] {
  const bad = findings.filter((finding) => finding.severity === "error").map((finding) => controlOf(state, finding));
  return draftFields.filter((field) => bad.includes(field));
}

/** Whether a field is under Advanced. */
export function isAdvanced(field: DraftField): boolean {
  return draftFields.indexOf(field) > draftFields.indexOf("idleSecondsBeforeScaleDown");
}
