import * as vscode from "vscode";
import { type ClusterChanges } from "../../app/clusterChanges";
import { type ClusterStore } from "../../app/clusterStore";
import { changeIdentity } from "../../app/identityChange";
import { checkIdentityChange, findGone, findIdentities, principalsOf, readRoles } from "../../app/identityFacts";
import { type Logger } from "../../app/ports";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type ArmId, nameOf, subscriptionOf, workspaceOf } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";
import { AzureMlError } from "../../core/errors";
import { type IdentityPreview } from "../../core/identityChange";
import { type RoleGrant } from "../../protocol/identity";
import { type CommandId } from "../contributions";
import { type Targets } from "../pick/targets";
import { registerCommands } from "../register";
import { IdentityForms } from "./identityForm";
import { type ReadCluster, grantText } from "./identityHost";

export interface IdentityFeatureParts {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly changes: ClusterChanges;
  readonly targets: Targets;
  /** Waits for the session to be back after a reload; undefined when nobody signs in. */
  readonly session: () => Promise<true | undefined>;
  readonly log: Logger;
}

/** The managed identity form and the command that opens it. */
export function registerIdentity(parts: IdentityFeatureParts): vscode.Disposable {
  const { sessions, changes, targets, log } = parts;
  const azureMl = () => sessions.signedIn.azureMl;
  const forms = new IdentityForms({
    extensionUri: parts.extensionUri,
    changes,
    log,
    read: (cluster, signal) => readCluster(parts, cluster, signal),
    identities: (cluster, signal) => findIdentities(azureMl(), cluster, signal),
    check: (cluster, choice, signal) => checkIdentityChange(azureMl(), cluster, choice, signal),
    principals: (cluster, choice, signal) => principalsOf(azureMl(), cluster, choice, signal),
    roles: (workspace, principal, signal) => readRoles(azureMl(), workspace, principal, signal),
    confirmGrant,
    grant: async ({ scope, role, principalId }, signal) => {
      log.info(`Role ${role} on ${scope} for the principal ${principalId}.`);
      await azureMl().assignRole(scope, role, principalId, signal);
    },
    confirmChange,
    change: (cluster, base, choice, signal) =>
      changeIdentity(
        azureMl(),
        { cluster, base, choice },
        (body) => changes.update(cluster, body, `identity ${choice.kind}`, signal),
        signal,
      ),
    scaleToZero: async (id) => {
      await vscode.commands.executeCommand("amlClusters.cluster.scaleToZero" satisfies CommandId, {
        kind: "cluster",
        id,
      });
    },
  });
  const command = registerCommands(
    {
      "amlClusters.cluster.identity": async (target: unknown) => {
        const cluster = await targets.cluster(target, vscode.l10n.t("Managed Identity"));
        if (cluster !== undefined) forms.open(cluster.id);
      },
    },
    log,
  );
  return vscode.Disposable.from(forms, command);
}

async function readCluster(
  { sessions, store, refresher, session }: IdentityFeatureParts,
  id: ArmId,
  signal?: AbortSignal,
): Promise<ReadCluster> {
  if ((await session()) === undefined) {
    throw new AzureMlError({ kind: "notSignedIn", message: vscode.l10n.t("Nobody is signed in.") });
  }
  const { azureMl, source } = sessions.signedIn;
  if (store.account.value === undefined) await refresher.account();
  const [cluster, json, workspace] = await Promise.all([
    azureMl.getCluster(id, signal),
    azureMl.getClusterJson(id, signal),
    store.workspace(workspaceOf(id)) ?? azureMl.getWorkspace(workspaceOf(id), signal),
  ]);
  if (cluster === undefined) {
    throw new AzureMlError({
      kind: "notFound",
      message: vscode.l10n.t("The compute cluster {0} does not exist any more.", nameOf(id)),
    });
  }
  return {
    cluster,
    json,
    workspace,
    subscriptionName: store.subscription(subscriptionOf(id))?.displayName ?? "",
    simulated: source === "simulated",
    gone: await findGone(azureMl, cluster.identity, signal),
    pending: store.pending(id)?.kind === "update",
  };
}

async function confirmGrant(grant: RoleGrant, name: string): Promise<boolean> {
  const yes = vscode.l10n.t("Give the Role");
  const detail = vscode.l10n.t("Every job that runs as this identity gets the role, on this scope: {0}", grant.scope);
  return (await vscode.window.showWarningMessage(grantText(grant, name), { modal: true, detail }, yes)) === yes;
}

/** Asks where something goes that does not come back: a principal with its roles, or what running jobs rely on. */
async function confirmChange(cluster: ComputeCluster, preview: IdentityPreview): Promise<boolean> {
  const loses = preview.losesSystemPrincipal || preview.removed.length > 0;
  if (!loses) return true;
  const yes = vscode.l10n.t("Change the Identity");
  const details = preview.findings
    .filter(({ severity }) => severity === "warning" || severity === "info")
    .map(({ message, advice }) => (advice === undefined ? message : `${message} ${advice}`));
  const message = vscode.l10n.t("Change the identity of {0}?", cluster.name);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail: details.join("\n\n") }, yes)) === yes;
}
