import { isAllowed } from "../access";
import { resourceNotFound } from "../errors";
import { type Answer, ok } from "../http";
import { groupIdOf, isWithin, nameOf } from "../ids";
import { type WorkspaceState, type WorldState } from "../model";
import { tenantOf } from "../computeBody";
import { pageOf } from "../paging";
import { guidOf } from "../random";
import { type Context, groupScope, type Route, subscriptionScope, workspaceScope } from "../route";

const provider = "providers/Microsoft.MachineLearningServices/workspaces";
const read = "Microsoft.MachineLearningServices/workspaces/read";

export const workspaceRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: `/subscriptions/{s}/${provider}`,
    handle: (context) => list(context, subscriptionScope(context)),
  },
  {
    method: "GET",
    pattern: `/subscriptions/{s}/resourceGroups/{g}/${provider}`,
    handle: (context) => list(context, groupScope(context)),
  },
  {
    method: "GET",
    pattern: `/subscriptions/{s}/resourceGroups/{g}/${provider}/{w}`,
    action: read,
    scope: workspaceScope,
    handle: get,
  },
];

/** Workspaces that the caller may read; those of other people are left out, not refused. */
function list(context: Context, scope: string): Answer {
  const { state, claims } = context;
  const mine = state.workspaces
    .filter((workspace) => isWithin(workspace.id, scope))
    .filter((workspace) => isAllowed(state, claims.oid, read, workspace.id));
  return pageOf(
    context,
    mine.map((workspace) => workspaceBody(state, workspace, context.apiVersion)),
  );
}

function get(context: Context): Answer {
  const workspace = context.world.findWorkspace(workspaceScope(context));
  if (workspace === undefined) throw resourceNotFound(read, workspaceScope(context));
  return ok(workspaceBody(context.state, workspace, context.apiVersion));
}

/** Key by key as recorded; kind and managed network are in answers from api-version 2023-04-01 on (recorded 2025-07). */
function workspaceBody(state: WorldState, workspace: WorkspaceState, apiVersion: string): unknown {
  const name = nameOf(workspace.id);
  const group = groupIdOf(workspace.id);
  const workspaceId = guidOf(`workspace ${workspace.id}`);
  const region = `${workspace.location}.api.azureml.ms`;
  const created = new Date(workspace.createdAt).toISOString().replace("Z", "0000Z");
  const modern = apiVersion >= "2023-04-01";
  const short = name
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .toLowerCase()
    .slice(0, 14);
  return {
    id: workspace.id,
    name,
    type: "Microsoft.MachineLearningServices/workspaces",
    location: workspace.location,
    tags: workspace.tags,
    etag: null,
    properties: {
      friendlyName: workspace.friendlyName,
      description: workspace.description,
      storageAccount: `${group}/providers/Microsoft.Storage/storageAccounts/${short}${workspaceId.slice(0, 8)}`,
      keyVault: `${group}/providers/Microsoft.Keyvault/vaults/${short}${workspaceId.slice(0, 6)}`,
      applicationInsights: `${group}/providers/Microsoft.insights/components/${short}${workspaceId.slice(0, 6)}`,
      hbiWorkspace: false,
      tenantId: tenantOf(state, workspace.id),
      imageBuildCompute: null,
      provisioningState: "Succeeded",
      ...(modern ? modernProperties(workspace) : { containerRegistry: "", sasGetterUri: "" }),
      v1LegacyMode: false,
      softDeleteEnabled: false,
      creationTime: created,
      notebookInfo: {
        resourceId: workspaceId.replaceAll("-", ""),
        fqdn: `ml-${short}-${workspace.location}-${workspaceId}.${workspace.location}.notebooks.azure.net`,
        isPrivateLinkEnabled: workspace.privateLinkCount > 0,
        notebookPreparationError: null,
      },
      storageHnsEnabled: false,
      workspaceId,
      linkedModelInventoryArmId: null,
      privateLinkCount: workspace.privateLinkCount,
      ...(workspace.privateLinkCount > 0 ? { privateEndpointConnections: endpoints(workspace) } : {}),
      publicNetworkAccess: workspace.publicNetworkAccess,
      discoveryUrl: `https://${workspace.location}.api.azureml.ms/discovery`,
      mlFlowTrackingUri: `azureml://${region}/mlflow/v1.0${workspace.id}`,
      sdkTelemetryAppInsightsKey: "00000000-0000-0000-0000-000000000000",
      enableDataIsolation: workspace.kind === "Hub" || workspace.kind === "Project",
    },
    identity: {
      type: "SystemAssigned",
      principalId: guidOf(`principal ${workspace.id}`),
      tenantId: tenantOf(state, workspace.id),
    },
    ...(modern ? { kind: workspace.kind } : {}),
    sku: { name: "Basic", tier: "Basic" },
    systemData: {
      createdAt: created,
      createdBy: state.person.name,
      createdByType: "User",
      lastModifiedAt: created,
      lastModifiedBy: state.person.name,
      lastModifiedByType: "User",
    },
  };
}

function modernProperties(workspace: WorkspaceState): Record<string, unknown> {
  return {
    managedNetwork: {
      ...(workspace.isolationMode === "Disabled" ? {} : { status: { status: "Active", sparkReady: false } }),
      changeableIsolationModes: [],
      isolationMode: workspace.isolationMode,
      enableNetworkMonitor: false,
      enableFirewallLog: false,
    },
    allowRoleAssignmentOnRG: true,
    ...(workspace.registryId === undefined ? {} : { containerRegistry: workspace.registryId }),
    ...(workspace.hubId === undefined ? {} : { hubResourceId: workspace.hubId }),
  };
}

function endpoints(workspace: WorkspaceState): unknown {
  const group = groupIdOf(workspace.id);
  return Array.from({ length: workspace.privateLinkCount }, (_, index) => {
    const name = `pe-${nameOf(workspace.id)}-${index + 1}`;
    return {
      id: `${workspace.id}/privateEndpointConnections/${name}`,
      name,
      type: "Microsoft.MachineLearningServices/workspaces/privateEndpointConnections",
      location: workspace.location,
      properties: {
        provisioningState: "Succeeded",
        privateEndpoint: { id: `${group}/providers/Microsoft.Network/privateEndpoints/${name}` },
        privateLinkServiceConnectionState: {
          status: "Approved",
          description: "Auto-Approved",
          actionsRequired: "None",
        },
      },
    };
  });
}
