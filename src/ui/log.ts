import * as vscode from "vscode";
import { type Logger } from "../app/ports";

/** The output channel "AML Clusters", as our layers know it. */
export class Log implements Logger, vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel("AML Clusters", { log: true });

  debug(message: string): void {
    this.#channel.debug(message);
  }

  info(message: string): void {
    this.#channel.info(message);
  }

  warn(message: string): void {
    this.#channel.warn(message);
  }

  error(message: string): void {
    this.#channel.error(message);
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
