import { isRestError } from "@azure/core-rest-pipeline";
import { AzureMlError } from "../core/errors";
import { fieldsOf, textOf } from "./looseJson";

/** Codes of Node's sockets, name lookups and TLS. What to do about them is the surface's to say. */
const reasons: readonly (readonly [RegExp, (host: string) => string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA)$/, (host) => `The name ${host} could not be found.`],
  [/^ECONNREFUSED$/, (host) => `${host} refused the connection.`],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/, (host) => `The connection to ${host} was cut.`],
  [
    /^(ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_\w*TIMEOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/,
    (host) => `${host} did not answer in time.`,
  ],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EHOSTDOWN)$/, (host) => `There is no way to ${host}.`],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|^ERR_TLS_|^ERR_SSL_|^EPROTO$/,
    (host) => `The certificate shown for ${host} is not trusted here.`,
  ],
];

/**
 * A failure to reach Azure at all, in a plain sentence, `code` being the system's. @returns undefined for anything else.
 * The texts are English: the surface words them again from `kind` and `code` where it speaks another language.
 */
export function networkFailure(error: unknown): AzureMlError | undefined {
  const host = hostOfRequest(error);
  for (const code of codesOf(error)) {
    const reason = reasons.find(([pattern]) => pattern.test(code))?.[1];
    if (reason !== undefined) return new AzureMlError({ kind: "network", code, message: reason(host), cause: error });
  }
  if (!isRestError(error) || error.code !== "REQUEST_SEND_ERROR") return undefined;
  return new AzureMlError({
    kind: "network",
    code: error.code,
    message: `The request to ${host} could not be sent.`,
    cause: error,
  });
}

/** The error's own code, then those of its causes; Node gathers several attempts in an AggregateError. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (depth > 4 || typeof error !== "object" || error === null) return [];
  const { code, cause, errors } = fieldsOf(error);
  const further = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return [textOf(code), ...further.flatMap((inner) => codesOf(inner, depth + 1))].filter((text) => text !== undefined);
}

function hostOfRequest(error: unknown): string {
  const { request, hostname } = fieldsOf(error);
  const url = textOf(fieldsOf(request)["url"]);
  if (url !== undefined && URL.canParse(url)) return new URL(url).host;
  return textOf(hostname) ?? "Azure";
}
