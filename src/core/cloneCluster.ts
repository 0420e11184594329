import * as l10n from "@vscode/l10n";
import { type ClusterDraft } from "./draft";
import { regionKey } from "./account";
import { type AdvancedDraft, emptyAdvancedDraft } from "./advancedDraft";
import { type ArmId, nameOf, sameArmId, subscriptionOf, workspaceOf } from "./armId";
import { type ComputeCluster } from "./cluster";
import { type Finding } from "./finding";
import { type Workspace, hasManagedNetwork } from "./workspace";

export interface CloneTarget {
  /** Where the new cluster is to be: the same workspace or another. */
  readonly workspace: Workspace;
  /** Its region; unsaid, the cluster's own within its workspace, else the workspace's. */
  readonly location?: string | undefined;
  /** Names of the target's computes. */
  readonly takenNames: readonly string[];
}

export interface Clone {
  readonly draft: ClusterDraft;
  /** What could not be carried over and what will be different, for the form to show. */
  readonly findings: readonly Finding[];
}

/**
 * A draft of a cluster like this one, under a name that is free. Azure never returns SSH keys and passwords
 * (azure-api/NOTES 4), a network is bound to its subscription and region, and a system-assigned identity to its cluster.
 */
export function cloneCluster(cluster: ComputeCluster, target: CloneTarget): Clone {
  const { workspace } = target;
  const stays = sameArmId(workspaceOf(cluster.id), workspace.id);
  const location =
    hasManagedNetwork(workspace) || (!stays && target.location === undefined)
      ? workspace.location
      : (target.location ?? cluster.location);
  const lost = networkLost(cluster, workspace, location);
  const network: AdvancedDraft["network"] =
    cluster.subnetId === undefined || lost !== undefined
      ? { kind: "none" }
      : { kind: "subnet", subnetId: cluster.subnetId };
  const privateOnly = !cluster.nodePublicIp && (network.kind === "subnet" || hasManagedNetwork(workspace));
  const draft: ClusterDraft = {
    name: suggestName(cluster.name, target.takenNames),
    location,
    vmSize: cluster.vmSize,
    vmPriority: cluster.vmPriority,
    ...cluster.scaleSettings,
    description: cluster.description ?? "",
    tags: cluster.tags,
    ssh: clonedSsh(cluster),
    network,
    nodePublicIp: !privateOnly,
    identity: clonedIdentity(cluster),
    localAuthDisabled: cluster.localAuthDisabled,
  };
  return {
    draft,
    findings: [
      ...(regionKey(location) === regionKey(cluster.location) ? [] : [regionChanged(cluster.location, location)]),
      ...sshFindings(cluster),
      ...(lost === undefined ? [] : [lost]),
      ...(!cluster.nodePublicIp && !privateOnly ? [publicIpAgain()] : []),
      ...identityFindings(cluster, workspace.id),
    ],
  };
}

/**
 * The same cluster again in its workspace with one thing changed that Azure cannot change in place, under a new name: the old
 * one has kept its size when its name was used again at once (rest-api-specs#18889).
 */
export function recreateCluster(cluster: ComputeCluster, change: Partial<ClusterDraft>, target: CloneTarget): Clone {
  const { draft, findings } = cloneCluster(cluster, { ...target, location: change.location ?? cluster.location });
  const changed = new Set(Object.keys(change));
  return {
    draft: { ...draft, ...change },
    findings: findings.filter((finding) => !changed.has((finding.field ?? "").split(".")[0] ?? "")),
  };
}

/** Studio's rule: a letter after the dash, so `-v2` and not `-2`. Numbers go on from what the base ends in. */
const suffix = /-v(\d{1,4})$/i;
const longestName = 24;

