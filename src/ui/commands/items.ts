import * as vscode from "vscode";
import { type ClusterStore } from "../../app/clusterStore";
import { type Logger } from "../../app/ports";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type Watcher } from "../../app/watcher";
import { type ArmId, nameOf, subscriptionOf, workspaceOf } from "../../core/armId";
import { type WebSites, portalLink, studioLink } from "../links";
import { type Targets } from "../pick/targets";
import { registerCommands } from "../register";
import { tryTo } from "../report";
import { type ResourceNode, kindOf } from "../tree/nodes";
import { failureOf } from "../tree/noticeRow";
import { openWebPage } from "../webPages";

export interface ItemCommandParts {
  readonly targets: Targets;
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  readonly reveal: (id: ArmId) => Promise<void>;
  readonly webSites: WebSites;
  /** Asks the person to sign in to a tenant; undefined means the home tenant. */
  readonly signInTo: (tenantId: string | undefined) => Promise<void>;
  readonly log: Logger;
}

/** What every row can do: refresh, copy its id, open it in the browser, show it in the tree. */
export function registerItemCommands(parts: ItemCommandParts): vscode.Disposable {
  const { targets, store, refresher, watcher } = parts;

  async function refreshResource(node: ResourceNode): Promise<void> {
    if (node.kind === "subscription") await refresher.workspaces(node.id);
    else await watcher.refreshNow(workspaceOf(node.id));
    if (node.kind === "cluster" && store.nodes(node.id).value !== undefined) await refresher.nodes(node.id);
  }

  async function refresh(target: unknown): Promise<void> {
    const node = await targets.resource(target, vscode.l10n.t("Refresh"));
    if (node !== undefined) await refreshResource(node);
  }

  /** Loads again what the notice's row was missing; where a sign-in was missing, that comes first. */
  async function retry(target: unknown): Promise<void> {
    const node = targets.named(target);
    if (node?.kind !== "notice") return;
    if (failureOf(node, store)?.kind === "notSignedIn") {
      const tenantId = node.notice === "tenant" ? node.subject : node.parent && tenantOf(node.parent);
      await tryTo(vscode.l10n.t("The sign-in did not work."), () => parts.signInTo(tenantId));
    }
    if (node.parent === undefined) await refresher.account();
    else if (kindOf(node.parent) === "cluster") await refresher.nodes(node.parent);
    else if (kindOf(node.parent) === "workspace") await watcher.refreshNow(node.parent);
    else await refresher.workspaces(node.parent);
  }

  async function copyId(target: unknown): Promise<void> {
    const named = targets.named(target);
    const text = named?.kind === "node" ? named.nodeId : await resourceId(target, vscode.l10n.t("Copy Id"));
    if (text === undefined) return;
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t("Copied: {0}", text), 5_000);
  }

  async function openInStudio(target: unknown): Promise<void> {
    const id = await resourceId(target, vscode.l10n.t("Open in Studio"));
    if (id === undefined || kindOf(id) === "subscription") return;
    await open(studioLink(parts.webSites, id, tenantOf(id)), id);
  }

  async function openInPortal(target: unknown): Promise<void> {
    const id = await resourceId(target, vscode.l10n.t("Open in Azure Portal"));
    if (id !== undefined) await open(portalLink(parts.webSites, id, tenantOf(id)), id);
  }

  async function reveal(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Show Cluster in the Tree"));
    if (cluster !== undefined) await parts.reveal(cluster.id);
  }

  async function resourceId(target: unknown, title: string): Promise<ArmId | undefined> {
    return (await targets.resource(target, title))?.id;
  }

  function tenantOf(id: ArmId): string | undefined {
    return store.subscription(subscriptionOf(id))?.tenantId;
  }

  const open = (url: string, id: ArmId): Promise<void> => openWebPage(parts.sessions, url, nameOf(id));

  return registerCommands(
    {
      "amlClusters.item.refresh": refresh,
      "amlClusters.item.copyId": copyId,
      "amlClusters.item.openInStudio": openInStudio,
      "amlClusters.item.openInPortal": openInPortal,
      "amlClusters.cluster.reveal": reveal,
      "amlClusters.retry": retry,
    },
    parts.log,
  );
}
