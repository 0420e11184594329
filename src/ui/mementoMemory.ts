import type * as vscode from "vscode";
import { type Memory } from "../app/ports";

/** VS Code's storage as our layers know it. */
export function mementoMemory(memento: vscode.Memento): Memory {
  return {
    get: (key) => memento.get(key),
    set: async (key, value) => memento.update(key, value),
  };
}
