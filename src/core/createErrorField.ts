/** Field names of the draft, as findings have them. */
export type ErrorField =
  "name" | "location" | "vmSize" | "maxNodeCount" | "ssh.credential" | "network" | "nodePublicIp" | "identity";

/** From the surest to the vaguest: code and text are what public reports and recordings have (azure-facts 2.7, azure-api/NOTES 7). */
const signs: readonly (readonly [RegExp, ErrorField])[] = [
  [/ExceedCoreQuota|QuotaExceeded|exceeding quota|vCPU quota/i, "vmSize"],
  [/VMSize|VM size/i, "vmSize"],
  [/ComputeNameNotAvailable|Compute name is invalid/i, "name"],
  [/userAssignedIdentities|FailedIdentityOperation|InvalidIdentity/i, "identity"],
  [/SubnetRequired|NetworkPolicies/i, "nodePublicIp"],
  [/subnet/i, "network"],
  [/LocationNotAvailable|RegionNotAllowed/i, "location"],
  [/InvalidScaleSettings|NodeCount/i, "maxNodeCount"],
  [/InvalidCredentials|adminUser/i, "ssh.credential"],
];

/** The field of the create form that an answer of Azure is about; undefined when it does not say. */
export function fieldOfCreateError(error: {
  readonly kind: string;
  readonly code?: string | undefined;
  readonly message: string;
}): ErrorField | undefined {
  if (error.kind === "quotaExceeded") return "vmSize";
  const text = `${error.code ?? ""} ${error.message}`;
  return signs.find(([sign]) => sign.test(text))?.[1];
}
