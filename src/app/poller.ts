import { isAbort } from "../core/errors";
import { type Disposable } from "./emitter";
import { type Clock } from "./ports";

/**
 * Repeats a task while somebody watches: one run at a time, resting *after* each run for as long as the task says.
 * Failures rest as long as `restAfterFailure` says. The first watcher starts a run at once.
 */
export class Poller {
  #watchers = 0;
  #failures = 0;
  #running: Promise<void> | undefined;
  #rest: AbortController | undefined;

  /**
   * @param task runs once and answers how many milliseconds to rest.
   * @param restAfterFailure milliseconds to rest after the n-th failure in a row.
   */
  constructor(
    private readonly task: () => Promise<number>,
    private readonly restAfterFailure: (failures: number, error: unknown) => number,
    private readonly clock: Clock,
  ) {}

  get isWatched(): boolean {
    return this.#watchers > 0;
  }

  watch(): Disposable {
    let watching = true;
    this.#watchers += 1;
    if (this.#watchers === 1) void this.pollNow();
    return {
      dispose: () => {
        if (!watching) return;
        watching = false;
        this.#watchers -= 1;
        if (this.#watchers === 0) this.#rest?.abort();
      },
    };
  }

  /** Runs now, or joins the run in flight. Then rests as usual if somebody watches. */
  pollNow(): Promise<void> {
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Like `pollNow`, but never content with a run that had begun before the call. */
  async pollAgain(): Promise<void> {
    await this.#running;
    await this.pollNow();
  }

  async #run(): Promise<void> {
    this.#rest?.abort();
    let restMs: number;
    try {
      restMs = await this.task();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      restMs = this.restAfterFailure(this.#failures, error);
    }
    if (this.#watchers > 0) void this.#restThenPoll(restMs);
  }

  async #restThenPoll(ms: number): Promise<void> {
    const rest = new AbortController();
    this.#rest = rest;
    try {
      await this.clock.sleep(ms, rest.signal);
    } catch (error) {
      if (isAbort(error)) return;
      throw error;
    }
    if (this.#watchers > 0 && this.#rest === rest) await this.pollNow();
  }
}

/** Doubles from `baseMs` to `maxMs`; `spread` in [0, 1) takes off up to half of it, so that many do not return at once. */
export function backoff(failures: number, limits: { baseMs: number; maxMs: number }, spread: number): number {
  const full = Math.min(limits.maxMs, limits.baseMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(full * (1 - spread / 2));
}
