import { type ArmId } from "./armId";

/** A Microsoft Entra tenant ("directory") that the account can see. */
export interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly defaultDomain?: string | undefined;
}

export interface Subscription {
  readonly id: ArmId;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly displayName: string;
  /** Enabled, Warned, PastDue, Disabled, Deleted; kept as text because Azure adds more. */
  readonly state: string;
}

/** A region as ARM spells it in `location` (`eastus`) and as people read it (`East US`). */
export interface Region {
  readonly name: string;
  readonly displayName: string;
}

/** `East US`, `eastus` and `EastUS` are one region. */
export function regionKey(name: string): string {
  return name.toLowerCase().replaceAll(/\s+/g, "");
}
