/** One of Azure's separate clouds: where its parts answer. No address ends with a slash but `audience`. */
export interface Cloud {
  readonly name: "public" | "usGovernment" | "china" | "custom";
  readonly resourceManager: string;
  /**
   * Whom tokens are for; the scope is `${audience}/.default`. The classic management audience, slash included, is the one
   * that Microsoft's own extensions ask for, so that one sign-in serves all (azure-api/NOTES 10).
   */
  readonly audience: string;
  /** Where Microsoft Entra ID signs in (azure-api/NOTES 10 and @azure/identity's AzureAuthorityHosts). */
  readonly login: string;
  readonly portal: string;
  readonly studio: string;
  /** The retail price service, which knows the public cloud only (azure-data/NOTES 4). */
  readonly prices?: string | undefined;
  /** VS Code's authentication provider for this cloud. */
  readonly authenticationProvider: string;
  /** PEM text of a certificate authority that the resource manager and the login are trusted by, beside the usual ones. */
  readonly ca?: string | undefined;
}

/** VS Code's provider outside the public cloud; it exists while its setting `microsoft-sovereign-cloud.environment` is set. */
const sovereignProvider = "microsoft-sovereign-cloud";

export const publicCloud: Cloud = {
  name: "public",
  resourceManager: "https://management.azure.com",
  audience: "https://management.core.windows.net/",
  login: "https://login.microsoftonline.com",
  portal: "https://portal.azure.com",
  studio: "https://ml.azure.com",
  prices: "https://prices.azure.com",
  authenticationProvider: "microsoft",
};

export const usGovernmentCloud: Cloud = {
  name: "usGovernment",
  resourceManager: "https://management.usgovcloudapi.net",
  audience: "https://management.core.usgovcloudapi.net/",
  login: "https://login.microsoftonline.us",
  portal: "https://portal.azure.us",
  studio: "https://ml.azure.us",
  authenticationProvider: sovereignProvider,
};

export const chinaCloud: Cloud = {
  name: "china",
  resourceManager: "https://management.chinacloudapi.cn",
  audience: "https://management.core.chinacloudapi.cn/",
  login: "https://login.chinacloudapi.cn",
  portal: "https://portal.azure.cn",
  studio: "https://studio.ml.azure.cn",
  authenticationProvider: sovereignProvider,
};

/**
 * Whether a token may be sent there: the cloud's resource manager or a region's own (`eastus.management.azure.com`), by the
 * same protocol. Addresses out of answers (next page, operation status) and out of storage are checked with this.
 */
export function isResourceManager(cloud: Cloud, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const home = new URL(cloud.resourceManager);
  const { protocol, host, username, password } = new URL(url);
  if (protocol !== home.protocol || username !== "" || password !== "") return false;
  return host === home.host || host.endsWith(`.${home.host}`);
}

/** Whether an address never leaves this machine: the only one that may be reached without TLS. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}
