/** Where real time comes from; milliseconds since the epoch. */
export interface TimeSource {
  now(): number;
}

/** What a clock needs to go on after a reload. Milliseconds since the epoch. */
export interface ClockState {
  readonly simulated: number;
  readonly real: number;
}

/** While nobody watched, the world moves on by at most this much real time: a demo left overnight is not stale. */
const longestGapMs = 5 * 60_000;

/** Simulated time: real time × speed + what was skipped by fast-forward. Never goes back. */
export class SimClock {
  readonly #source: TimeSource;
  readonly #speed: number;
  #anchor: ClockState;

  constructor(source: TimeSource, speed: number, state?: ClockState) {
    this.#source = source;
    this.#speed = speed;
    const real = source.now();
    const gap = state === undefined ? 0 : Math.min(Math.max(0, real - state.real), longestGapMs);
    this.#anchor = { simulated: (state?.simulated ?? real) + gap * speed, real };
  }

  now(): number {
    const elapsed = Math.max(0, this.#source.now() - this.#anchor.real);
    return Math.round(this.#anchor.simulated + elapsed * this.#speed);
  }

  /** Real time: tokens expire by it, since their users know no other. */
  realNow(): number {
    return this.#source.now();
  }

  skip(ms: number): void {
    this.#anchor = { simulated: this.now() + Math.max(0, ms), real: this.#source.now() };
  }

  state(): ClockState {
    return { simulated: this.now(), real: this.#source.now() };
  }
}