/** A free name made from another: `gpu-train` → itself if free, else `gpu-train-v2`, `gpu-train-v3` and so on, always valid. */
export function suggestName(base: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const clean = base
    .replaceAll(/[^A-Za-z0-9-]/g, "-")
    .replace(/^[^A-Za-z]+/, "")
    .slice(0, longestName)
    .replace(/-+$/, "");
  const start = clean.length >= 3 ? clean : "cluster";
  if (!used.has(start.toLowerCase())) return start;
  const stem = start.replace(suffix, "");
  for (let number = Number(suffix.exec(start)?.[1] ?? 1) + 1; ; number += 1) {
    const end = `-v${number}`;
    const name = `${stem.slice(0, longestName - end.length).replace(/-+$/, "")}${end}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}

function clonedSsh(cluster: ComputeCluster): AdvancedDraft["ssh"] {
  const empty = emptyAdvancedDraft().ssh;
  return {
    ...empty,
    enabled: cluster.remoteLogin === "enabled" && cluster.adminUserName !== undefined,
    adminUserName: cluster.adminUserName ?? empty.adminUserName,
  };
}

function sshFindings(cluster: ComputeCluster): readonly Finding[] {
  if (cluster.adminUserName !== undefined) {
    return [
      {
        rule: "clone.sshCredential",
        severity: "info",
        field: "ssh.credential",
        message: l10n.t("Azure does not tell the SSH key or password of {0}. Give one if you want SSH.", cluster.name),
      },
    ];
  }
  if (cluster.remoteLogin !== "enabled") return [];
  return [
    {
      rule: "clone.sshClosed",
      severity: "info",
      field: "ssh.enabled",
      message: l10n.t(
        "The SSH port of {0} is open although it has no user to sign in. It will be closed here.",
        cluster.name,
      ),
    },
  ];
}

function clonedIdentity({ identity }: ComputeCluster): AdvancedDraft["identity"] {
  return identity.kind === "userAssigned"
    ? { kind: "userAssigned", ids: identity.identities.map((assigned) => assigned.id) }
    : { kind: identity.kind };
}

function identityFindings({ identity, name }: ComputeCluster, workspace: ArmId): readonly Finding[] {
  if (identity.kind === "systemAssigned") {
    return [
      {
        rule: "clone.systemIdentity",
        severity: "warning",
        field: "identity",
        message: l10n.t(
          "The new cluster gets a system-assigned identity of its own, without the roles that the one of {0} has.",
          name,
        ),
        advice: l10n.t("Give it the same roles afterwards, or use a user-assigned identity for both."),
      },
    ];
  }
  if (identity.kind === "none") return [];
  const elsewhere = identity.identities.filter(
    (assigned) => !sameArmId(subscriptionOf(assigned.id), subscriptionOf(workspace)),
  );
  if (elsewhere.length === 0) return [];
  return [
    {
      rule: "clone.identityElsewhere",
      severity: "info",
      field: "identity",
      message: l10n.t(
        "In another subscription than the workspace: {0}. It works only within one tenant.",
        elsewhere.map((assigned) => nameOf(assigned.id)).join(", "),
      ),
    },
  ];
}

/** Why the cluster's subnet cannot be used there. @returns undefined when it can, or when there is none. */
function networkLost(cluster: ComputeCluster, workspace: Workspace, location: string): Finding | undefined {
  if (cluster.subnetId === undefined) return undefined;
  const subnet = nameOf(cluster.subnetId);
  const lost = (message: string): Finding => ({
    rule: "clone.network",
    severity: "warning",
    field: "network",
    message,
    advice: l10n.t("Choose a network, if the cluster needs one."),
  });
  if (hasManagedNetwork(workspace)) {
    return {
      ...lost(
        l10n.t(
          "The subnet {0} was left out: {1} has a managed network, which its clusters join.",
          subnet,
          workspace.name,
        ),
      ),
      severity: "info",
      advice: undefined,
    };
  }
  if (!sameArmId(subscriptionOf(cluster.subnetId), subscriptionOf(workspace.id))) {
    return lost(l10n.t("The subnet {0} was left out: it is in another subscription than {1}.", subnet, workspace.name));
  }
  if (regionKey(location) !== regionKey(cluster.location)) {
    return lost(l10n.t("The subnet {0} was left out: it is in {1}.", subnet, cluster.location));
  }
  return undefined;
}

function regionChanged(from: string, to: string): Finding {
  return {
    rule: "clone.region",
    severity: "info",
    field: "location",
    message: l10n.t("The original is in {0}, this one will be in {1}: sizes, prices and quota differ.", from, to),
  };
}

function publicIpAgain(): Finding {
  return {
    rule: "clone.publicIp",
    severity: "warning",
    field: "nodePublicIp",
    message: l10n.t("Nodes will have public IP addresses, as there is no network without them here."),
    advice: l10n.t("Choose a subnet to do without them again."),
  };
}
