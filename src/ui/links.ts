import { type ArmId, nameOf, workspaceOf } from "../core/armId";

/** Where a cloud keeps its web sites. */
export interface WebSites {
  /** Without a trailing slash. */
  readonly studio: string;
  readonly portal: string;
}

/** How to get more vCPUs; the page was there on 2026-11-20. */
export const quotaHelpUrl = "https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas";

/** Studio's page of a cluster, or of a workspace's compute clusters. */
export function studioLink(sites: WebSites, id: ArmId, tenantId: string | undefined): string {
  const workspace = workspaceOf(id);
  const page = workspace.length === id.length ? "/compute/list" : `/compute/${encodeURIComponent(nameOf(id))}/details`;
  const tenant = tenantId === undefined ? "" : `&tid=${encodeURIComponent(tenantId)}`;
  return `${sites.studio}${page}?wsid=${encodeURI(workspace)}${tenant}`;
}

/** The portal's page of a subscription, a workspace, or of a cluster's workspace: the portal has no page for clusters. */
export function portalLink(sites: WebSites, id: ArmId, tenantId: string | undefined): string {
  const shown = id.toLowerCase().includes("/computes/") ? workspaceOf(id) : id;
  return `${sites.portal}/#@${tenantId === undefined ? "" : encodeURIComponent(tenantId)}/resource${encodeURI(shown)}`;
}

/** Studio's page of a job. */
export function runLink(sites: WebSites, workspace: ArmId, runId: string, tenantId: string | undefined): string {
  const tenant = tenantId === undefined ? "" : `&tid=${encodeURIComponent(tenantId)}`;
  return `${sites.studio}/runs/${encodeURIComponent(runId)}?wsid=${encodeURI(workspace)}${tenant}`;
}

/** The portal's page of the locks on a subscription, group or resource. */
export function locksLink(sites: WebSites, scope: ArmId, tenantId: string | undefined): string {
  return `${portalLink(sites, scope, tenantId)}/locks`;
}

/** The portal's form for a support request. */
export function supportLink(sites: WebSites): string {
  return `${sites.portal}/#blade/Microsoft_Azure_Support/HelpAndSupportBlade/newsupportrequest`;
}
