import * as vscode from "vscode";
import { type ClusterStore } from "../../app/clusterStore";
import { type Sessions } from "../../app/session";
import { type ArmId, nameOf, subscriptionOf, workspaceOf } from "../../core/armId";
import { type ClusterNode } from "../../core/cluster";
import { AzureMlError } from "../../core/errors";
import { sshCommand } from "../../core/sshCommand";
import { type NodeAction } from "../../protocol/details";
import { type WebSites, runLink } from "../links";
import { openWebPage } from "../webPages";

export interface NodeActionParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly webSites: WebSites;
}

/** What can be done with one node: reach it by SSH, see its job. */
export class NodeActions {
  constructor(private readonly parts: NodeActionParts) {}

  /** @throws AzureMlError when the node is gone or does not allow it. */
  async run(cluster: ArmId, nodeId: string, action: NodeAction): Promise<void> {
    const node = this.parts.store.nodes(cluster).value?.find((one) => one.nodeId === nodeId);
    if (node === undefined) {
      throw new AzureMlError({ kind: "notFound", message: vscode.l10n.t("This node is gone.") });
    }
    if (action === "openRun") await this.#openRun(cluster, node);
    else if (action === "copySsh") await this.#copySsh(cluster, node);
    else this.#openTerminal(cluster, node);
  }

  async #copySsh(cluster: ArmId, node: ClusterNode): Promise<void> {
    const command = this.#commandFor(cluster, node);
    await vscode.env.clipboard.writeText(command);
    vscode.window.setStatusBarMessage(vscode.l10n.t("Copied: {0}", command), 5_000);
  }

  /** A simulated node does not answer: there the command is typed and not run. */
  #openTerminal(cluster: ArmId, node: ClusterNode): void {
    const command = this.#commandFor(cluster, node);
    const { current } = this.parts.sessions;
    const simulated = current.kind === "signedIn" && current.source === "simulated";
    const terminal = vscode.window.createTerminal({ name: `${nameOf(cluster)} · ${node.nodeId.slice(0, 14)}` });
    terminal.show();
    terminal.sendText(command, !simulated);
  }

  async #openRun(cluster: ArmId, node: ClusterNode): Promise<void> {
    if (node.runId === undefined) {
      throw new AzureMlError({ kind: "notFound", message: vscode.l10n.t("No job runs on this node.") });
    }
    const tenantId = this.parts.store.subscription(subscriptionOf(cluster))?.tenantId;
    const url = runLink(this.parts.webSites, workspaceOf(cluster), node.runId, tenantId);
    await openWebPage(this.parts.sessions, url, node.runId);
  }

  #commandFor(id: ArmId, node: ClusterNode): string {
    const cluster = this.parts.store.cluster(id);
    const command = cluster && sshCommand(cluster, node);
    if (command !== undefined) return command;
    throw new AzureMlError({
      kind: "invalid",
      message: vscode.l10n.t("{0} is closed to SSH from outside, which cannot be changed any more.", nameOf(id)),
    });
  }
}
