import {
  estimatesIn,
  familyDisplayName,
  familyKey,
  findRegion,
  recordedFamilies,
  type SizeRow,
  sizesIn,
} from "../catalogue";
import { badRequest } from "../errors";
import { type Answer, ok } from "../http";
import { isWithin, regionKey, sameId } from "../ids";
import { type QuotaState, type WorkspaceState } from "../model";
import { findFamily, quotaOf, usageOf } from "../quota";
import { at, type Context, requireObject, type Route, subscriptionScope, textAt } from "../route";

const location = "/subscriptions/{s}/providers/Microsoft.MachineLearningServices/locations/{l}";
const provider = "Microsoft.MachineLearningServices";

export const quotaRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: `${location}/usages`,
    action: `${provider}/locations/usages/read`,
    scope: subscriptionScope,
    handle: listUsages,
  },
  {
    method: "GET",
    pattern: `${location}/vmSizes`,
    action: `${provider}/locations/vmSizes/read`,
    scope: subscriptionScope,
    handle: listSizes,
  },
  {
    method: "GET",
    pattern: `${location}/quotas`,
    action: `${provider}/locations/quotas/read`,
    scope: subscriptionScope,
    handle: listQuotas,
  },
  {
    method: "POST",
    pattern: `${location}/updateQuotas`,
    action: `${provider}/locations/updateQuotas/action`,
    scope: subscriptionScope,
    handle: updateQuotas,
  },
];

/** @throws ArmFailure 400 for a region that there is not. */
function regionOf(context: Context): string {
  const region = findRegion(context.params["l"] ?? "");
  if (region !== undefined) return region.name;
  const message = `No registered resource provider found for location '${context.params["l"] ?? ""}'.`;
  throw badRequest("NoRegisteredProviderFound", message);
}

/** A subscription without limits in a region still gets every row, with 0. */
function quotaHere(context: Context): QuotaState {
  const subscriptionId = context.params["s"] ?? "";
  const nothing = { limit: 0, usedByOthers: 0 };
  const none: QuotaState = {
    subscriptionId,
    region: regionOf(context),
    totalClusters: nothing,
    totalDedicated: nothing,
    totalLowPriority: nothing,
    families: {},
    workspaces: {},
  };
  return quotaOf(context.state, subscriptionId, regionOf(context)) ?? none;
}

/** Rows, order, types and ids as recorded 2025-11: totals without an own id, families once per priority under one id. */
function listUsages(context: Context): Answer {
  const quota = quotaHere(context);
  const usage = usageOf(context.state, quota, context.switches);
  const id = subscriptionScope(context);
  const total = (
    value: string,
    localizedValue: string,
    type: string,
    currentValue: number,
    limit: number,
  ): unknown => ({
    unit: "Count",
    currentValue,
    limit,
    name: { value, localizedValue },
    type: `${provider}/${type}/usages`,
    id,
  });
  const family = (value: string, dedicated: boolean): unknown => ({
    unit: "Count",
    currentValue: (dedicated ? usage.families : usage.lowPriorityFamilies).get(familyKey(value)) ?? 0,
    limit: dedicated ? (findFamily(quota.families, familyKey(value))?.limit ?? 0) : -1,
    name: {
      value,
      localizedValue: `${familyDisplayName(value)} Cluster ${dedicated ? "Dedicated" : "LowPriority"} vCPUs`,
    },
    type: `${provider}/vmFamily/${dedicated ? "dedicatedCores" : "lowPriorityCores"}/usages`,
    id: `${id}/usages/${value.replaceAll(" ", "_")}`,
  });
  const lowPriority = "Total Cluster Low Priority Regional vCPUs";
  return ok({
    value: [
      total("TotalClusters", "Total Clusters", "totalClusters", usage.clusters, quota.totalClusters.limit),
      total(
        "TotalDedicatedCores",
        "Total Cluster Dedicated Regional vCPUs",
        "totalDedicatedCores",
        usage.dedicated,
        quota.totalDedicated.limit,
      ),
      ...recordedFamilies.map((row) => family(row.name, true)),
      total(
        "TotalLowPriorityCores",
        lowPriority,
        "totalLowPriorityCores",
        usage.lowPriority,
        quota.totalLowPriority.limit,
      ),
      ...recordedFamilies.map((row) => family(row.name, false)),
    ],
  });
}

function listSizes(context: Context): Answer {
  const region = regionOf(context);
  return ok({ value: sizesIn(region).map((size) => sizeBody(region, size)) });
}

