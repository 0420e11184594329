/** `error` stops the request, `warning` does not, `info` explains; `unknown` is a check that could not be made. */
export type Severity = "error" | "warning" | "info" | "unknown";

/** One thing that a rule has to say. `message` says what and why, `advice` what to do; both are shown as they are. */
export interface Finding {
  /** Stable id of the rule, e.g. `name.pattern`: for tests, logs and settings, never shown. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly advice?: string | undefined;
  /** The draft's field that caused it. */
  readonly field?: string | undefined;
  readonly remedy?: Remedy | undefined;
}

/** Something a button can do about a finding. */
export type Remedy =
  | { readonly kind: "openUrl"; readonly label: string; readonly url: string }
  | {
      readonly kind: "setField";
      readonly label: string;
      readonly field: string;
      readonly value: string | number | boolean;
    };

export function blocks(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}
