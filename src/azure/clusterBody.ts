import {
  type AmlCompute,
  type ComputeResource,
  type ScaleSettings as SdkScaleSettings,
} from "@azure/arm-machinelearning";
import { type ScaleSettings } from "../core/cluster";
import { type ClusterDraft } from "../core/draft";
import { durationOfSeconds } from "../core/duration";
import { type Workspace } from "../core/workspace";

/**
 * The PUT body of a new cluster. `location` is the workspace's region and `computeLocation` the cluster's (azure-facts 2.3).
 * SSH is always closed: left out, Azure opens it on clusters without a network of their own.
 */
export function clusterBody(workspace: Workspace, draft: ClusterDraft): ComputeResource {
  const properties: AmlCompute = {
    computeType: "AmlCompute",
    computeLocation: draft.location,
    properties: {
      vmSize: draft.vmSize,
      vmPriority: draft.vmPriority === "lowPriority" ? "LowPriority" : "Dedicated",
      osType: "Linux",
      scaleSettings: scaleBody(draft),
      remoteLoginPortPublicAccess: "Disabled",
    },
  };
  return { location: workspace.location, properties };
}

/** All three values, also when one changed: `maxNodeCount` is required in every body (azure-facts 2.2). */
export function scaleBody(scale: ScaleSettings): SdkScaleSettings {
  return {
    minNodeCount: scale.minNodeCount,
    maxNodeCount: scale.maxNodeCount,
    nodeIdleTimeBeforeScaleDown: durationOfSeconds(scale.idleSecondsBeforeScaleDown),
  };
}
