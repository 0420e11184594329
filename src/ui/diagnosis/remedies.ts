import * as vscode from "vscode";
import { type ClusterChanges } from "../../app/clusterChanges";
import { type ClusterStore } from "../../app/clusterStore";
import { type Diagnosis } from "../../app/diagnoses";
import { type Sessions } from "../../app/session";
import { type Watcher } from "../../app/watcher";
import { type ZeroAndBack, downSettings } from "../../app/zeroAndBack";
import { type ArmId, nameOf, subscriptionOf, workspaceOf } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";
import { type ResourceLock } from "../../core/compute";
import { quotaRequestText } from "../../core/diagnosis/quotaRequest";
import { type RemedyAction } from "../../core/diagnosis/remedy";
import { supportSummary } from "../../core/diagnosis/supportSummary";
import { type CommandId } from "../contributions";
import { type WebSites, locksLink, portalLink, quotaHelpUrl, supportLink } from "../links";
import { tryTo } from "../report";
import { openWebPage } from "../webPages";

export interface RemedyParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly changes: ClusterChanges;
  readonly watcher: Watcher;
  readonly zeroAndBack: ZeroAndBack;
  readonly webSites: WebSites;
}

/** Carries out what stands on a button beside a cause. What deletes, or takes nodes away, asks first. */
export class Remedies {
  constructor(private readonly parts: RemedyParts) {}

  /** @returns whether something was changed in Azure. @throws FailedAction with Azure's refusal as its cause. */
  async run(action: RemedyAction, diagnosis: Diagnosis): Promise<boolean> {
    const { cluster } = diagnosis.facts;
    switch (action.kind) {
      case "openLock":
      case "openLocks":
        return this.#open(locksLink(this.parts.webSites, action.scope, this.#tenantOf(action.scope)), action.scope);
      case "removeLock":
        return this.#removeLock(action.lock, cluster);
      case "requestQuota":
        return this.#copyQuotaRequest(quotaRequestText(action.request));
      case "raiseWorkspaceQuota": {
        const { workspace, family, currentVCpus, neededVCpus } = action;
        const text = vscode.l10n.t(
          "{0}: raise the quota of {1} from {2} to {3} vCPUs.",
          nameOf(workspace),
          family,
          currentVCpus,
          neededVCpus,
        );
        return this.#copyQuotaRequest(text);
      }
      case "scaleToZeroAndBack":
        return this.#zeroAndBack(this.#current(cluster));
      case "setMin0":
        return this.#setMin0(this.#current(cluster));
      case "deleteCluster":
        await run("amlClusters.cluster.delete", action.cluster);
        return this.#isGoing(action.cluster);
      case "deleteAndRecreate":
      case "useOtherRegion":
        // The old cluster stays until somebody deletes it: the form says so.
        await run("amlClusters.cluster.recreate", action.cluster);
        return false;
      case "openResource":
        return this.#open(portalLink(this.parts.webSites, action.id, this.#tenantOf(action.id)), action.id);
      case "openSupportRequest":
        await this.copySummary(diagnosis);
        return this.#open(supportLink(this.parts.webSites), cluster.id);
      case "copySupportSummary":
        await this.copySummary(diagnosis);
        return false;
      case "copyText":
        return copy(action.text);
      case "openUrl":
        await vscode.env.openExternal(vscode.Uri.parse(action.url, true));
        return false;
    }
  }

  async copySummary({ facts, causes }: Diagnosis): Promise<void> {
    await copy(supportSummary(facts, causes));
  }

