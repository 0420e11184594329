import * as vscode from "vscode";
import { type AccessToken, type CredentialSource, type TokenRequest } from "../../app/ports";
import { AzureMlError, isAbort } from "../../core/errors";

export interface MicrosoftAccountOptions {
  /** Whom tokens are for: the cloud's `audience`, e.g. `https://management.core.windows.net/`. */
  readonly audience: string;
  /** VS Code's provider; `microsoft-sovereign-cloud` outside the public cloud. */
  readonly providerId?: string | undefined;
  /** The account to use; without it VS Code chooses, or asks. */
  readonly account?: { readonly id: string; readonly label: string } | undefined;
  /** The first sign-in asks which account, even where VS Code remembers one. */
  readonly another?: boolean | undefined;
  /** Milliseconds since the epoch, for tokens that do not tell when they end. */
  readonly now: () => number;
}

/** VS Code keeps tokens fresh by itself: one without a readable end is asked for again after this time. */
const assumedLifeMs = 300_000;

/**
 * VS Code's Microsoft account as a source of tokens. `getToken` never asks anybody; `signIn` does, and belongs to a command.
 * A tenant's claims challenge that could not be met silently is remembered and met at the next `signIn` to that tenant.
 */
export class MicrosoftAccount implements CredentialSource {
  readonly #challenges = new Map<string, string>();
  #account: vscode.AuthenticationSessionAccountInformation | undefined;

  #asksWhich: boolean;

  constructor(private readonly options: MicrosoftAccountOptions) {
    this.#account = options.account;
    this.#asksWhich = options.another === true;
  }

  /** The account's name once a session was had: for the screen only. */
  get label(): string {
    return this.#account?.label ?? vscode.l10n.t("Microsoft account");
  }

  /** @throws AzureMlError `notSignedIn` when somebody would have to be asked, `network` when nobody could be reached. */
  async getToken({ tenantId, claims, signal }: TokenRequest): Promise<AccessToken> {
    let session: vscode.AuthenticationSession | undefined;
    try {
      session = await this.#session(tenantId, claims, { silent: true });
    } catch (error) {
      throw signInFailure(error);
    }
    if (signal?.aborted === true) throw abortError();
    if (session === undefined) {
      if (claims !== undefined) this.#challenges.set(tenantId ?? "", claims);
      throw new AzureMlError({
        kind: "notSignedIn",
        code: claims === undefined ? "SignInNeeded" : "MoreProofNeeded",
        message:
          claims === undefined
            ? vscode.l10n.t("Your Microsoft account is not signed in to this tenant.")
            : vscode.l10n.t("This tenant wants your sign-in confirmed again."),
      });
    }
    return { token: session.accessToken, expiresOnTimestamp: endOf(session.accessToken) ?? this.#assumedEnd() };
  }

  /**
   * Asks the person to sign in, where that is needed. @param tenantId undefined: the account's home tenant.
   * @throws an AbortError when the person declines, AzureMlError `notSignedIn` or `network` when it fails.
   */
  async signIn(tenantId?: string): Promise<void> {
    const claims = this.#challenges.get(tenantId ?? "");
    try {
      await this.#session(tenantId, claims, {
        createIfNone: true,
        ...(this.#asksWhich ? { clearSessionPreference: true } : {}),
      });
      this.#asksWhich = false;
    } catch (error) {
      throw isDeclined(error) ? abortError() : signInFailure(error);
    }
    this.#challenges.delete(tenantId ?? "");
  }

  /** The same account for every tenant: with several known, VS Code would otherwise ask which. */
  async #session(
    tenantId: string | undefined,
    claims: string | undefined,
    how: vscode.AuthenticationGetSessionOptions,
  ): Promise<vscode.AuthenticationSession | undefined> {
    const { audience, providerId = "microsoft" } = this.options;
    const scopes = [`${audience}/.default`, ...(tenantId === undefined ? [] : [`VSCODE_TENANT:${tenantId}`])];
    const request = claims === undefined ? scopes : { wwwAuthenticate: challengeOf(claims), fallbackScopes: scopes };
    const options = this.#account === undefined ? how : { ...how, account: this.#account };
    const session = await vscode.authentication.getSession(providerId, request, options);
    this.#account ??= session?.account;
    return session;
  }

  #assumedEnd(): number {
    return this.options.now() + assumedLifeMs;
  }
}

/** The header that the claims came in, put together again: VS Code reads claims from there. */
function challengeOf(claims: string): string {
  return `Bearer error="insufficient_claims", claims="${Buffer.from(claims, "utf8").toString("base64")}"`;
}

/** When a JWT ends, in milliseconds since the epoch; undefined for a token of another make. */
function endOf(token: string): number | undefined {
  try {
    const payload = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as unknown;
    const seconds = typeof payload === "object" && payload !== null && "exp" in payload ? payload.exp : undefined;
    return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1_000 : undefined;
  } catch {
    return undefined;
  }
}

function signInFailure(error: unknown): Error {
  if (isAbort(error)) return error as Error;
  const message = error instanceof Error ? error.message : String(error);
  const isNetwork = /ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|fetch failed|network/i.test(message);
  const code = /AADSTS\d+/.exec(message)?.[0];
  return new AzureMlError({
    kind: isNetwork && code === undefined ? "network" : "notSignedIn",
    code,
    message,
    cause: error,
  });
}

/** VS Code rejects with these words when the person says no to it or closes the sign-in page. */
function isDeclined(error: unknown): boolean {
  return error instanceof Error && /did not consent|cancell?ed|user_cancel/i.test(`${error.name} ${error.message}`);
}

function abortError(): Error {
  const error = new Error("Signing in was given up.");
  error.name = "AbortError";
  return error;
}
