import { type ToView } from "../../src/protocol/channel";
import { type FormChannel } from "../../src/ui/forms/serve";

/** The host's end of a webview, with whoever sends to it in the test's hands. */
export class FakeChannel implements FormChannel {
  readonly sent: ToView[] = [];
  readonly #listeners = new Set<(message: unknown) => void>();

  postMessage(message: ToView): Promise<boolean> {
    this.sent.push(message);
    return Promise.resolve(true);
  }

  onDidReceiveMessage(listener: (message: unknown) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** As the webview would send it. Resolves when the host has had time to answer what needs no waiting. */
  async receive(message: unknown): Promise<void> {
    for (const listener of [...this.#listeners]) listener(message);
    await settled();
  }

  get last(): ToView | undefined {
    return this.sent.at(-1);
  }
}

/** Lets everything that waits for nothing outside run. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

export class RecordingLog {
  readonly lines: string[] = [];
  readonly debug = (message: string): void => void this.lines.push(`debug ${message}`);
  readonly info = (message: string): void => void this.lines.push(`info ${message}`);
  readonly warn = (message: string): void => void this.lines.push(`warn ${message}`);
  readonly error = (message: string): void => void this.lines.push(`error ${message}`);
}
