import * as vscode from "vscode";
import { type ContextValues } from "./contributions";

export function setContext<K extends keyof ContextValues>(key: K, value: ContextValues[K]): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
