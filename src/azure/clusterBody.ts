import {
  type AmlCompute,
  type AmlComputeProperties,
  type ComputeResource,
  type ManagedServiceIdentity,
  type ScaleSettings as SdkScaleSettings,
  type UserAccountCredentials,
} from "@azure/arm-machinelearning";
import { type IdentityDraft, type SshDraft } from "../core/advancedDraft";
import { type ScaleSettings } from "../core/cluster";
import { type ClusterDraft } from "../core/draft";
import { durationOfSeconds } from "../core/duration";
import { type Workspace } from "../core/workspace";

/**
 * The PUT body of a new cluster. `location` is the workspace's region and `computeLocation` the cluster's (azure-facts 2.3).
 * SSH is always said: left out, Azure opens it on clusters without a network of their own. What the draft leaves at Azure's
 * default is left out. Holds the SSH password: for the one request, never for a log.
 */
export function clusterBody(workspace: Workspace, draft: ClusterDraft): ComputeResource {
  const description = draft.description.trim();
  const compute: AmlCompute = {
    computeType: "AmlCompute",
    computeLocation: draft.location,
    ...(description === "" ? {} : { description }),
    ...(draft.localAuthDisabled ? { disableLocalAuth: true } : {}),
    properties: clusterProperties(draft),
  };
  return {
    location: workspace.location,
    ...(Object.keys(draft.tags).length === 0 ? {} : { tags: { ...draft.tags } }),
    ...(draft.identity.kind === "none" ? {} : { identity: identityOf(draft.identity) }),
    properties: compute,
  };
}

function clusterProperties(draft: ClusterDraft): AmlComputeProperties {
  return {
    vmSize: draft.vmSize,
    vmPriority: draft.vmPriority === "lowPriority" ? "LowPriority" : "Dedicated",
    osType: "Linux",
    scaleSettings: scaleBody(draft),
    remoteLoginPortPublicAccess: draft.ssh.enabled ? "Enabled" : "Disabled",
    ...(draft.ssh.enabled ? { userAccountCredentials: credentialsBody(draft.ssh) } : {}),
    ...(draft.network.kind === "none" ? {} : { subnet: { id: draft.network.subnetId } }),
    ...(draft.nodePublicIp ? {} : { enableNodePublicIp: false }),
  };
}

/** One kind or the other, never both (azure-docs includes/aml-managed-identity-note.md @58f07eb). */
function identityOf(identity: Exclude<IdentityDraft, { kind: "none" }>): ManagedServiceIdentity {
  if (identity.kind === "systemAssigned") return { type: "SystemAssigned" };
  return {
    type: "UserAssigned",
    userAssignedIdentities: Object.fromEntries(identity.ids.map((id) => [id, {}])),
  };
}

/** A key or a password, never both (npm model's `UserAccountCredentials`). */
function credentialsBody({ adminUserName, credential }: SshDraft): UserAccountCredentials {
  return credential.kind === "publicKey"
    ? { adminUserName, adminUserSshPublicKey: credential.key.trim() }
    : { adminUserName, adminUserPassword: credential.password };
}

/** All three values, also when one changed: `maxNodeCount` is required in every body (azure-facts 2.2). */
export function scaleBody(scale: ScaleSettings): SdkScaleSettings {
  return {
    minNodeCount: scale.minNodeCount,
    maxNodeCount: scale.maxNodeCount,
    nodeIdleTimeBeforeScaleDown: durationOfSeconds(scale.idleSecondsBeforeScaleDown),
  };
}
