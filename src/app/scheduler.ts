import { type ArmId } from "../core/armId";
import { type Clock } from "./ports";
import { type Cost, type RequestBudget, budgetScopeOf } from "./requestBudget";

/** How many workspaces are read by polling at once; people's own requests are not counted. */
export const mostAtOnce = 4;

/**
 * Lets background work through: a few at a time, and only while its subscription's budget allows. First come, first served,
 * but a subscription that has to wait holds up no other.
 */
export class Scheduler {
  #running = 0;
  readonly #queue: (() => void)[] = [];

  constructor(
    private readonly budget: RequestBudget,
    private readonly clock: Clock,
    private readonly limit = mostAtOnce,
  ) {}

  /** @throws what `work` throws, or an AbortError when `signal` fires before it has begun. */
  async run<T>(scope: ArmId, cost: Cost, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const key = budgetScopeOf(scope);
    for (;;) {
      const waitMs = this.budget.waitFor(key, cost, this.clock.now());
      if (waitMs > 0) {
        this.#letNextIn();
        await this.clock.sleep(waitMs, signal);
        continue;
      }
      if (this.#running < this.limit) break;
      await new Promise<void>((resolve) => this.#queue.push(resolve));
      if (signal?.aborted === true) this.#letNextIn();
      signal?.throwIfAborted();
    }
    this.budget.take(key, cost, this.clock.now());
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#letNextIn();
    }
  }

  /** Whoever is let in and cannot use the place passes it on. */
  #letNextIn(): void {
    if (this.#running < this.limit) this.#queue.shift()?.();
  }
}
