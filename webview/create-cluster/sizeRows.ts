import { type SizeFacts, type SizeRow, filterAndSortSizes } from "../../src/core/sizeFilter";
import { vmSizeKey } from "../../src/core/vmSize";
import { type OpenForm, draft, retailPrice, sizesOf } from "./formState";

const remembered = new WeakMap<OpenForm, readonly SizeRow[]>();

/**
 * The rows of the size list as filters and order leave them; favourites come first, then those used lately, while nothing is
 * searched for and no other order was asked for. None while the region's sizes are unknown. Worked out once per state.
 */
export function shownRows(state: OpenForm): readonly SizeRow[] {
  const known = remembered.get(state);
  if (known !== undefined) return known;
  const rows = rowsOf(state);
  remembered.set(state, rows);
  return rows;
}

function rowsOf(state: OpenForm): readonly SizeRow[] {
  const sizes = sizesOf(state);
  if (sizes?.kind !== "loaded") return [];
  const text = state.picker.open ? (state.picker.query ?? "") : "";
  const rows = filterAndSortSizes(sizes.sizes.vmSizes, { ...state.filters, text }, state.sort, sizeFacts(state));
  if (text !== "" || state.sort.by !== "usable") return rows;
  const place = (row: SizeRow): number => markOf(state, row.size.name)?.rank ?? 2;
  return [...rows].sort((a, b) => place(a) - place(b));
}

export interface Mark {
  readonly kind: "favourite" | "recent";
  readonly rank: number;
}

export function markOf({ favourites, init }: OpenForm, name: string): Mark | undefined {
  const isIn = (names: readonly string[]): boolean => names.some((other) => vmSizeKey(other) === vmSizeKey(name));
  if (isIn(favourites)) return { kind: "favourite", rank: 0 };
  return isIn(init.recentSizes) ? { kind: "recent", rank: 1 } : undefined;
}

export function sizeFacts(state: OpenForm): SizeFacts {
  const sizes = sizesOf(state);
  const region = sizes?.kind === "loaded" ? sizes.sizes : undefined;
  const retail = retailPrice(state)?.retail;
  const { vmPriority, vmSize } = draft(state);
  return {
    priority: vmPriority,
    quota: region?.quota,
    workspaceLimits: region?.workspaceLimits,
    // All other rows are in USD: the chosen one in another currency would fall out of their order and filters.
    prices: retail?.currency === "USD" ? { [vmSizeKey(vmSize)]: retail } : undefined,
  };
}
