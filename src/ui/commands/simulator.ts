import * as vscode from "vscode";
import { type Logger } from "../../app/ports";
import { type Watcher } from "../../app/watcher";
import { type ArmId, resourceGroupOf, subscriptionOf, workspaceOf } from "../../core/armId";
import { type ComputeCluster } from "../../core/cluster";
import { type Workspace } from "../../core/workspace";
import { type NumberStep, askNumbers } from "../pick/numberSteps";
import { type Targets } from "../pick/targets";
import { registerCommands } from "../register";
import { tryTo } from "../report";

/** What can be done to the simulated world beside what Azure offers. */
export interface SimulatedWorld {
  /** Queues a job that wants so many nodes. */
  runJob(cluster: ArmId, nodes: number): void;
  preemptNodes(cluster: ArmId, nodes: number): void;
  makeNodeUnusable(cluster: ArmId): void;
  lockGroup(group: ArmId): void;
  unlockGroup(group: ArmId): void;
  /** Uses up what is left of the region's vCPUs. */
  exhaustQuota(subscription: ArmId, region: string): void;
  fastForward(seconds: number): void;
  reset(): void;
}

export interface SimulatorCommandParts {
  readonly targets: Targets;
  /** The running world; undefined in a session that is not simulated. */
  readonly world: () => SimulatedWorld | undefined;
  readonly watcher: Watcher;
  /** Begins the simulated session again, as after a reset. */
  readonly restart: () => Promise<void>;
  readonly log: Logger;
}

