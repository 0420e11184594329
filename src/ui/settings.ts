import * as vscode from "vscode";
import { type SettingValues } from "./contributions";

type Key = keyof SettingValues;

const signInMethods: readonly string[] = [
  "vscode",
  "automatic",
  "azureCli",
  "azureDeveloperCli",
  "azurePowerShell",
  "environment",
  "servicePrincipal",
  "workloadIdentity",
  "managedIdentity",
  "deviceCode",
  "interactiveBrowser",
] satisfies readonly SettingValues["amlClusters.signIn.method"][];

/** Whether a value, which people write by hand, is one that the setting may have. */
const isValid: { readonly [K in Key]: (value: unknown) => boolean } = {
  "amlClusters.polling": (value) => ["always", "whenVisible", "manual"].includes(value as string),
  "amlClusters.signIn.method": (value) => signInMethods.includes(value as string),
  "amlClusters.signIn.tenantId": (value) => typeof value === "string",
  "amlClusters.signIn.clientId": (value) => typeof value === "string",
  "amlClusters.cloud.name": (value) =>
    ["automatic", "public", "usGovernment", "china", "custom"].includes(value as string),
  "amlClusters.cloud.custom": (value) => typeof value === "object" && value !== null,
  "amlClusters.cost.currency": (value) => typeof value === "string" && /^[A-Z]{3}$/.test(value),
  "amlClusters.cost.burnMeter": (value) => typeof value === "boolean",
  "amlClusters.cost.preparingIsCharged": (value) => typeof value === "boolean",
  "amlClusters.alerts.clusterFailed": (value) => typeof value === "boolean",
  "amlClusters.alerts.nodeUnusable": (value) => typeof value === "boolean",
  "amlClusters.alerts.nodePreempted": (value) => typeof value === "boolean",
  "amlClusters.alerts.resizeFailed": (value) => typeof value === "boolean",
  "amlClusters.alerts.stuck": (value) => typeof value === "boolean",
  "amlClusters.simulation.speed": (value) => typeof value === "number" && value >= 1 && value <= 3600,
  "amlClusters.simulation.startAutomatically": (value) => typeof value === "boolean",
};

/** The setting's value; for one that makes no sense, its default from package.json. */
export function readSetting<K extends Key>(key: K): SettingValues[K] {
  const configuration = vscode.workspace.getConfiguration();
  const value = configuration.get<unknown>(key);
  const sound = isValid[key](value) ? value : configuration.inspect(key)?.defaultValue;
  return sound as SettingValues[K];
}

export function onDidChangeSetting(key: Key, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(key)) listener();
  });
}
