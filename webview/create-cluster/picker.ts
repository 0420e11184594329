/** The list of sizes below its field. `first` is the row at the top of the window on it. */
export type Picker = { readonly open: false } | OpenPicker;

export interface OpenPicker {
  readonly open: true;
  /** What was typed to filter; undefined until something is typed: the field still shows the chosen size. */
  readonly query: string | undefined;
  /** Name of the row that Enter would choose. */
  readonly active: string | undefined;
  readonly first: number;
}

export type PickerMove = "next" | "previous" | "first" | "last" | "pageDown" | "pageUp";

export const closedPicker: Picker = { open: false };

/** Rows that fit into the list's height, which style.css sets. */
export const rowsInSight = 10;

export function openPicker(chosen: string): OpenPicker {
  return { open: true, query: undefined, active: chosen === "" ? undefined : chosen, first: 0 };
}

export function queryPicker(query: string): OpenPicker {
  return { open: true, query, active: undefined, first: 0 };
}

const page = 8;

/** Moves along the rows on show; the ends do not wrap, as the list is long. The active row comes into sight. */
export function movePicker(picker: OpenPicker, move: PickerMove, names: readonly string[]): OpenPicker {
  const at = picker.active === undefined ? -1 : names.indexOf(picker.active);
  const target = {
    next: at + 1,
    previous: at < 0 ? names.length - 1 : at - 1,
    first: 0,
    last: names.length - 1,
    pageDown: at + page,
    pageUp: at - page,
  }[move];
  const index = Math.min(Math.max(target, 0), names.length - 1);
  return showRow({ ...picker, active: names[index] }, index);
}

/** Moves the window as little as it takes for the row to be in it. */
export function showRow(picker: OpenPicker, index: number): OpenPicker {
  if (index < 0) return picker;
  const first = Math.max(Math.min(picker.first, index), index - rowsInSight + 1, 0);
  return first === picker.first ? picker : { ...picker, first };
}

/** Rows drawn before and after those in sight, so that scrolling shows no gaps. */
const margin = 8;

/** Which rows are drawn: those in sight and some around them, and how many are left out before and after. */
export function rowsDrawn(first: number, count: number): { from: number; to: number } {
  const top = Math.min(Math.max(first, 0), Math.max(count - rowsInSight, 0));
  return { from: Math.max(top - margin, 0), to: Math.min(top + rowsInSight + margin, count) };
}