/** Commands of the simulated subscription alone: they make happen what one would wait for in reality. */
export function registerSimulatorCommands(parts: SimulatorCommandParts): vscode.Disposable {
  const { targets, watcher } = parts;

  function requireWorld(): SimulatedWorld {
    const world = parts.world();
    if (world === undefined) throw new Error(vscode.l10n.t("This works in the simulated subscription only."));
    return world;
  }

  async function changeCluster(
    target: unknown,
    title: string,
    applies: (cluster: ComputeCluster) => boolean,
    change: (world: SimulatedWorld, cluster: ComputeCluster) => Promise<boolean> | boolean,
  ): Promise<void> {
    const world = requireWorld();
    const cluster = await targets.cluster(target, title, applies);
    if (cluster === undefined) return;
    const done = await tryTo(vscode.l10n.t("Not possible for {0}.", cluster.name), async () => change(world, cluster));
    if (done) watcher.expectChange(workspaceOf(cluster.id));
  }

  async function changeWorkspace(
    target: unknown,
    title: string,
    change: (world: SimulatedWorld, workspace: Workspace) => string,
  ): Promise<void> {
    const world = requireWorld();
    const workspace = await targets.workspace(target, title);
    if (workspace === undefined) return;
    quietly(change(world, workspace));
    watcher.expectChange(workspace.id);
  }

  const hasNodes = (cluster: ComputeCluster): boolean => cluster.currentNodeCount > 0;

  const runJob = (target: unknown): Promise<void> =>
    changeCluster(
      target,
      vscode.l10n.t("Run a Demo Job"),
      () => true,
      async (world, cluster) => {
        const max = cluster.scaleSettings.maxNodeCount;
        const prompt = vscode.l10n.t("Nodes that the job needs, 1 to {0}.", max);
        const nodes = await askCount(
          vscode.l10n.t("Run a demo job on {0}", cluster.name),
          prompt,
          Math.min(2, max),
          max,
        );
        if (nodes === undefined) return false;
        world.runJob(cluster.id, nodes);
        quietly(vscode.l10n.t("{0} has a job for {1} nodes.", cluster.name, nodes));
        return true;
      },
    );

  const preemptNodes = (target: unknown): Promise<void> =>
    changeCluster(
      target,
      vscode.l10n.t("Preempt Nodes"),
      (cluster) => cluster.vmPriority === "lowPriority" && hasNodes(cluster),
      async (world, cluster) => {
        const most = Math.max(1, cluster.currentNodeCount);
        const prompt = vscode.l10n.t("Nodes that Azure takes back, 1 to {0}.", most);
        const nodes = await askCount(vscode.l10n.t("Preempt nodes of {0}", cluster.name), prompt, 1, most);
        if (nodes === undefined) return false;
        world.preemptNodes(cluster.id, nodes);
        return true;
      },
    );

  const makeNodeUnusable = (target: unknown): Promise<void> =>
    changeCluster(target, vscode.l10n.t("Make a Node Unusable"), hasNodes, (world, cluster) => {
      world.makeNodeUnusable(cluster.id);
      return true;
    });

  const lockGroup = (target: unknown): Promise<void> =>
    changeWorkspace(target, vscode.l10n.t("Lock the Resource Group"), (world, workspace) => {
      world.lockGroup(resourceGroupOf(workspace.id));
      return vscode.l10n.t(
        "{0} is locked against deletion: clusters in it can no longer scale down.",
        workspace.resourceGroup,
      );
    });

  const unlockGroup = (target: unknown): Promise<void> =>
    changeWorkspace(target, vscode.l10n.t("Unlock the Resource Group"), (world, workspace) => {
      world.unlockGroup(resourceGroupOf(workspace.id));
      return vscode.l10n.t("{0} has no lock any more.", workspace.resourceGroup);
    });

  const exhaustQuota = (target: unknown): Promise<void> =>
    changeWorkspace(target, vscode.l10n.t("Use Up the Quota"), (world, workspace) => {
      world.exhaustQuota(subscriptionOf(workspace.id), workspace.location);
      return vscode.l10n.t("The vCPU quota in {0} is used up.", workspace.location);
    });

  async function fastForward(): Promise<void> {
    const world = requireWorld();
    const choices = [
      { label: vscode.l10n.t("1 minute"), seconds: 60 },
      { label: vscode.l10n.t("5 minutes"), seconds: 300 },
      { label: vscode.l10n.t("1 hour"), seconds: 3_600 },
      { label: vscode.l10n.t("1 day"), seconds: 86_400 },
    ];
    const placeHolder = vscode.l10n.t("How far shall the simulated time jump?");
    const chosen = await vscode.window.showQuickPick(choices, { placeHolder });
    if (chosen === undefined) return;
    world.fastForward(chosen.seconds);
    await vscode.commands.executeCommand("amlClusters.refresh");
  }

  async function reset(): Promise<void> {
    const world = requireWorld();
    const yes = vscode.l10n.t("Reset");
    const text = vscode.l10n.t("Reset the simulated subscription?");
    const detail = vscode.l10n.t("Everything in it goes back to how it was at first.");
    if ((await vscode.window.showWarningMessage(text, { modal: true, detail }, yes)) !== yes) return;
    world.reset();
    await parts.restart();
  }

  return registerCommands(
    {
      "amlClusters.simulation.runJob": runJob,
      "amlClusters.simulation.preemptNodes": preemptNodes,
      "amlClusters.simulation.makeNodeUnusable": makeNodeUnusable,
      "amlClusters.simulation.lockGroup": lockGroup,
      "amlClusters.simulation.unlockGroup": unlockGroup,
      "amlClusters.simulation.exhaustQuota": exhaustQuota,
      "amlClusters.simulation.fastForward": fastForward,
      "amlClusters.simulation.reset": reset,
    },
    parts.log,
  );
}

async function askCount(title: string, prompt: string, value: number, most: number): Promise<number | undefined> {
  const check: NumberStep["check"] = ([count = Number.NaN]) =>
    Number.isInteger(count) && count >= 1 && count <= most
      ? undefined
      : vscode.l10n.t("Enter a whole number from 1 to {0}.", most);
  return (await askNumbers(title, [{ prompt, value, check }]))?.[0];
}

function quietly(text: string): void {
  vscode.window.setStatusBarMessage(text, 5_000);
}
