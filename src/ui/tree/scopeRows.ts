import * as l10n from "@vscode/l10n";
import { type ClusterStore } from "../../app/clusterStore";
import { isStale } from "../../app/loadable";
import { type Subscription } from "../../core/account";
import { type Workspace } from "../../core/workspace";
import { type BurnTexts } from "./burnTexts";
import { type Row, type RowIcon, contextValue, joined } from "./row";
import { workspaceKindWord } from "./words";

/** So many subscriptions are open from the start. */
const openAtFirst = 3;

export function subscriptionRow(
  subscription: Subscription,
  store: ClusterStore,
  simulated: boolean,
  burn?: BurnTexts,
): Row {
  const account = store.account.value;
  const severalTenants = new Set(account?.subscriptions.map((other) => other.tenantId)).size > 1;
  const tenant = account?.tenants.find((other) => other.tenantId === subscription.tenantId)?.displayName;
  const state = subscription.state === "Enabled" ? undefined : subscription.state;
  const marks = joined(simulated && l10n.t("simulated"), severalTenants && tenant, state, burn?.scope(subscription.id));
  return {
    label: subscription.displayName,
    description: marks,
    icon: { id: simulated ? "beaker" : "key", color: "charts.yellow" },
    expandable: (account?.subscriptions.length ?? 0) <= openAtFirst ? "expanded" : "collapsed",
    contextValue: "subscription",
    spoken: joined(l10n.t("Subscription {0}", subscription.displayName), marks),
  };
}

export function workspaceRow(workspace: Workspace, store: ClusterStore, burn?: BurnTexts): Row {
  const computes = store.computes(workspace.id);
  const kind = workspaceKindWord(workspace.kind);
  const place = hasNamesake(workspace, store) ? workspace.resourceGroup : workspace.location;
  const old = isStale(computes) && l10n.t("not up to date");
  const cost = burn?.scope(workspace.id);
  return {
    label: workspace.name,
    description: joined(place, kind, cost, old),
    icon: workspaceIcon(workspace),
    expandable: "collapsed",
    contextValue: contextValue("workspace", { creatable: workspace.provisioningState.toLowerCase() !== "deleting" }),
    spoken: joined(l10n.t("Workspace {0}", workspace.name), place, kind, cost, old),
    decoration: isStale(computes) ? "stale" : undefined,
  };
}

/** Names are unique within a resource group only. */
function hasNamesake(workspace: Workspace, store: ClusterStore): boolean {
  const name = workspace.name.toLowerCase();
  return store.allWorkspaces().filter((other) => other.name.toLowerCase() === name).length > 1;
}

function workspaceIcon(workspace: Workspace): RowIcon {
  switch (workspace.kind) {
    case "Hub":
      return { id: "type-hierarchy" };
    case "Project":
      return { id: "type-hierarchy-sub" };
    case "Default":
    case "FeatureStore":
    case "Other":
      return { id: "server-environment" };
  }
}
