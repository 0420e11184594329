import * as vscode from "vscode";
import { type ActivityTrace } from "../../app/activityTrace";
import { type Logger } from "../../app/ports";
import { registerCommands } from "../register";

/** Opens the requests of this window as a text to read, save or hand on. It holds no token, query or account name. */
export function registerActivity(activity: ActivityTrace, log: Logger): vscode.Disposable {
  async function show(): Promise<void> {
    const document = await vscode.workspace.openTextDocument({
      language: "plaintext",
      content: `${activity.text()}\n`,
    });
    await vscode.window.showTextDocument(document);
  }
  return registerCommands({ "amlClusters.activity.export": show }, log);
}
