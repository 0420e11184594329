import { type ClockState } from "./clock";
import { type WorldState } from "./model";

/** A saved world. `format` rises when WorldState changes in a way that old snapshots cannot follow. */
interface Snapshot {
  readonly format: typeof format;
  readonly clock: ClockState;
  readonly state: WorldState;
}

const format = 1;

export function makeSnapshot(clock: ClockState, state: WorldState): unknown {
  return structuredClone({ format, clock, state } satisfies Snapshot);
}

/** @returns undefined for anything that is not a snapshot of this format: then the world begins anew. */
export function readSnapshot(value: unknown): Pick<Snapshot, "clock" | "state"> | undefined {
  const candidate = value as Partial<Snapshot> | null | undefined;
  if (typeof candidate !== "object" || candidate?.format !== format) return undefined;
  const { clock, state } = candidate;
  const lists = ["tenants", "subscriptions", "workspaces", "clusters", "operations", "quotas"] as const;
  const usable =
    typeof clock?.simulated === "number" &&
    typeof clock.real === "number" &&
    typeof state?.now === "number" &&
    lists.every((name) => Array.isArray(state[name]));
  return usable ? structuredClone({ clock, state }) : undefined;
}
