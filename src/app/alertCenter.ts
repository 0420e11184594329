import { type Alert, type AlertKind, alertsBetween } from "../core/alerts";
import { type ArmId, armKey } from "../core/armId";
import { type ClusterObserver, type Observation } from "./clusterObserver";
import { Emitter } from "./emitter";
import { type Memory } from "./ports";

export interface AlertCenterParts {
  readonly observer: ClusterObserver;
  readonly memory: Memory;
  /** Whether the person wants to hear of such events. */
  readonly wants: (kind: AlertKind) => boolean;
  /** Whether this window is the one to tell; asked once per event. */
  readonly claim: (eventKey: string) => Promise<boolean>;
}

const memoryKey = "alerts.told";
const mostRemembered = 300;

/** Tells each event once, over polls, windows and reloads, and counts what nobody has looked at. */
export class AlertCenter {
  readonly #alerted = new Emitter<Alert>();
  readonly onDidAlert = this.#alerted.event;
  readonly #unseenChanged = new Emitter<number>();
  readonly onDidChangeUnseen = this.#unseenChanged.event;
  readonly #unseen = new Set<string>();
  readonly #listening: { dispose(): void };

  constructor(private readonly parts: AlertCenterParts) {
    this.#listening = parts.observer.onDidObserve((observation) => void this.#observe(observation));
  }

  /** Somebody has looked: at one cluster, or at all. */
  seen(cluster?: ArmId): void {
    const before = this.#unseen.size;
    if (cluster === undefined) this.#unseen.clear();
    else this.#unseen.delete(armKey(cluster));
    if (this.#unseen.size !== before) this.#unseenChanged.fire(this.#unseen.size);
  }

  dispose(): void {
    this.#listening.dispose();
  }

  async #observe({ before, after, times }: Observation): Promise<void> {
    for (const alert of alertsBetween(before, after, times)) {
      if (!this.parts.wants(alert.kind) || this.#told().includes(alert.eventKey)) continue;
      await this.parts.memory.set(memoryKey, [...this.#told(), alert.eventKey].slice(-mostRemembered));
      this.#unseen.add(armKey(alert.cluster));
      this.#unseenChanged.fire(this.#unseen.size);
      if (await this.parts.claim(alert.eventKey)) this.#alerted.fire(alert);
    }
  }

  #told(): readonly string[] {
    const stored = this.parts.memory.get(memoryKey);
    return Array.isArray(stored) ? stored.filter((key) => typeof key === "string") : [];
  }
}