function sizeBody(region: string, size: SizeRow): unknown {
  const values = estimatesIn(region, size).map((estimate) => ({
    retailPrice: estimate.price,
    osType: estimate.osType,
    vmTier: estimate.lowPriority ? "LowPriority" : "Standard",
  }));
  return {
    name: size.name,
    family: size.family,
    vCPUs: size.vCpus,
    gpus: size.gpus,
    osVhdSizeMB: 1_047_552,
    maxResourceVolumeMB: size.diskMb,
    memoryGB: size.memoryGb,
    lowPriorityCapable: size.lowPriorityCapable,
    premiumIO: size.premiumIo,
    ...(values.length === 0 ? {} : { estimatedVMPrices: { billingCurrency: "USD", unitOfMeasure: "OneHour", values } }),
    supportedComputeTypes: size.computeTypes,
    generation: size.generation,
    supportsIB: size.infiniBand,
  };
}

function workspacesHere(context: Context): readonly WorkspaceState[] {
  return context.state.workspaces.filter(
    (workspace) =>
      isWithin(workspace.id, subscriptionScope(context)) && regionKey(workspace.location) === regionOf(context),
  );
}

/** Per family one row of the subscription, then one of each workspace (recorded 2025-11). */
function listQuotas(context: Context): Answer {
  const quota = quotaHere(context);
  const value = recordedFamilies.flatMap(({ name }) => {
    const limit = findFamily(quota.families, familyKey(name))?.limit ?? 0;
    const localizedValue = `${familyDisplayName(name)} Cluster Dedicated vCPUs`;
    const row = { unit: "Count", name: { value: name, localizedValue } };
    const tail = `/quotas/${name.replaceAll(" ", "_")}`;
    const type = `${provider}/vmFamily/dedicatedCores/quotas`;
    return [
      { ...row, limit, type, id: `${subscriptionScope(context)}${tail}`, location: null },
      ...workspacesHere(context).map((workspace) => ({
        ...row,
        limit: findFamily(quota.workspaces[workspace.id.toLowerCase()] ?? {}, familyKey(name)) ?? limit,
        type: `${provider}/workspaces/dedicatedCores/quotas`,
        id: `${workspace.id}${tail}`,
        location: regionOf(context),
      })),
    ];
  });
  return ok({ value });
}

/** Sets workspace-level limits; each row fails or succeeds by itself, inside a 200 (specification). */
function updateQuotas(context: Context): Answer {
  const rows = at(requireObject(context), "value");
  if (!Array.isArray(rows)) throw badRequest("InvalidRequestContent", "The property value must be a list of quotas.");
  return ok({ value: rows.map((row: unknown) => updateQuota(context, row)) });
}

function updateQuota(context: Context, row: unknown): unknown {
  const id = textAt(row, "id") ?? "";
  const limit = at(row, "limit");
  const result = (status: string): unknown => ({ id, type: textAt(row, "type"), limit, unit: "Count", status });
  const [workspaceId = "", tail = ""] = id.split("/quotas/");
  const workspace = workspacesHere(context).find((candidate) => sameId(candidate.id, workspaceId));
  const family = recordedFamilies.find(({ name }) => familyKey(name) === familyKey(tail));
  const quota = quotaOf(context.state, context.params["s"] ?? "", regionOf(context));
  if (workspace === undefined || quota === undefined) return result("Failure");
  if (family === undefined) return result("InvalidVMFamilyName");
  if (typeof limit !== "number" || !Number.isSafeInteger(limit) || limit < 0) return result("Failure");
  const ceiling = findFamily(quota.families, familyKey(family.name))?.limit ?? 0;
  if (limit > ceiling) return result("InvalidQuotaExceedsSubscriptionLimit");
  if (limit < coresOfMinimums(context, workspace, family.name)) return result("InvalidQuotaBelowClusterMinimum");
  const own = (quota.workspaces[workspace.id.toLowerCase()] ??= {});
  own[family.name] = limit;
  context.world.reactAll();
  return result("Success");
}

/** vCPUs that the workspace's clusters of a family always keep. */
function coresOfMinimums(context: Context, workspace: WorkspaceState, family: string): number {
  return context.state.clusters
    .filter((cluster) => sameId(cluster.workspaceId, workspace.id) && !cluster.lowPriority)
    .map((cluster) => ({ cluster, size: sizesIn(cluster.location).find((size) => sameId(size.name, cluster.vmSize)) }))
    .filter(({ size }) => familyKey(size?.family ?? "") === familyKey(family))
    .reduce((sum, { cluster, size }) => sum + cluster.scale.min * (size?.vCpus ?? 0), 0);
}
