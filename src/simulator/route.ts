import { type TokenClaims } from "./auth";
import { type Caller, badRequest } from "./errors";
import { type Answer } from "./http";
import { type WorldState } from "./model";
import { type Switches } from "./switches";
import { type World } from "./world";

/** What a handler gets to see. */
export interface Context {
  readonly world: World;
  readonly state: WorldState;
  readonly switches: Switches;
  readonly method: string;
  readonly url: URL;
  /** Path without the query, decoded, one slash between segments. */
  readonly path: string;
  /** Names in the pattern's braces → what stood there. */
  readonly params: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** Parsed JSON; undefined for an empty body. */
  readonly body: unknown;
  readonly text: string;
  readonly claims: TokenClaims;
  readonly caller: Caller;
  /** Real time in milliseconds: tokens know no other. */
  readonly realNow: number;
}

export interface Route {
  readonly method: string;
  /**
   * Path with names in braces: `{s}` subscription, `{g}` group, `{w}` workspace, `{c}` compute, `{l}` region, others free.
   * `{scope*}` at the start stands for any path. Fixed parts match without case.
   */
  readonly pattern: string;
  /** The right needed; none for what every signed-in caller may ask, or where the handler filters. */
  readonly action?: string;
  /** Where the right is needed and locks are looked for; the request's own path when left out. */
  readonly scope?: (context: Context) => string;
  /** Which locks refuse the request. */
  readonly lock?: "write" | "delete";
  /** Anybody may call it: prices, tokens. */
  readonly anonymous?: boolean;
  readonly handle: (context: Context) => Answer;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds routes by method and path; the first that matches wins. */
export function matchRoutes(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const compiled = routes.map((route) => ({ route, expression: compile(route.pattern) }));
  return (method, path) => {
    for (const { route, expression } of compiled) {
      if (route.method !== method) continue;
      const match = expression.exec(path);
      if (match !== null) return { route, params: { ...match.groups } };
    }
    return undefined;
  };
}

function compile(pattern: string): RegExp {
  const source = pattern
    .replaceAll(".", "\\.")
    .replace("{scope*}", "(?<scope>.*)")
    .replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}$`, "i");
}

export function subscriptionScope({ params }: Context): string {
  return `/subscriptions/${params["s"] ?? ""}`;
}

export function groupScope(context: Context): string {
  return `${subscriptionScope(context)}/resourceGroups/${context.params["g"] ?? ""}`;
}

export function workspaceScope(context: Context): string {
  const name = context.params["w"] ?? "";
  return `${groupScope(context)}/providers/Microsoft.MachineLearningServices/workspaces/${name}`;
}

export function computeScope(context: Context): string {
  return `${workspaceScope(context)}/computes/${context.params["c"] ?? ""}`;
}

/** The part of a request body at a path of names; undefined where something is missing on the way. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (part, name) =>
      typeof part === "object" && part !== null && Object.hasOwn(part, name)
        ? (part as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const part = at(value, ...path);
  return typeof part === "string" ? part : undefined;
}

/** @throws ArmFailure 400 when the body is not a JSON object. */
export function requireObject(context: Context): Record<string, unknown> {
  if (typeof context.body === "object" && context.body !== null && !Array.isArray(context.body)) {
    return context.body as Record<string, unknown>;
  }
  throw badRequest(
    "InvalidRequestContent",
    "The request content was invalid and could not be deserialized: 'an object is expected'.",
  );
}
