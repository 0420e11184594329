import * as vscode from "vscode";
import { createHash } from "node:crypto";
import { ActivityTrace } from "./app/activityTrace";
import { type RequestRecord } from "./app/ports";
import { RequestBudget } from "./app/requestBudget";
import { assemble } from "./assemble";
import { publicCloud } from "./azure/cloud";
import { AzureConnector } from "./connectAzure";
import { Log } from "./ui/log";
import { type Connection } from "./ui/sessionControl";
import { DiskFolder } from "./ui/sharedFolder";
import { SimulationHost } from "./ui/simulationHost";
import { JsonFile } from "./ui/jsonFile";
import { SimulationStorage } from "./ui/simulationStorage";
import { readSetting } from "./ui/settings";
import { systemClock } from "./ui/systemClock";

let storage: SimulationStorage | undefined;
let timelineStorage: JsonFile | undefined;

/** Answers and claims of other days are of no use to anybody. */
const sharedForMs = 2 * 24 * 3_600_000;

/** Builds and registers everything, opens no connection, waits for nothing. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const cloud = publicCloud;
  storage = new SimulationStorage(context.globalStorageUri, log);
  const simulation = new SimulationHost(storage, async (options) => {
    const { startSimulation, demoLatency } = await import("./simulator/simulation");
    return startSimulation({ ...options, latency: demoLatency, speed: readSetting("amlClusters.simulation.speed") });
  });
  timelineStorage = new JsonFile(context.globalStorageUri, "timeline.json", log, "The timeline");
  const budget = new RequestBudget();
  const activity = new ActivityTrace();
  const onRequest = (record: RequestRecord): void => {
    budget.observe(record);
    activity.add(record);
  };
  const folder = new DiskFolder(vscode.Uri.joinPath(context.globalStorageUri, "shared").fsPath);
  void folder.prune(sharedForMs, systemClock.now());
  const azure = new AzureConnector({ log, clock: systemClock, secrets: context.secrets, onRequest });

  async function connectSimulated(): Promise<Connection> {
    const [{ connect }, credential] = await Promise.all([import("./azure/connect"), simulation.start()]);
    const { label, httpClient } = credential;
    return {
      label,
      azureMl: connect({ credential, httpClient, cloud, logger: log, texts: vscode.l10n.bundle, onRequest }),
    };
  }

  context.subscriptions.push(log);
  assemble({
    context,
    log,
    clock: systemClock,
    random: () => Math.random(),
    connectors: { microsoft: (interactive) => azure.connect(interactive), simulated: connectSimulated },
    signInTo: (tenantId) => azure.signInTo(tenantId),
    azureAccess: azure,
    webSites: azure,
    world: () => simulation.world,
    budget,
    activity,
    timelineStorage,
    shared: { folder, nameOf: (question) => createHash("sha256").update(question).digest("hex").slice(0, 32) },
  });
  log.info(`Started, VS Code ${vscode.version}.`);
}

/** VS Code waits for this: what the simulated world has last seen gets onto the disk. */
export async function deactivate(): Promise<void> {
  await Promise.all([storage?.flush(), timelineStorage?.flush()]);
}
