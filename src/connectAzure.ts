import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { type Clock, type RequestRecord } from "./app/ports";
import { type Account, SignInGate } from "./app/signInGate";
import { chooseCloud } from "./azure/chooseCloud";
import { type Cloud, publicCloud } from "./azure/cloud";
import { type IdentityMethod, type SignInMethod } from "./core/signInProblem";
import { AzureMlError } from "./core/errors";
import { type AzureAccess, type AzureAccessUi, type Wish } from "./ui/auth/azureAccess";
import { readServicePrincipal } from "./ui/auth/servicePrincipal";
import { offerSignIn, showDeviceCode, tellAutomatic } from "./ui/auth/signInMessages";
import { MicrosoftAccount } from "./ui/auth/vscodeSession";
import { type Log } from "./ui/log";
import { report } from "./ui/report";
import { type Connection } from "./ui/sessionControl";
import { readSetting } from "./ui/settings";

export interface AzureConnectorParts {
  readonly log: Log;
  readonly clock: Clock;
  readonly secrets: vscode.SecretStorage;
  readonly onRequest: (record: RequestRecord) => void;
}

const sovereignSetting = "microsoft-sovereign-cloud.environment";
const sovereignNames: Partial<Record<Cloud["name"], string>> = { usGovernment: "USGovernment", china: "ChinaCloud" };

/** Begins sessions with real Azure, or with what the settings name as such: cloud, way to sign in, client library. */
export class AzureConnector implements AzureAccess {
  #cloud: Cloud = publicCloud;
  #gate: SignInGate | undefined;
  #wish: Wish = {};
  #ui: AzureAccessUi | undefined;

  constructor(private readonly parts: AzureConnectorParts) {}

  get studio(): string {
    return this.#cloud.studio;
  }

  get portal(): string {
    return this.#cloud.portal;
  }

  get providerId(): string {
    return this.#cloud.authenticationProvider;
  }

  attach(ui: AzureAccessUi): void {
    this.#ui = ui;
  }

  prefer(wish: Wish): void {
    this.#wish = wish;
  }

  async signInTo(tenantId: string | undefined): Promise<void> {
    await this.#gate?.signIn(tenantId);
  }

  async isSignedIn(): Promise<boolean> {
    if (this.#gate === undefined) return false;
    const token = await this.#gate.getToken({}).catch((error: unknown) => error);
    return !(token instanceof AzureMlError && token.kind === "notSignedIn");
  }

  /** @throws AzureMlError, or an AbortError when the person gives up. */
  async connect(interactive: boolean): Promise<Connection> {
    const { log, clock, onRequest } = this.parts;
    const cloud = await chooseCloud(cloudSettings(), (path) => readFile(path, "utf8"));
    const method = readSetting("amlClusters.signIn.method");
    log.info(`Sign-in: ${method}, cloud ${cloud.name}.`);
    this.#cloud = cloud;
    const wish = this.#wish;
    this.#wish = {};
    const account = await this.#account(method, cloud, wish);
    const gate = new SignInGate({
      account,
      clock,
      offer: (tenantId, error) => offerSignIn(tenantId && (this.#ui?.tenantName(tenantId) ?? tenantId), error),
      resumed: () => this.#ui?.resumed(),
      failed: (error) => void report(error, log),
    });
    if (interactive) await gate.signIn();
    else await gate.getToken({});
    this.#gate = gate;
    const { connect } = await import("./azure/connect");
    const azureMl = connect({ credential: gate, cloud, logger: log, texts: vscode.l10n.bundle, onRequest });
    return { label: gate.label, azureMl, close: () => gate.close() };
  }

  async #account(method: SignInMethod, cloud: Cloud, wish: Wish): Promise<Account> {
    if (method !== "vscode") return this.#identity(method, cloud);
    const wanted = sovereignNames[cloud.name];
    if (wanted !== undefined && vscode.workspace.getConfiguration().get(sovereignSetting) !== wanted) {
      throw new AzureMlError({
        kind: "invalid",
        code: "SovereignSetting",
        message: vscode.l10n.t(
          'VS Code signs in to this cloud only while its setting "{0}" is "{1}".',
          sovereignSetting,
          wanted,
        ),
      });
    }
    const { audience, authenticationProvider: providerId } = cloud;
    return new MicrosoftAccount({ audience, providerId, now: () => this.parts.clock.now(), ...wish });
  }

  async #identity(method: IdentityMethod, cloud: Cloud): Promise<Account> {
    const { log: logger, secrets } = this.parts;
    const { createIdentityAccount } = await import("./azure/identityCredential");
    const account = createIdentityAccount({
      ...{ method, cloud, logger, showDeviceCode },
      tenantId: textOrNothing(readSetting("amlClusters.signIn.tenantId")),
      clientId: textOrNothing(readSetting("amlClusters.signIn.clientId")),
      servicePrincipal: method === "servicePrincipal" ? await readServicePrincipal(secrets) : undefined,
      texts: vscode.l10n.bundle,
    });
    if (method !== "automatic") return account;
    return {
      get label() {
        return account.label;
      },
      getToken: (request) => account.getToken(request),
      signIn: async (tenantId) => {
        await account.signIn(tenantId);
        tellAutomatic(account.label, account.attempts);
      },
    };
  }
}

function cloudSettings() {
  return {
    choice: readSetting("amlClusters.cloud.name"),
    custom: readSetting("amlClusters.cloud.custom"),
    sovereign: vscode.workspace.getConfiguration().get<unknown>(sovereignSetting),
  };
}

function textOrNothing(text: string): string | undefined {
  return text.trim() === "" ? undefined : text.trim();
}
