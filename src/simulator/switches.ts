/**
 * Questions that no source answers (azure-facts 2.13 and the open points of the API notes). The default is the likelier
 * answer; clients must survive both.
 */
export interface Switches {
  /** PUT without SSH credentials on a cluster that has SSH (facts 2.13.1). */
  readonly sshUpdateWithoutCredentials: "accepted" | "refused";
  /** PUT with identity type None on a cluster that has one (2.13.2). */
  readonly identityToNone: "accepted" | "refused";
  /** Whether list answers carry nodeStateCounts (2.13.3); recorded once, 2024-07, for a resting cluster. */
  readonly listHasNodeCounts: boolean;
  /** How the next page of listNodes is asked for (2.13.4). */
  readonly nodePaging: "get" | "post";
  /** Whether usage counts a cluster's maximum instead of its nodes (2.13.5). */
  readonly quotaCountsUnprovisioned: boolean;
  /** What a cluster gets whose name was in use a moment ago (2.13.6, azure-rest-api-specs#18889). */
  readonly sameNameRecreate: "newSize" | "keepsOldSize";
  /** Whether a plain Reader may call listNodes, which is an action (2.13.7). */
  readonly readerMayListNodes: boolean;
  /** Spelling of allocation and node states (2.13.8). */
  readonly stateCase: "asRecorded" | "lower";
  /** Where a compute's name must be free (2.13.9). */
  readonly nameScope: "workspace" | "region";
  /** Whether PUT may change the description (2.13.10). */
  readonly descriptionUpdate: "ignored" | "accepted";
  /** GET of a compute that is not there: ARM's own body, or that of the service's front end. */
  readonly absentCompute: "ResourceNotFound" | "UserError";
  /** DELETE of a cluster with underlyingResourceAction=Detach. */
  readonly detachCluster: "refused" | "deletes";
  /** Scaling to maxNodeCount 0. */
  readonly maxZero: "accepted" | "refused";
  /** PUT without identity on a cluster that has one. */
  readonly putWithoutIdentity: "keeps" | "removes";
  /** A second write while the first is under way. */
  readonly concurrentWrites: "conflict" | "accepted";
  /** PATCH that changes nothing: recorded 2025-11 as 202 with an operation, azureml v1 also knows 200 without one. */
  readonly unchangedPatch: "accepted202" | "done200";
  /** Whether `PT120S` comes back as `PT2M`, as the default does. */
  readonly idleTimeForm: "canonical" | "asSent";
  /** Whether a preempted node still counts against the low-priority total. */
  readonly preemptedNodesHoldQuota: boolean;
  /** Whether create compares one node with the limit (the error's own wording) or with what is left of it. */
  readonly createComparesQuota: "limit" | "remaining";
  /** What a new cluster does under a delete lock on its group: rest, or seem stuck at resizing 0 → 0 as documented. */
  readonly createUnderDeleteLock: "stuck" | "rests";
  /** Whether a read-only lock refuses POST actions such as listNodes. */
  readonly readOnlyLockBlocksActions: boolean;
  /** Seconds of Retry-After on operations; the real service sends none (recorded), which makes some clients wait 30 s. */
  readonly operationRetryAfterSeconds: number | undefined;
  /** Items per page of Machine Learning lists and nodes. */
  readonly pageSize: number;
  /** Whether every list of computes begins with an empty page that has a nextLink, which is legal. */
  readonly emptyFirstPage: boolean;
  /** Whether requests use up a budget at all. */
  readonly throttling: boolean;
}

export const defaultSwitches: Switches = {
  sshUpdateWithoutCredentials: "accepted",
  identityToNone: "accepted",
  listHasNodeCounts: true,
  nodePaging: "get",
  quotaCountsUnprovisioned: false,
  sameNameRecreate: "newSize",
  readerMayListNodes: false,
  stateCase: "asRecorded",
  nameScope: "workspace",
  descriptionUpdate: "ignored",
  absentCompute: "ResourceNotFound",
  detachCluster: "refused",
  maxZero: "accepted",
  putWithoutIdentity: "keeps",
  concurrentWrites: "conflict",
  unchangedPatch: "accepted202",
  idleTimeForm: "canonical",
  preemptedNodesHoldQuota: false,
  createComparesQuota: "limit",
  createUnderDeleteLock: "stuck",
  readOnlyLockBlocksActions: false,
  operationRetryAfterSeconds: undefined,
  pageSize: 50,
  emptyFirstPage: false,
  throttling: true,
};
