import * as l10n from "@vscode/l10n";
import { type ClusterDraft } from "./draft";
import { type AdvancedDraft } from "./advancedDraft";
import { type ArmId, armId, isArmId, resourceGroupOf } from "./armId";
import { FieldReader, isRecord, own, shown } from "./fieldReader";
import { type Finding } from "./finding";
import { type Preset, scrub, secretFindings } from "./presets";

export interface ReadPreset {
  /** `base` with everything that could be taken from the preset. */
  readonly draft: ClusterDraft;
  /** What was not taken and why. An error means that nothing was. */
  readonly findings: readonly Finding[];
  /** Keys of the preset that mean nothing here, to be written again with it; without secrets. */
  readonly rest: Preset;
}

/** Keys that `az ml compute show` prints and nobody can set (azure-ai-ml `_schema/compute/compute.py`, checked 2026-11). */
const readOnlyKeys = ["id", "provisioning_state", "provisioning_errors", "created_on", "resource_id", "resourceGroup"];
const knownKeys = [
  "$schema",
  "name",
  "type",
  "description",
  "tags",
  "location",
  "size",
  "tier",
  "min_instances",
  "max_instances",
  "idle_time_before_scale_down",
  "ssh_public_access_enabled",
  "ssh_settings",
  "network_settings",
  "enable_node_public_ip",
  "identity",
];

/**
 * Reads what a YAML or JSON parser made of a preset; whatever it is. Values of a wrong kind are reported and left as `base`
 * has them; whether values make sense is for the pre-flight to say. A subnet that is only named is looked for in the
 * workspace's resource group, as the CLI does.
 */
export function draftOfPreset(preset: unknown, base: ClusterDraft, workspace: ArmId): ReadPreset {
  const refused = refusal(preset);
  if (refused !== undefined || !isRecord(preset)) {
    return { draft: base, findings: refused === undefined ? [] : [refused], rest: {} };
  }
  const reader = new FieldReader(preset);
  const draft: ClusterDraft = {
    name: reader.text("name") ?? base.name,
    description: reader.text("description") ?? base.description,
    location: reader.text("location", /^[A-Za-z0-9 ]{1,100}$/) ?? base.location,
    vmSize: reader.text("size", /^\w{1,100}$/) ?? base.vmSize,
    vmPriority: reader.oneOf("tier", { dedicated: "dedicated", lowpriority: "lowPriority" }) ?? base.vmPriority,
    minNodeCount: reader.number("min_instances") ?? base.minNodeCount,
    maxNodeCount: reader.number("max_instances") ?? base.maxNodeCount,
    idleSecondsBeforeScaleDown: reader.number("idle_time_before_scale_down") ?? base.idleSecondsBeforeScaleDown,
    tags: readTags(reader) ?? base.tags,
    ssh: readSsh(reader, base.ssh),
    network: readNetwork(reader, workspace) ?? base.network,
    nodePublicIp: reader.flag("enable_node_public_ip") ?? base.nodePublicIp,
    identity: readIdentity(reader) ?? base.identity,
    localAuthDisabled: base.localAuthDisabled,
  };
  const unknown = Object.keys(preset).filter((key) => !knownKeys.includes(key) && !readOnlyKeys.includes(key));
  const rest = scrub(Object.fromEntries(unknown.map((key) => [key, preset[key]])));
  return {
    draft,
    findings: [...reader.findings, ...unknownFindings(unknown), ...secretFindings(rest.dropped)],
    rest: rest.value as Preset,
  };
}

function refusal(preset: unknown): Finding | undefined {
  if (!isRecord(preset)) {
    return { rule: "preset.shape", severity: "error", message: l10n.t("This is no description of a compute cluster.") };
  }
  const type = own(preset, "type");
  if (typeof type === "string" && type.toLowerCase() === "amlcompute") return undefined;
  return {
    rule: "preset.type",
    severity: "error",
    message:
      type === undefined
        ? l10n.t('This is no description of a compute cluster: "type: amlcompute" is missing.')
        : l10n.t("This describes {0}, not a compute cluster (amlcompute).", shown(type)),
  };
}

function unknownFindings(keys: readonly string[]): readonly Finding[] {
  if (keys.length === 0) return [];
  return [
    {
      rule: "preset.unknown",
      severity: "info",
      message: l10n.t("Not understood, and kept as it is: {0}.", keys.map((key) => shown(key)).join(", ")),
    },
  ];
}

