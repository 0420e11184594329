import { type ToHost } from "./channel";

/** A message that no form of ours sends. `path` says where in it the fault lies; its values are never repeated. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";

  constructor(
    readonly path: string,
    expected: string,
  ) {
    super(`${path}: expected ${expected}`);
  }
}

/**
 * An object with exactly these own keys; optional ones may be missing. Inherited properties do not count, so that a
 * tampered prototype adds nothing. @throws ProtocolError otherwise.
 */
export function asRecord<K extends string>(
  value: unknown,
  path: string,
  keys: readonly K[],
  optionalKeys: readonly K[] = [],
): Readonly<Record<K, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ProtocolError(path, "an object");
  const known: readonly string[] = [...keys, ...optionalKeys];
  if (Object.keys(value).some((key) => !known.includes(key))) throw new ProtocolError(path, `only ${known.join(", ")}`);
  const missing = keys.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) throw new ProtocolError(`${path}.${missing}`, "a value");
  const own = new Map(Object.entries(value));
  return Object.fromEntries(known.map((key) => [key, own.get(key)])) as Record<K, unknown>;
}

/** @throws ProtocolError unless the value is a text of at most `most` UTF-16 units. */
export function asText(value: unknown, path: string, most: number): string {
  if (typeof value !== "string") throw new ProtocolError(path, "a text");
  if (value.length > most) throw new ProtocolError(path, `at most ${most} characters`);
  return value;
}

/** @throws ProtocolError unless the value is a finite number; whether it makes sense is for the rules to say. */
export function asNumber(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new ProtocolError(path, "a number");
  return value;
}

/** @throws ProtocolError unless the value is true or false. */
export function asBoolean(value: unknown, path: string): boolean {
  if (typeof value !== "boolean") throw new ProtocolError(path, "true or false");
  return value;
}

/** @throws ProtocolError unless the value is a list of at most `most` items. */
export function asList(value: unknown, path: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new ProtocolError(path, "a list");
  if (value.length > most) throw new ProtocolError(path, `at most ${most} items`);
  return value;
}

/** @throws ProtocolError unless the value is one of the words. */
export function asOneOf<T extends string>(value: unknown, path: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new ProtocolError(path, `one of ${words.join(", ")}`);
  return found;
}

/** @throws ProtocolError unless the value is a list of at most `most` texts. */
export function asTexts(value: unknown, path: string, most: number, longest: number): readonly string[] {
  return asList(value, path, most).map((item, index) => asText(item, `${path}[${index}]`, longest));
}

/** For requests without input. */
export function asNull(value: unknown): null {
  if (value !== null) throw new ProtocolError("input", "nothing");
  return null;
}

const longestRequestName = 64;

/** The envelope of a message from a form. `input` is passed on unread. @throws ProtocolError for anything else. */
export function parseToHost(message: unknown): ToHost {
  const types = ["ready", "request", "cancel"] as const;
  const { type } = asRecord(message, "message", ["type"], ["id", "name", "input"]);
  switch (asOneOf(type, "message.type", types)) {
    case "ready":
      asRecord(message, "message", ["type"]);
      return { type: "ready" };
    case "cancel":
      return { type: "cancel", id: asId(asRecord(message, "message", ["type", "id"]).id) };
    case "request": {
      const { id, name, input } = asRecord(message, "message", ["type", "id", "name", "input"]);
      return { type: "request", id: asId(id), name: asText(name, "message.name", longestRequestName), input };
    }
  }
}

function asId(value: unknown): number {
  const id = asNumber(value, "message.id");
  if (!Number.isSafeInteger(id) || id < 0) throw new ProtocolError("message.id", "a count");
  return id;
}
