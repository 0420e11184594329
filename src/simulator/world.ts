import { type AllocationContext, applyScale, nextNodeEvent, secondsOf, settle, stepNodes } from "./allocation";
import { sameId } from "./ids";
import { allocationLock } from "./locks";
import {
  type ClusterState,
  type ErrorDetail,
  type OperationState,
  type OtherComputeState,
  type WorkspaceState,
  type WorldState,
} from "./model";
import { enterPhase } from "./jobs";
import { createError } from "./createChecks";
import { nextGuid } from "./random";
import { type Switches } from "./switches";
import { operationMemoryMs, timings } from "./timings";

/**
 * The simulated Azure: data, and what time does to it. It has no timers; whoever asks first lets it catch up with
 * `advance(now)`, which lets everything happen in the order of its time, however long the jump.
 */
export class World {
  /** Counts changes that happened by themselves or were asked for; a rise means that the world is worth saving. */
  changes = 0;
  readonly state: WorldState;
  readonly switches: Switches;
  /** Makes the next accepted write fail in the end, for tests. */
  nextFailure: ErrorDetail | undefined;

  constructor(state: WorldState, switches: Switches) {
    this.state = state;
    this.switches = switches;
  }

  get now(): number {
    return this.state.now;
  }

  advance(to: number): void {
    for (;;) {
      const at = this.#nextEvent();
      if (at > to) break;
      this.state.now = Math.max(this.state.now, at);
      this.#happen();
      this.changes++;
    }
    this.state.now = Math.max(this.state.now, to);
  }

  #nextEvent(): number {
    const operations = this.state.operations.filter((operation) => operation.status === "InProgress");
    const nodes = this.state.clusters.map((cluster) => nextNodeEvent(cluster, allocationLock(this.state, cluster)));
    return Math.min(Infinity, ...operations.map((operation) => operation.endsAt), ...nodes);
  }

  #happen(): void {
    const { now } = this.state;
    for (const operation of this.state.operations) {
      if (operation.status === "InProgress" && operation.endsAt <= now) this.#endOperation(operation);
    }
    this.state.operations = this.state.operations.filter((operation) => now - operation.endsAt < operationMemoryMs);
    for (const cluster of this.state.clusters) {
      if (nextNodeEvent(cluster, allocationLock(this.state, cluster)) <= now) stepNodes(cluster, this.context);
    }
  }

  get context(): AllocationContext {
    return { state: this.state, switches: this.switches, now: this.state.now };
  }

  findWorkspace(id: string): WorkspaceState | undefined {
    return this.state.workspaces.find((workspace) => sameId(workspace.id, id));
  }

  findCluster(id: string): ClusterState | undefined {
    return this.state.clusters.find((cluster) => sameId(cluster.id, id));
  }

  findOther(id: string): OtherComputeState | undefined {
    return this.state.others.find((other) => sameId(other.id, id));
  }

  /** Lets a cluster react to something that somebody did to it. */
  react(cluster: ClusterState): void {
    settle(cluster, this.context);
    this.changes++;
  }

  /** Lets every cluster react, after locks or quota changed. */
  reactAll(): void {
    for (const cluster of this.state.clusters) this.react(cluster);
  }

  startCreate(cluster: ClusterState): OperationState {
    const failing = createError(this.state, cluster, this.switches) !== undefined || this.nextFailure !== undefined;
    return this.#start("create", cluster, failing ? timings.failedCreate : timings.create);
  }

  startUpdate(cluster: ClusterState, change: Pick<OperationState, "scale">): OperationState {
    cluster.provisioningState = "Updating";
    cluster.modifiedOn = this.state.now;
    return Object.assign(this.#start("update", cluster, timings.update), change);
  }

  startDelete(cluster: ClusterState): OperationState {
    cluster.provisioningState = "Deleting";
    cluster.jobs = [];
    const operation = this.#start("delete", cluster, timings.delete);
    cluster.nodes = cluster.nodes.filter((node) => node.phase !== "allocating");
    for (const node of cluster.nodes) enterPhase(node, "leaving", this.state.now);
    if (cluster.nodes.length > 0) {
      cluster.allocationState = "Resizing";
      cluster.allocationStateSince = this.state.now;
    }
    cluster.target = 0;
    return operation;
  }

  #start(kind: OperationState["kind"], cluster: ClusterState, length: readonly [number, number]): OperationState {
    const operation: OperationState = {
      id: nextGuid(this.state),
      kind,
      computeId: cluster.id,
      location: cluster.workspaceLocation,
      startedAt: this.state.now,
      endsAt: this.state.now + secondsOf(this.state, length),
      status: "InProgress",
    };
    if (this.nextFailure !== undefined) {
      operation.error = this.nextFailure;
      this.nextFailure = undefined;
    }
    this.state.operations.push(operation);
    this.changes++;
    return operation;
  }

  #endOperation(operation: OperationState): void {
    const cluster = this.findCluster(operation.computeId);
    operation.status = operation.error === undefined ? "Succeeded" : "Failed";
    if (cluster === undefined) return;
    cluster.modifiedOn = operation.endsAt;
    if (operation.kind === "create") this.#endCreate(cluster, operation);
    else if (operation.kind === "update") this.#endUpdate(cluster, operation);
    else if (operation.error === undefined) this.#remove(cluster);
    else cluster.provisioningState = "Failed";
  }

  #endCreate(cluster: ClusterState, operation: OperationState): void {
    const error = operation.error ?? createError(this.state, cluster, this.switches);
    if (error !== undefined) {
      operation.status = "Failed";
      operation.error = error;
      cluster.provisioningState = "Failed";
      cluster.provisioningErrors = [error];
      return;
    }
    cluster.provisioningState = "Succeeded";
    cluster.provisioningErrors = [];
    cluster.tags ??= {};
    // Left open it means: closed in a virtual network, else open on every node (recorded: Enabled without one).
    if (cluster.remoteLogin === "NotSpecified") {
      cluster.remoteLogin = cluster.subnetId === undefined ? "Enabled" : "Disabled";
    }
    cluster.allocationStateSince = this.state.now;
    const locked = allocationLock(this.state, cluster) === "CanNotDelete";
    if (locked && this.switches.createUnderDeleteLock === "stuck") cluster.cleanup = "blocked";
    settle(cluster, this.context);
  }

  #endUpdate(cluster: ClusterState, operation: OperationState): void {
    if (operation.error !== undefined) {
      cluster.provisioningState = "Failed";
      cluster.provisioningErrors = [operation.error];
      return;
    }
    cluster.provisioningState = "Succeeded";
    if (operation.scale === undefined) {
      settle(cluster, this.context);
    } else {
      cluster.scale = operation.scale;
      applyScale(cluster, this.context);
    }
  }

  #remove(cluster: ClusterState): void {
    this.state.clusters = this.state.clusters.filter((other) => other !== cluster);
    this.state.deletedSizes[cluster.id.toLowerCase()] = cluster.vmSize;
  }
}
