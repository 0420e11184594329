import { ArmFailure, type Caller } from "./errors";
import { type Person, type TenantState } from "./model";

/** What the simulator puts in its tokens, which nobody signs. Times are seconds since the epoch in real time. */
export interface TokenClaims {
  readonly aud: string;
  readonly iss: string;
  readonly tid: string;
  readonly oid: string;
  readonly upn: string;
  readonly iat: number;
  readonly exp: number;
  /** The claims challenge that this token answers. */
  readonly answered?: string;
}

const lifetimeSeconds = 3_600;

/** An unsigned JWT for Azure Resource Manager. `now` is real time in milliseconds: tokens know no other. */
export function issueToken(
  person: Person,
  tenant: TenantState,
  now: number,
  claims?: string,
): { token: string; expiresOnTimestamp: number } {
  const iat = Math.floor(now / 1000);
  const payload: TokenClaims = {
    aud: "https://management.azure.com",
    iss: issuerOf(tenant.tenantId),
    tid: tenant.tenantId,
    oid: person.objectId,
    upn: person.name,
    iat,
    exp: iat + lifetimeSeconds,
    ...(claims === undefined ? {} : { answered: claims }),
  };
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  return {
    token: `${encode({ alg: "none", typ: "JWT" })}.${encode(payload)}.`,
    expiresOnTimestamp: (iat + lifetimeSeconds) * 1000,
  };
}

/** @throws ArmFailure 401 when the header holds no token of ours that is still good. */
export function readToken(
  authorization: string | undefined,
  tenants: readonly TenantState[],
  now: number,
): TokenClaims {
  const home = tenants[0]?.tenantId ?? "common";
  if (authorization === undefined) {
    throw unauthorized("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", home);
  }
  const claims = parseClaims(authorization.replace(/^bearer\s+/i, ""));
  if (claims === undefined || !tenants.some((tenant) => tenant.tenantId === claims.tid)) {
    throw unauthorized("InvalidAuthenticationToken", "The access token is invalid.", home);
  }
  if (claims.exp * 1000 <= now) {
    const expiry = new Date(claims.exp * 1000).toISOString();
    throw unauthorized(
      "ExpiredAuthenticationToken",
      `The access token expiry UTC time '${expiry}' is earlier than current UTC time.`,
      claims.tid,
    );
  }
  return claims;
}

function parseClaims(token: string): TokenClaims | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return isClaims(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}

function isClaims(value: unknown): value is TokenClaims {
  const claims = value as Partial<TokenClaims> | null;
  return (
    typeof claims === "object" &&
    typeof claims?.tid === "string" &&
    typeof claims.oid === "string" &&
    typeof claims.exp === "number"
  );
}

/** A token of one tenant does not open a subscription of another. */
export function wrongTenant(claims: TokenClaims, rightTenant: string): ArmFailure {
  const message =
    `The access token is from the wrong issuer '${issuerOf(claims.tid)}'. It must match the tenant ` +
    `'${issuerOf(rightTenant)}' associated with this subscription. Please use the authority (URL) ` +
    `'https://login.windows.net/${rightTenant}' to get the token.`;
  return unauthorized("InvalidAuthenticationTokenTenant", message, rightTenant);
}

/** Continuous access evaluation: the token is good but the tenant now wants more, named in `claims`. */
export function claimsChallenge(tenantId: string, claims: string): ArmFailure {
  const encoded = Buffer.from(claims).toString("base64");
  const challenge =
    `Bearer realm="", authorization_uri="https://login.microsoftonline.com/${tenantId}", ` +
    `error="insufficient_claims", claims="${encoded}"`;
  return new ArmFailure(
    401,
    { code: "InvalidAuthenticationToken", message: "The access token does not meet the claims that are required." },
    { "www-authenticate": challenge },
  );
}

function unauthorized(code: string, message: string, tenantId: string): ArmFailure {
  const challenge =
    `Bearer authorization_uri="https://login.windows.net/${tenantId}", error="invalid_token", ` +
    `error_description="${message}"`;
  return new ArmFailure(401, { code, message }, { "www-authenticate": challenge, "x-ms-failure-cause": "gateway" });
}

function issuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}

export function callerOf(claims: TokenClaims): Caller {
  return { name: claims.upn, objectId: claims.oid };
}