function readTags(reader: FieldReader): Readonly<Record<string, string>> | undefined {
  const tags = reader.record("tags");
  if (tags === undefined) return undefined;
  const entries = Object.entries(tags).flatMap(([name, value]): [string, string][] => {
    // YAML makes numbers and yes/no of what people mean as text.
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      return [[name, String(value)]];
    }
    if (value === null) return [[name, ""]];
    reader.wrong(`tags.${shown(name)}`);
    return [];
  });
  const { value, dropped } = scrub(Object.fromEntries(entries), "tags");
  reader.findings.push(...secretFindings(dropped));
  return value as Record<string, string>;
}

function readSsh(reader: FieldReader, base: AdvancedDraft["ssh"]): AdvancedDraft["ssh"] {
  const enabled = reader.flag("ssh_public_access_enabled");
  const raw = reader.record("ssh_settings");
  const settings = raw === undefined ? undefined : new FieldReader(raw, "ssh_settings.");
  const adminUserName = settings?.text("admin_username") ?? base.adminUserName;
  const key = settings?.text("ssh_key_value");
  if (raw !== undefined && Object.hasOwn(raw, "admin_password")) {
    reader.findings.push(...secretFindings(["ssh_settings.admin_password"]));
  }
  if (settings !== undefined) {
    settings.onlyKeys(["admin_username", "ssh_key_value", "admin_password"]);
    reader.findings.push(...settings.findings);
    if (enabled === undefined) {
      reader.findings.push({
        rule: "preset.sshOff",
        severity: "info",
        field: "ssh.enabled",
        message: l10n.t("SSH stays off: the preset does not say ssh_public_access_enabled: true."),
      });
    }
  }
  return {
    enabled: enabled ?? (settings === undefined && base.enabled),
    adminUserName,
    credential: key === undefined ? base.credential : { kind: "publicKey", key },
  };
}

function readNetwork(reader: FieldReader, workspace: ArmId): AdvancedDraft["network"] | undefined {
  const raw = reader.record("network_settings");
  if (raw === undefined) return undefined;
  const settings = new FieldReader(raw, "network_settings.");
  const subnet = settings.text("subnet");
  const network = settings.text("vnet_name");
  settings.onlyKeys(["subnet", "vnet_name", "public_ip_address", "private_ip_address"]);
  reader.findings.push(...settings.findings);
  if (subnet === undefined) {
    if (network !== undefined) reader.wrong("network_settings.subnet");
    return undefined;
  }
  if (/^\/subscriptions\/.+\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i.test(subnet) && isArmId(subnet)) {
    return { kind: "subnet", subnetId: subnet };
  }
  const name = /^[\w.-]{1,80}$/;
  if (network === undefined || !name.test(subnet) || !name.test(network)) {
    reader.wrong("network_settings.subnet");
    return undefined;
  }
  const group = resourceGroupOf(workspace);
  return {
    kind: "subnet",
    subnetId: armId(`${group}/providers/Microsoft.Network/virtualNetworks/${network}/subnets/${subnet}`),
  };
}

function readIdentity(reader: FieldReader): AdvancedDraft["identity"] | undefined {
  const raw = reader.record("identity");
  if (raw === undefined) return undefined;
  const settings = new FieldReader(raw, "identity.");
  const kind = settings.oneOf("type", {
    none: "none",
    systemassigned: "systemAssigned",
    userassigned: "userAssigned",
    "systemassigned,userassigned": "both",
  });
  settings.onlyKeys(["type", "user_assigned_identities", "principal_id", "tenant_id"]);
  const ids = settings.list("user_assigned_identities").flatMap((item, index): ArmId[] => {
    const id = isRecord(item) ? own(item, "resource_id") : item;
    if (typeof id === "string" && isArmId(id)) return [id];
    settings.wrong(`user_assigned_identities[${index}]`);
    return [];
  });
  reader.findings.push(...settings.findings);
  if (kind === "both") {
    reader.findings.push({
      rule: "preset.bothIdentities",
      severity: "warning",
      field: "identity",
      message: l10n.t(
        "A cluster has a system-assigned identity or user-assigned ones, not both. The latter were taken.",
      ),
    });
  }
  if (kind === "both" || kind === "userAssigned") return { kind: "userAssigned", ids };
  return kind === undefined ? undefined : { kind };
}
