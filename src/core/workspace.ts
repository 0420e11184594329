import { type ArmId } from "./armId";

/** `Workspace.kind` from api-version 2024-04-01; older answers have none and mean `Default`. */
export type WorkspaceKind = "Default" | "Hub" | "Project" | "FeatureStore" | "Other";

export interface Workspace {
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly kind: WorkspaceKind;
  readonly friendlyName?: string | undefined;
  /** The hub that a project belongs to. */
  readonly hubId?: ArmId | undefined;
  /** `managedNetwork.isolationMode`: Disabled, AllowInternetOutbound, AllowOnlyApprovedOutbound. */
  readonly managedNetworkIsolation: string;
  readonly publicNetworkAccess: "Enabled" | "Disabled" | "Unknown";
  readonly privateEndpointCount: number;
  readonly provisioningState: string;
  /** ISO 8601: `creationTime`, else `systemData.createdAt`. */
  readonly createdAt?: string | undefined;
  readonly storageAccountId?: ArmId | undefined;
  readonly containerRegistryId?: ArmId | undefined;
  readonly keyVaultId?: ArmId | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A managed network binds clusters to the workspace's region (azure-ai-docs how-to-managed-network-compute, 2025-01-30). */
export function hasManagedNetwork(workspace: Workspace): boolean {
  return workspace.managedNetworkIsolation !== "" && workspace.managedNetworkIsolation.toLowerCase() !== "disabled";
}
