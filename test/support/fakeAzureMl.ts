import { type AzureMl } from "../../src/app/ports";

/** An Azure of which a test says only what it needs; whatever else is asked fails the test by name. */
export function fakeAzureMl(parts: Partial<AzureMl>): AzureMl {
  const serviceNow = (): number => Date.UTC(2026, 0, 5, 9);
  return new Proxy({ dispose: () => undefined, serviceNow, ...parts } as AzureMl, {
    get(target, name: keyof AzureMl) {
      if (name in target) return target[name];
      return () => Promise.reject(new Error(`The test did not expect ${name}.`));
    },
  });
}

/** A promise to settle by hand. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
