import { type CommandId } from "../contributions";
import { type TreeNode } from "./nodes";

/** How a row looks, without a word of VS Code's API. Texts are in the display language. */
export interface Row {
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon: RowIcon;
  readonly expandable: "never" | "collapsed" | "expanded";
  /** A base and sorted flags, `cluster.deletable.resizable`: menus match them (package.json). */
  readonly contextValue: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
  /** What a click does, where it does something. */
  readonly command?: { readonly id: CommandId; readonly title: string; readonly on: TreeNode } | undefined;
  readonly decoration?: Decoration | undefined;
}

export interface RowIcon {
  /** A codicon. */
  readonly id: string;
  /** A theme colour. */
  readonly color?: string | undefined;
}

/** Colours the label: something failed, needs a look, or is not up to date. */
export type Decoration = "failed" | "troubled" | "stale";

export function contextValue(base: string, flags: Readonly<Record<string, boolean>>): string {
  const on = Object.entries(flags).flatMap(([flag, isOn]) => (isOn ? [flag] : []));
  return [base, ...on.sort()].join(".");
}

/** Parts of a description, those that are absent left out. */
export function joined(...parts: readonly (string | undefined | false)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join(" · ");
}
