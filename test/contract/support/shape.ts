/** Every path of a JSON value → the JSON types seen there. Items of a list share one path, apart by their computeType. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

/** Objects whose keys are data, not fields. */
const dictionaries = /(^|\.)(tags|userAssignedIdentities|instanceTypes)$/;

export function shapeOf(value: unknown): Shape {
  const shape = new Map<string, Set<string>>();
  const visit = (part: unknown, path: string): void => {
    const type = part === null ? "null" : Array.isArray(part) ? "list" : typeof part;
    shape.set(path, (shape.get(path) ?? new Set()).add(type));
    if (Array.isArray(part)) for (const item of part) visit(item, `${path}[${kindOf(item)}]`);
    else if (typeof part === "object" && part !== null && !dictionaries.test(path)) {
      for (const [key, child] of Object.entries(part)) visit(child, `${path}.${key}`);
    }
  };
  visit(value, "");
  return shape;
}

function kindOf(item: unknown): string {
  const type = (item as { properties?: { computeType?: string } } | null)?.properties?.computeType;
  return type ?? "";
}

/** What differs between a recorded body and ours, in lines that name the path; none when keys and types are the same. */
export function differences(recorded: unknown, ours: unknown, allowed: readonly RegExp[] = []): readonly string[] {
  const [theirs, mine] = [shapeOf(recorded), shapeOf(ours)];
  const lines: string[] = [];
  for (const [path, types] of theirs) {
    const have = mine.get(path);
    if (have === undefined) lines.push(`missing ${path}`);
    else if ([...types].some((type) => !have.has(type)))
      lines.push(`${path} is ${[...have].join()}, recorded ${[...types].join()}`);
  }
  for (const path of mine.keys()) if (!theirs.has(path)) lines.push(`extra ${path}`);
  return lines.filter((line) => !allowed.some((pattern) => pattern.test(line)));
}
