import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { type ActivityTrace } from "./app/activityTrace";
import { AccountFilter } from "./app/accountFilter";
import { ClusterChanges } from "./app/clusterChanges";
import { ClusterStore } from "./app/clusterStore";
import { type Disposable } from "./app/emitter";
import { type Clock } from "./app/ports";
import { Refresher } from "./app/refresher";
import { type RequestBudget } from "./app/requestBudget";
import { Rights } from "./app/rights";
import { Scheduler } from "./app/scheduler";
import { Sessions } from "./app/session";
import { type SharedFolder, SharedAnswers } from "./app/sharedAnswers";
import { type TimelineStorage } from "./app/timeline";
import { Watcher } from "./app/watcher";
import { readSharedSelection, registerAccountFilter } from "./ui/accountFilter/registerAccountFilter";
import { type AzureAccess } from "./ui/auth/azureAccess";
import { registerSignIn } from "./ui/auth/registerSignIn";
import { registerClusterCommands } from "./ui/commands/clusters";
import { registerItemCommands } from "./ui/commands/items";
import { registerSessionCommands } from "./ui/commands/session";
import { type SimulatedWorld, registerSimulatorCommands } from "./ui/commands/simulator";
import { registerViewCommands } from "./ui/commands/view";
import { registerIdentity } from "./ui/forms/identityFeature";
import { registerCreateForms } from "./ui/forms/registerCreateForms";
import { CostBook } from "./ui/cost/costBook";
import { registerCost } from "./ui/cost/registerCost";
import { type WebSites } from "./ui/links";
import { type Log } from "./ui/log";
import { mementoMemory } from "./ui/mementoMemory";
import { registerOutcomes } from "./ui/outcomes";
import { Targets } from "./ui/pick/targets";
import { type Connectors, SessionControl } from "./ui/sessionControl";
import { registerStatusBar } from "./ui/statusBar";
import { ClustersView } from "./ui/tree/clustersView";
import { registerWatching } from "./ui/watching/registerWatching";

/** What comes from outside: VS Code's context, the ways to connect, time and chance. */
export interface Surroundings {
  readonly context: Pick<
    vscode.ExtensionContext,
    "extensionUri" | "globalStorageUri" | "globalState" | "workspaceState" | "secrets" | "subscriptions"
  >;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: () => number;
  readonly connectors: Connectors;
  /** Asks the person to sign in to a tenant; undefined means the home tenant. */
  readonly signInTo: (tenantId: string | undefined) => Promise<void>;
  readonly azureAccess: AzureAccess;
  readonly webSites: WebSites;
  /** The simulated world while its session lasts. */
  readonly world: () => SimulatedWorld | undefined;
  /** What requests have used up and what they were: fed by the connections. */
  readonly budget: RequestBudget;
  readonly activity: ActivityTrace;
  readonly timelineStorage: TimelineStorage;
  /** Where the windows of this machine share answers; undefined: each asks by itself. */
  readonly shared?: { readonly folder: SharedFolder; readonly nameOf: (question: string) => string } | undefined;
}

/** Builds the parts, registers every feature, and takes up the last session without waiting for it. */
export function assemble(surroundings: Surroundings): void {
  const { context, log, clock, random, world, signInTo, webSites, budget, activity, timelineStorage } = surroundings;
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const memory = mementoMemory(context.globalState);
  const sessions = new Sessions();
  const store = new ClusterStore();
  const { folder, nameOf = String } = surroundings.shared ?? {};
  const answers = folder && new SharedAnswers(folder, clock, nameOf, `${random()}`);
  const filter = new AccountFilter(sessions, memory, readSharedSelection);
  const refresher = new Refresher(sessions, store, clock, answers, (subscription) => filter.keeps(subscription));
  const scheduler = new Scheduler(budget, clock);
  const watcher = new Watcher(refresher, store, clock, random, "whenVisible", (...job) => scheduler.run(...job));
  const changes = new ClusterChanges(sessions, store, watcher, memory, log);
  const control = new SessionControl({
    sessions,
    store,
    watcher,
    changes,
    connectors: surroundings.connectors,
    memory,
    log,
  });
  const rights = new Rights(sessions, clock);
  const session = (): Promise<true | undefined> => control.require();
  const costBook = new CostBook({ sessions, store, memory, clock, log });
  const view = new ClustersView({
    sessions,
    store,
    refresher,
    watcher,
    burn: costBook.meter,
    memento: context.workspaceState,
    now: () => clock.now(),
  });
  const targets = new Targets({ store, refresher, nodes: view.nodes, selection: () => view.selection, session });
  const reveal = view.reveal.bind(view);
  const createForms = registerCreateForms({
    ...{ sessions, store, refresher, changes, targets, session, clock, log, webSites, reveal },
    extensionUri: context.extensionUri,
    prices: costBook.prices,
    presetFolder: vscode.Uri.joinPath(context.globalStorageUri, "presets"),
    memory: mementoMemory(context.workspaceState),
    settings: memory,
    showNew: view.showNew.bind(view),
  });
  const { forms } = createForms;
  const features: readonly Disposable[] = [
    sessions,
    control,
    view,
    createForms,
    registerStatusBar(sessions),
    costBook,
    registerCost({
      ...{ book: costBook, sessions, store, refresher, watcher, changes, targets, clock, session, log },
      extensionUri: context.extensionUri,
      openCreateForm: forms.open.bind(forms),
    }),
    registerSessionCommands({ sessions, control, log }),
    registerViewCommands({ view, store, refresher, watcher, session, showLog: () => log.show(), log }),
    registerClusterCommands({ targets, store, changes, rights, openCreateForm: ({ id }) => forms.open(id), log }),
    registerAccountFilter({ filter, sessions, refresher, session, log }),
    registerSignIn({
      ...{ sessions, store, refresher, watcher, control, log },
      access: surroundings.azureAccess,
      secrets: context.secrets,
    }),
    registerIdentity({
      extensionUri: context.extensionUri,
      sessions,
      store,
      refresher,
      changes,
      targets,
      session,
      log,
    }),
    registerItemCommands({ targets, sessions, store, refresher, watcher, reveal, webSites, signInTo, log }),
    registerSimulatorCommands({ targets, world, watcher, restart: () => control.start("simulated"), log }),
    registerOutcomes({ changes, reveal, log }),
    registerWatching({
      ...{ sessions, store, refresher, watcher, scheduler, changes, activity, timelineStorage, memory, clock, view },
      ...{ targets, webSites, session, log },
      extensionUri: context.extensionUri,
      shared: folder,
    }),
  ];
  context.subscriptions.push(...features, { dispose: () => watcher.clear() });
  control.resume();
}
