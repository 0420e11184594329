import { type ErrorDetail } from "./model";

/** What goes wrong with a request. `network` never reaches ARM; its code is Node's (`ENOTFOUND`, `ECONNRESET`, …). */
export type Trouble =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly error: ErrorDetail;
      readonly retryAfterSeconds?: number;
    }
  /** Something between us and ARM answers, a proxy say: not ARM's form. */
  | { readonly kind: "raw"; readonly status: number; readonly body: string; readonly contentType: string }
  | { readonly kind: "network"; readonly code: string; readonly message: string }
  /** Answers as usual, but later by so many real milliseconds. */
  | { readonly kind: "slow"; readonly delayMs: number }
  /** 401 until a token comes that was asked for with these claims (JSON text). */
  | { readonly kind: "claims"; readonly claims: string };

export interface Fault {
  readonly trouble: Trouble;
  /** Which requests; all when left out. `path` is tested against the path without the query. */
  readonly method?: string;
  readonly path?: RegExp;
  /** How often; for ever when left out. */
  readonly times?: number;
}

/** Scripted trouble, first come first served. Not saved with the world. */
export class Faults {
  #faults: { fault: Fault; left: number }[] = [];

  /** @returns how to take the fault back. */
  inject(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Infinity };
    this.#faults.push(entry);
    return () => {
      this.#faults = this.#faults.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#faults = [];
  }

  /** The trouble that this request runs into, if any; `slow` ones do not use each other up. */
  next(method: string, path: string): Trouble | undefined {
    const entry = this.#faults.find(
      ({ fault }) => (fault.method ?? method) === method && (fault.path === undefined || fault.path.test(path)),
    );
    if (entry === undefined) return undefined;
    entry.left--;
    if (entry.left <= 0) this.#faults = this.#faults.filter((other) => other !== entry);
    return entry.fault.trouble;
  }
}
