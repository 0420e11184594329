import * as vscode from "vscode";
import { type ClusterDraft } from "../../core/draft";
import { type Finding } from "../../core/finding";
import { draftOfPreset } from "../../core/presetReader";
import { presetOf } from "../../core/presets";
import { type ArmId } from "../../core/armId";

/** Where presets lie: `own` for the person, the others in folders that are open, to be shared through the repository. */
export interface PresetFolder {
  readonly kind: "own" | "repository";
  /** Of the folder that is open; empty for one's own. */
  readonly name: string;
  readonly uri: vscode.Uri;
}

export interface PresetFile {
  readonly folder: PresetFolder;
  /** Without its extension. */
  readonly name: string;
  readonly uri: vscode.Uri;
}

export type PresetFileSystem = Pick<
  vscode.FileSystem,
  "readDirectory" | "readFile" | "writeFile" | "createDirectory" | "stat"
>;

/** Bytes; a description of a cluster has some hundred. */
const largestFile = 100_000;
const mostFiles = 200;
const extension = /\.ya?ml$/i;

/** Cluster descriptions in YAML as the Azure CLI reads them: one's own, and those under `.azureml/clusters` of open folders. */
export class PresetFolders {
  constructor(
    private readonly own: vscode.Uri,
    private readonly files: PresetFileSystem,
  ) {}

  folders(): readonly PresetFolder[] {
    const open = vscode.workspace.workspaceFolders ?? [];
    return [
      { kind: "own", name: "", uri: this.own },
      ...open.map(({ name, uri }) => ({
        kind: "repository" as const,
        name,
        uri: vscode.Uri.joinPath(uri, ".azureml", "clusters"),
      })),
    ];
  }

  /** Of every folder; one that is not there has none. */
  async list(): Promise<readonly PresetFile[]> {
    const lists = await Promise.all(
      this.folders().map(async (folder) => {
        const names = await this.#names(folder.uri);
        return names.map((file) => ({
          folder,
          name: file.replace(extension, ""),
          uri: vscode.Uri.joinPath(folder.uri, file),
        }));
      }),
    );
    return lists.flat();
  }

  /** @throws Error that says why, for people, when the file is no description of a cluster. */
  async read(
    file: PresetFile,
    base: ClusterDraft,
    workspace: ArmId,
  ): Promise<{ readonly draft: ClusterDraft; readonly findings: readonly Finding[] }> {
    const { size } = await this.files.stat(file.uri);
    if (size > largestFile) throw new Error(vscode.l10n.t("{0} is too large for a preset.", file.name));
    const { parsePreset } = await import("./presetYaml");
    const text = new TextDecoder().decode(await this.files.readFile(file.uri));
    const { draft, findings } = draftOfPreset(parsePreset(text), base, workspace);
    const refused = findings.find((finding) => finding.severity === "error");
    if (refused !== undefined) throw new Error(`${file.name}: ${refused.message}`);
    return { draft, findings };
  }

  async exists(uri: vscode.Uri): Promise<boolean> {
    try {
      await this.files.stat(uri);
      return true;
    } catch {
      return false;
    }
  }

  /** Writes without a question; keys of a file that was there and mean nothing to us stay. */
  async write(uri: vscode.Uri, draft: ClusterDraft, workspace: ArmId): Promise<readonly Finding[]> {
    const { parsePreset, printPreset } = await import("./presetYaml");
    const { preset, findings } = presetOf(draft, await this.#rest(uri, parsePreset, draft, workspace));
    await this.files.createDirectory(vscode.Uri.joinPath(uri, ".."));
    await this.files.writeFile(uri, new TextEncoder().encode(printPreset(preset)));
    return findings;
  }

  async #rest(
    uri: vscode.Uri,
    parse: (text: string) => unknown,
    draft: ClusterDraft,
    workspace: ArmId,
  ): Promise<Readonly<Record<string, unknown>>> {
    try {
      const { size } = await this.files.stat(uri);
      if (size > largestFile) return {};
      return draftOfPreset(parse(new TextDecoder().decode(await this.files.readFile(uri))), draft, workspace).rest;
    } catch {
      return {};
    }
  }

  async #names(folder: vscode.Uri): Promise<readonly string[]> {
    try {
      const entries = await this.files.readDirectory(folder);
      return entries
        .filter(([name, type]) => extension.test(name) && (type & vscode.FileType.File) !== 0)
        .map(([name]) => name)
        .sort((a, b) => a.localeCompare(b))
        .slice(0, mostFiles);
    } catch {
      return [];
    }
  }
}

/** A name that every file system takes. */
export function presetFileName(name: string): string {
  const clean = name
    .trim()
    .replaceAll(/[^\p{L}\p{N}_.-]+/gu, "-")
    .replace(/^[.-]+/, "")
    .slice(0, 60);
  return `${clean === "" ? "cluster" : clean}.yml`;
}
