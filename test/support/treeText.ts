import type * as vscode from "vscode";
import { settle } from "./handClock";

type Provider<T> = Pick<vscode.TreeDataProvider<T>, "getChildren" | "getTreeItem">;

/** A tree as it looks with every row open: `label  description`, two spaces deeper per level. Waits until rows rest. */
export async function treeText<T>(provider: Provider<T>, root?: T): Promise<string> {
  let before = await drawOnce(provider, root, "");
  for (let turn = 0; turn < 20; turn++) {
    await settle();
    const after = await drawOnce(provider, root, "");
    if (after.join("\n") === before.join("\n")) break;
    before = after;
  }
  return before.join("\n");
}

async function drawOnce<T>(provider: Provider<T>, parent: T | undefined, indent: string): Promise<string[]> {
  const lines: string[] = [];
  for (const child of (await provider.getChildren(parent)) ?? []) {
    const item = await provider.getTreeItem(child);
    const label = typeof item.label === "string" ? item.label : (item.label?.label ?? "");
    lines.push(indent + [label, item.description].filter(Boolean).join("  "));
    if (Number(item.collapsibleState) !== 0) lines.push(...(await drawOnce(provider, child, `${indent}  `)));
  }
  return lines;
}
