/** A small seeded generator (mulberry32): the same seed gives the same world. Its whole state is one integer. */
export interface RandomState {
  random: number;
}

/** @returns a number from 0 (inclusive) to 1 (exclusive); moves the state on. */
export function nextRandom(state: RandomState): number {
  state.random = (state.random + 0x6d2b79f5) >>> 0;
  let mixed = state.random;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

/** A whole number from `least` to `most`, both possible. */
export function nextBetween(state: RandomState, least: number, most: number): number {
  return least + Math.floor(nextRandom(state) * (most - least + 1));
}

export function nextHex(state: RandomState, length: number): string {
  let text = "";
  while (text.length < length) text += nextBetween(state, 0, 15).toString(16);
  return text;
}

/** A random (version 4) GUID. */
export function nextGuid(state: RandomState): string {
  const hex = nextHex(state, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}

/** The same text always gives the same GUID: for ids that must not depend on the order of events. */
export function guidOf(text: string): string {
  let seed = 0x811c9dc5;
  for (const character of text.toLowerCase()) {
    seed = Math.imul(seed ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return nextGuid({ random: seed });
}
