/** The list of sizes below its field. */
export type Picker = { readonly open: false } | OpenPicker;

export interface OpenPicker {
  readonly open: true;
  /** What was typed to filter; undefined until something is typed: the field still shows the chosen size. */
  readonly query: string | undefined;
  /** Name of the row that Enter would choose. */
  readonly active: string | undefined;
}

export type PickerMove = "next" | "previous" | "first" | "last" | "pageDown" | "pageUp";

export const closedPicker: Picker = { open: false };

export function openPicker(chosen: string): OpenPicker {
  return { open: true, query: undefined, active: chosen === "" ? undefined : chosen };
}

export function queryPicker(query: string): OpenPicker {
  return { open: true, query, active: undefined };
}

const page = 8;

/** Moves along the rows on show; the ends do not wrap, as the list is long. */
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
  const active = names[Math.min(Math.max(target, 0), names.length - 1)];
  return { ...picker, active };
}
