import { type Answer, ok } from "./http";
import { type Context } from "./route";

/**
 * One page of a list, with an absolute nextLink while there is more; `$skip` is a token, not a number. A list page may be
 * empty and still have a nextLink.
 */
export function pageOf(context: Context, items: readonly unknown[], name = "value", extra: object = {}): Answer {
  const size = Math.max(1, context.switches.pageSize);
  const token = context.url.searchParams.get("$skip");
  const start = token === null ? 0 : readToken(token);
  const empty = token === null && context.switches.emptyFirstPage;
  const page = empty ? [] : items.slice(start, start + size);
  const next = empty ? 0 : start + size;
  return ok({ ...extra, [name]: page, ...(next < items.length ? { nextLink: linkTo(context, next) } : {}) });
}

function linkTo(context: Context, start: number): string {
  const url = new URL(context.url);
  url.searchParams.delete("$skip");
  const query = [...url.searchParams].map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  query.push(`$skip=${encodeURIComponent(Buffer.from(`after:${start}`).toString("base64url"))}`);
  return `${url.origin}${url.pathname}?${query.join("&")}`;
}

function readToken(token: string): number {
  const start = /^after:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"))?.[1];
  return start === undefined ? 0 : Number(start);
}
