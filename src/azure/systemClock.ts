import { type Clock } from "../app/ports";

/** This machine's clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(abortError());
        return;
      }
      const stop = (): void => {
        clearTimeout(timer);
        reject(abortError());
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms);
      signal?.addEventListener("abort", stop, { once: true });
    }),
};

/** What waiting throws when somebody gave up: recognised by `isAbort`. */
export function abortError(): Error {
  const error = new Error("The request was given up.");
  error.name = "AbortError";
  return error;
}
