import * as vscode from "vscode";
import { type ClusterChanges } from "../../app/clusterChanges";
import { type ClusterStore } from "../../app/clusterStore";
import { type Logger } from "../../app/ports";
import { workspaceOf } from "../../core/armId";
import { azureActions } from "../../core/permissions";
import { type Rights } from "../../app/rights";
import { lacksRight } from "../lacksRight";
import { type ComputeCluster, type ScaleSettings } from "../../core/cluster";
import { scaleFindings } from "../../core/draft";
import { type Workspace } from "../../core/workspace";
import { type NumberStep, askNumbers } from "../pick/numberSteps";
import { type Targets } from "../pick/targets";
import { registerCommands } from "../register";
import { tryTo } from "../report";
import { clusterFlags } from "../tree/clusterRow";

export interface ClusterCommandParts {
  readonly targets: Targets;
  readonly store: ClusterStore;
  readonly changes: ClusterChanges;
  readonly openCreateForm: (workspace: Workspace) => Promise<void> | void;
  readonly rights: Rights;
  readonly log: Logger;
}

/** Create, scale and delete. */
export function registerClusterCommands(parts: ClusterCommandParts): vscode.Disposable {
  const { targets, changes, store } = parts;
  const allows =
    (flag: string) =>
    (cluster: ComputeCluster): boolean =>
      clusterFlags(cluster, store.pending(cluster.id) !== undefined)
        .split(".")
        .includes(flag);

  async function createCluster(target: unknown): Promise<void> {
    const workspace = await targets.workspace(target, vscode.l10n.t("Create Compute Cluster"));
    if (workspace === undefined || (await lacksRight(parts.rights, workspace.id, azureActions.writeClusters))) return;
    await parts.openCreateForm(workspace);
  }

  async function scale(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Scale Cluster"), allows("resizable"));
    if (cluster === undefined || refuses(cluster, allows("resizable"))) return;
    if (await lacksRight(parts.rights, workspaceOf(cluster.id), azureActions.writeClusters)) return;
    const settings = await askScaleSettings(cluster);
    if (settings === undefined) return;
    if (sameScale(settings, cluster.scaleSettings)) {
      quietly(vscode.l10n.t("{0} already has these settings.", cluster.name));
      return;
    }
    await tryTo(vscode.l10n.t("{0} could not be scaled.", cluster.name), () => changes.scale(cluster.id, settings));
  }

  async function deleteCluster(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Delete Cluster"), allows("deletable"));
    if (cluster === undefined || refuses(cluster, allows("deletable"))) return;
    if (await lacksRight(parts.rights, workspaceOf(cluster.id), azureActions.deleteClusters)) return;
    if (!(await confirmDelete(cluster))) return;
    await tryTo(vscode.l10n.t("{0} could not be deleted.", cluster.name), () => changes.delete(cluster.id));
  }

  return registerCommands(
    {
      "amlClusters.workspace.createCluster": createCluster,
      "amlClusters.cluster.scale": scale,
      "amlClusters.cluster.delete": deleteCluster,
    },
    parts.log,
  );
}

/** A row may be behind: says so instead of sending what Azure would refuse. */
function refuses(cluster: ComputeCluster, allowed: (cluster: ComputeCluster) => boolean): boolean {
  if (allowed(cluster)) return false;
  void vscode.window.showInformationMessage(
    vscode.l10n.t("{0} is being changed or has failed: this is not possible now.", cluster.name),
  );
  return true;
}

async function askScaleSettings(cluster: ComputeCluster): Promise<ScaleSettings | undefined> {
  const { minNodeCount, maxNodeCount, idleSecondsBeforeScaleDown } = cluster.scaleSettings;
  const check =
    (...rules: readonly string[]) =>
    (numbers: readonly number[]): string | undefined =>
      scaleFindings(scaleOf(numbers)).find((finding) => rules.includes(finding.rule))?.message;
  const steps: readonly NumberStep[] = [
    {
      prompt: vscode.l10n.t("Nodes that always stay up. With 0 nothing is charged while there is no job."),
      value: minNodeCount,
      // Against the maximum only in the next step: whoever raises both starts here.
      check: check("scale.min"),
    },
    {
      prompt: vscode.l10n.t("Nodes at most. Jobs that need more wait."),
      value: maxNodeCount,
      check: check("scale.max", "scale.order"),
    },
    {
      prompt: vscode.l10n.t("Seconds without a job before a node is released."),
      value: idleSecondsBeforeScaleDown,
      check: check("scale.min", "scale.max", "scale.order", "scale.idle"),
      summary: (numbers) => scaleSummary(cluster.scaleSettings, scaleOf(numbers)),
    },
  ];
  const numbers = await askNumbers(vscode.l10n.t("Scale {0}", cluster.name), steps);
  return numbers && scaleOf(numbers);
}

function scaleOf([min = Number.NaN, max = Number.NaN, idle = Number.NaN]: readonly number[]): ScaleSettings {
  return { minNodeCount: min, maxNodeCount: max, idleSecondsBeforeScaleDown: idle };
}

function scaleSummary(before: ScaleSettings, after: ScaleSettings): string {
  return vscode.l10n.t(
    "Seconds without a job before a node is released. Enter applies: {0} to {1} nodes, idle {2} s (now {3} to {4} nodes, idle {5} s).",
    after.minNodeCount,
    after.maxNodeCount,
    after.idleSecondsBeforeScaleDown,
    before.minNodeCount,
    before.maxNodeCount,
    before.idleSecondsBeforeScaleDown,
  );
}

function sameScale(a: ScaleSettings, b: ScaleSettings): boolean {
  return (
    a.minNodeCount === b.minNodeCount &&
    a.maxNodeCount === b.maxNodeCount &&
    a.idleSecondsBeforeScaleDown === b.idleSecondsBeforeScaleDown
  );
}

async function confirmDelete(cluster: ComputeCluster): Promise<boolean> {
  const { running } = cluster.nodeCounts;
  const detail =
    cluster.currentNodeCount > 0
      ? vscode.l10n.t(
          "It has {0} nodes now, {1} of them running a job. They are released, and the vCPU quota that the cluster holds becomes free. This cannot be undone.",
          cluster.currentNodeCount,
          running,
        )
      : vscode.l10n.t("It has no nodes now. The vCPU quota that it holds becomes free. This cannot be undone.");
  const yes = vscode.l10n.t("Delete");
  const message = vscode.l10n.t("Delete the compute cluster {0}?", cluster.name);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
}

function quietly(text: string): void {
  vscode.window.setStatusBarMessage(text, 5_000);
}
