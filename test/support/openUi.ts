import { ActivityTrace } from "../../src/app/activityTrace";
import { type AzureMl } from "../../src/app/ports";
import { RequestBudget } from "../../src/app/requestBudget";
import { type SessionSource } from "../../src/app/session";
import { assemble } from "../../src/assemble";
import { publicCloud } from "../../src/azure/cloud";
import { type AzureAccessUi, type Wish } from "../../src/ui/auth/azureAccess";
import { type SimulatedWorld } from "../../src/ui/commands/simulator";
import { Log } from "../../src/ui/log";
import { type TreeNode, keyOf } from "../../src/ui/tree/nodes";
import { type ClusterTreeProvider } from "../../src/ui/tree/provider";
import { FakeMemento, type FakeTreeView, Uri, screen } from "./fakeVscode";
import { HandClock, settle } from "./handClock";
import { treeText } from "./treeText";

export interface UiOptions {
  readonly azureMl: AzureMl;
  /** Which session to begin with; "none" leaves the person signed out. */
  readonly source?: SessionSource | "none" | undefined;
  readonly connect?: ((source: SessionSource) => Promise<{ label: string; azureMl: AzureMl }>) | undefined;
  readonly world?: SimulatedWorld | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** What an earlier window left behind. */
  readonly globalState?: FakeMemento | undefined;
  readonly workspaceState?: FakeMemento | undefined;
}

/** The whole user interface over a given Azure, on the fake VS Code, with the clock in the test's hand. */
export class Ui {
  readonly clock = new HandClock();
  readonly activity = new ActivityTrace();
  /** Tenants that the person was asked to sign in to. */
  readonly signIns: (string | undefined)[] = [];
  /** What the user interface gave to the connection. */
  access: AzureAccessUi | undefined;
  readonly wishes: Wish[] = [];
  isSignedIn = true;
  readonly globalState: FakeMemento;
  readonly workspaceState: FakeMemento;
  readonly #subscriptions: { dispose(): unknown }[] = [];

  constructor(options: UiOptions) {
    screen.reset();
    screen.settingDefaults.set("amlClusters.polling", "whenVisible");
    screen.settingDefaults.set("amlClusters.cost.currency", "USD");
    screen.settingDefaults.set("amlClusters.cost.burnMeter", true);
    screen.settingDefaults.set("amlClusters.cost.preparingIsCharged", true);
    for (const kind of ["clusterFailed", "nodeUnusable", "nodePreempted", "resizeFailed", "stuck"]) {
      screen.settingDefaults.set(`amlClusters.alerts.${kind}`, true);
    }
    screen.settingDefaults.set("amlClusters.simulation.speed", 10);
    screen.settingDefaults.set("amlClusters.simulation.startAutomatically", false);
    screen.settingDefaults.set("amlClusters.signIn.method", "vscode");
    for (const [key, value] of Object.entries(options.settings ?? {})) screen.settings.set(key, value);
    this.globalState = options.globalState ?? new FakeMemento();
    this.workspaceState = options.workspaceState ?? new FakeMemento();
    if (options.globalState === undefined && options.source !== "none") {
      this.globalState.stored.set("session.source", options.source ?? "microsoft");
    }
    const context = {
      extensionUri: Uri.file("/extension"),
      globalStorageUri: Uri.file("/storage"),
      secrets: { get: async () => undefined, store: async () => undefined, delete: async () => undefined },
      globalState: this.globalState,
      workspaceState: this.workspaceState,
      subscriptions: this.#subscriptions,
    };
    const connect = options.connect ?? (async () => ({ label: "someone@contoso.com", azureMl: options.azureMl }));
    assemble({
      context: context as never,
      log: new Log(),
      clock: this.clock,
      random: () => 0,
      connectors: { microsoft: () => connect("microsoft"), simulated: () => connect("simulated") },
      webSites: publicCloud,
      azureAccess: {
        providerId: "microsoft",
        attach: (hooks) => void (this.access = hooks),
        prefer: (wish) => void this.wishes.push(wish),
        signInTo: async (tenantId) => void this.signIns.push(tenantId),
        isSignedIn: async () => this.isSignedIn,
      },
      signInTo: async (tenantId) => void this.signIns.push(tenantId),
      world: () => options.world,
      budget: new RequestBudget(),
      activity: this.activity,
      timelineStorage: { load: () => Promise.resolve(undefined), saveSoon: () => undefined },
    });
  }

  get view(): FakeTreeView<TreeNode> {
    return screen.treeViews[0] as unknown as FakeTreeView<TreeNode>;
  }

  get provider() {
    return this.view.provider as never as ClusterTreeProvider;
  }

  /** The tree with every row open. */
  text(): Promise<string> {
    return treeText(this.provider);
  }

  /** Finds a row by its label, opening rows on the way. */
  async row(label: string): Promise<TreeNode> {
    await this.text();
    const search = (parent?: TreeNode): TreeNode | undefined => {
      for (const child of this.provider.getChildren(parent)) {
        if (this.provider.getTreeItem(child).label === label) return child;
        const below = search(child);
        if (below !== undefined) return below;
      }
      return undefined;
    };
    const found = search();
    if (found === undefined) throw new Error(`No row "${label}" in:\n${await this.text()}`);
    return found;
  }

  /** Opens a row as a click on its arrow does. */
  async expand(label: string): Promise<TreeNode> {
    const node = await this.row(label);
    this.view.expanded.fire({ element: node });
    await settle();
    return node;
  }

  async collapse(label: string): Promise<void> {
    const node = await this.row(label);
    this.view.collapsed.fire({ element: node });
    await settle();
  }

  /** Starts a command and lets everything come to rest that does not wait for the person. */
  async start(command: string, ...args: unknown[]): Promise<void> {
    void screen.run(`amlClusters.${command}`, ...args);
    await settle();
  }

  contextValue(node: TreeNode): string | undefined {
    return this.provider.getTreeItem(node).contextValue;
  }

  tooltip(node: TreeNode): string {
    const item = this.provider.resolveTreeItem(this.provider.getTreeItem(node), node);
    return item.tooltip === undefined ? "" : (item.tooltip as { value: string }).value;
  }

  key(node: TreeNode): string {
    return keyOf(node);
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

export async function openUi(options: UiOptions): Promise<Ui> {
  const ui = new Ui(options);
  await settle();
  return ui;
}
