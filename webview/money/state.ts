import { type ArmId, armKey } from "../../src/core/armId";
import { type Grouping, type MoneyColumn, type MoneyRow, type MoneySort, sortRows } from "../../src/core/moneyTable";
import { type WireError } from "../../src/protocol/channel";
import { type MoneyFacts } from "../../src/protocol/money";

export type MoneyState = Opening | OpenMoney;

export interface Opening {
  readonly kind: "opening";
  readonly error?: WireError | undefined;
}

export interface OpenMoney {
  readonly kind: "open";
  readonly facts: MoneyFacts;
  readonly sort: MoneySort;
  readonly grouping: Grouping;
  /** `armKey`s of the ticked clusters. */
  readonly ticked: readonly string[];
  readonly error?: WireError | undefined;
  /** What the last action came to, e.g. that a file was written. */
  readonly note?: "saved" | undefined;
}

/** How the table is looked at; kept while the page is hidden and over a reload. */
export interface SavedMoneyView {
  readonly version: 1;
  readonly sort: MoneySort;
  readonly grouping: Grouping;
}

export type MoneyEvent =
  | { readonly type: "facts"; readonly facts: MoneyFacts; readonly saved?: SavedMoneyView | undefined }
  | { readonly type: "openFailed"; readonly error: WireError }
  | { readonly type: "sorted"; readonly column: MoneyColumn }
  | { readonly type: "grouped"; readonly grouping: Grouping }
  | { readonly type: "ticked"; readonly cluster: ArmId; readonly on: boolean }
  | { readonly type: "tickedAll"; readonly on: boolean }
  | { readonly type: "saved" }
  | { readonly type: "failed"; readonly error: WireError };

export const opening: MoneyState = { kind: "opening" };

const textColumns: readonly MoneyColumn[] = ["name", "workspace", "subscription", "location", "vmSize"];

export function reduce(state: MoneyState, event: MoneyEvent): MoneyState {
  if (event.type === "openFailed") return state.kind === "open" ? state : { kind: "opening", error: event.error };
  if (event.type === "facts") return withFacts(state, event.facts, event.saved);
  return state.kind === "open" ? reduceOpen(state, event) : state;
}

function withFacts(state: MoneyState, facts: MoneyFacts, saved: SavedMoneyView | undefined): OpenMoney {
  if (state.kind === "opening") {
    return {
      kind: "open",
      facts,
      sort: saved?.sort ?? { column: "now", descending: true },
      grouping: saved?.grouping ?? { by: "workspace" },
      ticked: [],
    };
  }
  const known = new Set(facts.rows.map(({ id }) => armKey(id)));
  return { ...state, facts, ticked: state.ticked.filter((key) => known.has(key)) };
}

function reduceOpen(state: OpenMoney, event: Exclude<MoneyEvent, { type: "facts" | "openFailed" }>): OpenMoney {
  switch (event.type) {
    case "sorted": {
      const again = state.sort.column === event.column;
      const descending = again ? !state.sort.descending : !textColumns.includes(event.column);
      return { ...state, sort: { column: event.column, descending } };
    }
    case "grouped":
      return { ...state, grouping: event.grouping };
    case "ticked": {
      const others = state.ticked.filter((key) => key !== armKey(event.cluster));
      return { ...state, ticked: event.on ? [...others, armKey(event.cluster)] : others };
    }
    case "tickedAll":
      return { ...state, ticked: event.on ? state.facts.rows.map(({ id }) => armKey(id)) : [] };
    case "saved":
      return { ...state, note: "saved", error: undefined };
    case "failed":
      return { ...state, error: event.error, note: undefined };
  }
}

export function shownRows({ facts, sort }: OpenMoney): readonly MoneyRow[] {
  return sortRows(facts.rows, sort, facts.currency);
}

export function tickedRows(state: OpenMoney): readonly MoneyRow[] {
  return shownRows(state).filter(({ id }) => state.ticked.includes(armKey(id)));
}

const columns: readonly MoneyColumn[] = [
  ...textColumns,
  "nodes",
  "now",
  "idle",
  "unusable",
  "floor",
  "ceiling",
  "heldVCpus",
];

/** What an earlier drawing kept; undefined for another version's. */
export function savedView(value: unknown): SavedMoneyView | undefined {
  if (typeof value !== "object" || value === null || !("version" in value) || value.version !== 1) return undefined;
  const { sort, grouping } = value as { sort?: Partial<MoneySort>; grouping?: { by?: unknown; name?: unknown } };
  const column = columns.find((name) => name === sort?.column);
  if (column === undefined || typeof sort?.descending !== "boolean") return undefined;
  const known = groupingOf(grouping?.by, grouping?.name);
  return known && { version: 1, sort: { column, descending: sort.descending }, grouping: known };
}

function groupingOf(by: unknown, name: unknown): Grouping | undefined {
  if (by === "workspace" || by === "subscription") return { by };
  return by === "tag" && typeof name === "string" ? { by, name } : undefined;
}
