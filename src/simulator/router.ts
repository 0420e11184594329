import { isAllowed } from "./access";
import { callerOf, claimsChallenge, readToken, type TokenClaims, wrongTenant } from "./auth";
import { type SimClock } from "./clock";
import {
  ArmFailure,
  authorizationFailed,
  badRequest,
  resourceGroupNotFound,
  resourceNotFound,
  scopeLocked,
  subscriptionNotFound,
} from "./errors";
import { Faults, type Trouble } from "./faults";
import { routes } from "./handlers/routes";
import { formatHeaders } from "./headers";
import { type Answer, type SimRequest, type SimResponse } from "./http";
import { isWithin, sameId } from "./ids";
import { locksOver } from "./locks";
import { type RandomState } from "./random";
import { type Context, type Match, matchRoutes, type Route, workspaceScope } from "./route";
import { Throttle } from "./throttling";
import { checkApiVersion } from "./versions";
import { type World } from "./world";

/** Thrown to a transport instead of an answer: nobody was reached. `code` is Node's. */
export class NetworkTrouble extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** How long a slow workspace makes its callers wait, in real milliseconds, where a transport plays latency. */
const slowWorkspaceMs = 12_000;

const match = matchRoutes(routes);

/** ARM's front door: catches the world up with the clock, checks the request as ARM does, and lets a handler answer. */
export class Router {
  readonly faults = new Faults();
  readonly throttle = new Throttle();
  readonly #world: () => World;
  readonly #clock: SimClock;
  /** Ids in headers come from their own source, so that reading changes nothing in the world. */
  readonly #noise: RandomState;

  constructor(world: () => World, clock: SimClock, seed: number) {
    this.#world = world;
    this.#clock = clock;
    this.#noise = { random: seed ^ 0x5bd1e995 };
  }

