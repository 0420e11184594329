import * as vscode from "vscode";
import { type Logger } from "../../app/ports";
import { type ClusterDraft } from "../../core/draft";
import { type ArmId } from "../../core/armId";
import { cloneCluster, recreateCluster } from "../../core/cloneCluster";
import { type ComputeCluster } from "../../core/cluster";
import { type StartingDraft } from "../../protocol/createCluster";
import { type Targets } from "../pick/targets";
import { choosePreset } from "../presets/presetDialogs";
import { type PresetFolders } from "../presets/presetFolders";
import { registerCommands } from "../register";

export interface CreateCommandParts {
  readonly targets: Targets;
  readonly presets: PresetFolders;
  readonly open: (workspace: ArmId, start?: StartingDraft) => void;
  readonly log: Logger;
}

/** Ways into the create form with a draft: a preset, the copy of a cluster, a cluster made again otherwise. */
export function registerCreateCommands({ targets, presets, open, log }: CreateCommandParts): vscode.Disposable {
  async function fromPreset(target: unknown): Promise<void> {
    const workspace = await targets.workspace(target, vscode.l10n.t("Create Compute Cluster from Preset"));
    const start = workspace && (await choosePreset(presets, workspace));
    if (workspace !== undefined && start !== undefined) open(workspace.id, start);
  }

  async function clone(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Clone Cluster"));
    if (cluster === undefined) return;
    const workspace = await targets.workspace(
      undefined,
      vscode.l10n.t("Clone {0} into Which Workspace?", cluster.name),
    );
    if (workspace === undefined) return;
    const { draft, findings } = cloneCluster(cluster, { workspace, takenNames: await targets.namesIn(workspace.id) });
    open(workspace.id, { draft, findings, source: vscode.l10n.t("the cluster {0}", cluster.name) });
  }

  async function recreate(target: unknown): Promise<void> {
    const cluster = await targets.cluster(target, vscode.l10n.t("Recreate Cluster under a New Name"));
    if (cluster === undefined) return;
    const workspace = await targets.workspaceOf(cluster.id);
    const change = await chooseChange(cluster);
    if (change === undefined) return;
    const { draft, findings } = recreateCluster(cluster, change, {
      workspace,
      takenNames: await targets.namesIn(workspace.id),
    });
    open(workspace.id, {
      draft,
      findings: [
        ...findings,
        {
          rule: "recreate.old",
          severity: "info",
          message: vscode.l10n.t(
            "{0} stays until you delete it: create the new cluster, move your jobs to it, then delete the old one.",
            cluster.name,
          ),
        },
      ],
      source: vscode.l10n.t("the cluster {0}", cluster.name),
    });
  }

  return registerCommands(
    {
      "amlClusters.workspace.createFromPreset": fromPreset,
      "amlClusters.cluster.clone": clone,
      "amlClusters.cluster.recreate": recreate,
    },
    log,
  );
}

/** What cannot be changed in place (azure-facts 2.4). The empty value is chosen in the form. */
async function chooseChange(cluster: ComputeCluster): Promise<Partial<ClusterDraft> | undefined> {
  const other = cluster.vmPriority === "dedicated" ? "lowPriority" : "dedicated";
  const items: readonly (vscode.QuickPickItem & { change: Partial<ClusterDraft> })[] = [
    {
      label: vscode.l10n.t("Another VM size"),
      description: vscode.l10n.t("now {0}", cluster.vmSize),
      change: { vmSize: "" },
    },
    {
      label: other === "lowPriority" ? vscode.l10n.t("Low priority") : vscode.l10n.t("Dedicated"),
      description: vscode.l10n.t("another priority"),
      change: { vmPriority: other },
    },
    {
      label: vscode.l10n.t("Another network"),
      description: vscode.l10n.t("chosen in the form"),
      change: { network: { kind: "none" } },
    },
    { label: vscode.l10n.t("Something else, or nothing"), description: vscode.l10n.t("as it is"), change: {} },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Recreate {0} under a New Name", cluster.name),
    placeHolder: vscode.l10n.t("What should be different? Azure cannot change it on an existing cluster."),
  });
  return chosen?.change;
}
