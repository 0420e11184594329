import { Emitter } from "./emitter";
import { type AzureMl } from "./ports";

/** `simulated`: the subscription in memory. `microsoft`: VS Code's own Microsoft account. */
export type SessionSource = "simulated" | "microsoft";

/** A new object per transition: whoever awaits across a possible sign-out compares the object afterwards. */
export type Session =
  { readonly kind: "signedOut" } | { readonly kind: "signingIn"; readonly source: SessionSource } | SignedIn;

export interface SignedIn {
  readonly kind: "signedIn";
  readonly source: SessionSource;
  /** The account's name, or the simulation's; for the screen only, never for the log. */
  readonly label: string;
  readonly azureMl: AzureMl;
}

/** Who is signed in. Owns the `azureMl` of the current session and disposes it at the next transition. */
export class Sessions {
  readonly #changed = new Emitter<Session>();
  readonly onDidChange = this.#changed.event;
  #current: Session = { kind: "signedOut" };

  get current(): Session {
    return this.#current;
  }

  /** @throws Error when nobody is signed in: for code that only runs while somebody is. */
  get signedIn(): SignedIn {
    if (this.#current.kind !== "signedIn") throw new Error("Nobody is signed in.");
    return this.#current;
  }

  /**
   * Connects; a later `signIn` or `signOut` wins over one still on its way.
   * @throws what `connect` throws, after going back to signed out.
   */
  async signIn(source: SessionSource, connect: () => Promise<{ label: string; azureMl: AzureMl }>): Promise<void> {
    const attempt: Session = { kind: "signingIn", source };
    this.#become(attempt);
    try {
      const { label, azureMl } = await connect();
      if (this.#current === attempt) this.#become({ kind: "signedIn", source, label, azureMl });
      else azureMl.dispose();
    } catch (error) {
      if (this.#current === attempt) this.#become({ kind: "signedOut" });
      throw error;
    }
  }

  signOut(): void {
    if (this.#current.kind !== "signedOut") this.#become({ kind: "signedOut" });
  }

  dispose(): void {
    if (this.#current.kind === "signedIn") this.#current.azureMl.dispose();
  }

  #become(next: Session): void {
    const before = this.#current;
    this.#current = next;
    if (before.kind === "signedIn") before.azureMl.dispose();
    this.#changed.fire(next);
  }
}
