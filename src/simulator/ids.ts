/** ARM ids, compared without case. */
export function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether `id` is `scope` or lies below it. */
export function isWithin(id: string, scope: string): boolean {
  return sameId(id, scope) || id.toLowerCase().startsWith(`${scope.toLowerCase()}/`);
}

export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

export function subscriptionIdOf(id: string): string {
  return id.split("/")[2] ?? "";
}

export function groupIdOf(id: string): string {
  return id.split("/").slice(0, 5).join("/");
}

export function groupNameOf(id: string): string {
  return id.split("/")[4] ?? "";
}

/** `Japan East`, `japaneast`: one region. */
export function regionKey(region: string): string {
  return region.toLowerCase().replaceAll(/\s+/g, "");
}
