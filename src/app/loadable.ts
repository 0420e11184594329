import { type AzureMlError } from "../core/errors";

/** Something that was asked for: what we last knew stays while it is asked again and when asking fails. */
export interface Loadable<T> {
  readonly value?: T | undefined;
  /** The latest failure; undefined once an answer has come. With a `value`, that value is stale. */
  readonly error?: AzureMlError | undefined;
  readonly loading: boolean;
  /** When `value` came, in milliseconds since the epoch by this machine's clock. */
  readonly updatedAt?: number | undefined;
}

export const notLoaded: Loadable<never> = { loading: false };

export function isStale(loadable: Loadable<unknown>): boolean {
  return loadable.value !== undefined && loadable.error !== undefined;
}
