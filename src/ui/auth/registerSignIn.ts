import * as vscode from "vscode";
import { type ClusterStore } from "../../app/clusterStore";
import { type Logger } from "../../app/ports";
import { type Refresher } from "../../app/refresher";
import { retryFailed } from "../../app/retryFailed";
import { type Sessions } from "../../app/session";
import { type Watcher } from "../../app/watcher";
import { type SignInMethod } from "../../core/signInProblem";
import { choose } from "../pick/choose";
import { registerCommands } from "../register";
import { tryTo } from "../report";
import { type SessionControl } from "../sessionControl";
import { readSetting } from "../settings";
import { type AzureAccess, type Wish } from "./azureAccess";
import { askServicePrincipal, forgetServicePrincipal } from "./servicePrincipal";

export interface SignInParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  readonly control: SessionControl;
  readonly access: AzureAccess;
  readonly secrets: vscode.SecretStorage;
  readonly log: Logger;
}

/** Settings that say where and how to sign in: a session begun under others is begun anew. */
const decisive = ["amlClusters.signIn", "amlClusters.cloud", "microsoft-sovereign-cloud"] as const;

/** VS Code tells of changed sessions in volleys (azure-api/NOTES 10). */
const quietMs = 1_000;

/** How to sign in, to which tenant, and what follows when sign-ins change elsewhere. */
export function registerSignIn(parts: SignInParts): vscode.Disposable {
  const { sessions, store, refresher, watcher, control, access, secrets, log } = parts;
  const retry = (): Promise<void> => retryFailed(store, refresher, watcher);
  const isReal = (): boolean => sessions.current.kind === "signedIn" && sessions.current.source === "microsoft";
  let isChoosing = false;

  access.attach({
    tenantName: (id) => store.account.value?.tenants.find(({ tenantId }) => tenantId === id)?.displayName,
    resumed: () => void retry(),
  });

  async function chooseMethod(): Promise<void> {
    const chosen = await pickMethod(access.providerId);
    if (chosen === undefined) return;
    if (chosen.method === "servicePrincipal" && !(await askServicePrincipal(secrets))) return;
    isChoosing = true;
    try {
      const configuration = vscode.workspace.getConfiguration();
      await configuration.update("amlClusters.signIn.method", chosen.method, vscode.ConfigurationTarget.Global);
      access.prefer(chosen.wish ?? {});
      await tryTo(vscode.l10n.t("The sign-in did not work."), () => control.start("microsoft"));
    } finally {
      isChoosing = false;
    }
  }

  async function signInToTenant(target: unknown): Promise<void> {
    if (!isReal()) {
      await tryTo(vscode.l10n.t("The sign-in did not work."), () => control.start("microsoft"));
      return;
    }
    const tenantId = typeof target === "string" ? target : await pickTenant(sessions, store);
    if (tenantId === undefined) return;
    await tryTo(vscode.l10n.t("The sign-in did not work."), () => access.signInTo(tenantId));
    await retry();
  }

  async function sessionsChanged(): Promise<void> {
    if (readSetting("amlClusters.signIn.method") !== "vscode" || isChoosing) return;
    if (!isReal()) {
      if (sessions.current.kind === "signedOut" && control.last === "microsoft") control.resume();
      return;
    }
    const { current } = sessions;
    const stillThere = await access.isSignedIn();
    if (sessions.current !== current) return;
    if (stillThere) await retry();
    else control.lose();
  }

  async function settingsChanged(): Promise<void> {
    if (isChoosing || !isReal()) return;
    try {
      await control.start("microsoft", false);
    } catch (error) {
      log.warn(`Session: could not go on under the new settings: ${String(error)}`);
    }
  }

  let timer: NodeJS.Timeout | undefined;
  const ended = sessions.onDidChange((session) => {
    if (session.kind === "signedOut" && control.last === "none") void forgetServicePrincipal(secrets);
  });
  return vscode.Disposable.from(
    registerCommands(
      { "amlClusters.signIn.chooseMethod": chooseMethod, "amlClusters.signInToTenant": signInToTenant },
      log,
    ),
    vscode.authentication.onDidChangeSessions(({ provider }) => {
      if (provider.id !== access.providerId) return;
      clearTimeout(timer);
      timer = setTimeout(() => void sessionsChanged(), quietMs);
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (decisive.some((section) => change.affectsConfiguration(section))) void settingsChanged();
    }),
    {
      dispose: () => {
        clearTimeout(timer);
        ended.dispose();
      },
    },
  );
}

interface ChosenMethod {
  readonly method: SignInMethod;
  readonly wish?: Wish;
}

