/** Why something could not be read: a short reason for people, e.g. Azure's message. */
export interface Unavailable {
  readonly unavailable: string;
}

/** Something read from Azure, or why it could not be read. A fact that nobody asked for is left out (`undefined`). */
export type Fact<T> = T | Unavailable;

export function isUnavailable(fact: unknown): fact is Unavailable {
  return typeof fact === "object" && fact !== null && "unavailable" in fact && typeof fact.unavailable === "string";
}

/** The fact's value; undefined when it is missing or could not be read. */
export function known<T>(fact: Fact<T> | undefined): T | undefined {
  return isUnavailable(fact) ? undefined : fact;
}
