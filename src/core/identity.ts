import { type ArmId } from "./armId";

/** An identity that clusters and other resources can share. */
export interface UserAssignedIdentity {
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly principalId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly tenantId?: string | undefined;
}

/**
 * A cluster's managed identity. Azure's enum also has both kinds at once; AmlCompute takes one or the other
 * (azure-docs includes/aml-managed-identity-note.md @58f07eb), and an answer with both is read as user-assigned.
 */
export type ClusterIdentity =
  | { readonly kind: "none" }
  | {
      readonly kind: "systemAssigned";
      readonly principalId?: string | undefined;
      readonly tenantId?: string | undefined;
    }
  | { readonly kind: "userAssigned"; readonly identities: readonly AssignedIdentity[] };

export interface AssignedIdentity {
  readonly id: ArmId;
  readonly principalId?: string | undefined;
  readonly clientId?: string | undefined;
}
