import * as l10n from "@vscode/l10n";
import { AzureMlError } from "../core/errors";
import { type Cloud, chinaCloud, isLoopback, publicCloud, usGovernmentCloud } from "./cloud";
import { fieldsOf, textOf } from "./looseJson";

export type CloudChoice = "automatic" | "public" | "usGovernment" | "china" | "custom";

export interface CloudSettings {
  readonly choice: CloudChoice;
  /** What people wrote as the custom cloud: not to be trusted. */
  readonly custom: unknown;
  /** The setting `microsoft-sovereign-cloud.environment` that VS Code's own sign-in and other Azure extensions follow. */
  readonly sovereign: unknown;
}

/** The cloud of the settings. @throws AzureMlError `invalid` that names the setting that makes no sense. */
export async function chooseCloud(
  { choice, custom, sovereign }: CloudSettings,
  readFile: (path: string) => Promise<string>,
): Promise<Cloud> {
  switch (choice === "automatic" ? likeOthers(sovereign) : choice) {
    case "public":
      return publicCloud;
    case "usGovernment":
      return usGovernmentCloud;
    case "china":
      return chinaCloud;
    case "custom":
      return readCustomCloud(custom, readFile);
  }
}

function likeOthers(sovereign: unknown): Exclude<CloudChoice, "automatic"> {
  switch (sovereign) {
    case "USGovernment":
      return "usGovernment";
    case "ChinaCloud":
      return "china";
    case "custom":
      return "custom";
    default:
      return "public";
  }
}

/**
 * A cloud out of `amlClusters.cloud.custom`. Tokens go to its resource manager, so it speaks https; plain http is for this
 * machine alone. The login is always https: the sign-in libraries refuse anything else.
 */
async function readCustomCloud(custom: unknown, readFile: (path: string) => Promise<string>): Promise<Cloud> {
  const fields = fieldsOf(custom);
  const resourceManager = address(fields, "resourceManager", { plainOnLoopback: true });
  const caFile = textOf(fields["caFile"]);
  return {
    name: "custom",
    resourceManager,
    login: fields["login"] === undefined ? publicCloud.login : address(fields, "login"),
    audience: textOf(fields["audience"]) ?? resourceManager,
    portal: fields["portal"] === undefined ? publicCloud.portal : address(fields, "portal", { plainOnLoopback: true }),
    studio: fields["studio"] === undefined ? publicCloud.studio : address(fields, "studio", { plainOnLoopback: true }),
    authenticationProvider: textOf(fields["authenticationProvider"]) ?? usGovernmentCloud.authenticationProvider,
    ...(caFile === undefined ? {} : { ca: await readCa(caFile, readFile) }),
  };
}

function address(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  { plainOnLoopback = false }: { readonly plainOnLoopback?: boolean } = {},
): string {
  const text = textOf(fields[name]);
  if (text === undefined || !URL.canParse(text)) throw nonsense(name, l10n.t("an address such as https://…"));
  const { protocol, username, password, search, hash } = new URL(text);
  const secure = protocol === "https:" || (protocol === "http:" && plainOnLoopback && isLoopback(text));
  if (!secure) {
    throw nonsense(
      name,
      plainOnLoopback ? l10n.t("an https address; http is for localhost only") : l10n.t("an https address"),
    );
  }
  if (username !== "" || password !== "" || search !== "" || hash !== "") {
    throw nonsense(name, l10n.t("an address without a password, a query or a fragment"));
  }
  return text.replace(/\/+$/, "");
}

async function readCa(path: string, readFile: (path: string) => Promise<string>): Promise<string> {
  const text = await readFile(path).catch(() => undefined);
  if (text?.includes("-----BEGIN CERTIFICATE-----") === true) return text;
  throw nonsense("caFile", l10n.t("a file with certificates in PEM form, which {0} is not", path));
}

function nonsense(name: string, wanted: string): AzureMlError {
  return new AzureMlError({
    kind: "invalid",
    code: "CustomCloud",
    message: l10n.t('The setting "amlClusters.cloud.custom" needs in "{0}" {1}.', name, wanted),
  });
}
