import { regionKey } from "../core/account";
import { type ArmId, armKey } from "../core/armId";
import { asAzureMlError, isAbort } from "../core/errors";
import { type RegionQuota } from "../core/quota";
import { Emitter } from "./emitter";
import { type Clock } from "./ports";
import { type Sessions } from "./session";

/** The limits of one region of one subscription, or why they are missing; both undefined while nobody has answered. */
export interface KnownQuota {
  readonly quota?: RegionQuota | undefined;
  readonly problem?: string | undefined;
}

interface Kept extends KnownQuota {
  readonly at: number;
}

/** Used cores change with every node (azure-facts 2.11 suggests five minutes). */
const freshMs = 5 * 60_000;

/** Quota for whoever shows it, asked for once per region and kept for five minutes. */
export class QuotaBook {
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {
    sessions.onDidChange(() => {
      this.#kept.clear();
      this.#running.clear();
    });
  }

  of(subscription: ArmId, region: string): KnownQuota {
    return this.#kept.get(keyOf(subscription, region)) ?? {};
  }

  /** Begins to ask unless the answer is fresh; never throws. */
  want(subscription: ArmId, region: string): void {
    const { current } = this.sessions;
    const key = keyOf(subscription, region);
    const kept = this.#kept.get(key);
    const isFresh = kept !== undefined && this.clock.now() - kept.at < freshMs;
    if (current.kind !== "signedIn" || isFresh || this.#running.has(key)) return;
    const tell = (known: KnownQuota): void => {
      if (this.sessions.current !== current) return;
      this.#kept.set(key, { ...known, at: this.clock.now() });
      this.#running.delete(key);
      this.#changed.fire(undefined);
    };
    const run = current.azureMl.getQuota(subscription, region).then(
      (quota) => tell({ quota }),
      (error: unknown) => {
        if (!isAbort(error)) tell({ problem: asAzureMlError(error).message });
      },
    );
    this.#running.set(key, run);
  }

  /** The next who wants to know asks again. */
  forget(): void {
    this.#kept.clear();
  }
}

function keyOf(subscription: ArmId, region: string): string {
  return `${armKey(subscription)} ${regionKey(region)}`;
}
