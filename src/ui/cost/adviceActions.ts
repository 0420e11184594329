import * as vscode from "vscode";
import { type ClusterStore } from "../../app/clusterStore";
import { type Refresher } from "../../app/refresher";
import { type Advice } from "../../core/advice";
import { type ArmId, nameOf, workspaceOf } from "../../core/armId";
import { type Clone, recreateCluster } from "../../core/cloneCluster";
import { type ComputeCluster } from "../../core/cluster";
import { AzureMlError } from "../../core/errors";
import { type CommandId } from "../contributions";
import { type ScaleActions } from "./scaleActions";

export interface AdviceActionsParts {
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly scale: ScaleActions;
  /** Opens the create form of a workspace with a draft to begin with. */
  readonly openCreateForm: (workspace: ArmId, start: Clone & { readonly source: string }) => void;
}

/** Does what a piece of advice proposes. What deletes asks first; what only makes it cheaper can be undone. */
export class AdviceActions {
  constructor(private readonly parts: AdviceActionsParts) {}

  async follow({ action, cluster: id }: Advice): Promise<void> {
    switch (action.kind) {
      case "scale": {
        const from = this.#cluster(id).scaleSettings;
        await this.parts.scale.apply([{ cluster: id, name: nameOf(id), from, to: action.scale }]);
        return;
      }
      case "lowPriorityCopy":
        await this.copy(this.#cluster(id), "lowPriority");
        return;
      case "recreate":
        await this.copy(this.#cluster(id), "otherSize");
        return;
      case "diagnose":
        await run("amlClusters.cluster.diagnose", id);
        return;
      case "delete":
        await run("amlClusters.cluster.delete", id);
    }
  }

  /** The create form with this cluster's draft under a new name; nothing is created before somebody presses Create. */
  async copy(cluster: ComputeCluster, change: "lowPriority" | "otherSize"): Promise<void> {
    const { store, refresher, openCreateForm } = this.parts;
    const workspace = store.workspace(workspaceOf(cluster.id));
    if (workspace === undefined) throw notFound(workspaceOf(cluster.id));
    const listing = store.computes(workspace.id).value ?? (await refresher.computes(workspace.id)).value;
    const clone = recreateCluster(cluster, change === "lowPriority" ? { vmPriority: "lowPriority" } : { vmSize: "" }, {
      workspace,
      takenNames: listing?.names ?? [],
    });
    openCreateForm(workspace.id, { ...clone, source: vscode.l10n.t("the cluster {0}", cluster.name) });
  }

  #cluster(id: ArmId): ComputeCluster {
    const cluster = this.parts.store.cluster(id);
    if (cluster === undefined) throw notFound(id);
    return cluster;
  }
}

function notFound(id: ArmId): AzureMlError {
  return new AzureMlError({ kind: "notFound", message: vscode.l10n.t("{0} was not found.", nameOf(id)) });
}

async function run(command: CommandId, target: ArmId): Promise<void> {
  await vscode.commands.executeCommand(command, target);
}