  async #removeLock(lock: ResourceLock, cluster: ComputeCluster): Promise<boolean> {
    const where = nameOf(lock.scope);
    const yes = vscode.l10n.t("Remove the Lock");
    const detail = [
      lock.level === "readOnly"
        ? vscode.l10n.t("It keeps everything in {0} from being changed or deleted, not only this cluster.", where)
        : vscode.l10n.t("It keeps everything in {0} from being deleted, not only this cluster.", where),
      ...(lock.notes === "" ? [] : [vscode.l10n.t('Its note says: "{0}"', lock.notes)]),
      vscode.l10n.t("Set it again in the portal if it is still wanted."),
    ].join("\n");
    const text = vscode.l10n.t('Remove the lock "{0}" from {1}?', lock.name, where);
    if ((await vscode.window.showWarningMessage(text, { modal: true, detail }, yes)) !== yes) return false;
    await tryTo(vscode.l10n.t('The lock "{0}" could not be removed.', lock.name), () =>
      this.parts.sessions.signedIn.azureMl.deleteLock(lock.id),
    );
    quietly(vscode.l10n.t('The lock "{0}" was removed. {1} can move again.', lock.name, cluster.name));
    this.parts.watcher.expectChange(workspaceOf(cluster.id));
    return true;
  }

  async #zeroAndBack(cluster: ComputeCluster): Promise<boolean> {
    const { minNodeCount: min, maxNodeCount: max } = cluster.scaleSettings;
    const yes = vscode.l10n.t("Scale to Zero and Back");
    const detail = [
      vscode.l10n.t("Nodes without a job are released now; jobs that wait go on waiting."),
      vscode.l10n.t("After that, {0} to {1} nodes are allowed again, at the latest in 15 minutes.", min, max),
      ...(min > 0 ? [vscode.l10n.t("New nodes for the minimum of {0} are charged as before.", min)] : []),
    ].join(" ");
    const text = vscode.l10n.t("Scale {0} to zero and back?", cluster.name);
    if ((await vscode.window.showWarningMessage(text, { modal: true, detail }, yes)) !== yes) return false;
    await tryTo(vscode.l10n.t("{0} could not be scaled.", cluster.name), () => this.parts.zeroAndBack.start(cluster));
    quietly(vscode.l10n.t("{0} goes down to {1} nodes at most.", cluster.name, downSettings(cluster).maxNodeCount));
    return true;
  }

  async #setMin0(cluster: ComputeCluster): Promise<boolean> {
    const settings = { ...cluster.scaleSettings, minNodeCount: 0 };
    await tryTo(vscode.l10n.t("{0} could not be scaled.", cluster.name), () =>
      this.parts.changes.scale(cluster.id, settings),
    );
    return true;
  }

  #isGoing(id: ArmId): boolean {
    return this.parts.store.pending(id)?.kind === "delete" || this.parts.store.cluster(id) === undefined;
  }

  async #copyQuotaRequest(text: string): Promise<boolean> {
    await vscode.env.clipboard.writeText(text);
    const open = vscode.l10n.t("How to request quota");
    const message = vscode.l10n.t(
      "The request with its figures is on the clipboard, to paste into Azure's quota form.",
    );
    if ((await vscode.window.showInformationMessage(message, open)) === open) {
      await vscode.env.openExternal(vscode.Uri.parse(quotaHelpUrl, true));
    }
    return false;
  }

  async #open(url: string, id: ArmId): Promise<boolean> {
    await openWebPage(this.parts.sessions, url, nameOf(id));
    return false;
  }

  /** As it is now: the diagnosis may be minutes old. */
  #current(cluster: ComputeCluster): ComputeCluster {
    return this.parts.store.cluster(cluster.id) ?? cluster;
  }

  #tenantOf(id: ArmId): string | undefined {
    return this.parts.store.subscription(subscriptionOf(id))?.tenantId;
  }
}

async function copy(text: string): Promise<boolean> {
  await vscode.env.clipboard.writeText(text);
  quietly(vscode.l10n.t("Copied."));
  return false;
}

function run(command: CommandId, target: ArmId): Thenable<unknown> {
  return vscode.commands.executeCommand(command, target);
}

function quietly(text: string): void {
  vscode.window.setStatusBarMessage(text, 5_000);
}
