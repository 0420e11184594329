import * as l10n from "@vscode/l10n";
import { regionKey } from "../account";
import { type Finding, type Remedy } from "../finding";
import { type Workspace, hasManagedNetwork } from "../workspace";

/** Whether a draft's region is another than the workspace's; an empty one is not. */
export function isElsewhere(location: string, workspaceLocation: string): boolean {
  return location !== "" && regionKey(location) !== regionKey(workspaceLocation);
}

export function regionGiven(location: string): readonly Finding[] {
  if (location !== "") return [];
  return [{ rule: "location.missing", severity: "error", field: "location", message: l10n.t("Choose a region.") }];
}

/** `regions` are those that the provider names for `workspaces/computes`; spelling does not count. */
export function regionOffered(location: string, regions: readonly string[]): readonly Finding[] {
  if (regions.some((region) => regionKey(region) === regionKey(location))) return [];
  return [
    {
      rule: "location.unknown",
      severity: "error",
      field: "location",
      message: l10n.t("Compute clusters cannot be created in {0}. Choose another region.", location),
    },
  ];
}

/** Latency and transfer cost of a cluster away from its workspace (how-to-create-attach-compute-cluster, 2024-05-03). */
export function regionDistance(location: string, workspaceLocation: string): readonly Finding[] {
  if (!isElsewhere(location, workspaceLocation)) return [];
  return [
    {
      rule: "location.other",
      severity: "warning",
      field: "location",
      message: l10n.t(
        "The workspace is in {0}. A cluster elsewhere can be slower and cost data transfer, when it is created and while jobs run.",
        workspaceLocation,
      ),
      remedy: useRegion(workspaceLocation),
    },
  ];
}

/** A managed network binds clusters to the workspace's region (how-to-managed-network-compute, 2025-01-30). */
export function regionOfManagedNetwork(location: string, workspace: Workspace): readonly Finding[] {
  if (!hasManagedNetwork(workspace) || !isElsewhere(location, workspace.location)) return [];
  return [
    {
      rule: "location.managedNetwork",
      severity: "error",
      field: "location",
      message: l10n.t(
        "The workspace {0} has a managed network: its clusters must be in {1}.",
        workspace.name,
        workspace.location,
      ),
      remedy: useRegion(workspace.location),
    },
  ];
}

/**
 * A cluster far from a workspace with private endpoints needs a network of its own that reaches one, by peering or by an
 * endpoint in that region (how-to-secure-training-vnet, 2024-04-08; forbidden until 2022).
 */
export function regionWithPrivateEndpoint(
  location: string,
  workspace: Workspace,
  hasSubnet: boolean,
): readonly Finding[] {
  const concerned = workspace.privateEndpointCount > 0 && !hasManagedNetwork(workspace);
  if (!concerned || !isElsewhere(location, workspace.location)) return [];
  return [
    {
      rule: "location.privateEndpoint",
      severity: "warning",
      field: "location",
      message: hasSubnet
        ? l10n.t(
            "The workspace {0} is reached through private endpoints. From {1} that takes a peering of your virtual networks, or one more private endpoint there.",
            workspace.name,
            location,
          )
        : l10n.t(
            "The workspace {0} is reached through private endpoints. A cluster in {1} needs a virtual network there that reaches one of them, by peering or by one more private endpoint.",
            workspace.name,
            location,
          ),
      remedy: useRegion(workspace.location),
    },
  ];
}

function useRegion(region: string): Remedy {
  return { kind: "setField", label: l10n.t("Use {0}", region), field: "location", value: region };
}
