import { type ArmId, armId, isArmId, isWithin, nameOf, parseArmId } from "../core/armId";
import { type Permission, type ResourceLock, type Subnet, type VirtualNetwork } from "../core/compute";
import { type UserAssignedIdentity } from "../core/identity";
import { type ArmRest } from "./armRest";
import { type Fields, fieldsOf, listOf, propertiesOf, textOf } from "./looseJson";

/** What lies around workspaces and matters to clusters: locks, rights, identities, networks. */
export class Surroundings {
  constructor(private readonly rest: ArmRest) {}

  /** A list at group scope also names locks of resources inside the group, which do not bind the group: left out. */
  async listLocks(scope: ArmId, signal: AbortSignal): Promise<readonly ResourceLock[]> {
    const path = `${scope}/providers/Microsoft.Authorization/locks`;
    const rows = await this.rest.list({ path, apiVersion: "2020-05-01", signal });
    const locks = rows.map(mapLock).filter((lock) => lock !== undefined);
    return locks.filter((lock) => isWithin(scope, lock.scope));
  }

  async deleteLock(lock: ArmId, signal: AbortSignal): Promise<void> {
    await this.rest.send({ path: lock, apiVersion: "2020-05-01", method: "DELETE", signal });
  }

  async listIdentities(subscription: ArmId, signal: AbortSignal): Promise<readonly UserAssignedIdentity[]> {
    const path = `${subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
    const rows = await this.rest.list({ path, apiVersion: "2023-01-31", signal });
    return rows.map(mapIdentity).filter((identity) => identity !== undefined);
  }

  /** @throws AzureMlError `notFound` when it is not there. */
  async getIdentity(identity: ArmId, signal: AbortSignal): Promise<UserAssignedIdentity | undefined> {
    return mapIdentity(await this.rest.read({ path: identity, apiVersion: "2023-01-31", signal }));
  }

  async listVirtualNetworks(subscription: ArmId, signal: AbortSignal): Promise<readonly VirtualNetwork[]> {
    const path = `${subscription}/providers/Microsoft.Network/virtualNetworks`;
    const rows = await this.rest.list({ path, apiVersion: "2024-01-01", signal });
    return rows.map(mapNetwork).filter((network) => network !== undefined);
  }

  async listPermissions(scope: ArmId, signal: AbortSignal): Promise<readonly Permission[]> {
    const path = `${scope}/providers/Microsoft.Authorization/permissions`;
    const rows = await this.rest.list({ path, apiVersion: "2022-04-01", signal });
    return rows.map((row) => {
      const { actions, notActions } = fieldsOf(row);
      return { actions: textsOf(actions), notActions: textsOf(notActions) };
    });
  }
}

function mapLock(row: unknown): ResourceLock | undefined {
  const { id, name } = fieldsOf(row);
  const lock = idOf(id);
  const scope = lock === undefined ? undefined : idOf(lock.replace(lockTail, ""));
  if (lock === undefined || scope === undefined) return undefined;
  const { level, notes } = propertiesOf(row);
  return { id: lock, name: textOf(name) ?? nameOf(lock), level: mapLevel(level), scope, notes: textOf(notes) ?? "" };
}

const lockTail = /\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i;

function mapLevel(level: unknown): ResourceLock["level"] {
  const name = textOf(level)?.toLowerCase();
  if (name === "cannotdelete") return "canNotDelete";
  return name === "readonly" ? "readOnly" : "other";
}

function mapIdentity(row: unknown): UserAssignedIdentity | undefined {
  const place = placeOf(row);
  if (place === undefined) return undefined;
  const { principalId, clientId, tenantId } = propertiesOf(row);
  return { ...place, principalId: textOf(principalId), clientId: textOf(clientId), tenantId: textOf(tenantId) };
}

function mapNetwork(row: unknown): VirtualNetwork | undefined {
  const place = placeOf(row);
  if (place === undefined) return undefined;
  const subnets = listOf(propertiesOf(row)["subnets"])
    .map(mapSubnet)
    .filter((subnet) => subnet !== undefined);
  return { ...place, subnets };
}

function mapSubnet(row: unknown): Subnet | undefined {
  const { id: text, name } = fieldsOf(row);
  const id = idOf(text);
  if (id === undefined) return undefined;
  const properties = propertiesOf(row);
  const prefixes = textsOf(properties["addressPrefixes"]);
  const single = textOf(properties["addressPrefix"]);
  const used: unknown = properties["ipConfigurations"];
  return {
    id,
    name: textOf(name) ?? nameOf(id),
    addressPrefixes: prefixes.length > 0 || single === undefined ? prefixes : [single],
    delegations: listOf(properties["delegations"])
      .map(delegatedTo)
      .filter((service) => service !== undefined),
    usedAddresses: Array.isArray(used) ? used.length : undefined,
    privateEndpointNetworkPolicies: textOf(properties["privateEndpointNetworkPolicies"]) ?? "",
    privateLinkServiceNetworkPolicies: textOf(properties["privateLinkServiceNetworkPolicies"]) ?? "",
  };
}

function delegatedTo(delegation: unknown): string | undefined {
  return textOf(propertiesOf(delegation)["serviceName"]) ?? textOf(fieldsOf(delegation)["name"]);
}

interface Place {
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
}

function placeOf(row: unknown): Place | undefined {
  const fields: Fields = fieldsOf(row);
  const id = idOf(fields["id"]);
  if (id === undefined) return undefined;
  const resourceGroup = parseArmId(id).resourceGroup ?? "";
  return { id, name: textOf(fields["name"]) ?? nameOf(id), resourceGroup, location: textOf(fields["location"]) ?? "" };
}

function idOf(value: unknown): ArmId | undefined {
  const text = textOf(value);
  return text !== undefined && isArmId(text) ? armId(text) : undefined;
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value)
    .map(textOf)
    .filter((text) => text !== undefined);
}
