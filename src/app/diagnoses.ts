import { type ArmId, armKey, nameOf, sameArmId } from "../core/armId";
import { type ComputeCluster } from "../core/cluster";
import { type Cause } from "../core/diagnosis/cause";
import { diagnose } from "../core/diagnosis/diagnose";
import { type DiagnosisFacts } from "../core/diagnosis/facts";
import { type Symptom, symptomsOf } from "../core/diagnosis/symptoms";
import { AzureMlError, isAbort } from "../core/errors";
import { type ClusterHistories } from "./clusterHistories";
import { type ClusterObserver, type Observation } from "./clusterObserver";
import { type ClusterStore } from "./clusterStore";
import { DiagnosisFactReader } from "./diagnosisFacts";
import { Emitter } from "./emitter";
import { type AzureMl, type Clock, type Logger } from "./ports";
import { type Sessions, type SignedIn } from "./session";

/** Why a cluster is as it is, and what that was concluded from. */
export interface Diagnosis {
  readonly facts: DiagnosisFacts;
  readonly causes: readonly Cause[];
  /** In this machine's clock. */
  readonly at: number;
}

export interface DiagnosesParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly observer: ClusterObserver;
  readonly histories: ClusterHistories;
  readonly clock: Clock;
  readonly log: Logger;
  /** Runs background work within the request budget; rejects or never runs it where nothing may be asked unasked. */
  readonly inBackground: (scope: ArmId, reads: number, work: () => Promise<void>) => Promise<void>;
}

/**
 * A resize that has just failed is steady below its target for a moment also while the service counts: Azure's clock, ms.
 * Half the time a node takes to come up (azure-facts 2.6).
 */
export const belowTargetGraceMs = 2 * 60_000;
/** An unchanged trouble is looked at again by itself only after this long, this machine's clock. */
const againMs = 15 * 60_000;
/** Facts that one diagnosis asks for at most (`DiagnosisFactReader`). */
const readsPerDiagnosis = 9;

/** Finds out why clusters are as they are: on request, and by itself when one looks suspicious. Marks their rows. */
export class Diagnoses {
  readonly #changed = new Emitter<ArmId>();
  /** A diagnosis has come or has been dropped. */
  readonly onDidChange = this.#changed.event;
  readonly #known = new Map<string, Diagnosis>();
  readonly #belowTargetSince = new Map<string, number>();
  /** What was last looked at by itself, and when. */
  readonly #looked = new Map<string, { readonly trouble: string; readonly at: number }>();
  readonly #listening: readonly { dispose(): void }[];
  #reader: { readonly session: SignedIn; readonly facts: DiagnosisFactReader } | undefined;

  constructor(private readonly parts: DiagnosesParts) {
    this.#listening = [
      parts.observer.onDidObserve((observation) => this.#observe(observation)),
      parts.sessions.onDidChange(() => this.#forget()),
    ];
  }

  get(cluster: ArmId): Diagnosis | undefined {
    return this.#known.get(armKey(cluster));
  }

  /** Asks everything anew, the cluster itself included. @throws AzureMlError when the cluster cannot be read. */
  async diagnose(id: ArmId, signal?: AbortSignal): Promise<Diagnosis> {
    const session = this.parts.sessions.signedIn;
    const cluster = await session.azureMl.getCluster(id, signal);
    if (cluster === undefined) {
      throw new AzureMlError({ kind: "notFound", message: `${nameOf(id)} was not found.` });
    }
    this.#readerOf(session).clear();
    return this.#look(session, cluster, signal);
  }

  dispose(): void {
    for (const listener of this.#listening) listener.dispose();
  }

  #observe({ workspace, before, after, times }: Observation): void {
    for (const gone of before ?? []) {
      if (after.some(({ id }) => sameArmId(id, gone.id))) continue;
      this.#clear(gone.id);
      this.#belowTargetSince.delete(armKey(gone.id));
    }
    for (const cluster of after) {
      const symptoms = this.#lasting(cluster, symptomsOf(cluster, times.after, this.parts.histories.of(cluster.id)));
      if (symptoms.length === 0) this.#clear(cluster.id);
      else {
        this.#mark(cluster.id, symptoms);
        this.#lookByItself(workspace, cluster, symptoms);
      }
    }
  }

  /** Without what may pass in a moment. */
  #lasting(cluster: ComputeCluster, symptoms: readonly Symptom[]): readonly Symptom[] {
    const key = armKey(cluster.id);
    if (!symptoms.some(({ kind }) => kind === "belowTarget")) {
      this.#belowTargetSince.delete(key);
      return symptoms;
    }
    const session = this.parts.sessions.signedIn;
    const now = session.azureMl.serviceNow();
    const transition = Date.parse(cluster.allocationStateTransitionTime ?? "");
    const since = this.#belowTargetSince.get(key) ?? (Number.isNaN(transition) ? now : transition);
    this.#belowTargetSince.set(key, since);
    return now - since >= belowTargetGraceMs ? symptoms : symptoms.filter(({ kind }) => kind !== "belowTarget");
  }

