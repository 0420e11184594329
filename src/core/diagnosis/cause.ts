import { type Finding, type Severity } from "../finding";
import { type ErrorTopic } from "../knownErrors/explanation";
import { type DiagnosisFacts } from "./facts";
import { type RemedyAction } from "./remedy";
import { type Symptom } from "./symptoms";

/**
 * How sure a rule is: `certain` Azure says so itself · `likely` it fits what is wrong · `possible` it can do that, nothing
 * shows that it does · `unknown` it could not be checked.
 */
export type Likelihood = "certain" | "likely" | "possible" | "unknown";

/** Why a cluster may be as it is. `message` says what, `advice` what to do, `evidence` what was seen, one sentence each. */
export interface Cause extends Finding {
  readonly advice: string;
  readonly likelihood: Likelihood;
  readonly evidence: readonly string[];
  readonly remedies: readonly RemedyAction[];
  /** What it is about: an error of Azure on the same topic is its proof. */
  readonly topic?: ErrorTopic | undefined;
  /** Tells causes of one topic apart: the locked scope in lower case, `family` or `total` of a quota. */
  readonly subject?: string | undefined;
}

/** What rules look at: the facts, and what is visibly wrong. */
export interface Inspection {
  readonly facts: DiagnosisFacts;
  readonly symptoms: readonly Symptom[];
}

/** One rule, or several that belong together; says nothing where its facts are missing. */
export type Rule = (inspection: Inspection) => readonly Cause[];

const likelihoods: readonly Likelihood[] = ["certain", "likely", "possible", "unknown"];
const severities: readonly Severity[] = ["error", "warning", "info", "unknown"];

/**
 * The surest first, among them the worst; then what is only worth knowing, then what could not be checked. Equals keep the
 * order of their rules.
 */
export function rankCauses(causes: readonly Cause[]): readonly Cause[] {
  const part = (cause: Cause): number => (cause.likelihood === "unknown" ? 2 : cause.severity === "info" ? 1 : 0);
  return causes.toSorted(
    (a, b) =>
      part(a) - part(b) ||
      likelihoods.indexOf(a.likelihood) - likelihoods.indexOf(b.likelihood) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
}

export function surer(a: Likelihood, b: Likelihood): Likelihood {
  return likelihoods.indexOf(a) <= likelihoods.indexOf(b) ? a : b;
}

/** A setting that Azure does not support: it explains trouble where there is some, and is only a risk where there is none. */
export function settingLikelihood({ symptoms }: Inspection): { likelihood: Likelihood; severity: Severity } {
  return symptoms.length > 0
    ? { likelihood: "likely", severity: "error" }
    : { likelihood: "possible", severity: "warning" };
}
