import * as l10n from "@vscode/l10n";
import { type TokenCredential } from "@azure/core-auth";
import { type AccessToken, type CredentialSource, type Logger, type TokenRequest } from "../app/ports";
import { AzureMlError, isAbort } from "../core/errors";
import { type IdentityMethod, signInProblem, signInProblemCode } from "../core/signInProblem";
import { type CredentialParts, automaticOrder, isAsking, makeCredential, methodName } from "./identityChain";
import { networkFailure } from "./networkFailure";

export interface IdentityOptions extends CredentialParts {
  readonly method: IdentityMethod;
  readonly logger: Logger;
  /** Translations of our own texts: this chunk is apart from the one VS Code feeds. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

/** A way to sign in that did not work, in a sentence. */
export interface Attempt {
  readonly method: IdentityMethod;
  readonly name: string;
  readonly reason: string;
}

/** Makes the source of tokens over @azure/identity. Nothing is asked or sent before the first token. */
export function createIdentityAccount(options: IdentityOptions): IdentityAccount {
  if (options.texts !== undefined) l10n.config({ contents: options.texts });
  return new IdentityAccount(options);
}

/** @azure/identity as a source of tokens. `getToken` never asks anybody; `signIn` may, where the method can. */
export class IdentityAccount implements CredentialSource {
  readonly #credentials = new Map<string, TokenCredential>();
  /** The tenant that device code or browser signed in to when none was named. */
  #home: string | undefined;
  readonly #challenges = new Map<string, string>();
  #answered: IdentityMethod | undefined;
  #attempts: readonly Attempt[] = [];
  #name: string | undefined;

  constructor(private readonly options: IdentityOptions) {
    if (options.method !== "automatic") this.#answered = options.method;
  }

  get label(): string {
    const method = methodName(this.#answered ?? this.options.method);
    return this.#name === undefined ? method : `${this.#name} (${method})`;
  }

  /** Which of Automatic's ways answered; undefined before the first token. */
  get answeredBy(): IdentityMethod | undefined {
    return this.#answered;
  }

  /** Why those that Automatic tried before the one that answered did not. */
  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  /** @throws AzureMlError `notSignedIn` when there is no token, `network` when nobody was reached. */
  async getToken({ tenantId, claims }: TokenRequest): Promise<AccessToken> {
    const token =
      this.#answered === undefined
        ? await this.#find(tenantId, claims)
        : await this.#ask(this.#answered, tenantId, claims);
    this.#name ??= textIn(token.token, accountClaims);
    return token;
  }

  /** Device code and browser ask the person; every other method is tried anew, since its tool may have signed in since. */
  async signIn(tenantId?: string): Promise<void> {
    const { method } = this.options;
    if (method === "automatic") this.#answered = undefined;
    if (isAskingMethod(method)) await this.#askPerson(method, tenantId);
    else this.#credentials.clear();
    const { token } = await this.getToken({ tenantId });
    if (tenantId === undefined) this.#home = textIn(token, ["tid"]);
  }

  async #askPerson(method: IdentityMethod, tenantId: string | undefined): Promise<void> {
    try {
      const credential = this.#credential(method, tenantId);
      const claims = this.#challenges.get(tenantId ?? "");
      if (isAsking(credential)) await credential.authenticate(this.#scope, claims === undefined ? {} : { claims });
      this.#challenges.delete(tenantId ?? "");
    } catch (error) {
      throw this.#failure(method, error);
    }
  }

  async #find(tenantId: string | undefined, claims: string | undefined): Promise<AccessToken> {
    const attempts: Attempt[] = [];
    for (const method of automaticOrder) {
      try {
        const token = await this.#ask(method, tenantId, claims);
        this.#answered = method;
        this.#attempts = attempts;
        this.options.logger.info(`Sign-in: automatic chose ${method}; tried before: ${told(attempts)}.`);
        return token;
      } catch (error) {
        if (isAbort(error)) throw error;
        attempts.push({ method, name: methodName(method), reason: firstSentence(error) });
      }
    }
    this.#attempts = attempts;
    this.options.logger.warn(`Sign-in: automatic found nobody: ${told(attempts)}.`);
    const list = attempts.map(({ name, reason }) => `${name}: ${reason}`).join(" ");
    throw new AzureMlError({
      kind: "notSignedIn",
      code: "NobodyAnswered",
      message: l10n.t("None of the ways to sign in that ask nobody has worked. {0}", list),
    });
  }

  async #ask(method: IdentityMethod, tenantId: string | undefined, claims: string | undefined): Promise<AccessToken> {
    try {
      const credential = this.#credential(method, tenantId);
      // A managed identity belongs to one tenant, and its endpoint wants none named; that of an asking one is its own.
      const named = method !== "managedIdentity" && !isAskingMethod(method) ? tenantId : undefined;
      if (claims !== undefined && isAskingMethod(method)) this.#challenges.set(tenantId ?? "", claims);
      const wish = {
        ...(named === undefined ? {} : { tenantId: named }),
        ...(claims === undefined ? {} : { claims, enableCae: true }),
      };
      const token = await credential.getToken(this.#scope, wish);
      if (token === null) throw new Error(l10n.t("No token came."));
      return { token: token.token, expiresOnTimestamp: token.expiresOnTimestamp };
    } catch (error) {
      throw this.#failure(method, error);
    }
  }

