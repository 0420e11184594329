import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type SharedFolder } from "../app/sharedAnswers";

/** A folder on this machine's disk, seen by all windows: what VS Code's own file system lacks is making a file only if new. */
export class DiskFolder implements SharedFolder {
  #made: Promise<unknown> | undefined;
  #writes = 0;

  constructor(private readonly path: string) {}

  async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.path, name), "utf8");
    } catch {
      return undefined;
    }
  }

  /** Beside, then in place. */
  async write(name: string, text: string): Promise<void> {
    await this.#make();
    this.#writes += 1;
    const beside = join(this.path, `${name}.${process.pid}.${this.#writes}.new`);
    await writeFile(beside, text, { mode: 0o600 });
    await rename(beside, join(this.path, name));
  }

  async create(name: string, text: string): Promise<boolean> {
    await this.#make();
    try {
      await writeFile(join(this.path, name), text, { flag: "wx", mode: 0o600 });
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, name), { force: true });
  }

  /** Removes what has not been written for so long: workspaces and events of the past. */
  async prune(olderThanMs: number, now: number): Promise<void> {
    const names = await readdir(this.path).catch(() => []);
    for (const name of names) {
      const file = join(this.path, name);
      const info = await stat(file).catch(() => undefined);
      if (info !== undefined && now - info.mtimeMs > olderThanMs) await rm(file, { force: true });
    }
  }

  #make(): Promise<unknown> {
    this.#made ??= mkdir(this.path, { recursive: true });
    return this.#made;
  }
}
