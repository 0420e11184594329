import * as l10n from "@vscode/l10n";
import { type ClusterStore } from "../../app/clusterStore";
import { type Loadable } from "../../app/loadable";
import { type AzureMlError } from "../../core/errors";
import { headline } from "../errorText";
import { type NoticeNode, type TreeNode, kindOf } from "./nodes";
import { type Row, type RowIcon } from "./row";

/** What a notice says beside what the store knows. */
export interface NoticeFacts {
  /** Rows left out, by the filter or by paging. */
  readonly hidden: number;
  /** A time of day in the display language, from milliseconds since the epoch. */
  readonly formatTime: (at: number) => string;
}

export function noticeRow(node: NoticeNode, store: ClusterStore, facts: NoticeFacts): Row {
  switch (node.notice) {
    case "signingIn":
      return plain(l10n.t("Signing in…"), { id: "loading~spin" });
    case "loading":
      return plain(l10n.t("Loading…"), { id: "loading~spin" });
    case "error":
    case "stale":
    case "tenant":
      return failureRow(node, store, facts);
    case "empty":
      return emptyRow(node);
    case "others":
      return plain(othersText(node, store), { id: "info" });
    case "hidden":
      return clickable(
        plain(l10n.t("{0} hidden by the filter", facts.hidden), { id: "filter" }),
        "amlClusters.clearFilter",
        l10n.t("Clear the filter"),
        node,
      );
    case "unchosen":
      return clickable(
        plain(unchosenText(store.account.value?.hidden ?? 0), { id: "filter" }),
        "amlClusters.filterAccount",
        l10n.t("Choose Tenants and Subscriptions…"),
        node,
      );
    case "more":
      return clickable(
        plain(l10n.t("Show more ({0} left)", facts.hidden), { id: "ellipsis" }),
        "amlClusters.showMore",
        l10n.t("Show more"),
        node,
      );
  }
}

/** What was loaded for the row that a notice stands under. */
export function loadableAt(node: NoticeNode, store: ClusterStore): Loadable<unknown> {
  if (node.parent === undefined) return store.account;
  switch (kindOf(node.parent)) {
    case "subscription":
      return store.workspaces(node.parent);
    case "workspace":
      return store.computes(node.parent);
    case "cluster":
      return store.nodes(node.parent);
    case undefined:
      return store.account;
  }
}

/** The failure that a notice tells of. */
export function failureOf(node: NoticeNode, store: ClusterStore): AzureMlError | undefined {
  return node.notice === "tenant"
    ? store.account.value?.failures.get(node.subject ?? "")
    : loadableAt(node, store).error;
}

function failureRow(node: NoticeNode, store: ClusterStore, facts: NoticeFacts): Row {
  const error = failureOf(node, store);
  const label = failureLabel(node, store, facts);
  const why = error === undefined ? "" : `${headline(error)} ${error.message}`;
  if (node.notice === "tenant" && error?.kind === "notSignedIn") return signInRow(node, label, error);
  const row = {
    ...plain(label, node.notice === "stale" ? warningIcon : errorIcon),
    description: why,
    contextValue: "notice.retry",
    spoken: `${label} ${why}`,
  };
  return clickable(row, "amlClusters.retry", l10n.t("Retry"), node);
}

/** A tenant that wants a sign-in of its own is no failure: its row offers it. */
function signInRow(node: NoticeNode, label: string, { message }: AzureMlError): Row {
  const row = { ...plain(label, { id: "sign-in" }), description: message, contextValue: "notice.signIn" };
  return clickable({ ...row, spoken: `${label} ${message}` }, "amlClusters.retry", l10n.t("Sign in"), node);
}

function unchosenText(count: number): string {
  return count === 1
    ? l10n.t("1 subscription is not chosen to be shown")
    : l10n.t("{0} subscriptions are not chosen to be shown", count);
}

const errorIcon: RowIcon = { id: "error", color: "list.errorForeground" };
const warningIcon: RowIcon = { id: "warning", color: "list.warningForeground" };

function failureLabel(node: NoticeNode, store: ClusterStore, facts: NoticeFacts): string {
  if (node.notice === "tenant") {
    const tenant = store.account.value?.tenants.find((other) => other.tenantId === node.subject);
    const name = tenant?.displayName ?? node.subject ?? "";
    return failureOf(node, store)?.kind === "notSignedIn"
      ? l10n.t("Sign in to {0}…", name)
      : l10n.t("No subscriptions from {0}.", name);
  }
  if (node.notice === "stale") {
    const { updatedAt } = loadableAt(node, store);
    return updatedAt === undefined
      ? l10n.t("Could not refresh.")
      : l10n.t("Could not refresh; as of {0}.", facts.formatTime(updatedAt));
  }
  switch (node.parent === undefined ? undefined : kindOf(node.parent)) {
    case "subscription":
      return l10n.t("Could not load the workspaces.");
    case "workspace":
      return l10n.t("Could not load the clusters.");
    case "cluster":
      return l10n.t("Could not load the nodes.");
    case undefined:
      return l10n.t("Could not load the subscriptions.");
  }
}

function emptyRow(node: NoticeNode): Row {
  switch (node.parent === undefined ? undefined : kindOf(node.parent)) {
    case "workspace":
      return clickable(
        plain(l10n.t("No compute clusters. Create one…"), { id: "add" }),
        "amlClusters.workspace.createCluster",
        l10n.t("Create Compute Cluster…"),
        node,
      );
    case "cluster":
      return plain(l10n.t("No nodes."), { id: "info" });
    case "subscription":
    case undefined:
      return plain(l10n.t("No machine learning workspaces."), { id: "info" });
  }
}

/** The kinds stand in the tooltip. */
function othersText(node: NoticeNode, store: ClusterStore): string {
  const others = node.parent === undefined ? {} : (store.computes(node.parent).value?.others ?? {});
  const count = Object.values(others).reduce((sum, n) => sum + n, 0);
  const kinds = Object.entries(others).map(([kind, n]) => `${kind} ${n}`);
  return count === 1
    ? l10n.t("1 other compute is not shown ({0})", kinds.join(", "))
    : l10n.t("{0} other computes are not shown ({1})", count, kinds.join(", "));
}

function plain(label: string, icon: RowIcon): Row {
  return { label, icon, expandable: "never", contextValue: "notice", spoken: label };
}

function clickable(row: Row, id: NonNullable<Row["command"]>["id"], title: string, on: TreeNode): Row {
  return { ...row, command: { id, title, on } };
}
