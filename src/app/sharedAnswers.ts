import { AzureMlError } from "../core/errors";
import { type Clock } from "./ports";

/** How old an answer that another window has got may be. */
export interface Freshness {
  readonly maxAgeMs: number;
}

export interface Answer<T> {
  readonly value: T;
  /** When Azure gave it, in milliseconds since the epoch by this machine's clock, which all windows share. */
  readonly at: number;
}

/** A folder that all windows see. Names are file names; nothing throws for a file that is not there. */
export interface SharedFolder {
  read(name: string): Promise<string | undefined>;
  /** Replaces the whole file at once: nobody reads half of it. */
  write(name: string, text: string): Promise<void>;
  /** Makes the file if there is none. @returns whether it was made: of several windows one succeeds. */
  create(name: string, text: string): Promise<boolean>;
  remove(name: string): Promise<void>;
}

/** A window that has crashed while asking holds the others up no longer than this. */
export const leaseMs = 15_000;
const waitMs = 500;

/**
 * One answer for all windows: whoever needs one first asks Azure and publishes it, the others read it. A lease per question
 * keeps two from asking at once; it lasts for one request, so there is no leader to lose. A refusal to be patient with (429) is
 * shared too. Where the folder does not work, each window asks by itself.
 */
export class SharedAnswers {
  constructor(
    private readonly folder: SharedFolder,
    private readonly clock: Clock,
    /** Turns a question into a file name that tells nothing of it. */
    private readonly nameOf: (question: string) => string,
    private readonly window: string,
  ) {}

  /** @throws what `ask` throws, or `throttled` when another window has just been refused. */
  async ask<T>(question: string, freshness: Freshness | undefined, ask: () => Promise<T>): Promise<Answer<T>> {
    const name = this.nameOf(question);
    if (freshness === undefined) return this.#askAndPublish(name, ask);
    const deadline = this.clock.now() + leaseMs;
    for (;;) {
      const published = await this.#published<T>(name);
      const now = this.clock.now();
      if (published?.pausedUntil !== undefined && published.pausedUntil > now) {
        throw throttled(published.pausedUntil - now);
      }
      if (published?.answer !== undefined && now - published.answer.at <= freshness.maxAgeMs) return published.answer;
      if (now >= deadline || (await this.#lease(name))) break;
      await this.clock.sleep(waitMs);
    }
    try {
      return await this.#askAndPublish(name, ask);
    } finally {
      await quietly(this.folder.remove(leaseOf(name)));
    }
  }

  async #askAndPublish<T>(name: string, ask: () => Promise<T>): Promise<Answer<T>> {
    try {
      const answer = { value: await ask(), at: this.clock.now() };
      await quietly(this.folder.write(answerOf(name), JSON.stringify({ version, answer })));
      return answer;
    } catch (error) {
      const pauseMs = error instanceof AzureMlError && error.kind === "throttled" ? error.retryAfterMs : undefined;
      if (pauseMs !== undefined) {
        const pausedUntil = this.clock.now() + pauseMs;
        await quietly(this.folder.write(answerOf(name), JSON.stringify({ version, pausedUntil })));
      }
      throw error;
    }
  }

  async #published<T>(name: string): Promise<Published<T> | undefined> {
    const text = await quietly(this.folder.read(answerOf(name)));
    if (text === undefined) return undefined;
    const published = parse(text) as Partial<Published<T> & { version: number }> | undefined;
    if (published?.version !== version) return undefined;
    // From the future: the clock was set back.
    const { answer } = published;
    return answer !== undefined && answer.at > this.clock.now() ? undefined : published;
  }

  /** Whether this window may ask now. The lease of a window that has gone is taken away, for the next try. */
  async #lease(name: string): Promise<boolean> {
    const now = this.clock.now();
    const mine = JSON.stringify({ window: this.window, until: now + leaseMs });
    try {
      if (await this.folder.create(leaseOf(name), mine)) return true;
    } catch {
      return true;
    }
    const held = parse((await quietly(this.folder.read(leaseOf(name)))) ?? "") as { until?: unknown } | undefined;
    const until = typeof held?.until === "number" ? held.until : 0;
    if (until <= now || until > now + leaseMs) await quietly(this.folder.remove(leaseOf(name)));
    return false;
  }
}

interface Published<T> {
  readonly answer?: Answer<T> | undefined;
  readonly pausedUntil?: number | undefined;
}

/** Of the files' form: another version's are as good as none. */
const version = 1;

function answerOf(name: string): string {
  return `${name}.json`;
}

function leaseOf(name: string): string {
  return `${name}.lease`;
}

function throttled(retryAfterMs: number): AzureMlError {
  return new AzureMlError({
    kind: "throttled",
    code: "TooManyRequests",
    message: "Azure asked another window to wait.",
    retryAfterMs,
  });
}

/** Without a working folder each window is on its own, which is slower and not wrong. */
async function quietly<T>(doing: Promise<T>): Promise<T | undefined> {
  try {
    return await doing;
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
