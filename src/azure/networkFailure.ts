import * as l10n from "@vscode/l10n";
import { isRestError } from "@azure/core-rest-pipeline";
import { AzureMlError } from "../core/errors";
import { fieldsOf, textOf } from "./looseJson";

/** Codes of Node's sockets, name lookups and TLS. What to do about them is the surface's to say. */
const reasons: readonly (readonly [RegExp, (host: string) => string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA)$/, (host) => l10n.t("The name {0} could not be found.", host)],
  [/^ECONNREFUSED$/, (host) => l10n.t("{0} refused the connection.", host)],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/, (host) => l10n.t("The connection to {0} was cut.", host)],
  [
    /^(ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_\w*TIMEOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/,
    (host) => l10n.t("{0} did not answer in time.", host),
  ],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EHOSTDOWN)$/, (host) => l10n.t("There is no way to {0}.", host)],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|^ERR_TLS_|^ERR_SSL_|^EPROTO$/,
    (host) => l10n.t("The certificate shown for {0} is not trusted here.", host),
  ],
];

/**
 * A failure to reach Azure at all, in a plain sentence, `code` being the system's. @returns undefined for anything else.
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
    message: l10n.t("The request to {0} could not be sent.", host),
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
