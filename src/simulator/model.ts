import { type RandomState } from "./random";

/**
 * The simulated world as plain JSON, so that it can be saved and go on later. Times are milliseconds since the epoch in
 * simulated time; ids are ARM ids, compared without case.
 */
export interface WorldState extends RandomState {
  /** Up to when everything has happened. */
  now: number;
  person: Person;
  /** The first is the person's home. */
  tenants: TenantState[];
  subscriptions: SubscriptionState[];
  groups: GroupState[];
  workspaces: WorkspaceState[];
  clusters: ClusterState[];
  others: OtherComputeState[];
  identities: IdentityState[];
  networks: NetworkState[];
  locks: LockState[];
  roles: RoleAssignmentState[];
  operations: OperationState[];
  quotas: QuotaState[];
  /** vmSize of clusters deleted lately, by lower-case id. */
  deletedSizes: Record<string, string>;
}

export interface Person {
  objectId: string;
  name: string;
}

export interface TenantState {
  tenantId: string;
  displayName: string;
  domain: string;
}

export interface SubscriptionState {
  subscriptionId: string;
  tenantId: string;
  displayName: string;
  state: string;
}

export interface GroupState {
  id: string;
  location: string;
}

export interface WorkspaceState {
  id: string;
  location: string;
  kind: "Default" | "Hub" | "Project" | "FeatureStore";
  friendlyName: string;
  description: string;
  hubId?: string;
  isolationMode: "Disabled" | "AllowInternetOutbound" | "AllowOnlyApprovedOutbound";
  publicNetworkAccess: "Enabled" | "Disabled";
  privateLinkCount: number;
  tags: Record<string, string>;
  createdAt: number;
  /** ARM id of the container registry; many workspaces have none until an image is built. */
  registryId?: string;
  /** Answers only after seconds, where the transport plays latency. */
  slow?: boolean;
}

export interface IdentitySetting {
  type: "SystemAssigned" | "UserAssigned";
  userAssignedIds: string[];
  /** Of a system-assigned identity that came later: each time it is switched on there is a new principal. */
  principalId?: string;
}

export interface ErrorDetail {
  code: string;
  message: string;
  target?: string;
  details?: ErrorDetail[];
}

export interface ScaleState {
  min: number;
  max: number;
  /** ISO 8601, as it is answered. */
  idle: string;
}

export type NodePhase = "allocating" | "preparing" | "idle" | "running" | "leaving" | "unusable" | "preempted";

export interface NodeState {
  id: string;
  phase: NodePhase;
  since: number;
  /** When the phase ends by itself (allocating, preparing, leaving). */
  until?: number;
  jobId?: string;
  address: number;
}

/** Work that asks for nodes; it starts when enough of them are idle. */
export interface JobState {
  id: string;
  nodes: number;
  seconds: number;
  endsAt?: number;
}

export interface ClusterState {
  id: string;
  workspaceId: string;
  /** The workspace's region: `location` of the envelope. */
  workspaceLocation: string;
  /** The cluster's own region: `computeLocation`. */
  location: string;
  description: string | null;
  tags: Record<string, string> | null;
  identity?: IdentitySetting;
  createdOn: number;
  modifiedOn: number;
  provisioningState: "Creating" | "Updating" | "Deleting" | "Succeeded" | "Failed";
  provisioningErrors: ErrorDetail[];
  vmSize: string;
  lowPriority: boolean;
  osType: string;
  scale: ScaleState;
  subnetId?: string;
  remoteLogin: "NotSpecified" | "Enabled" | "Disabled";
  adminUserName?: string;
  nodePublicIp: boolean;
  localAuthDisabled: boolean;
  isolatedNetwork: boolean;
  allocationState: "Steady" | "Resizing";
  allocationStateSince: number;
  errors: ErrorDetail[];
  target: number;
  nodes: NodeState[];
  jobs: JobState[];
  /** When a resize that found no room gives up, and what it will say. */
  shortage?: { at: number; error: ErrorDetail };
  /** When nodes are asked for again after a shortage. */
  retryAt?: number;
  /** A delete lock keeps the service from cleaning up after a scale-down: resizing until the lock is gone. */
  cleanup?: "blocked" | { endsAt: number };
  /** No low-priority machines are to be had before this. */
  capacityReturnsAt?: number;
  /** Counts up, so that nodes of one cluster have different addresses. */
  addresses: number;
}

/** A compute of another type: shown as it is, never changes. */
export interface OtherComputeState {
  id: string;
  workspaceId: string;
  location: string;
  computeType: "ComputeInstance" | "Kubernetes";
  vmSize?: string;
  running: boolean;
  createdOn: number;
}

export interface OperationState {
  id: string;
  kind: "create" | "update" | "delete";
  computeId: string;
  location: string;
  startedAt: number;
  endsAt: number;
  status: "InProgress" | "Succeeded" | "Failed";
  error?: ErrorDetail;
  /** What an update changes when it ends. */
  scale?: ScaleState;
}

export interface IdentityState {
  id: string;
  location: string;
}

export interface NetworkState {
  id: string;
  location: string;
  addressPrefix: string;
  subnets: SubnetState[];
}

export interface SubnetState {
  name: string;
  addressPrefix: string;
  delegation?: string;
  /** Addresses taken by other things than our nodes. */
  otherAddresses: number;
  privateEndpointNetworkPolicies: "Enabled" | "Disabled";
  privateLinkServiceNetworkPolicies: "Enabled" | "Disabled";
}

export interface LockState {
  scope: string;
  name: string;
  level: "CanNotDelete" | "ReadOnly";
  notes: string;
}

export interface RoleAssignmentState {
  scope: string;
  name: string;
  role: string;
  principalId: string;
}

/** Limits of one region of one subscription, and what others than our clusters use of them. */
export interface QuotaState {
  subscriptionId: string;
  region: string;
  totalClusters: Allowance;
  totalDedicated: Allowance;
  totalLowPriority: Allowance;
  /** By the family's quota name, e.g. `standardDSv2Family`. */
  families: Record<string, Allowance>;
  /** Lower-case workspace id → family quota name → vCPUs. */
  workspaces: Record<string, Record<string, number>>;
}

export interface Allowance {
  limit: number;
  usedByOthers: number;
}
