import { type TokenCredential } from "@azure/core-auth";
import { type PipelinePolicy, bearerTokenAuthenticationPolicy } from "@azure/core-rest-pipeline";
import { type CredentialSource } from "../app/ports";
import { AzureMlError } from "../core/errors";
import { type Cloud, isResourceManager } from "./cloud";
import { abortError } from "./systemClock";

/** A source as the SDK wants it, bound to one tenant: the scopes the SDK names are the source's own business. */
export function tenantCredential(source: CredentialSource, tenantId: string | undefined): TokenCredential {
  return {
    getToken: (_scopes, options) =>
      source.getToken({
        tenantId,
        claims: options?.claims,
        // The SDK's signal type is a subset of the platform's; ours are always the platform's.
        signal: options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined,
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
      const response = await used.sendRequest(request, next);
      if (response.status !== 401) return response;
      // Several requests may fail together: the first replaces the token for all of them.
      if (bearer === used) bearer = fresh();
      return bearer.sendRequest(request, next);
    },
  };
}

function strangeAddress(url: string): AzureMlError {
  const host = URL.canParse(url) ? new URL(url).host : "an unreadable address";
  return new AzureMlError({
    kind: "invalid",
    code: "UnexpectedHost",
    message: `An answer pointed to ${host}, which is not Azure Resource Manager. Nothing was sent there.`,
  });
}
