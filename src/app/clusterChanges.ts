import * as l10n from "@vscode/l10n";
import { type ArmId, armKey, clusterId, nameOf, sameArmId, workspaceOf } from "../core/armId";
import { type ScaleSettings } from "../core/cluster";
import { type JsonObject } from "../core/computeBody";
import { validateAdvancedDraft } from "../core/advancedDraft";
import { type ClusterDraft, scaleFindings, validateDraft } from "../core/draft";
import { AzureMlError, asAzureMlError, isAbort } from "../core/errors";
import { type Finding, blocks } from "../core/finding";
import { type OperationKind, type PendingOperation } from "../core/operation";
import { preflight } from "../core/preflight/preflight";
import { type Workspace } from "../core/workspace";
import { type ClusterStore, type PendingChange } from "./clusterStore";
import { gatherPreflightFacts } from "./createFacts";
import { Emitter } from "./emitter";
import { type AzureMl, type Logger, type Memory } from "./ports";
import { provisionalCluster } from "./provisionalCluster";
import { type Sessions, type SignedIn } from "./session";
import { type Watcher } from "./watcher";

/** A write of ours came to its end, as Azure tells it. */
export interface ChangeOutcome {
  readonly kind: OperationKind;
  readonly cluster: ArmId;
  /** Absent when it succeeded. */
  readonly error?: AzureMlError | undefined;
}

export type CreateOutcome =
  | { readonly accepted: true; readonly cluster: ArmId }
  | { readonly accepted: false; readonly findings: readonly Finding[] };

/**
 * Creates, scales and deletes clusters. Each call returns as soon as Azure has accepted; the end is followed in the
 * background, also over a window reload, and told by `onDidFinish`. At most one write per cluster at a time.
 */
export class ClusterChanges {
  readonly #finished = new Emitter<ChangeOutcome>();
  readonly onDidFinish = this.#finished.event;
  readonly #begun = new Emitter<{ readonly kind: OperationKind; readonly cluster: ArmId }>();
  /** Azure has accepted a write of ours. */
  readonly onDidBegin = this.#begun.event;

  constructor(
    private readonly sessions: Sessions,
    private readonly store: ClusterStore,
    private readonly watcher: Watcher,
    private readonly memory: Memory,
    private readonly log: Logger,
  ) {}

  /**
   * Checks the draft again against facts read afresh, then creates. Never overwrites: an existing compute of that name is a
   * finding. A check that cannot be made stops nothing, but the look-up of the name: a PUT would overwrite.
   * @throws AzureMlError when Azure refuses, or the name cannot be looked up.
   */
  async create(workspace: Workspace, draft: ClusterDraft, signal?: AbortSignal): Promise<CreateOutcome> {
    const session = this.sessions.signedIn;
    const early = [...validateDraft(draft), ...validateAdvancedDraft(draft, { workspace })];
    if (blocks(early)) return { accepted: false, findings: early };
    const id = clusterId(workspace.id, draft.name);
    this.#refuseSecondWrite(id);
    const nameTaken = await exists(session.azureMl, id, signal);
    const facts = await gatherPreflightFacts(session.azureMl, workspace, draft, { nameTaken }, signal);
    const findings = preflight(draft, facts);
    if (blocks(findings)) return { accepted: false, findings };
    this.#refuseSecondWrite(id);
    const { vmSize, vmPriority, minNodeCount: min, maxNodeCount: max } = draft;
    this.log.info(`Create ${id}: ${vmSize}, ${vmPriority}, ${min} to ${max} nodes.`);
    const change = { kind: "create", provisional: provisionalCluster(id, workspace, draft) } as const;
    await this.#write(session, id, change, () => session.azureMl.beginCreate(workspace, draft, signal));
    return { accepted: true, cluster: id };
  }

  /** @throws RangeError for values that a form would refuse, AzureMlError when Azure refuses. */
  async scale(cluster: ArmId, scale: ScaleSettings, signal?: AbortSignal): Promise<void> {
    const problem = scaleFindings(scale)[0];
    if (problem !== undefined) throw new RangeError(problem.message);
    this.#refuseSecondWrite(cluster);
    const { minNodeCount: min, maxNodeCount: max, idleSecondsBeforeScaleDown: idle } = scale;
    this.log.info(`Scale ${cluster}: ${min} to ${max} nodes, idle ${idle} s.`);
    const session = this.sessions.signedIn;
    await this.#write(session, cluster, { kind: "scale" }, () => session.azureMl.beginScale(cluster, scale, signal));
  }

