import { type ClusterDraft } from "./draft";
import { type Finding } from "./finding";
import { quotaForMax, quotaForMin, quotaForOneNode } from "./preflight/quota";
import { regionDistance } from "./preflight/region";
import { type RegionQuota, quotaLeft } from "./quota";
import { type VmSize, familyKey } from "./vmSize";

export interface QuotaFacts {
  readonly quota: RegionQuota;
  /** The workspace's own vCPU limits: family key → limit. */
  readonly workspaceLimits?: Readonly<Record<string, number>> | undefined;
}

/** What vCPU quota says of a draft: at most one finding, the gravest. */
export function quotaFindings(draft: ClusterDraft, size: VmSize, facts: QuotaFacts): readonly Finding[] {
  const left = quotaLeft(facts.quota, size, draft.vmPriority, facts.workspaceLimits?.[familyKey(size.family)]);
  if (left === undefined) return [];
  const about = { draft, size, left };
  return [...quotaForOneNode(about), ...quotaForMin(about), ...quotaForMax(about)];
}

/** Latency and transfer cost of a cluster away from its workspace. */
export function distanceFindings(location: string, workspaceLocation: string): readonly Finding[] {
  return regionDistance(location, workspaceLocation);
}
