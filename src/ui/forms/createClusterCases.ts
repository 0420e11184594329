import * as vscode from "vscode";
import { type ClusterChanges } from "../../app/clusterChanges";
import { type ClusterStore } from "../../app/clusterStore";
import {
  gatherChoices,
  gatherCreateFacts,
  gatherRegionCandidate,
  gatherRegionFacts,
  gatherSurroundings,
} from "../../app/createFacts";
import { type Clock, type Logger, type Memory } from "../../app/ports";
import { type PriceBook } from "../../app/priceBook";
import { type Refresher } from "../../app/refresher";
import { type Sessions } from "../../app/session";
import { type ArmId, sameArmId, subscriptionOf } from "../../core/armId";
import { AzureMlError } from "../../core/errors";
import { type NameElsewhere } from "../../core/preflight/facts";
import { type Workspace } from "../../core/workspace";
import { type WebSites, studioLink } from "../links";
import { choosePreset, savePreset } from "../presets/presetDialogs";
import { type PresetFolders } from "../presets/presetFolders";
import { carryOutRemedy } from "../remedies";
import { type CreateClusterFormDeps } from "./createClusterForm";
import { makeSshKey, pickSshKey } from "./sshKeyFiles";

export interface CreateClusterParts {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly changes: ClusterChanges;
  /** Retail prices, asked for once a day by all parts of the extension together. */
  readonly prices: Pick<PriceBook, "loadRetail">;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of this window: drafts. */
  readonly memory: Memory;
  /** Of every window: favourite and recent sizes. */
  readonly settings: Memory;
  readonly presets: PresetFolders;
  readonly webSites: WebSites;
  readonly session: () => Promise<true | undefined>;
  readonly showNew: (cluster: ArmId) => Promise<void>;
  readonly reveal: (cluster: ArmId) => Promise<void>;
}

const favouritesKey = "createForm.favouriteSizes";
const recentKey = "createForm.recentSizes";
const mostRecent = 8;

/** The create form's wishes, answered by the use cases. A form restored by a reload waits for the session to be back. */
export function createClusterCases(parts: CreateClusterParts): CreateClusterFormDeps {
  const { extensionUri, sessions, store, refresher, changes, session, showNew, log, memory, settings, clock } = parts;
  const azureMl = (): (typeof sessions)["signedIn"]["azureMl"] => sessions.signedIn.azureMl;
  const tenantOf = (id: ArmId): string | undefined => store.subscription(subscriptionOf(id))?.tenantId;
  const deleteCluster = (cluster: ArmId): Promise<void> => changes.delete(cluster);
  const remember = (vmSize: string): Promise<void> => {
    const recent = [vmSize, ...textsIn(settings.get(recentKey)).filter((name) => name !== vmSize)];
    return settings.set(recentKey, recent.slice(0, mostRecent));
  };
  return {
    extensionUri,
    log,
    memory,
    getInit: async (id, signal) => {
      if ((await session()) === undefined) {
        throw new AzureMlError({ kind: "notSignedIn", message: vscode.l10n.t("Nobody is signed in.") });
      }
      if (store.account.value === undefined) await refresher.account();
      const workspace = store.workspace(id) ?? (await azureMl().getWorkspace(id, signal));
      const facts = await gatherCreateFacts(azureMl(), workspace, signal);
      return {
        workspace,
        subscriptionName: store.subscription(subscriptionOf(id))?.displayName ?? "",
        locale: vscode.env.language,
        simulated: sessions.signedIn.source === "simulated",
        regions: facts.regions,
        takenNames: facts.takenNames,
        favouriteSizes: textsIn(settings.get(favouritesKey)),
        recentSizes: textsIn(settings.get(recentKey)),
      };
    },
    sizes: async (workspace, region, signal) => ({
      region,
      ...(await gatherRegionFacts(azureMl(), workspace, region, signal)),
      asOf: new Date(clock.now()).toISOString(),
    }),
    price: (_, region, vmSize) => parts.prices.loadRetail(region, vmSize),
    surroundings: async (workspace, signal) => ({
      ...(await gatherSurroundings(azureMl(), workspace, signal)),
      namesElsewhere: namesElsewhere(store, workspace),
    }),
    choices: (choices, signal) => gatherChoices(azureMl(), choices, signal),
    compare: (workspace, region, vmSize, signal) => gatherRegionCandidate(azureMl(), workspace, region, vmSize, signal),
    create: async (workspace: Workspace, draft, signal) => {
      const outcome = await changes.create(workspace, draft, signal);
      if (!outcome.accepted) return outcome;
      remember(draft.vmSize).catch(() => log.warn("Form: the size could not be remembered."));
      // A row that cannot be shown is no reason to doubt the creation.
      showNew(outcome.cluster).catch((error: unknown) => log.warn(`Tree: ${String(error)}`));
      return { accepted: true, clusterId: outcome.cluster };
    },
    setFavourites: (names) => settings.set(favouritesKey, names),
    makeKey: makeSshKey,
    pickKey: () => pickSshKey(),
    savePreset: (draft, workspace) => savePreset(parts.presets, draft, workspace),
    usePreset: (workspace) => choosePreset(parts.presets, workspace),
    remedy: (remedy) => carryOutRemedy(remedy, { webSites: parts.webSites, tenantOf, deleteCluster }),
    nextStep: async ({ step, clusterId }) => {
      if (step === "reveal") await parts.reveal(clusterId);
      else if (step === "studio") await openStudio(parts.webSites, clusterId, tenantOf(clusterId));
      else {
        const label = vscode.l10n.t("Delete");
        const remedy = { kind: "deleteCluster", label, cluster: clusterId } as const;
        await carryOutRemedy(remedy, { webSites: parts.webSites, tenantOf, deleteCluster });
      }
    },
    onDidChangeNames: (workspace, listener) => {
      let told = "";
      return store.onDidChange((change) => {
        if (change !== "all" && !change.some((id) => sameArmId(id, workspace))) return;
        const names = store.computes(workspace).value?.names;
        if (names === undefined || names.join("\n") === told) return;
        told = names.join("\n");
        listener(names);
      });
    },
  };
}

async function openStudio(webSites: WebSites, cluster: ArmId, tenantId: string | undefined): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(studioLink(webSites, cluster, tenantId)));
}

/** As far as the tree has read other workspaces of the subscription: nothing is asked for this. */
function namesElsewhere(store: ClusterStore, workspace: ArmId): readonly NameElsewhere[] {
  return store
    .allWorkspaces()
    .filter(({ id }) => !sameArmId(id, workspace) && sameArmId(subscriptionOf(id), subscriptionOf(workspace)))
    .flatMap(({ id }) =>
      (store.computes(id).value?.clusters ?? []).map(({ name, location }) => ({ name, workspace: id, location })),
    );
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
