import * as l10n from "@vscode/l10n";
import { type TokenCredential } from "@azure/core-auth";
import {
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  type SendRequest,
  bearerTokenAuthenticationPolicy,
} from "@azure/core-rest-pipeline";
import { type CredentialSource } from "../app/ports";
import { AzureMlError } from "../core/errors";
import { type Cloud, isLoopback, isResourceManager } from "./cloud";
import { abortError } from "./systemClock";

/** A source as the SDK wants it, bound to one tenant: the scopes the SDK names are the source's own business. */
export function tenantCredential(source: CredentialSource, tenantId: string | undefined): TokenCredential {
  return {
    getToken: (_scopes, options) =>
      source.getToken({
        tenantId,
        claims: options?.claims,
        // No signal: several requests wait for one token, and must not fail because one of them was given up.
      }),
  };
}

/**
 * Puts a token of the tenant on requests to the resource manager, and refuses every other address: next-page links, operation
 * addresses and redirects come out of answers. The library's policy caches tokens and passes a claims challenge on to the
 * source; after any other 401 its cached token is dropped and the request sent once more, since tokens can die early.
 */
export function authorizationPolicy(
  cloud: Cloud,
  source: CredentialSource,
  tenantId: string | undefined,
): PipelinePolicy {
  const fresh = (): PipelinePolicy =>
    bearerTokenAuthenticationPolicy({
      credential: tenantCredential(source, tenantId),
      scopes: `${cloud.audience}/.default`,
    });
  let bearer = fresh();
  return {
    name: "amlAuthorizationPolicy",
    async sendRequest(request, next) {
      if (request.abortSignal?.aborted === true) throw abortError();
      if (!isResourceManager(cloud, request.url)) throw strangeAddress(request.url);
      const used = bearer;
      try {
        const response = await sendWith(used, request, next);
        if (response.status !== 401) return response;
        // Several requests may fail together: the first replaces the token for all of them.
        if (bearer === used) bearer = fresh();
        return await sendWith(bearer, request, next);
      } finally {
        // Failures keep their request, and get into logs and reports: not with the token.
        request.headers.delete("authorization");
      }
    },
  };
}

/**
 * The library's policy refuses plain http altogether. A cloud has a plain address only on this machine (see chooseCloud), and
 * there the policy is shown the https form of it.
 */
function sendWith(policy: PipelinePolicy, request: PipelineRequest, next: SendRequest): Promise<PipelineResponse> {
  const { url } = request;
  if (!url.startsWith("http:") || !isLoopback(url)) return policy.sendRequest(request, next);
  request.url = url.replace(/^http:/, "https:");
  return policy.sendRequest(request, (sent) => {
    sent.url = url;
    return next(sent);
  });
}

function strangeAddress(url: string): AzureMlError {
  const host = URL.canParse(url) ? new URL(url).host : "?";
  return new AzureMlError({
    kind: "invalid",
    code: "UnexpectedHost",
    message: l10n.t("An answer pointed to {0}, which is not Azure Resource Manager. Nothing was sent there.", host),
  });
}
