import { subscriptionIdOf } from "./ids";
import { type OperationState } from "./model";
import { nextBetween, type RandomState } from "./random";
import { type Context } from "./route";

/** .NET ticks of the Unix epoch: `t` in operation addresses counts from the year 1 in 100 ns. */
const epochTicks = 621_355_968_000_000_000n;

/** Lengths of the signed parts, recorded 2025-11: a certificate, a signature, a hash. The whole is about 3,180 characters. */
const signedLengths = { c: 2575, s: 342, h: 43 } as const;

/**
 * Where to ask for an operation's end, at the host that was asked: opaque, long, looks signed, and nobody checks it. No
 * Location and, as recorded, no Retry-After; a switch adds one.
 */
export function operationHeaders(context: Context, operation: OperationState): Record<string, string> {
  const { url, apiVersion, switches } = context;
  const noise = { random: Number.parseInt(operation.id.slice(0, 8), 16) };
  const path =
    `/subscriptions/${subscriptionIdOf(operation.computeId)}/providers/Microsoft.MachineLearningServices` +
    `/locations/${operation.location}/computeOperationsStatus/${operation.id}`;
  const ticks = epochTicks + BigInt(operation.startedAt) * 10_000n;
  const signed = Object.entries(signedLengths).map(([name, length]) => `${name}=${nextBase64(noise, length)}`);
  const query = [`api-version=${apiVersion}`, "service=new", `t=${ticks}`, ...signed].join("&");
  const retry = switches.operationRetryAfterSeconds;
  return {
    "azure-asyncoperation": `${url.origin}${path}?${query}`,
    ...(retry === undefined ? {} : { "retry-after": String(retry) }),
  };
}

function nextBase64(state: RandomState, length: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Array.from({ length }, () => letters.charAt(nextBetween(state, 0, 63))).join("");
}