  /** @throws NetworkTrouble when a fault says that nobody is there. */
  handle(request: SimRequest): SimResponse {
    const world = this.#world();
    world.advance(this.#clock.now());
    const url = new URL(request.url);
    const path = pathOf(url);
    const trouble = this.faults.next(request.method, path);
    if (trouble?.kind === "network") throw new NetworkTrouble(trouble.code, trouble.message);
    const seen = {
      location: "eastus",
      budget: {} as Record<string, string>,
      claims: undefined as TokenClaims | undefined,
    };
    const answer = this.#answer(world, request, url, path, trouble, seen);
    const raw = trouble?.kind === "raw" ? trouble : undefined;
    const body = raw?.body ?? (answer.body === undefined ? "" : JSON.stringify(answer.body));
    return {
      status: answer.status,
      headers: formatHeaders({
        answer,
        method: request.method,
        now: world.now,
        noise: this.#noise,
        bodyLength: Buffer.byteLength(body),
        contentType: raw?.contentType ?? "application/json; charset=utf-8",
        ...seen,
      }),
      body,
      delayMs: (trouble?.kind === "slow" ? trouble.delayMs : 0) + slowness(world, path),
    };
  }

  #answer(
    world: World,
    request: SimRequest,
    url: URL,
    path: string,
    trouble: Trouble | undefined,
    seen: { location: string; budget: Record<string, string>; claims: TokenClaims | undefined },
  ): Answer {
    try {
      if (trouble?.kind === "raw") return { status: trouble.status };
      if (trouble?.kind === "status") {
        const retry = trouble.retryAfterSeconds;
        throw new ArmFailure(
          trouble.status,
          trouble.error,
          retry === undefined ? {} : { "retry-after": String(retry) },
        );
      }
      const found = match(request.method, path);
      if (found?.route.anonymous === true)
        return found.route.handle(this.#context(world, request, url, path, found, "", noClaims));
      const apiVersion = checkApiVersion(path, url.searchParams.get("api-version"));
      const claims = readToken(request.headers["authorization"], world.state.tenants, this.#clock.realNow());
      seen.claims = claims;
      if (trouble?.kind === "claims" && claims.answered !== trouble.claims) {
        throw claimsChallenge(claims.tid, trouble.claims);
      }
      const subscription = subscriptionOf(world, path, claims);
      const throttleScope = subscription ?? claims.tid;
      if (world.switches.throttling)
        seen.budget = this.throttle.take(request.method, throttleScope, claims.oid, world.now);
      if (found === undefined) throw unknownPath(request.method, path);
      const context = this.#context(world, request, url, path, found, apiVersion, claims);
      seen.location = world.findWorkspace(workspaceScope(context))?.location ?? context.params["l"] ?? "eastus";
      check(found.route, context);
      return found.route.handle(context);
    } catch (error) {
      if (error instanceof ArmFailure) return error.answer;
      throw error;
    }
  }

  #context(
    world: World,
    request: SimRequest,
    url: URL,
    path: string,
    { params }: Match,
    apiVersion: string,
    claims: TokenClaims,
  ): Context {
    const { state, switches } = world;
    const text = request.body ?? "";
    const form = request.headers["content-type"]?.includes("x-www-form-urlencoded") === true;
    const body = form ? Object.fromEntries(new URLSearchParams(text)) : parseBody(text);
    const caller = callerOf(claims);
    const realNow = this.#clock.realNow();
    const { method } = request;
    return { world, state, switches, method, url, path, params, apiVersion, body, text, claims, caller, realNow };
  }
}

const noClaims: TokenClaims = { aud: "", iss: "", tid: "", oid: "", upn: "", iat: 0, exp: 0 };

/** Decoded; clients may encode slashes or double them (recorded both). */
function pathOf(url: URL): string {
  let path = url.pathname;
  try {
    path = decodeURIComponent(path);
  } catch {
    // A stray percent sign: match it as it stands.
  }
  return path.replaceAll(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
}

function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "not JSON";
    throw badRequest(
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: '${reason}'.`,
    );
  }
}

/** @throws ArmFailure when the path's subscription does not exist or belongs to another tenant than the token. */
function subscriptionOf(world: World, path: string, claims: TokenClaims): string | undefined {
  const id = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  if (id === undefined) return undefined;
  const subscription = world.state.subscriptions.find((candidate) => sameId(candidate.subscriptionId, id));
  if (subscription === undefined) throw subscriptionNotFound(id);
  if (!sameId(subscription.tenantId, claims.tid)) throw wrongTenant(claims, subscription.tenantId);
  return subscription.subscriptionId;
}

/** What ARM checks before a provider is asked: rights, then existence of group and workspace, then locks. */
function check(route: Route, context: Context): void {
  const { state, world, params } = context;
  const scope = route.scope?.(context) ?? context.path;
  if (route.action !== undefined && !isAllowed(state, context.claims.oid, route.action, scope)) {
    throw authorizationFailed(context.caller, route.action, scope);
  }
  const group = params["g"];
  if (group !== undefined) {
    const id = `/subscriptions/${params["s"] ?? ""}/resourceGroups/${group}`;
    if (!state.groups.some((candidate) => sameId(candidate.id, id))) throw resourceGroupNotFound(group);
  }
  if (params["w"] !== undefined && world.findWorkspace(workspaceScope(context)) === undefined) {
    throw resourceNotFound(`Microsoft.MachineLearningServices/workspaces/${params["w"]}`, workspaceScope(context));
  }
  if (route.lock === undefined) return;
  const locks = locksOver(state, scope).filter((lock) => lock.level === "ReadOnly" || route.lock === "delete");
  if (locks.length > 0)
    throw scopeLocked(
      scope,
      route.lock,
      locks.map((lock) => lock.scope),
    );
}

function unknownPath(method: string, path: string): ArmFailure {
  if (/\/providers\/Microsoft\.MachineLearningServices\//i.test(path)) {
    const message = `The simulator has no ${method} on this path of Microsoft.MachineLearningServices.`;
    return new ArmFailure(404, { code: "InvalidResourceType", message });
  }
  return new ArmFailure(404, { code: "NotFound", message: `The simulator has no ${method} ${path}.` });
}

function slowness(world: World, path: string): number {
  return world.state.workspaces.some(
    (workspace) => workspace.slow === true && isWithin(path, `${workspace.id}/computes`),
  )
    ? slowWorkspaceMs
    : 0;
}
