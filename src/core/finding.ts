import { type ArmId } from "./armId";

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

/**
 * Something a button can do about a finding. Addresses of the portal depend on the cloud, so these name what to open and the
 * host builds the address.
 */
export type Remedy =
  | { readonly kind: "openUrl"; readonly label: string; readonly url: string }
  | {
      readonly kind: "setField";
      readonly label: string;
      readonly field: string;
      readonly value: string | number | boolean;
    }
  /** The quota page of a region; without `family` it is a limit that all families share. */
  | {
      readonly kind: "requestQuota";
      readonly label: string;
      readonly region: string;
      readonly family?: string | undefined;
    }
  /** The page of a scope's locks in the portal. */
  | { readonly kind: "openLock"; readonly label: string; readonly lock: ArmId; readonly scope: ArmId }
  /** Any resource's page in the portal. */
  | { readonly kind: "openResource"; readonly label: string; readonly id: ArmId }
  /** Asks first, as every deletion does. */
  | { readonly kind: "deleteCluster"; readonly label: string; readonly cluster: ArmId }
  /** Something to send to whoever can help, on the clipboard. */
  | { readonly kind: "copyText"; readonly label: string; readonly text: string };

export function blocks(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}