  /**
   * Device code and browser keep one credential per tenant: asked silently for another tenant, the library (4.13) answers
   * with a token of the one it knows.
   */
  #credential(method: IdentityMethod, tenantId: string | undefined): TokenCredential {
    if (method === "automatic") throw new RangeError("Automatic is no credential of its own.");
    const own = isAskingMethod(method) && tenantId !== this.#home ? tenantId : undefined;
    const key = `${method} ${own ?? ""}`;
    const known = this.#credentials.get(key);
    if (known !== undefined) return known;
    const made = makeCredential(method, own === undefined ? this.options : { ...this.options, tenantId: own });
    this.#credentials.set(key, made);
    return made;
  }

  get #scope(): string {
    return `${this.options.cloud.audience}/.default`;
  }

  #failure(method: IdentityMethod, error: unknown): Error {
    if (error instanceof AzureMlError || isAbort(error)) return error as Error;
    const said = error instanceof Error ? error.message : String(error);
    const network = networkFailure(error) ?? this.#networkInWords(said, error);
    const number = /AADSTS\d+/.exec(said)?.[0];
    if (network !== undefined && number === undefined && method !== "managedIdentity") return network;
    const problem = signInProblem(number, said);
    const code = number ?? (problem === undefined ? "SignInFailed" : signInProblemCode(problem));
    return new AzureMlError({ kind: "notSignedIn", code, message: this.#words(method, problem, said), cause: error });
  }

  /** Some credentials wrap a failure of the network into text. */
  #networkInWords(said: string, cause: unknown): AzureMlError | undefined {
    // MSAL's words when it could not even read where the sign-in service has its endpoints.
    if (/endpoints_resolution_error|network_error/.test(said)) {
      return new AzureMlError({
        kind: "network",
        code: "SignInUnreachable",
        message: l10n.t(
          "The sign-in service {0} could not be reached, or does not know the tenant.",
          hostOf(this.options.cloud.login),
        ),
        cause,
      });
    }
    const code = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/.exec(said)?.[1];
    return code === undefined ? undefined : networkFailure({ code, hostname: hostOf(this.options.cloud.login), cause });
  }

  /** Our own words where we know better than the library, which writes for programmers. */
  #words(method: IdentityMethod, problem: ReturnType<typeof signInProblem>, said: string): string {
    const name = methodName(method);
    if (problem === "toolMissing") return l10n.t("{0} was not found on PATH.", name);
    if (problem === "toolSignedOut") {
      return l10n.t("{0} is not signed in, or not as this needs: run {1}.", name, loginCommand(method, said));
    }
    if (problem === "notSetUp") return l10n.t("Nothing here is set up for {0}.", name);
    if (isRequired(said)) return l10n.t("Nobody has signed in by {0} in this window.", name);
    return /AADSTS\d+: [^\n]*/.exec(said)?.[0] ?? said.split("\n")[0] ?? said;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** The library names the very command where a tenant or a claim is wanted. */
function loginCommand(method: IdentityMethod, said: string): string {
  const named = /\b(az login|azd auth login|Connect-AzAccount)( --?[\w-]+ \S+)*/i.exec(said)?.[0];
  const usual = {
    azureCli: "az login",
    azureDeveloperCli: "azd auth login",
    azurePowerShell: "Connect-AzAccount",
  } as const;
  return named?.replace(/['".]+$/, "") ?? (method in usual ? usual[method as keyof typeof usual] : "az login");
}

/** The library's words for "somebody would have to be asked". */
function isRequired(said: string): boolean {
  return /automatic authentication has been disabled|no cached account/i.test(said);
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n")[0] ?? message).slice(0, 200);
}

function told(attempts: readonly Attempt[]): string {
  return attempts.length === 0
    ? "none"
    : attempts.map(({ method, reason }) => `${method} (${reason.replace(/\.$/, "")})`).join(", ");
}

function isAskingMethod(method: IdentityMethod): boolean {
  return method === "deviceCode" || method === "interactiveBrowser";
}

/** What a token calls its account; for the screen only. */
const accountClaims = ["upn", "preferred_username", "unique_name", "app_displayname", "appid", "oid"];

/** The first of these that a JWT says; undefined for a token of another make. */
function textIn(token: string, names: readonly string[]): string | undefined {
  try {
    const payload = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<
      string,
      unknown
    >;
    return names.map((name) => payload[name]).find((value): value is string => typeof value === "string");
  } catch {
    return undefined;
  }
}
