import * as l10n from "@vscode/l10n";
import { type ClusterDraft } from "./draft";
import { type AdvancedDraft } from "./advancedDraft";
import { type Finding } from "./finding";
import { holdsPrivateKey } from "./sshKey";

/** A preset as plain data: what `az ml compute create -f` reads, so that one file serves both (azure-facts 1.5). */
export type Preset = Readonly<Record<string, unknown>>;

export const presetSchema = "https://azuremlschemas.azureedge.net/latest/amlCompute.schema.json";

export interface WrittenPreset {
  /** Keys in the order of the reference page. */
  readonly preset: Preset;
  /** What the draft has and the preset cannot carry. */
  readonly findings: readonly Finding[];
}

/**
 * A draft as a preset. Fields that are empty or no number are left out, secrets always. `rest` are keys that a reading has
 * kept (`draftOfPreset`): they come last, as they were, but for secrets.
 */
export function presetOf(draft: ClusterDraft, rest: Preset = {}): WrittenPreset {
  const known = {
    $schema: presetSchema,
    name: text(draft.name),
    type: "amlcompute",
    description: text(draft.description),
    tags: Object.keys(draft.tags).length === 0 ? undefined : draft.tags,
    location: text(draft.location),
    size: text(draft.vmSize),
    tier: draft.vmPriority === "lowPriority" ? "low_priority" : "dedicated",
    min_instances: number(draft.minNodeCount),
    max_instances: number(draft.maxNodeCount),
    idle_time_before_scale_down: number(draft.idleSecondsBeforeScaleDown),
    // Always said: unsaid means open on clusters without a network (azure-facts 2.3).
    ssh_public_access_enabled: draft.ssh.enabled,
    ssh_settings: draft.ssh.enabled ? sshSettings(draft.ssh) : undefined,
    network_settings: draft.network.kind === "subnet" ? { subnet: draft.network.subnetId } : undefined,
    enable_node_public_ip: draft.nodePublicIp,
    identity: identity(draft.identity),
  };
  const kept = Object.entries(rest).filter(([key]) => !Object.hasOwn(known, key));
  const entries = [...Object.entries(known), ...kept].filter(([, value]) => value !== undefined);
  const { value, dropped } = scrub(Object.fromEntries(entries));
  return { preset: value as Preset, findings: [...notCarried(draft), ...secretFindings(dropped)] };
}

function sshSettings(ssh: AdvancedDraft["ssh"]): Preset {
  const { credential, adminUserName } = ssh;
  return credential.kind === "publicKey" && credential.key.trim() !== ""
    ? { admin_username: adminUserName, ssh_key_value: credential.key.trim() }
    : { admin_username: adminUserName };
}

/** A list of `{ resource_id }`, as the CLI's schema has it (azure-ai-ml `_schema/compute/compute.py`, checked 2026-11). */
function identity(draft: AdvancedDraft["identity"]): Preset | undefined {
  switch (draft.kind) {
    case "none":
      return undefined;
    case "systemAssigned":
      return { type: "system_assigned" };
    case "userAssigned":
      return { type: "user_assigned", user_assigned_identities: draft.ids.map((id) => ({ resource_id: id })) };
  }
}

function notCarried(draft: ClusterDraft): readonly Finding[] {
  const findings: Finding[] = [];
  if (draft.ssh.enabled && draft.ssh.credential.kind === "password") {
    findings.push({
      rule: "preset.password",
      severity: "info",
      field: "ssh.credential",
      message: l10n.t("The SSH password is not saved. Enter it again when you use the preset."),
    });
  }
  if (draft.localAuthDisabled) {
    findings.push({
      rule: "preset.localAuth",
      severity: "info",
      field: "localAuthDisabled",
      message: l10n.t(
        "That local authentication is off is not saved: the Azure CLI's files have no key for it. Set it again when you use the preset.",
      ),
    });
  }
  return findings;
}

/** Names the places only. */
export function secretFindings(dropped: readonly string[]): readonly Finding[] {
  return dropped.map((path) => ({
    rule: "preset.secret",
    severity: "warning",
    message: l10n.t("{0} holds a secret and was left out.", path),
  }));
}

const secretKey = /passw|secret|private_?key|access_?token|connection_?string/i;
/** Deeper than any file of this kind; also ends circles that YAML's anchors can make. */
const deepest = 20;

/** A copy without secrets: keys that name one, and texts that hold a private key. `dropped` are their paths. */
export function scrub(
  value: unknown,
  path = "",
  depth = 0,
): { readonly value: unknown; readonly dropped: readonly string[] } {
  if (typeof value === "string" && holdsPrivateKey(value)) return { value: undefined, dropped: [path] };
  if (typeof value !== "object" || value === null) return { value, dropped: [] };
  if (depth >= deepest) return { value: undefined, dropped: [] };
  const dropped: string[] = [];
  const clean = (key: string, item: unknown): unknown => {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    if (!Array.isArray(value) && secretKey.test(key)) {
      dropped.push(at);
      return undefined;
    }
    const result = scrub(item, at, depth + 1);
    dropped.push(...result.dropped);
    return result.value;
  };
  const entries = Object.entries(value)
    .map(([key, item]) => [key, clean(key, item)] as const)
    .filter(([, item]) => item !== undefined);
  return { value: Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries), dropped };
}

function text(value: string): string | undefined {
  return value.trim() === "" ? undefined : value;
}

function number(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