  /**
   * Sends a whole body, made from what GET gave just before: a PUT replaces the cluster. @param what for the log.
   * @throws AzureMlError when Azure refuses.
   */
  async update(cluster: ArmId, body: JsonObject, what: string, signal?: AbortSignal): Promise<void> {
    this.#refuseSecondWrite(cluster);
    this.log.info(`Update ${cluster}: ${what}.`);
    const session = this.sessions.signedIn;
    await this.#write(session, cluster, { kind: "update" }, () => session.azureMl.beginUpdate(cluster, body, signal));
  }

  /** Not asked here: who calls has made sure that the person means it. */
  async delete(cluster: ArmId, signal?: AbortSignal): Promise<void> {
    this.#refuseSecondWrite(cluster);
    this.log.info(`Delete ${cluster}.`);
    const session = this.sessions.signedIn;
    await this.#write(session, cluster, { kind: "delete" }, () => session.azureMl.beginDelete(cluster, signal));
  }

  /** Takes up the writes that were under way when the window closed. Call once after signing in. */
  resume(): void {
    const session = this.sessions.current;
    if (session.kind !== "signedIn") return;
    for (const operation of this.#remembered(session.source)) {
      if (this.store.pending(operation.cluster) !== undefined) continue;
      this.store.changeStarted(operation.cluster, { kind: operation.kind });
      this.#track(session, operation);
    }
  }

  /** The row shows the change from the first moment, and is let go when Azure refuses. */
  async #write(
    session: SignedIn,
    cluster: ArmId,
    change: PendingChange,
    begin: () => Promise<PendingOperation | undefined>,
  ): Promise<void> {
    this.store.changeStarted(cluster, change);
    let operation: PendingOperation | undefined;
    try {
      operation = await begin();
    } catch (error) {
      if (this.sessions.current === session) this.store.changeEnded(cluster);
      throw error;
    }
    if (operation !== undefined) await this.#remember(session.source, [...this.#remembered(session.source), operation]);
    if (this.sessions.current !== session) return;
    this.#begun.fire({ kind: change.kind, cluster });
    if (operation === undefined) await this.#end(cluster, change.kind);
    else this.#track(session, operation);
  }

  #track(session: SignedIn, operation: PendingOperation): void {
    this.watcher.expectChange(workspaceOf(operation.cluster));
    void this.#awaitEnd(session, operation);
  }

  async #awaitEnd(session: SignedIn, operation: PendingOperation): Promise<void> {
    let failure: AzureMlError | undefined;
    try {
      await session.azureMl.finish(operation);
    } catch (error) {
      if (isAbort(error) || this.sessions.current !== session) return;
      failure = asAzureMlError(error);
    }
    if (this.sessions.current !== session) return;
    const left = this.#remembered(session.source).filter((other) => !sameArmId(other.cluster, operation.cluster));
    await this.#remember(session.source, left);
    // A resumed operation may be so old that Azure has forgotten it: what GET says then is the truth.
    await this.#end(operation.cluster, operation.kind, failure?.kind === "notFound" ? undefined : failure);
  }

  async #end(cluster: ArmId, kind: OperationKind, error?: AzureMlError): Promise<void> {
    await this.watcher.refreshNow(workspaceOf(cluster));
    this.watcher.expectChange(workspaceOf(cluster));
    this.store.changeEnded(cluster);
    if (error === undefined) this.log.info(`${kind} ${cluster}: done.`);
    else this.log.error(`${kind} ${cluster}: ${error.code ?? error.kind}: ${error.message}`);
    this.#finished.fire({ kind, cluster, error });
  }

  #refuseSecondWrite(cluster: ArmId): void {
    if (this.store.pending(cluster) === undefined) return;
    throw new AzureMlError({
      kind: "conflict",
      code: "ChangePending",
      message: l10n.t("{0} is still being changed. Wait until that has ended, then try again.", nameOf(cluster)),
    });
  }

  #remembered(source: string): readonly PendingOperation[] {
    const stored = this.memory.get(memoryKey(source));
    return Array.isArray(stored) ? (stored as PendingOperation[]) : [];
  }

  async #remember(source: string, operations: readonly PendingOperation[]): Promise<void> {
    const latest = new Map(operations.map((operation) => [armKey(operation.cluster), operation]));
    await this.memory.set(memoryKey(source), [...latest.values()]);
  }
}

/** A compute of any type holds its name. */
async function exists(azureMl: AzureMl, cluster: ArmId, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await azureMl.getCluster(cluster, signal)) !== undefined;
  } catch (error) {
    if (error instanceof AzureMlError && error.kind === "invalid") return true;
    throw error;
  }
}

function memoryKey(source: string): string {
  return `operations.${source}`;
}
