import { type SignInMethod } from "../core/signInProblem";

/**
 * What a command acts on: nothing in particular, or a row of that kind, for which it asks when it is not given one.
 * A tenant has no row: an error's button names it.
 */
export type CommandTarget = "nothing" | "tenant" | "subscription" | "workspace" | "cluster" | "node" | "row";

/** Every command of package.json and what it acts on. */
export const commands = {
  "amlClusters.signIn": "nothing",
  "amlClusters.signOut": "nothing",
  "amlClusters.session.choose": "nothing",
  "amlClusters.signIn.chooseMethod": "nothing",
  "amlClusters.signInToTenant": "tenant",
  "amlClusters.filterAccount": "nothing",
  "amlClusters.showLog": "nothing",
  "amlClusters.refresh": "nothing",
  "amlClusters.filter": "nothing",
  "amlClusters.clearFilter": "nothing",
  "amlClusters.workspace.createCluster": "workspace",
  "amlClusters.workspace.createFromPreset": "workspace",
  "amlClusters.cluster.clone": "cluster",
  "amlClusters.cluster.recreate": "cluster",
  "amlClusters.cluster.scale": "cluster",
  "amlClusters.cluster.delete": "cluster",
  "amlClusters.cluster.identity": "cluster",
  "amlClusters.cluster.scaleToZero": "row",
  "amlClusters.cluster.cost": "cluster",
  "amlClusters.money": "nothing",
  "amlClusters.cluster.reveal": "cluster",
  "amlClusters.cluster.openDetails": "cluster",
  "amlClusters.cluster.diagnose": "cluster",
  "amlClusters.cluster.tellMeWhen": "cluster",
  "amlClusters.cluster.exportTimeline": "cluster",
  "amlClusters.node.copySsh": "node",
  "amlClusters.node.openTerminal": "node",
  "amlClusters.node.openRun": "node",
  "amlClusters.activity.export": "nothing",
  "amlClusters.item.refresh": "row",
  "amlClusters.item.copyId": "row",
  "amlClusters.item.openInStudio": "row",
  "amlClusters.item.openInPortal": "row",
  "amlClusters.retry": "row",
  "amlClusters.showMore": "row",
  "amlClusters.simulation.start": "nothing",
  "amlClusters.simulation.runJob": "cluster",
  "amlClusters.simulation.preemptNodes": "cluster",
  "amlClusters.simulation.makeNodeUnusable": "cluster",
  "amlClusters.simulation.lockGroup": "workspace",
  "amlClusters.simulation.unlockGroup": "workspace",
  "amlClusters.simulation.exhaustQuota": "workspace",
  "amlClusters.simulation.fastForward": "nothing",
  "amlClusters.simulation.reset": "nothing",
} as const satisfies Record<string, CommandTarget>;

export type CommandId = keyof typeof commands;

/** Commands that only rows call: they mean nothing in the command palette. */
export const internalCommands: readonly CommandId[] = ["amlClusters.retry", "amlClusters.showMore"];

export const viewId = "amlClusters.clusters";
export const viewContainerId = "amlClusters";

/** Settings with the type of their value; defaults live in package.json alone. */
export interface SettingValues {
  readonly "amlClusters.signIn.method": SignInMethod;
  /** Where identity methods begin; empty: the account's own tenant. */
  readonly "amlClusters.signIn.tenantId": string;
  /** Of a user-assigned managed identity, or an app of one's own; empty: the default one. */
  readonly "amlClusters.signIn.clientId": string;
  readonly "amlClusters.cloud.name": "automatic" | "public" | "usGovernment" | "china" | "custom";
  /** Addresses of a custom cloud as people wrote them: read by azure/chooseCloud. */
  readonly "amlClusters.cloud.custom": object;
  readonly "amlClusters.polling": "always" | "whenVisible" | "manual";
  /** ISO 4217; one that the retail price list knows. */
  readonly "amlClusters.cost.currency": string;
  /** Whether rows and the status bar say what clusters cost now. */
  readonly "amlClusters.cost.burnMeter": boolean;
  /** Whether nodes that are being made ready count as paid for: no document of Azure says. */
  readonly "amlClusters.cost.preparingIsCharged": boolean;
  /** Which events are told in a notification. */
  readonly "amlClusters.alerts.clusterFailed": boolean;
  readonly "amlClusters.alerts.nodeUnusable": boolean;
  readonly "amlClusters.alerts.nodePreempted": boolean;
  readonly "amlClusters.alerts.resizeFailed": boolean;
  readonly "amlClusters.alerts.stuck": boolean;
  /** How many times faster than real time the simulated subscription lives. */
  readonly "amlClusters.simulation.speed": number;
  /** Start the simulated subscription when the view opens and nobody is signed in. */
  readonly "amlClusters.simulation.startAutomatically": boolean;
}

/** Keys for `when` clauses. Before activation they are all undefined. */
export interface ContextValues {
  readonly "amlClusters.session": "signedOut" | "signingIn" | "microsoft" | "simulated";
  /** Whether the account was found to have no subscription at all. */
  readonly "amlClusters.noSubscriptions": boolean;
  readonly "amlClusters.filtered": boolean;
}
