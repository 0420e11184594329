import { Uri, window, workspace } from "vscode";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyDraft } from "../../../../src/core/draft";
import { choosePreset, savePreset } from "../../../../src/ui/presets/presetDialogs";
import { type PresetFileSystem, PresetFolders, presetFileName } from "../../../../src/ui/presets/presetFolders";
import { parsePreset, printPreset } from "../../../../src/ui/presets/presetYaml";
import { aDraft, aWorkspace, aWorkspaceId } from "../../../support/builders";
import { anIdentityId } from "../../../support/draftBuilders";
import { screen } from "../../../support/fakeScreen";
import { settled } from "../../../support/fakeChannel";

let files: Map<string, string>;
const encoder = new TextEncoder();

function fileSystem(): PresetFileSystem {
  const read = (uri: Uri): string => {
    const text = files.get(uri.path);
    if (text === undefined) throw new Error("FileNotFound");
    return text;
  };
  return {
    readDirectory: async (uri: Uri) => {
      const inside = [...files.keys()].filter((path) => path.startsWith(`${uri.path}/`));
      if (inside.length === 0) throw new Error("FileNotFound");
      return inside.map((path) => [path.slice(uri.path.length + 1), 1]);
    },
    readFile: async (uri: Uri) => encoder.encode(read(uri)),
    writeFile: async (uri: Uri, bytes: Uint8Array) => void files.set(uri.path, new TextDecoder().decode(bytes)),
    createDirectory: async () => undefined,
    stat: async (uri: Uri) => ({ size: read(uri).length, type: 1, ctime: 0, mtime: 0 }),
  } as unknown as PresetFileSystem;
}

const own = Uri.file("/storage/presets");
const folders = (): PresetFolders => new PresetFolders(own, fileSystem());
const named = (name: string): void => {
  Object.assign(window, { showInputBox: async () => name });
};
async function choose(label: string): Promise<void> {
  await settled();
  screen.picks.at(-1)?.choose(label);
}

beforeEach(() => {
  files = new Map();
  screen.reset();
  Object.assign(workspace, { workspaceFolders: [{ name: "vision", uri: Uri.file("/code/vision"), index: 0 }] });
});
afterEach(() => {
  Object.assign(workspace, { workspaceFolders: undefined });
});

describe("a draft saved as a preset", () => {
  it("goes into the repository as a file that the Azure CLI reads, without its password, and comes back", async () => {
    const draft = aDraft({
      description: "shared: by # all",
      tags: { team: "vision", "odd: name": "yes" },
      identity: { kind: "userAssigned", ids: [anIdentityId] },
      ssh: { enabled: true, adminUserName: "azureuser", credential: { kind: "password", password: "s3cret-Pass!" } },
    });
    named("gpu train/2");
    const saving = savePreset(folders(), draft, aWorkspace());
    await choose("For the repository vision");
    const saved = await saving;
    expect(saved?.savedAs).toBe("vision/.azureml/clusters/gpu-train-2.yml");
    expect(saved?.findings.map(({ rule }) => rule)).toEqual(["preset.password"]);
    const text = files.get("/code/vision/.azureml/clusters/gpu-train-2.yml") ?? "";
    expect(text).toContain("type: amlcompute\n");
    expect(text).not.toContain("s3cret");

    const using = choosePreset(folders(), aWorkspace());
    await choose("gpu-train-2");
    const start = await using;
    expect(start?.draft).toEqual({ ...draft, ssh: { ...draft.ssh, credential: emptyDraft("").ssh.credential } });
    expect(start?.source).toBe("the preset gpu-train-2");
  });

  it("replaces a file only when asked to, and keeps the keys in it that mean nothing here", async () => {
    const path = "/storage/presets/gpu-train.yml";
    files.set(path, "type: amlcompute\nname: old\nx_team_note: keep me\nadmin_password: gone\n");
    named("gpu-train");
    screen.presses.push(undefined);
    const refused = savePreset(folders(), aDraft(), aWorkspace());
    await choose("For me");
    expect(await refused).toBeUndefined();
    expect(files.get(path)).toContain("name: old");
    screen.presses = ["Replace"];
    const saving = savePreset(folders(), aDraft(), aWorkspace());
    await choose("For me");
    expect(await saving).toMatchObject({ savedAs: "gpu-train" });
    expect(files.get(path)).toContain("name: gpu-train");
    expect(files.get(path)).toContain("x_team_note: keep me");
    expect(files.get(path)).not.toContain("gone");
  });

  it("is written nowhere when the person gives up", async () => {
    named(undefined as never);
    const saving = savePreset(folders(), aDraft(), aWorkspace());
    await choose("For me");
    expect(await saving).toBeUndefined();
    expect(files.size).toBe(0);
  });
});

describe("a file that is no preset", () => {
  it.each([
    ["another kind of YAML", "type: command\n", /command/],
    ["no YAML", "{{{", /./],
    ["a list", "- a\n- b\n", /no description of a compute cluster/],
    ["a huge file", "x".repeat(100_001), /too large/],
    ["a bomb of aliases", bomb(), /alias/i],
  ])("(%s) is refused with its reason", async (_, text, reason) => {
    files.set("/storage/presets/odd.yml", text);
    const [file] = await folders().list();
    await expect(folders().read(file!, emptyDraft("westeurope"), aWorkspaceId)).rejects.toThrow(reason);
  });

  it("does not stand among the presets unless it ends in .yml or .yaml; no folder is no fault", async () => {
    expect(await folders().list()).toEqual([]);
    files.set("/code/vision/.azureml/clusters/a.yaml", "");
    files.set("/code/vision/.azureml/clusters/b.txt", "");
    expect((await folders().list()).map(({ name }) => name)).toEqual(["a"]);
  });
});

function bomb(): string {
  const rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 9; level += 1) {
    const before = `*a${level - 1}`;
    rows.push(`a${level}: &a${level} [${Array(9).fill(before).join(", ")}]`);
  }
  return rows.join("\n");
}

describe("the YAML of a preset", () => {
  it("gives texts back as texts, whatever they look like", () => {
    const preset = { tags: { a: "yes", b: "1e3", c: "null", d: "0x1", e: "日本\n2", f: "- x: y" } };
    expect(parsePreset(printPreset(preset))).toEqual(preset);
  });

  it("gets a file name that every system takes", () => {
    expect(presetFileName("../../etc/passwd")).toBe("etc-passwd.yml");
    expect(presetFileName("訓練 クラスタ")).toBe("訓練-クラスタ.yml");
    expect(presetFileName("...")).toBe("cluster.yml");
  });
});
