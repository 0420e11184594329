import { type Subscription } from "../core/account";
import { Emitter } from "./emitter";
import { type Memory } from "./ports";
import { type SessionSource, type Sessions } from "./session";

/**
 * Which subscriptions are shown. Remembered per kind of session, over all windows. As long as nothing has been chosen here,
 * the choice that other Azure extensions keep counts for real subscriptions.
 */
export class AccountFilter {
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly sessions: Sessions,
    private readonly memory: Memory,
    /** `azureResourceGroups.selectedSubscriptions` as it is written: `[account/]tenant/subscription`. */
    private readonly sharedSelection: () => unknown,
  ) {}

  /** Ids of the chosen subscriptions; undefined: all are shown. */
  get chosen(): readonly string[] | undefined {
    return this.own ?? this.shared;
  }

  /** What was chosen in this extension. */
  get own(): readonly string[] | undefined {
    const source = this.#source;
    return source && textsIn(this.memory.get(memoryKey(source)));
  }

  /** What other Azure extensions have chosen; undefined when that is nothing, or counts for nothing here. */
  get shared(): readonly string[] | undefined {
    if (this.#source !== "microsoft") return undefined;
    const entries = textsIn(this.sharedSelection())?.map((entry) => entry.split("/").at(-1) ?? "");
    return entries === undefined || entries.length === 0 ? undefined : entries;
  }

  keeps({ subscriptionId }: Pick<Subscription, "subscriptionId">): boolean {
    const { chosen } = this;
    return chosen === undefined || chosen.some((id) => id.toLowerCase() === subscriptionId.toLowerCase());
  }

  /** @param ids undefined: back to all, or to what other extensions have chosen. */
  async choose(ids: readonly string[] | undefined): Promise<void> {
    const source = this.#source;
    if (source === undefined) return;
    await this.memory.set(memoryKey(source), ids);
    this.#changed.fire();
  }

  /** The shared selection has changed elsewhere. */
  sharedChanged(): void {
    if (this.own === undefined && this.#source === "microsoft") this.#changed.fire();
  }

  get #source(): SessionSource | undefined {
    const { current } = this.sessions;
    return current.kind === "signedIn" ? current.source : undefined;
  }
}

function memoryKey(source: SessionSource): string {
  return `accountFilter.${source}`;
}

function textsIn(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((entry): entry is string => typeof entry === "string" && entry !== "");
}
