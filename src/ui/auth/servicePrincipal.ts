import * as vscode from "vscode";

/** One entry of VS Code's secret storage, which the operating system encrypts; it is written nowhere else. */
const secretKey = "amlClusters.servicePrincipal";

export interface ServicePrincipal {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** @returns undefined when none was typed in, or what is stored is of another make. */
export async function readServicePrincipal(secrets: vscode.SecretStorage): Promise<ServicePrincipal | undefined> {
  try {
    const stored = JSON.parse((await secrets.get(secretKey)) ?? "") as Partial<ServicePrincipal> | null;
    const { tenantId, clientId, clientSecret } = stored ?? {};
    if (typeof tenantId !== "string" || typeof clientId !== "string" || typeof clientSecret !== "string") {
      return undefined;
    }
    return { tenantId, clientId, clientSecret };
  } catch {
    return undefined;
  }
}

/** Asks for tenant, application and secret and keeps them. @returns false when the person gives up. */
export async function askServicePrincipal(secrets: vscode.SecretStorage): Promise<boolean> {
  const tenantId = await ask(vscode.l10n.t("Tenant id or domain of the service principal (1/3)"));
  const clientId = tenantId && (await ask(vscode.l10n.t("Application (client) id (2/3)")));
  const clientSecret = clientId && (await ask(vscode.l10n.t("Client secret (3/3)"), true));
  if (!tenantId || !clientId || !clientSecret) return false;
  await secrets.store(secretKey, JSON.stringify({ tenantId, clientId, clientSecret }));
  return true;
}

/** Signing out forgets it. */
export async function forgetServicePrincipal(secrets: vscode.SecretStorage): Promise<void> {
  await secrets.delete(secretKey);
}

async function ask(prompt: string, password = false): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Sign in as a service principal"),
    prompt,
    password,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === "" ? vscode.l10n.t("Something must stand here.") : undefined),
  });
  return text?.trim();
}