  #mark(id: ArmId, symptoms: readonly Symptom[]): void {
    const stuck = symptoms.some(({ kind }) => kind === "stuckResizing" || kind === "stuckProvisioning");
    this.parts.store.setMark(id, { stuck, cause: this.get(id)?.causes[0]?.message });
  }

  #lookByItself(workspace: ArmId, cluster: ComputeCluster, symptoms: readonly Symptom[]): void {
    const { sessions, store, clock, log, inBackground } = this.parts;
    const session = sessions.signedIn;
    const key = armKey(cluster.id);
    const trouble = `${symptoms.map(({ kind }) => kind).join()} ${cluster.allocationStateTransitionTime ?? ""}`;
    const last = this.#looked.get(key);
    if (last?.trouble === trouble && clock.now() - last.at < againMs) return;
    this.#looked.set(key, { trouble, at: clock.now() });
    const work = async (): Promise<void> => {
      const current = store.cluster(cluster.id);
      if (sessions.current !== session || current === undefined || store.mark(cluster.id) === undefined) return;
      await this.#look(session, current);
    };
    inBackground(workspace, readsPerDiagnosis, work).catch((error: unknown) => {
      if (!isAbort(error)) log.warn(`Diagnosis of ${cluster.name}: ${String(error)}`);
    });
  }

  async #look(session: SignedIn, cluster: ComputeCluster, signal?: AbortSignal): Promise<Diagnosis> {
    const { store, histories, clock, sessions, log } = this.parts;
    const known = { history: histories.of(cluster.id) };
    const facts = await this.#readerOf(session).read(cluster, known, signal);
    const diagnosis = { facts, causes: diagnose(facts), at: clock.now() };
    if (sessions.current !== session) return diagnosis;
    this.#known.set(armKey(cluster.id), diagnosis);
    log.info(
      `Diagnosis of ${cluster.name}: ${diagnosis.causes.map(({ rule }) => rule).join(", ") || "nothing found"}.`,
    );
    const mark = store.mark(cluster.id);
    if (mark !== undefined) store.setMark(cluster.id, { ...mark, cause: diagnosis.causes[0]?.message });
    this.#changed.fire(cluster.id);
    return diagnosis;
  }

  /** The trouble is over; what was found on request in a healthy cluster stays. */
  #clear(id: ArmId): void {
    const recovered = this.parts.store.mark(id) !== undefined;
    this.parts.store.setMark(id, undefined);
    this.#looked.delete(armKey(id));
    if (recovered && this.#known.delete(armKey(id))) this.#changed.fire(id);
  }

  #forget(): void {
    this.#known.clear();
    this.#belowTargetSince.clear();
    this.#looked.clear();
    this.#reader = undefined;
  }

  #readerOf(session: SignedIn): DiagnosisFactReader {
    if (this.#reader?.session !== session) {
      const azureMl: AzureMl = session.azureMl;
      this.#reader = { session, facts: new DiagnosisFactReader(azureMl, this.parts.clock) };
    }
    return this.#reader.facts;
  }
}
