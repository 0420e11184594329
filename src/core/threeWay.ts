import { type JsonObject, isObject } from "./computeBody";

/**
 * Who changed a value: `mine` I want to, `theirs` somebody else has meanwhile, `both` the two of us alike, `conflict` the two
 * of us differently.
 */
export type DifferenceKind = "mine" | "theirs" | "both" | "conflict";

/** One value that is not the same in three bodies; undefined where a body lacks it. */
export interface BodyDifference {
  readonly path: readonly string[];
  readonly kind: DifferenceKind;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/**
 * What differs between a body as it was read first (`base`), as it is to be sent (`mine`) and as it is now (`theirs`), leaf by
 * leaf, in order of appearance. Arrays are values as a whole; ARM ids count as equal whatever their case, as keys too.
 */
export function threeWay(base: JsonObject, mine: JsonObject, theirs: JsonObject): readonly BodyDifference[] {
  return differences([], base, mine, theirs);
}

/** What somebody else has changed meanwhile. */
export function changedByOthers(all: readonly BodyDifference[]): readonly BodyDifference[] {
  return all.filter(({ kind }) => kind === "theirs" || kind === "conflict");
}

/**
 * Changes by others that would be lost by sending my identity over the body as it is now: those of the identity. All the
 * others survive, since that body is built from the newest answer.
 */
export function overwrittenByMyIdentity(all: readonly BodyDifference[]): readonly BodyDifference[] {
  return changedByOthers(all).filter(({ path }) => path[0] === "identity");
}

/** `identity.userAssignedIdentities["/subscriptions/…"]`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((key, index) => (/^\w+$/.test(key) ? `${index === 0 ? "" : "."}${key}` : `[${JSON.stringify(key)}]`))
    .join("");
}

function differences(
  path: readonly string[],
  base: unknown,
  mine: unknown,
  theirs: unknown,
): readonly BodyDifference[] {
  const sides = [base, mine, theirs];
  const nested = sides.every((side) => side === undefined || isObject(side));
  const keys = nested ? keysOf(sides.filter(isObject)) : [];
  // An empty object is a value too: `{}` under an identity's id is all there is of it.
  if (keys.length > 0) {
    return keys.flatMap((key) =>
      differences([...path, key], valueAt(base, key), valueAt(mine, key), valueAt(theirs, key)),
    );
  }
  const kind = kindOf(base, mine, theirs);
  return kind === undefined ? [] : [{ path, kind, base, mine, theirs }];
}

function kindOf(base: unknown, mine: unknown, theirs: unknown): DifferenceKind | undefined {
  const byMe = !sameValue(base, mine);
  const byThem = !sameValue(base, theirs);
  if (byMe && byThem) return sameValue(mine, theirs) ? "both" : "conflict";
  if (byMe) return "mine";
  return byThem ? "theirs" : undefined;
}

/** Every key once, in its first spelling. */
function keysOf(objects: readonly JsonObject[]): readonly string[] {
  const keys = new Map<string, string>();
  for (const key of objects.flatMap((object) => Object.keys(object))) {
    if (!keys.has(folded(key))) keys.set(folded(key), key);
  }
  return [...keys.values()];
}

function valueAt(side: unknown, key: string): unknown {
  if (!isObject(side)) return undefined;
  return Object.entries(side).find(([other]) => folded(other) === folded(key))?.[1];
}

function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === "string" && typeof b === "string") return folded(a) === folded(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    return keysOf([a, b]).every((key) => sameValue(valueAt(a, key), valueAt(b, key)));
  }
  return a === b;
}

/** Case counts, except in ARM ids. */
function folded(text: string): string {
  return /^\/(subscriptions|providers)\//i.test(text) ? text.toLowerCase() : text;
}
