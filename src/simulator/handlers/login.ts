import { issueToken } from "../auth";
import { type Answer } from "../http";
import { type TenantState } from "../model";
import { type Context, type Route, textAt } from "../route";

/**
 * As much of Microsoft Entra ID's endpoints (OAuth 2.0 and OpenID Connect, learn identity-platform v2-oauth2-*) as
 * sign-in libraries need: service principals, device code, refresh. Nobody is checked, but a secret called "wrong" is.
 */
export const loginRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: "/{t}/v2.0/.well-known/openid-configuration",
    anonymous: true,
    handle: describeEndpoints,
  },
  { method: "POST", pattern: "/{t}/oauth2/v2.0/devicecode", anonymous: true, handle: giveDeviceCode },
  { method: "POST", pattern: "/{t}/oauth2/v2.0/token", anonymous: true, handle: giveToken },
];

function describeEndpoints({ url, params }: Context): Answer {
  const base = `${url.origin}/${params["t"] ?? ""}`;
  return {
    status: 200,
    body: {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    },
  };
}

function giveDeviceCode({ url }: Context): Answer {
  const page = `${url.origin}/devicelogin`;
  return {
    status: 200,
    body: {
      user_code: "SIM4X7QPL",
      device_code: "simulated-device",
      verification_uri: page,
      expires_in: 900,
      interval: 1,
      message: `To sign in, open ${page} and enter the code SIM4X7QPL.`,
    },
  };
}

function giveToken(context: Context): Answer {
  const { state, realNow, body, url } = context;
  const tenant = tenantOf(context);
  if (tenant === undefined) {
    return refusal("invalid_request", `AADSTS90002: Tenant '${context.params["t"] ?? ""}' not found.`);
  }
  if (textAt(body, "client_secret") === "wrong") {
    return refusal("invalid_client", "AADSTS7000215: Invalid client secret provided.");
  }
  const { token, expiresOnTimestamp } = issueToken(state.person, tenant, realNow, textAt(body, "claims"));
  const life = Math.floor((expiresOnTimestamp - realNow) / 1000);
  const answer = { token_type: "Bearer", expires_in: life, ext_expires_in: life, access_token: token };
  if (textAt(body, "grant_type") === "client_credentials") return { status: 200, body: answer };
  const { objectId, name } = state.person;
  const idToken = {
    aud: textAt(body, "client_id"),
    iss: `${url.origin}/${tenant.tenantId}/v2.0`,
    iat: Math.floor(realNow / 1000),
    exp: Math.floor(expiresOnTimestamp / 1000),
    oid: objectId,
    sub: objectId,
    tid: tenant.tenantId,
    preferred_username: name,
    ver: "2.0",
  };
  const home = state.tenants[0]?.tenantId;
  return {
    status: 200,
    body: {
      ...answer,
      scope: textAt(body, "scope"),
      refresh_token: "simulated-refresh",
      id_token: `${encode({ alg: "none", typ: "JWT" })}.${encode(idToken)}.`,
      client_info: encode({ uid: objectId, utid: home }),
    },
  };
}

/** @returns undefined for a tenant that there is not; names for "any tenant" mean the person's home. */
function tenantOf({ state, params }: Context): TenantState | undefined {
  const wanted = (params["t"] ?? "").toLowerCase();
  return ["organizations", "common"].includes(wanted)
    ? state.tenants[0]
    : state.tenants.find(({ tenantId }) => tenantId === wanted);
}

function refusal(error: string, description: string): Answer {
  return {
    status: 401,
    body: { error, error_description: description, error_codes: [Number(/\d+/.exec(description))] },
  };
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
