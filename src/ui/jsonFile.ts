import * as vscode from "vscode";
import { type Logger } from "../app/ports";

const saveDelayMs = 1_000;

/** Keeps something in a JSON file, so that it survives a window reload. */
export class JsonFile {
  readonly #file: vscode.Uri;
  readonly #beside: vscode.Uri;
  #timer: NodeJS.Timeout | undefined;
  #latest: (() => unknown) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: vscode.Uri,
    name: string,
    private readonly log: Logger,
    /** What is kept, for the log: "The timeline". */
    private readonly what: string,
  ) {
    this.#file = vscode.Uri.joinPath(folder, name);
    this.#beside = vscode.Uri.joinPath(folder, `${name}.new`);
  }

  /** @returns undefined when there is none, or none that can be read: then it begins anew. */
  async load(): Promise<unknown> {
    await this.flush();
    // The last window may be putting its file in place just now.
    const bytes = (await read(this.#file)) ?? (await read(this.#beside)) ?? (await read(this.#file));
    if (bytes === undefined) return undefined;
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    } catch {
      this.log.warn(`${this.what} begins anew: what was kept of it cannot be read.`);
      return undefined;
    }
  }

  /** Saves in a moment; many calls in a row save once. */
  saveSoon(snapshot: () => unknown): void {
    this.#latest = snapshot;
    this.#timer ??= setTimeout(() => void this.flush(), saveDelayMs);
  }

  /** Saves now what is waiting to be saved. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const snapshot = this.#latest;
    this.#latest = undefined;
    if (snapshot !== undefined) this.#writing = this.#writing.then(() => this.#write(snapshot()));
    return this.#writing;
  }

  /** Written beside, then put in place. VS Code removes the old file before it renames: in between only the new one is there. */
  async #write(snapshot: unknown): Promise<void> {
    try {
      await vscode.workspace.fs.createDirectory(this.folder);
      await vscode.workspace.fs.writeFile(this.#beside, new TextEncoder().encode(JSON.stringify(snapshot)));
      await vscode.workspace.fs.rename(this.#beside, this.#file, { overwrite: true });
    } catch (error) {
      this.log.warn(`${this.what} could not be saved: ${String(error)}`);
    }
  }
}

async function read(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch {
    return undefined;
  }
}
