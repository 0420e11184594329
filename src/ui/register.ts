import * as vscode from "vscode";
import { type Logger } from "../app/ports";
import { type CommandId, type CommandTarget, commands } from "./contributions";
import { report } from "./report";

/** What a command gets: those that act on a row get whatever the caller named, not to be trusted. */
type Arguments<Target extends CommandTarget> = Target extends "nothing"
  ? readonly []
  : readonly [target?: unknown, selection?: unknown];

export type Handlers<Id extends CommandId> = {
  readonly [K in Id]: (...args: Arguments<(typeof commands)[K]>) => unknown;
};

/** Registers commands; each is logged, run, and its failure told once. */
export function registerCommands<Id extends CommandId>(handlers: Handlers<Id>, log: Logger): vscode.Disposable {
  const registered = (Object.entries(handlers) as [Id, (...args: unknown[]) => unknown][]).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      log.debug(`Command ${id}.`);
      if (isLostRow(id, args)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t("The list was just being redrawn. Choose the command again."),
        );
        return;
      }
      try {
        await handler(...args);
      } catch (error) {
        // Not awaited: the command has ended, the message may stay for long.
        void report(error, log);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/**
 * Whether a row's menu was used in the moment in which VS Code had let go of that row to draw it anew: it then passes
 * nothing where the row should be. From the palette or by key it passes no argument at all.
 */
function isLostRow(id: CommandId, args: readonly unknown[]): boolean {
  const target = commands[id];
  return target !== "nothing" && target !== "tenant" && args.length > 0 && args[0] === undefined;
}
