import { regions } from "../catalogue";
import { resourceNotFound } from "../errors";
import { type Answer, ok } from "../http";
import { nameOf, sameId, subscriptionIdOf } from "../ids";
import { type GroupState, type SubscriptionState } from "../model";
import { pageOf } from "../paging";
import { isAllowed } from "../access";
import { type Context, groupScope, type Route, subscriptionScope } from "../route";

export const subscriptionRoutes: readonly Route[] = [
  { method: "GET", pattern: "/tenants", handle: listTenants },
  { method: "GET", pattern: "/subscriptions", handle: listSubscriptions },
  { method: "GET", pattern: "/subscriptions/{s}", handle: getSubscription },
  { method: "GET", pattern: "/subscriptions/{s}/locations", handle: listLocations },
  { method: "GET", pattern: "/subscriptions/{s}/resourceGroups", handle: listGroups },
  {
    method: "GET",
    pattern: "/subscriptions/{s}/resourceGroups/{g}",
    action: "Microsoft.Resources/subscriptions/resourceGroups/read",
    scope: groupScope,
    handle: getGroup,
  },
  { method: "GET", pattern: "/subscriptions/{s}/providers/Microsoft.MachineLearningServices", handle: getProvider },
];

/** Before 2019-06-01 answers had fewer fields (recorded 2020-10 with 2016-06-01). */
function isOld(context: Context): boolean {
  return context.apiVersion < "2019-06-01";
}

function listTenants(context: Context): Answer {
  const value = context.state.tenants.map((tenant) => ({
    id: `/tenants/${tenant.tenantId}`,
    tenantId: tenant.tenantId,
    ...(isOld(context)
      ? {}
      : {
          countryCode: "JP",
          displayName: tenant.displayName,
          domains: [tenant.domain],
          tenantCategory: "Home",
          defaultDomain: tenant.domain,
          tenantType: "AAD",
        }),
  }));
  return ok({ value });
}

/** Only subscriptions of the token's tenant. */
function listSubscriptions(context: Context): Answer {
  const mine = context.state.subscriptions.filter((one) => sameId(one.tenantId, context.claims.tid));
  const value = mine.map((one) => subscriptionBody(context, one));
  return ok({ value });
}

function getSubscription(context: Context): Answer {
  const found = context.state.subscriptions.find((one) => sameId(one.subscriptionId, context.params["s"] ?? ""));
  if (found === undefined) throw resourceNotFound("Microsoft.Resources/subscriptions", subscriptionScope(context));
  return ok(subscriptionBody(context, found));
}

function subscriptionBody(context: Context, one: SubscriptionState): unknown {
  return {
    id: `/subscriptions/${one.subscriptionId}`,
    authorizationSource: isOld(context) ? "Legacy" : "RoleBased",
    ...(isOld(context) ? {} : { managedByTenants: [], tenantId: one.tenantId }),
    subscriptionId: one.subscriptionId,
    displayName: one.displayName,
    state: one.state,
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "EnterpriseAgreement_2014-09-01",
      spendingLimit: "Off",
    },
  };
}

/** Rough coordinates are part of the old form only to have its shape. */
function listLocations(context: Context): Answer {
  const value = regions.map((region) => {
    const id = `${subscriptionScope(context)}/locations/${region.name}`;
    const place = { longitude: "0", latitude: "0" };
    if (isOld(context)) return { id, name: region.name, displayName: region.displayName, ...place };
    return {
      id,
      name: region.name,
      type: "Region",
      displayName: region.displayName,
      regionalDisplayName: region.displayName,
      metadata: { regionType: "Physical", regionCategory: "Recommended", geographyGroup: "", ...place },
    };
  });
  return ok({ value });
}

function groupBody(group: GroupState): unknown {
  return {
    id: group.id,
    name: nameOf(group.id),
    type: "Microsoft.Resources/resourceGroups",
    location: group.location,
    tags: {},
    properties: { provisioningState: "Succeeded" },
  };
}

/** Groups that the caller may read. */
function listGroups(context: Context): Answer {
  const { state, claims } = context;
  const mine = state.groups
    .filter((group) => sameId(subscriptionIdOf(group.id), context.params["s"] ?? ""))
    .filter((group) => isAllowed(state, claims.oid, "Microsoft.Resources/subscriptions/resourceGroups/read", group.id));
  return pageOf(context, mine.map(groupBody));
}

function getGroup(context: Context): Answer {
  const group = context.state.groups.find((one) => sameId(one.id, groupScope(context)));
  if (group === undefined) throw resourceNotFound("Microsoft.Resources/resourceGroups", groupScope(context));
  return ok(groupBody(group));
}

/** The provider's resource types; their locations are display names (recorded 2022). */
function getProvider(context: Context): Answer {
  const locations = regions.map((region) => region.displayName);
  const apiVersions = ["2025-06-01", "2024-10-01", "2024-04-01", "2023-10-01", "2023-04-01", "2022-10-01"];
  const types = [
    "workspaces",
    "workspaces/computes",
    "locations",
    "locations/usages",
    "locations/vmsizes",
    "locations/quotas",
  ];
  return ok({
    id: `${subscriptionScope(context)}/providers/Microsoft.MachineLearningServices`,
    namespace: "Microsoft.MachineLearningServices",
    registrationPolicy: "RegistrationRequired",
    registrationState: "Registered",
    resourceTypes: types.map((resourceType) => ({ resourceType, locations, apiVersions, capabilities: "None" })),
  });
}
