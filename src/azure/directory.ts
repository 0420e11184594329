import { type Subscription, type Tenant } from "../core/account";
import { subscriptionScope } from "../core/armId";
import { isAbort } from "../core/errors";
import { type SubscriptionListing } from "../app/ports";
import { type ArmRest } from "./armRest";
import { fieldsOf, textOf } from "./looseJson";

const subscriptionsVersion = "2022-12-01";

/** Remembers which tenant's tokens open which subscription. */
export class TenantsOfSubscriptions {
  readonly #tenants = new Map<string, string>();

  learn(subscriptionId: string, tenantId: string): void {
    this.#tenants.set(subscriptionId.toLowerCase(), tenantId);
  }

  /** @returns undefined for paths outside any subscription and subscriptions not listed yet: the home tenant is tried. */
  tenantOf(path: string): string | undefined {
    const subscriptionId = /\/subscriptions\/([^/?]+)/i.exec(path)?.[1];
    return subscriptionId === undefined ? undefined : this.#tenants.get(subscriptionId.toLowerCase());
  }
}

export async function listTenants(rest: ArmRest, signal: AbortSignal): Promise<readonly Tenant[]> {
  const rows = await rest.list({ path: "/tenants", apiVersion: subscriptionsVersion, signal });
  return rows.flatMap((row) => {
    const fields = fieldsOf(row);
    const tenantId = textOf(fields["tenantId"]);
    if (tenantId === undefined) return [];
    const defaultDomain = textOf(fields["defaultDomain"]);
    return [{ tenantId, displayName: textOf(fields["displayName"]) ?? defaultDomain ?? tenantId, defaultDomain }];
  });
}

/**
 * The subscriptions of every tenant, each asked with its own token: a token shows those of its tenant only, and those that
 * others have delegated to it. A subscription seen from two tenants belongs to the one it names as its own.
 * @param toError turns a tenant's failure into what is reported for it.
 */
export async function listSubscriptions(
  rest: ArmRest,
  known: TenantsOfSubscriptions,
  toError: (error: unknown) => Error,
  signal: AbortSignal,
): Promise<SubscriptionListing> {
  const listed = (await listTenants(rest, signal)).map(({ tenantId }) => tenantId);
  // An account that may not list tenants still has its home tenant, whose name its subscriptions tell.
  const tenants = listed.length === 0 ? [undefined] : listed;
  const failures = new Map<string, Error>();
  const found = new Map<string, Subscription>();
  await Promise.all(
    tenants.map(async (tenantId) => {
      try {
        const call = { path: "/subscriptions", apiVersion: subscriptionsVersion, tenantId, signal };
        for (const row of await rest.list(call)) {
          const subscription = mapSubscription(row, tenantId);
          if (subscription === undefined) continue;
          const key = subscription.subscriptionId.toLowerCase();
          const isAtHome = textOf(fieldsOf(row)["tenantId"]) === tenantId;
          if (found.has(key) && !isAtHome) continue;
          found.set(key, subscription);
          if (tenantId !== undefined) known.learn(subscription.subscriptionId, tenantId);
        }
      } catch (error) {
        const failure = toError(error);
        if (isAbort(failure)) throw failure;
        if (tenantId === undefined) throw failure;
        failures.set(tenantId, failure);
      }
    }),
  );
  const subscriptions = [...found.values()].sort((a, b) => a.displayName.localeCompare(b.displayName));
  return { subscriptions, failures };
}

/** `tenantId` is the tenant it was seen from: whom to sign in to, and how the portal opens it. */
function mapSubscription(row: unknown, seenFrom: string | undefined): Subscription | undefined {
  const { subscriptionId: id, displayName, state, tenantId } = fieldsOf(row);
  const subscriptionId = textOf(id);
  if (subscriptionId === undefined) return undefined;
  return {
    id: subscriptionScope(subscriptionId),
    subscriptionId,
    tenantId: seenFrom ?? textOf(tenantId) ?? "",
    displayName: textOf(displayName) ?? subscriptionId,
    state: textOf(state) ?? "Unknown",
  };
}
