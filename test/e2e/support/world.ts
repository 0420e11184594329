import { type Page } from "playwright-core";
import { expandRow, openClustersView, treeRow } from "./workbench";

/** Names in the simulated subscription's demo world that the journeys use. */
export const world = {
  subscription: "Contoso ML Development",
  /** A plain workspace in which everything is allowed. */
  workspace: "ml-west",
  /** The workspace that is read last. */
  lastWorkspace: "speech-lab",
  /** A cluster of `workspace` with nodes. */
  cluster: "gpu-train",
} as const;

/** Simulated seconds per real second: nodes come up in a few seconds. */
export const fast = { "amlClusters.simulation.speed": 60, "amlClusters.polling": "always" } as const;

/** Opens the view and the plain workspace, and waits until all is read: the tree redraws itself until then. */
export async function openWorkspace(page: Page): Promise<void> {
  await openClustersView(page);
  await treeRow(page, world.lastWorkspace).waitFor();
  await expandRow(treeRow(page, world.workspace));
  await treeRow(page, world.cluster, "nodes").waitFor();
}
