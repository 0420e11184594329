import * as l10n from "@vscode/l10n";
import { type TokenCredential } from "@azure/core-auth";
import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  AzurePowerShellCredential,
  ClientSecretCredential,
  DeviceCodeCredential,
  EnvironmentCredential,
  InteractiveBrowserCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from "@azure/identity";
import { type IdentityMethod } from "../core/signInProblem";
import { type Cloud } from "./cloud";

/** A service principal whose secret the person has typed in. */
export interface ServicePrincipal {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a person types at another device. */
export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  /** In the language of the sign-in service. */
  readonly message: string;
}

export interface CredentialParts {
  readonly cloud: Cloud;
  /** The tenant to begin with; undefined: the account's own. */
  readonly tenantId?: string | undefined;
  /** Client id of a user-assigned managed identity, or of an app of one's own for device code and browser. */
  readonly clientId?: string | undefined;
  readonly servicePrincipal?: ServicePrincipal | undefined;
  readonly showDeviceCode: (code: DeviceCode) => void;
}

/** Those that ask a person; the library must not do so by itself. */
export type AskingCredential = DeviceCodeCredential | InteractiveBrowserCredential;

type SingleMethod = Exclude<IdentityMethod, "automatic">;

/**
 * What Automatic tries, in this order. What is set up on purpose comes first; a person's own sign-in comes before the
 * machine's, whose address takes seconds to be found missing.
 */
export const automaticOrder: readonly SingleMethod[] = [
  "environment",
  "workloadIdentity",
  "azureCli",
  "azureDeveloperCli",
  "azurePowerShell",
  "managedIdentity",
];

const toolTimeoutMs = 30_000;

/** @azure/identity's credential of that kind. @throws its CredentialUnavailableError where something is not set up. */
export function makeCredential(method: SingleMethod, parts: CredentialParts): TokenCredential {
  const { cloud, tenantId, clientId } = parts;
  const common = {
    authorityHost: cloud.login,
    additionallyAllowedTenants: ["*"],
    // Only Microsoft's own clouds are known to the public instance discovery, which nobody else needs to be asked for.
    disableInstanceDiscovery: cloud.name === "custom",
    retryOptions: { maxRetries: 1 },
    ...(cloud.ca === undefined ? {} : { tlsOptions: { ca: cloud.ca } }),
  };
  const tenant = tenantId === undefined ? {} : { tenantId };
  const client = clientId === undefined ? {} : { clientId };
  const tool = { ...tenant, additionallyAllowedTenants: ["*"], processTimeoutInMs: toolTimeoutMs };
  switch (method) {
    case "azureCli":
      return new AzureCliCredential(tool);
    case "azureDeveloperCli":
      return new AzureDeveloperCliCredential(tool);
    case "azurePowerShell":
      return new AzurePowerShellCredential(tool);
    case "environment":
      return new EnvironmentCredential(common);
    case "servicePrincipal": {
      const { servicePrincipal } = parts;
      if (servicePrincipal === undefined) throw new Error(l10n.t("No service principal has been given."));
      const { clientSecret } = servicePrincipal;
      return new ClientSecretCredential(servicePrincipal.tenantId, servicePrincipal.clientId, clientSecret, common);
    }
    case "workloadIdentity":
      return new WorkloadIdentityCredential({ ...common, ...tenant, ...client });
    case "managedIdentity":
      // In a Kubernetes pod it exchanges a federated token at the cloud's login; everywhere else it asks the machine.
      return new ManagedIdentityCredential({ ...common, ...client });
    case "deviceCode":
      return new DeviceCodeCredential({
        ...common,
        ...tenant,
        ...client,
        disableAutomaticAuthentication: true,
        userPromptCallback: parts.showDeviceCode,
      });
    case "interactiveBrowser":
      return new InteractiveBrowserCredential({
        ...common,
        ...tenant,
        ...client,
        disableAutomaticAuthentication: true,
      });
  }
}

export function isAsking(credential: TokenCredential): credential is AskingCredential {
  return credential instanceof DeviceCodeCredential || credential instanceof InteractiveBrowserCredential;
}

/** The name under which people know a way to sign in. */
export function methodName(method: IdentityMethod): string {
  const names: Record<IdentityMethod, string> = {
    automatic: l10n.t("Automatic"),
    azureCli: "Azure CLI",
    azureDeveloperCli: "Azure Developer CLI",
    azurePowerShell: "Azure PowerShell",
    environment: l10n.t("environment variables"),
    servicePrincipal: l10n.t("service principal"),
    workloadIdentity: l10n.t("workload identity"),
    managedIdentity: l10n.t("managed identity"),
    deviceCode: l10n.t("device code"),
    interactiveBrowser: l10n.t("browser"),
  };
  return names[method];
}
