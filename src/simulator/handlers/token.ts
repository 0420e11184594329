import { issueToken } from "../auth";
import { type Answer } from "../http";
import { at, type Context, type Route } from "../route";

export const tokenRoutes: readonly Route[] = [
  { method: "POST", pattern: "/msi/token", anonymous: true, handle: giveToken },
  { method: "GET", pattern: "/msi/token", anonymous: true, handle: giveToken },
];

/**
 * A token as a managed identity endpoint gives it, for clients outside the extension such as the Azure CLI, which sends
 * `resource` as a form. Tokens live in real time.
 */
function giveToken(context: Context): Answer {
  const { state, realNow } = context;
  const [home] = state.tenants;
  if (home === undefined) return { status: 400, body: { error: "invalid_request", error_description: "No tenant." } };
  const wanted = context.url.searchParams.get("tenant_id") ?? undefined;
  const tenant = state.tenants.find((candidate) => candidate.tenantId === wanted) ?? home;
  const resource = at(context.body, "resource") ?? context.url.searchParams.get("resource");
  const { token, expiresOnTimestamp } = issueToken(state.person, tenant, realNow);
  const expiresOn = Math.floor(expiresOnTimestamp / 1000);
  return {
    status: 200,
    body: {
      access_token: token,
      refresh_token: "",
      expires_in: String(expiresOn - Math.floor(realNow / 1000)),
      expires_on: String(expiresOn),
      not_before: String(Math.floor(realNow / 1000)),
      resource: typeof resource === "string" ? resource : "https://management.azure.com/",
      token_type: "Bearer",
    },
  };
}
