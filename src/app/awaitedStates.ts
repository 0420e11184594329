import { type ArmId, armId, armKey, isArmId, sameArmId, workspaceOf } from "../core/armId";
import { type Awaited, checkAwaited } from "../core/awaited";
import { type ClusterObserver, type Observation } from "./clusterObserver";
import { type Disposable, Emitter } from "./emitter";
import { type Memory } from "./ports";
import { type Sessions } from "./session";
import { type Watcher } from "./watcher";

/** What somebody wants to be told of once. */
export interface Wish {
  readonly cluster: ArmId;
  readonly awaited: Awaited;
}

/** `met`: it has come. `hopeless`: it will not come any more. */
export interface WishEnd extends Wish {
  readonly outcome: "met" | "hopeless";
}

/** Waits for clusters to reach a state, also unseen and over a window reload; only while this window runs. */
export class AwaitedStates {
  readonly #ended = new Emitter<WishEnd>();
  readonly onDidEnd = this.#ended.event;
  readonly #following = new Map<string, Disposable>();
  readonly #listening: readonly Disposable[];

  constructor(
    observer: ClusterObserver,
    private readonly watcher: Watcher,
    private readonly sessions: Sessions,
    private readonly memory: Memory,
  ) {
    this.#listening = [
      observer.onDidObserve((observation) => this.#observe(observation)),
      sessions.onDidChange(() => this.#follow()),
    ];
  }

  of(cluster: ArmId): readonly Wish[] {
    return this.#wishes().filter((wish) => sameArmId(wish.cluster, cluster));
  }

  async add(wish: Wish): Promise<void> {
    await this.#remember([...this.#wishes().filter((other) => keyOf(other) !== keyOf(wish)), wish]);
  }

  async forget(cluster: ArmId): Promise<void> {
    await this.#remember(this.#wishes().filter((wish) => !sameArmId(wish.cluster, cluster)));
  }

  dispose(): void {
    for (const listener of [...this.#listening, ...this.#following.values()]) listener.dispose();
    this.#following.clear();
  }

  #observe({ workspace, after }: Observation): void {
    for (const wish of this.#wishes()) {
      if (!sameArmId(workspaceOf(wish.cluster), workspace)) continue;
      const cluster = after.find(({ id }) => sameArmId(id, wish.cluster));
      const outcome = checkAwaited(wish.awaited, cluster);
      if (outcome === "waiting") continue;
      void this.#remember(this.#wishes().filter((other) => keyOf(other) !== keyOf(wish)));
      this.#ended.fire({ ...wish, outcome });
    }
  }

  async #remember(wishes: readonly Wish[]): Promise<void> {
    const stored = this.memory.set(this.#key(), wishes.length === 0 ? undefined : wishes);
    this.#follow();
    await stored;
  }

  /** One watch per workspace that somebody waits for. */
  #follow(): void {
    const signedIn = this.sessions.current.kind === "signedIn";
    const wanted = new Map(
      (signedIn ? this.#wishes() : []).map(({ cluster }) => [armKey(workspaceOf(cluster)), workspaceOf(cluster)]),
    );
    for (const [key, following] of this.#following) {
      if (wanted.has(key)) continue;
      following.dispose();
      this.#following.delete(key);
    }
    for (const [key, workspace] of wanted) {
      if (!this.#following.has(key)) this.#following.set(key, this.watcher.follow(workspace));
    }
  }

  #wishes(): readonly Wish[] {
    const stored = this.memory.get(this.#key());
    return Array.isArray(stored)
      ? stored.filter(isWish).map((wish) => ({ ...wish, cluster: armId(wish.cluster) }))
      : [];
  }

  #key(): string {
    const { current } = this.sessions;
    return `awaited.${current.kind === "signedIn" ? current.source : "none"}`;
  }
}

function keyOf({ cluster, awaited }: Wish): string {
  return `${armKey(cluster)} ${JSON.stringify(awaited)}`;
}

function isWish(value: unknown): value is Wish {
  const { cluster, awaited } = (value ?? {}) as { cluster?: unknown; awaited?: Partial<Awaited> };
  const known = ["reachesNodes", "idle", "gone"].includes(awaited?.kind ?? "");
  return typeof cluster === "string" && isArmId(cluster) && known;
}
