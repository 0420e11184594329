import { type ArmId, armId, isArmId, nameOf, parseArmId } from "../core/armId";
import { type Workspace, type WorkspaceKind } from "../core/workspace";
import { fieldsOf, listOf, numberOf, propertiesOf, tagsOf, textOf } from "./looseJson";

/**
 * A workspace as the service writes it (not the SDK's model, which drops `managedNetwork` and `hubResourceId`).
 * @returns undefined for an entry without a usable id.
 */
export function mapWorkspace(resource: unknown): Workspace | undefined {
  const envelope = fieldsOf(resource);
  const id = idOf(envelope["id"]);
  if (id === undefined) return undefined;
  const properties = propertiesOf(resource);
  return {
    id,
    name: textOf(envelope["name"]) ?? nameOf(id),
    resourceGroup: parseArmId(id).resourceGroup ?? "",
    location: textOf(envelope["location"]) ?? "",
    kind: mapKind(textOf(envelope["kind"])),
    friendlyName: textOf(properties["friendlyName"]),
    hubId: idOf(properties["hubResourceId"]),
    managedNetworkIsolation: textOf(fieldsOf(properties["managedNetwork"])["isolationMode"]) ?? "",
    publicNetworkAccess: mapAccess(textOf(properties["publicNetworkAccess"])),
    // The list names connections only in newer versions; `privateLinkCount` is in all (recorded 2025-07-23).
    privateEndpointCount:
      numberOf(properties["privateLinkCount"]) ?? listOf(properties["privateEndpointConnections"]).length,
    provisioningState: textOf(properties["provisioningState"]) ?? "Unknown",
    // Both are in the recording of 2025-07-23, with the same value; `systemData` is the younger of the two.
    createdAt: textOf(properties["creationTime"]) ?? textOf(fieldsOf(envelope["systemData"])["createdAt"]),
    storageAccountId: idOf(properties["storageAccount"]),
    containerRegistryId: idOf(properties["containerRegistry"]),
    keyVaultId: idOf(properties["keyVault"]),
    tags: tagsOf(envelope["tags"]),
  };
}

const kinds: readonly string[] = ["Default", "Hub", "Project", "FeatureStore"] satisfies WorkspaceKind[];

function mapKind(kind: string | undefined): WorkspaceKind {
  if (kind === undefined) return "Default";
  const known = kinds.find((candidate) => candidate.toLowerCase() === kind.toLowerCase());
  return known === undefined ? "Other" : (known as WorkspaceKind);
}

function mapAccess(access: string | undefined): Workspace["publicNetworkAccess"] {
  return access === "Enabled" || access === "Disabled" ? access : "Unknown";
}

function idOf(value: unknown): ArmId | undefined {
  const text = textOf(value);
  return text !== undefined && isArmId(text) ? armId(text) : undefined;
}
