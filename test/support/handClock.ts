import { type Clock } from "../../src/app/ports";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it. */
export class HandClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();

  constructor(private at = Date.UTC(2026, 0, 5, 9)) {}

  now(): number {
    return this.at;
  }

  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper: Sleeper = { at: this.at + ms, wake };
      const stop = (): void => {
        this.#sleepers.delete(sleeper);
        reject(new DOMException("The rest was cut short.", "AbortError"));
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", stop);
    });
  }

  /** Moves time on, waking sleepers in order and letting what they start come to rest in between. */
  async advance(ms: number): Promise<void> {
    const end = this.at + ms;
    for (;;) {
      await settle();
      const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.at = Math.max(this.at, next.at);
      this.#sleepers.delete(next);
      next.wake();
    }
    this.at = end;
    await settle();
  }
}

/** Lets every promise that can go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
