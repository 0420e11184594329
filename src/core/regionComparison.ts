import { type Region, regionKey } from "./account";
import { type VmPriority } from "./cluster";
import { type RetailPrice } from "./compute";
import { type Finding } from "./finding";
import { type Fact, isUnavailable, known } from "./preflight/facts";
import { type QuotaCase, computesInRegion, quotaCase, quotaForOneNode, quotaUsedUp } from "./preflight/quota";
import { regionDistance, regionOfManagedNetwork, regionWithPrivateEndpoint } from "./preflight/region";
import { type QuotaLeft, type RegionQuota } from "./quota";
import { type SizeFacts, sizeRow } from "./sizeFilter";
import { type VmSize, familyKey, vmSizeKey } from "./vmSize";
import { type Workspace } from "./workspace";

/** What is known of one region; what is missing is not known yet. */
export interface RegionCandidate {
  readonly region: Region;
  readonly vmSizes?: Fact<readonly VmSize[]>;
  readonly quota?: Fact<RegionQuota>;
  /** The workspace's own limits there: family key → vCPUs. */
  readonly workspaceLimits?: Fact<Readonly<Record<string, number>>>;
  readonly price?: RetailPrice | undefined;
}

export interface ComparisonOf {
  readonly vmSize: string;
  readonly priority: VmPriority;
  readonly workspace: Workspace;
  /** Whether the draft has a subnet: private endpoints are then reached through it. */
  readonly hasSubnet: boolean;
}

/** One line of the comparison. Undefined means not known. */
export interface RegionRow {
  readonly region: Region;
  /** The workspace's own region. */
  readonly own: boolean;
  readonly offered: boolean | undefined;
  readonly lowPriority: boolean | undefined;
  /** Of one node per hour at the chosen priority. */
  readonly price?: { readonly perHour: number; readonly currency: string } | undefined;
  readonly left?: QuotaLeft | undefined;
  /** Whether the workspace's network allows clusters there; `findings` says why not. */
  readonly allowed: boolean;
  /** Whether a cluster of this size and priority could be created there and get a node now, as far as is known. */
  readonly usable: boolean;
  /** What speaks against the region (errors) and what to know of it. */
  readonly findings: readonly Finding[];
  /** Why something is not known, for the screen. */
  readonly problems: readonly string[];
}

/** The workspace's region first, then usable ones, the cheapest first; regions of unknown price after the others. */
export function compareRegions(candidates: readonly RegionCandidate[], about: ComparisonOf): readonly RegionRow[] {
  return candidates.map((candidate) => regionRow(candidate, about)).sort(byMerit);
}

function regionRow(candidate: RegionCandidate, about: ComparisonOf): RegionRow {
  const { region } = candidate;
  const { workspace, priority } = about;
  const sizes = known(candidate.vmSizes);
  const size = sizes?.find((one) => vmSizeKey(one.name) === vmSizeKey(about.vmSize));
  const offered = sizes === undefined ? undefined : size?.supportsClusters === true;
  const quota = known(candidate.quota);
  const row = size === undefined ? undefined : sizeRow(size, sizeFacts(candidate, size, priority));
  const limits = size && quotaOf(candidate, size, priority);
  const network = regionOfManagedNetwork(region.name, workspace);
  const findings = [
    ...network,
    ...(network.length > 0 ? [] : regionDistance(region.name, workspace.location)),
    ...regionWithPrivateEndpoint(region.name, workspace, about.hasSubnet),
    ...(limits === undefined ? [] : [...quotaForOneNode(limits), ...quotaUsedUp(limits)]),
    ...computesInRegion(quota?.totalClusters, region.name),
  ];
  return {
    region,
    own: regionKey(region.name) === regionKey(workspace.location),
    offered,
    lowPriority: size?.lowPriorityCapable,
    price: row?.price ?? retailPrice(candidate.price, priority, size),
    left: row?.left,
    allowed: network.length === 0,
    usable: offered !== false && row?.whyNot === undefined && !findings.some((finding) => finding.severity === "error"),
    findings,
    problems: [candidate.vmSizes, candidate.quota, candidate.workspaceLimits].flatMap((fact: Fact<unknown>) =>
      isUnavailable(fact) ? [fact.unavailable] : [],
    ),
  };
}

function quotaOf(candidate: RegionCandidate, size: VmSize, vmPriority: VmPriority): QuotaCase | undefined {
  const draft = { location: candidate.region.name, vmPriority, minNodeCount: 0, maxNodeCount: 1 };
  const own = known(candidate.workspaceLimits)?.[familyKey(size.family)];
  return quotaCase(draft, size, known(candidate.quota), own);
}

function sizeFacts(candidate: RegionCandidate, size: VmSize, priority: VmPriority): SizeFacts {
  return {
    priority,
    quota: known(candidate.quota),
    workspaceLimits: known(candidate.workspaceLimits),
    prices: candidate.price === undefined ? undefined : { [vmSizeKey(size.name)]: candidate.price },
  };
}

/** A price can be known before the region's sizes are. A size that is known and has none at this priority stays without. */
function retailPrice(
  price: RetailPrice | undefined,
  priority: VmPriority,
  size: VmSize | undefined,
): RegionRow["price"] {
  const perHour = price?.[priority];
  if (size !== undefined || price === undefined || perHour === undefined || !(perHour > 0)) return undefined;
  return { perHour, currency: price.currency };
}

/** Prices in different currencies are not compared: each currency's stay together. */
function byMerit(a: RegionRow, b: RegionRow): number {
  return (
    Number(b.own) - Number(a.own) ||
    Number(b.usable) - Number(a.usable) ||
    Number(a.price === undefined) - Number(b.price === undefined) ||
    natural(a.price?.currency ?? "", b.price?.currency ?? "") ||
    (a.price?.perHour ?? 0) - (b.price?.perHour ?? 0) ||
    natural(a.region.displayName, b.region.displayName)
  );
}

function natural(a: string, b: string): number {
  return a.localeCompare(b, "en");
}
