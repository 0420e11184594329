/**
 * Reading answers that may lack, null or misspell anything: what is not there or of another kind is undefined or empty,
 * never an exception. Reads raw JSON and the SDK's models alike (the SDK turns dates into Date objects).
 */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Text that is not empty; dates as ISO 8601. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (value instanceof Date && Number.isFinite(value.getTime())) return value.toISOString();
  return undefined;
}

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** `properties` of a resource. */
export function propertiesOf(resource: unknown): Fields {
  return fieldsOf(fieldsOf(resource)["properties"]);
}

/** Tags; those that are not text are left out. */
export function tagsOf(value: unknown): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const [name, tag] of Object.entries(fieldsOf(value))) if (typeof tag === "string") tags[name] = tag;
  return tags;
}

/** @returns undefined for text that is no JSON. */
export function parseJson(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "") as unknown;
  } catch {
    return undefined;
  }
}
