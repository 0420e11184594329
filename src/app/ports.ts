import { type Region, type Subscription, type Tenant } from "../core/account";
import { type ArmId } from "../core/armId";
import { type ComputeCluster, type ScaleSettings } from "../core/cluster";
import {
  type ComputeListing,
  type NodeListing,
  type Permission,
  type ResourceLock,
  type RetailPrice,
  type VirtualNetwork,
} from "../core/compute";
import { type JsonObject } from "../core/computeBody";
import { type ClusterDraft } from "../core/draft";
import { type UserAssignedIdentity } from "../core/identity";
import { type PendingOperation } from "../core/operation";
import { type RegionQuota } from "../core/quota";
import { type VmSize } from "../core/vmSize";
import { type Workspace } from "../core/workspace";
import { type RoleAssignment, type RoleName } from "../core/workspaceRoles";

/**
 * Azure, as far as this extension needs it. Every method throws AzureMlError, or an Error named AbortError when `signal`
 * fires. Nothing is cached unless said. Lists follow every page. Methods that take an ARM id find its subscription and
 * tenant themselves: `listSubscriptions` must have been called once before.
 */
export interface AzureMl {
  /** The tenants that the account can see; one whose sign-in is missing is in here but has no subscriptions. */
  listTenants(signal?: AbortSignal): Promise<readonly Tenant[]>;
  /** Over all tenants. A tenant that fails does not hide the others: its failure is in `failures`. */
  listSubscriptions(signal?: AbortSignal): Promise<SubscriptionListing>;
  listWorkspaces(subscription: ArmId, signal?: AbortSignal): Promise<readonly Workspace[]>;
  getWorkspace(workspace: ArmId, signal?: AbortSignal): Promise<Workspace>;
  /** Regions where computes can be made: the provider's list for `workspaces/computes`, named by the subscription's locations. */
  listRegions(subscription: ArmId, signal?: AbortSignal): Promise<readonly Region[]>;

  /** One request per page; node counts included. */
  listComputes(workspace: ArmId, signal?: AbortSignal): Promise<ComputeListing>;
  /** @returns undefined when it does not exist. @throws `invalid` when it is a compute of another type. */
  getCluster(cluster: ArmId, signal?: AbortSignal): Promise<ComputeCluster | undefined>;
  /** The answer to GET as it came, for people to read. @throws `notFound` when it does not exist. */
  getClusterJson(cluster: ArmId, signal?: AbortSignal): Promise<unknown>;
  /** Counts as a write in ARM's request budget (recorded 2025-11-04): only for clusters that somebody looks at. */
  listNodes(cluster: ArmId, signal?: AbortSignal): Promise<NodeListing>;

  /**
   * Sends the PUT. The caller has made sure with `getCluster` that nothing is overwritten: a PUT on an existing compute
   * replaces it without a question. @returns as soon as Azure has accepted.
   */
  beginCreate(workspace: Workspace, draft: ClusterDraft, signal?: AbortSignal): Promise<PendingOperation>;
  /**
   * PUT of a whole body on a cluster that exists; what the body leaves out, Azure may reset. @returns undefined when Azure
   * answered that nothing was left to do.
   */
  beginUpdate(cluster: ArmId, body: JsonObject, signal?: AbortSignal): Promise<PendingOperation | undefined>;
  /** PATCH with scale settings only. @returns undefined when Azure answered that nothing was left to do. */
  beginScale(cluster: ArmId, scale: ScaleSettings, signal?: AbortSignal): Promise<PendingOperation | undefined>;
  /** @returns undefined when it was gone already. */
  beginDelete(cluster: ArmId, signal?: AbortSignal): Promise<PendingOperation | undefined>;
  /**
   * Waits for the end, also of one begun before a reload. Resolves when Azure says Succeeded.
   * @throws AzureMlError with the operation's own code when it failed, `notFound` when Azure no longer knows it.
   */
  finish(operation: PendingOperation, signal?: AbortSignal): Promise<void>;