async function pickMethod(providerId: string): Promise<ChosenMethod | undefined> {
  const now = readSetting("amlClusters.signIn.method");
  return choose<ChosenMethod>({
    title: vscode.l10n.t("Choose How to Sign In"),
    placeholder: vscode.l10n.t("Which account or tool opens Azure?"),
    nothing: "",
    load: async (show) => {
      const mark = (method: SignInMethod): string => (method === now ? vscode.l10n.t("used now") : "");
      const others = methods().map(({ method, label, detail }) => ({
        label,
        detail,
        description: mark(method),
        value: { method },
      }));
      const another = {
        label: `$(account) ${vscode.l10n.t("Microsoft account of VS Code…")}`,
        detail: vscode.l10n.t("Asks which account."),
        description: mark("vscode"),
        value: { method: "vscode" as const, wish: { another: true } },
      };
      show([another, ...others]);
      // Without the provider there are simply no known accounts.
      const accounts = await Promise.resolve(vscode.authentication.getAccounts(providerId)).catch(() => []);
      const known = accounts.map((account) => ({
        label: `$(account) ${account.label}`,
        detail: vscode.l10n.t("Microsoft account that VS Code knows"),
        value: { method: "vscode" as const, wish: { account } },
      }));
      show([...known, another, ...others]);
    },
  });
}

function methods(): readonly { readonly method: SignInMethod; readonly label: string; readonly detail: string }[] {
  return [
    {
      method: "automatic",
      label: `$(wand) ${vscode.l10n.t("Automatic")}`,
      detail: vscode.l10n.t(
        "Tries environment, workload identity, the tools below and managed identity; says which one answered.",
      ),
    },
    { method: "azureCli", label: "$(terminal) Azure CLI", detail: vscode.l10n.t("Uses the sign-in of az login.") },
    {
      method: "azureDeveloperCli",
      label: "$(terminal) Azure Developer CLI",
      detail: vscode.l10n.t("Uses the sign-in of azd auth login."),
    },
    {
      method: "azurePowerShell",
      label: "$(terminal) Azure PowerShell",
      detail: vscode.l10n.t("Uses the sign-in of Connect-AzAccount."),
    },
    {
      method: "deviceCode",
      label: `$(device-mobile) ${vscode.l10n.t("Device code")}`,
      detail: vscode.l10n.t("Shows a code to type in a browser, on this or another device."),
    },
    {
      method: "interactiveBrowser",
      label: `$(browser) ${vscode.l10n.t("Browser")}`,
      detail: vscode.l10n.t("Opens a browser on the machine that runs the extension."),
    },
    {
      method: "servicePrincipal",
      label: `$(key) ${vscode.l10n.t("Service principal…")}`,
      detail: vscode.l10n.t(
        "Asks for tenant, application id and secret; the secret is kept in VS Code's secret storage.",
      ),
    },
    {
      method: "environment",
      label: `$(symbol-variable) ${vscode.l10n.t("Environment variables")}`,
      detail: vscode.l10n.t("Uses AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or certificate."),
    },
    {
      method: "workloadIdentity",
      label: `$(server) ${vscode.l10n.t("Workload identity")}`,
      detail: vscode.l10n.t("Uses the federated token of a Kubernetes pod."),
    },
    {
      method: "managedIdentity",
      label: `$(vm) ${vscode.l10n.t("Managed identity")}`,
      detail: vscode.l10n.t("Uses the identity of the Azure machine that this runs on."),
    },
  ];
}

/** Tenants that still want a sign-in come first. */
async function pickTenant(sessions: Sessions, store: ClusterStore): Promise<string | undefined> {
  return choose<string>({
    title: vscode.l10n.t("Sign In to a Tenant"),
    placeholder: vscode.l10n.t("Choose a tenant"),
    nothing: vscode.l10n.t("No tenant was found."),
    load: async (show) => {
      const failures = store.account.value?.failures;
      const tenants = store.account.value?.tenants ?? (await sessions.signedIn.azureMl.listTenants());
      const closed = (id: string): boolean => failures?.has(id) === true;
      show(
        [...tenants]
          .sort((a, b) => Number(closed(b.tenantId)) - Number(closed(a.tenantId)))
          .map(({ tenantId, displayName, defaultDomain }) => ({
            label: displayName,
            description: closed(tenantId) ? vscode.l10n.t("wants a sign-in") : "",
            detail: [defaultDomain, tenantId].filter(Boolean).join(" · "),
            value: tenantId,
          })),
      );
    },
  });
}
