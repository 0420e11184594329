import { type ClusterDraft } from "./draft";
import { type Finding } from "./finding";
import { quotaCase, quotaRules } from "./preflight/quota";
import { regionDistance } from "./preflight/region";
import { type RegionQuota } from "./quota";
import { type VmSize, familyKey } from "./vmSize";

export interface QuotaFacts {
  readonly quota: RegionQuota;
  /** The workspace's own vCPU limits: family key → limit. */
  readonly workspaceLimits?: Readonly<Record<string, number>> | undefined;
}

/** What vCPU quota says of a draft, the gravest first. */
export function quotaFindings(draft: ClusterDraft, size: VmSize, facts: QuotaFacts): readonly Finding[] {
  const about = quotaCase(draft, size, facts.quota, facts.workspaceLimits?.[familyKey(size.family)]);
  return about === undefined ? [] : quotaRules(about);
}

/** Latency and transfer cost of a cluster away from its workspace. */
export function distanceFindings(location: string, workspaceLocation: string): readonly Finding[] {
  return regionDistance(location, workspaceLocation);
}