  /** Cached for a day per subscription and region. */
  listVmSizes(subscription: ArmId, region: string, signal?: AbortSignal): Promise<readonly VmSize[]>;
  getQuota(subscription: ArmId, region: string, signal?: AbortSignal): Promise<RegionQuota>;
  /** Workspace-level vCPU limits: family key → limit. */
  listWorkspaceQuota(workspace: ArmId, region: string, signal?: AbortSignal): Promise<Readonly<Record<string, number>>>;
  /** Locks on the scope and those it inherits. */
  listLocks(scope: ArmId, signal?: AbortSignal): Promise<readonly ResourceLock[]>;
  /** The caller has made sure that the person means it. One that is gone already is fine. */
  deleteLock(lock: ArmId, signal?: AbortSignal): Promise<void>;
  listIdentities(subscription: ArmId, signal?: AbortSignal): Promise<readonly UserAssignedIdentity[]>;
  /** @returns undefined when it does not exist. */
  getIdentity(identity: ArmId, signal?: AbortSignal): Promise<UserAssignedIdentity | undefined>;
  /** Roles of a principal that count at the scope: also inherited ones and those of its groups. */
  listRoleAssignments(scope: ArmId, principalId: string, signal?: AbortSignal): Promise<readonly RoleAssignment[]>;
  /** Gives a managed identity a role; the caller has made sure that the person means it. One that it has already is fine. */
  assignRole(scope: ArmId, role: RoleName, principalId: string, signal?: AbortSignal): Promise<void>;
  listVirtualNetworks(subscription: ArmId, signal?: AbortSignal): Promise<readonly VirtualNetwork[]>;
  listPermissions(scope: ArmId, signal?: AbortSignal): Promise<readonly Permission[]>;
  /** Retail list price of one size. @returns undefined when the price service knows none. */
  getRetailPrice(
    region: string,
    vmSize: string,
    currency: string,
    signal?: AbortSignal,
  ): Promise<RetailPrice | undefined>;

  /** Azure's clock in milliseconds since the epoch, from its `Date` headers; this machine's before the first answer. */
  serviceNow(): number;
  dispose(): void;
}

export interface SubscriptionListing {
  readonly subscriptions: readonly Subscription[];
  /** tenantId → why its subscriptions are missing (an AzureMlError). */
  readonly failures: ReadonlyMap<string, Error>;
}

export type RequestKind = "read" | "write" | "delete";

/** One request that went out and came back; nothing in it is secret. */
export interface RequestRecord {
  readonly method: string;
  /** Path and api-version only: other query values may be signed. */
  readonly path: string;
  readonly statusCode: number | undefined;
  readonly durationMs: number;
  readonly requestId: string | undefined;
  /** Lowest `x-ms-ratelimit-remaining-*` value of the answer. */
  readonly budgetLeft: number | undefined;
  /** Milliseconds since the epoch by this machine's clock, when the answer came. */
  readonly at: number;
  /** Which of ARM's budgets it drew on: POST counts as a write (azure-api/NOTES 2, recorded 2025-11-04). */
  readonly kind: RequestKind;
  /** Whose budget: the subscription in the path, else the tenant; undefined for services outside ARM. */
  readonly scope: string | undefined;
  /** What is left of this account's own share in that scope; `budgetLeft` also counts everybody's. */
  readonly ownBudgetLeft?: number | undefined;
  /** After a refusal: how long Azure asks to wait. */
  readonly retryAfterMs?: number | undefined;
}

/** Where tokens come from. Implementations never prompt unless `interactive` was said. */
export interface CredentialSource {
  /** Shown to the person, e.g. "Microsoft account". */
  readonly label: string;
  /**
   * An access token for Azure Resource Manager in a tenant (undefined: the home tenant). `claims` comes from a challenge.
   * @throws AzureMlError `notSignedIn` when somebody would have to be asked.
   */
  getToken(request: TokenRequest): Promise<AccessToken>;
}

export interface TokenRequest {
  readonly tenantId?: string | undefined;
  readonly claims?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresOnTimestamp: number;
}

/** Requests at debug, changes at info, failures at error. No token, secret or account name goes in. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after that time, rejects with an AbortError when `signal` fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A little storage that survives a window reload (VS Code's Memento). */
export interface Memory {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
}
