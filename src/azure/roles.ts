import { randomUUID } from "node:crypto";
import { type ArmId, armId, isArmId } from "../core/armId";
import { AzureMlError } from "../core/errors";
import { type RoleAssignment, type RoleName, roleDefinitionId } from "../core/workspaceRoles";
import { type ArmRest } from "./armRest";
import { fieldsOf, propertiesOf, textOf } from "./looseJson";

const apiVersion = "2022-04-01";

/** Role assignments of managed identities (azure-api/NOTES 3). */
export class Roles {
  constructor(private readonly rest: ArmRest) {}

  /** `assignedTo` also finds roles by way of groups, which `principalId eq` does not. */
  async list(scope: ArmId, principalId: string, signal: AbortSignal): Promise<readonly RoleAssignment[]> {
    const filter = new URLSearchParams({ $filter: `assignedTo('${guid(principalId)}')` }).toString();
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?${filter}`;
    const rows = await this.rest.list({ path, apiVersion, signal });
    return rows.map(mapAssignment).filter((assignment) => assignment !== undefined);
  }

  /**
   * The principal's type goes with it: else Azure looks the principal up in Microsoft Entra, where a new identity is not found
   * at once. One that is there already answers 409 RoleAssignmentExists.
   */
  async assign(scope: ArmId, role: RoleName, principalId: string, signal: AbortSignal): Promise<void> {
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const properties = {
      roleDefinitionId: roleDefinitionId(role, scope),
      principalId: guid(principalId),
      principalType: "ServicePrincipal",
    };
    try {
      await this.rest.send({ path, apiVersion, method: "PUT", body: { properties }, signal });
    } catch (error) {
      if (error instanceof AzureMlError && error.code === "RoleAssignmentExists") return;
      throw error;
    }
  }
}

/** It becomes part of a filter. @throws RangeError */
function guid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new RangeError("Not an object id of a principal.");
}

function mapAssignment(row: unknown): RoleAssignment | undefined {
  const { principalId, roleDefinitionId: role, scope, condition } = propertiesOf(row);
  const where = textOf(scope) ?? textOf(fieldsOf(row)["scope"]);
  const [principal, definition] = [textOf(principalId), textOf(role)];
  if (where === undefined || principal === undefined || definition === undefined || !isArmId(where)) return undefined;
  return { principalId: principal, roleDefinitionId: definition, scope: armId(where), condition: textOf(condition) };
}
