import * as l10n from "@vscode/l10n";
import { type ErrorReader, hasCode } from "./explanation";

/** Errors of a cluster's settings: name, size, region, network (azure-facts 2.7, azure-api/NOTES 2 and 7). */
export const settingErrors: readonly ErrorReader[] = [
  (error) =>
    /compute name is invalid|start with a letter, end with a letter or digit/i.test(error.message)
      ? {
          topic: "name",
          cause: l10n.t("Azure does not accept the cluster's name."),
          fix: l10n.t("Use 3 to 24 letters, digits and dashes; start with a letter, end with a letter or a digit."),
        }
      : undefined,
  (error) => {
    const found = /requested VM size (\S+) is not available in the current region/i.exec(error.message);
    return found === null
      ? undefined
      : {
          topic: "size",
          cause: l10n.t("{0} is not offered in the cluster's region.", found[1] ?? ""),
          fix: l10n.t("Create a cluster with another size or in another region."),
        };
  },
  (error) =>
    hasCode(error, "SupportedVMSizes") || /VMSize is not a supported VM size/i.test(error.message)
      ? {
          topic: "size",
          cause: l10n.t("The VM size cannot be used for compute clusters."),
          fix: l10n.t("Create a cluster with another size."),
        }
      : undefined,
  (error) =>
    /PrivateLinkServiceNetworkPolicies|PrivateEndpointNetworkPolicies/i.test(error.message)
      ? {
          topic: "subnet",
          cause: l10n.t(
            "Private endpoint or private link policies are on in the subnet; nodes without public IP need them off.",
          ),
          fix: l10n.t("Switch both policies off in the subnet, or choose another subnet."),
          helpUrl: "https://aka.ms/AMLPLNetPolicies",
        }
      : undefined,
  (error) =>
    // General ARM network codes; no AmlCompute answer is recorded for a full subnet (azure-api/NOTES 7).
    hasCode(error, "SubnetIsFull", "InsufficientSubnetSize") ||
    /subnet\b.*\b(is full|(not|n't) have (enough|sufficient)|(not enough|insufficient) .*addresses)/is.test(
      error.message,
    )
      ? {
          topic: "subnetFull",
          cause: l10n.t("The subnet has no addresses left for more nodes; each node takes one."),
          fix: l10n.t("Free addresses in the subnet or make it larger, or create a cluster in another subnet."),
        }
      : undefined,
  (error) =>
    hasCode(error, "LocationNotAvailableForResourceType")
      ? {
          topic: "region",
          cause: l10n.t("Azure Machine Learning is not offered in this region."),
          fix: l10n.t("Choose another region."),
        }
      : undefined,
  (error) =>
    hasCode(error, "MissingSubscriptionRegistration", "NoRegisteredProviderFound")
      ? {
          topic: "other",
          cause: l10n.t("The subscription is not registered for Azure Machine Learning."),
          fix: l10n.t("Register the resource provider {0} in the subscription.", "Microsoft.MachineLearningServices"),
        }
      : undefined,
  (error) =>
    error.statusCode === 404 || hasCode(error, "ResourceNotFound", "ResourceGroupNotFound", "SubscriptionNotFound")
      ? {
          topic: "notFound",
          cause: l10n.t("It is not there any more, or your account cannot see it."),
          fix: l10n.t("Refresh the list. If it should be there, check that you are signed in to its tenant."),
        }
      : undefined,
];

/**
 * Errors of adding, starting and keeping nodes. AmlCompute stands on Azure Batch: its resize codes (azure-batch 8.0,
 * PoolResizeErrorCodes) and node errors (azure-docs batch-pool-node-error-checking, 2019-08-23 and as read 2026-11).
 */
export const nodeErrors: readonly ErrorReader[] = [
  (error) =>
    /PreemptionError|nodes? of this job got pre-?empted/i.test(`${error.code ?? ""} ${error.message}`)
      ? {
          topic: "preemption",
          cause: l10n.t("Azure took low priority nodes back while they worked."),
          fix: l10n.t("Submit the job again, and let it save checkpoints. Dedicated nodes are not taken back."),
        }
      : undefined,
  (error) =>
    hasCode(error, "SkuNotAvailable", "OverconstrainedAllocationRequestError", "ZonalAllocationFailed") ||
    /(sufficient|enough) capacity|capacity (is )?(not available|unavailable)/i.test(error.message)
      ? {
          topic: "capacity",
          cause: l10n.t("Azure has no free machines of this size in the region now. Quota does not promise machines."),
          fix: l10n.t("Try again later, or use another size or region."),
        }
      : undefined,
  (error) =>
    hasCode(error, "AllocationFailed", "AllocationTimedOut")
      ? {
          topic: "resize",
          cause: l10n.t("Azure could not add the nodes in time."),
          fix: l10n.t("Set the minimum to 0, wait until no node is left, then scale up again."),
        }
      : undefined,
  (error) =>
    hasCode(error, "RemoveNodesFailed")
      ? {
          topic: "resize",
          cause: l10n.t("Azure could not remove nodes. Locks on the resource group or its network are a usual reason."),
          fix: l10n.t("Look for locks; then set the minimum to 0 again."),
        }
      : undefined,
  (error) =>
    hasCode(error, "ResizeStopped")
      ? {
          topic: "resize",
          cause: l10n.t("Adding or removing nodes was stopped by another change."),
          fix: l10n.t("Set the node counts again."),
        }
      : undefined,
  (error) =>
    hasCode(error, "DiskFull") || /\bdisk (is )?full\b|no space left on device/i.test(error.message)
      ? {
          topic: "node",
          cause: l10n.t("The disk of a node is full."),
          fix: l10n.t("Set the minimum to 0 so that the node goes; use a size with more disk, or write less to it."),
        }
      : undefined,
  (error) =>
    /is in failed state and thus not ready for runs/i.test(error.message)
      ? {
          topic: "failedCluster",
          cause: l10n.t("The cluster's creation failed, so it cannot run jobs."),
          fix: l10n.t("Look at its errors, then delete it and create one under a new name."),
        }
      : undefined,
];

/** The way to Azure (azure-facts 2.7, last rows). */
export const connectionErrors: readonly ErrorReader[] = [
  (error) =>
    /ENOTFOUND \S*\.api\.azureml\.ms/i.test(error.message)
      ? {
          topic: "connection",
          cause: l10n.t("The workspace's own address cannot be reached: a firewall or a private link is in the way."),
          fix: l10n.t("Clusters can be managed all the same. For the rest, connect to the workspace's network."),
        }
      : undefined,
  (error) =>
    /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/.test(
      `${error.code ?? ""} ${error.message}`,
    )
      ? {
          topic: "connection",
          cause: l10n.t("Azure cannot be reached from this machine."),
          fix: l10n.t("Check the network connection and the proxy settings."),
        }
      : undefined,
  (error) =>
    /ComputeListNodes with computeType \S+ is not supported/i.test(error.message)
      ? {
          topic: "other",
          cause: l10n.t("Nodes can be listed for compute clusters only."),
          fix: l10n.t("Refresh the list: this compute is of another kind."),
        }
      : undefined,
];
