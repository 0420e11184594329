import { AzureMlError, isAbort } from "../core/errors";
import { type AccessToken, type Clock, type CredentialSource, type TokenRequest } from "./ports";

/** A source whose account can be asked, by a person's wish alone. */
export interface Account extends CredentialSource {
  /** @param tenantId undefined: the home tenant. @throws AzureMlError, or an AbortError when the person gives up. */
  signIn(tenantId?: string): Promise<void>;
}

export interface SignInGateParts {
  readonly account: Account;
  readonly clock: Clock;
  /**
   * Offers to sign in again, once for however many requests wait; opens no sign-in page by itself.
   * Resolves to whether the person wants to.
   */
  readonly offer: (tenantId: string | undefined, error: AzureMlError) => Promise<boolean>;
  /** After a successful sign-in: what failed meanwhile is asked again. */
  readonly resumed: (tenantId: string | undefined) => void;
  /** A sign-in that was wished for has failed. */
  readonly failed: (error: unknown) => void;
}

/** Requests wait so long for a person; those that come back later find the row that failed. */
const patienceMs = 60_000;

/**
 * Stands between the requests and an account. Requests that want one token at a time share it. When a tenant that had
 * been open closes (the sign-in has run out, or more proof is wanted), one offer is made for all requests; they wait for it and
 * go on. A tenant that was never open is no interruption: its row offers the sign-in.
 */
export class SignInGate implements Account {
  readonly #running = new Map<string, Promise<AccessToken>>();
  readonly #opened = new Set<string>();
  readonly #offers = new Map<string, Promise<boolean>>();
  readonly #declined = new Set<string>();
  #closed = false;

  constructor(private readonly parts: SignInGateParts) {}

  get label(): string {
    return this.parts.account.label;
  }

  getToken(request: TokenRequest): Promise<AccessToken> {
    const key = `${keyOf(request.tenantId)} ${request.claims ?? ""}`;
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const run = this.#get(request).finally(() => this.#running.delete(key));
    this.#running.set(key, run);
    return run;
  }

  async signIn(tenantId?: string): Promise<void> {
    await this.parts.account.signIn(tenantId);
    this.#declined.delete(keyOf(tenantId));
  }

  /** After sign-out: nothing is offered any more, and what waits ends. */
  close(): void {
    this.#closed = true;
  }

  async #get(request: TokenRequest): Promise<AccessToken> {
    try {
      return this.#passed(request, await this.parts.account.getToken(request));
    } catch (error) {
      if (!(error instanceof AzureMlError) || error.kind !== "notSignedIn") throw error;
      return await this.#getAgain(request, withTenant(error, request.tenantId));
    }
  }

  /** The one offer, where there is something to offer; then the token, or the reason why not. */
  async #getAgain(request: TokenRequest, error: AzureMlError): Promise<AccessToken> {
    const key = keyOf(request.tenantId);
    if (this.#isClosed() || !this.#opened.has(key) || this.#declined.has(key)) throw error;
    const again = await this.#wait(this.#offer(request.tenantId, error));
    if (!again || this.#isClosed()) throw error;
    return this.#passed(request, await this.parts.account.getToken(request));
  }

  #passed({ tenantId }: TokenRequest, token: AccessToken): AccessToken {
    if (this.#isClosed()) throw new AzureMlError({ kind: "notSignedIn", code: "SignedOut", message: "Signed out." });
    this.#opened.add(keyOf(tenantId));
    return token;
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  /** @returns false when the person has not answered in time; the offer stands on. */
  async #wait(offer: Promise<boolean>): Promise<boolean> {
    const stop = new AbortController();
    const late = this.parts.clock.sleep(patienceMs, stop.signal).then(
      () => false,
      () => false,
    );
    try {
      return await Promise.race([offer, late]);
    } finally {
      stop.abort();
    }
  }

  #offer(tenantId: string | undefined, error: AzureMlError): Promise<boolean> {
    const key = keyOf(tenantId);
    const open = this.#offers.get(key);
    if (open !== undefined) return open;
    const offer = this.#ask(tenantId, error).finally(() => this.#offers.delete(key));
    this.#offers.set(key, offer);
    return offer;
  }

  async #ask(tenantId: string | undefined, error: AzureMlError): Promise<boolean> {
    if (!(await this.parts.offer(tenantId, error))) {
      this.#declined.add(keyOf(tenantId));
      return false;
    }
    if (this.#isClosed()) return false;
    try {
      await this.signIn(tenantId);
    } catch (failure) {
      if (isAbort(failure)) this.#declined.add(keyOf(tenantId));
      else this.parts.failed(failure);
      return false;
    }
    this.parts.resumed(tenantId);
    return true;
  }
}

/** Whoever shows the failure can offer the sign-in to that very tenant. */
function withTenant(error: AzureMlError, tenantId: string | undefined): AzureMlError {
  if (tenantId === undefined) return error;
  const { kind, message, code, statusCode, requestId, cause } = error;
  return new AzureMlError({ kind, message, code, statusCode, requestId, cause, tenantId });
}

function keyOf(tenantId: string | undefined): string {
  return tenantId?.toLowerCase() ?? "";
}
