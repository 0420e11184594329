import * as vscode from "vscode";
import { type Logger } from "../app/ports";
import { type CommandId, type CommandTarget, type commands } from "./contributions";
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
