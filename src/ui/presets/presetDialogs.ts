import * as vscode from "vscode";
import { type ClusterDraft, emptyDraft } from "../../core/draft";
import { type Workspace } from "../../core/workspace";
import { type SavedPreset, type StartingDraft } from "../../protocol/createCluster";
import { type PresetFile, type PresetFolder, type PresetFolders, presetFileName } from "./presetFolders";

/** Asks where and under which name, then writes. Overwriting is asked. @returns undefined when the person gave up. */
export async function savePreset(
  presets: PresetFolders,
  draft: ClusterDraft,
  workspace: Workspace,
): Promise<SavedPreset | undefined> {
  const folder = await chooseFolder(presets.folders());
  if (folder === undefined) return undefined;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Save as Preset"),
    prompt: vscode.l10n.t("A name for the preset. Passwords and private keys are never saved."),
    value: draft.name === "" ? draft.vmSize : draft.name,
    validateInput: (text) => (text.trim() === "" ? vscode.l10n.t("Enter a name.") : undefined),
  });
  if (name === undefined) return undefined;
  const uri = vscode.Uri.joinPath(folder.uri, presetFileName(name));
  if ((await presets.exists(uri)) && !(await confirmOverwrite(presetFileName(name)))) return undefined;
  const findings = await presets.write(uri, draft, workspace.id);
  const savedAs =
    folder.kind === "own"
      ? presetFileName(name).replace(/\.yml$/, "")
      : `${folder.name}/.azureml/clusters/${presetFileName(name)}`;
  return { savedAs, findings };
}

async function chooseFolder(folders: readonly PresetFolder[]): Promise<PresetFolder | undefined> {
  if (folders.length === 1) return folders[0];
  const items = folders.map((folder) => ({ ...folderLabel(folder), folder }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Save as Preset"),
    placeHolder: vscode.l10n.t("For whom?"),
  });
  return chosen?.folder;
}

function folderLabel(folder: PresetFolder): { label: string; description: string } {
  return folder.kind === "own"
    ? { label: vscode.l10n.t("For me"), description: vscode.l10n.t("on this computer, in every workspace") }
    : {
        label: vscode.l10n.t("For the repository {0}", folder.name),
        description: ".azureml/clusters",
      };
}

async function confirmOverwrite(file: string): Promise<boolean> {
  const yes = vscode.l10n.t("Replace");
  const message = vscode.l10n.t("The preset {0} exists. Replace it?", file);
  return (await vscode.window.showWarningMessage(message, { modal: true }, yes)) === yes;
}

/** Lets the person choose a preset. @returns undefined when there is none or they gave up. @throws Error when it is unusable. */
export async function choosePreset(presets: PresetFolders, workspace: Workspace): Promise<StartingDraft | undefined> {
  const files = await presets.list();
  if (files.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "There are no presets yet. Save one from the form, or put files of the Azure CLI into .azureml/clusters.",
      ),
    );
    return undefined;
  }
  const items = files.map((file) => ({ label: file.name, description: folderLabel(file.folder).label, file }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Start from a Preset"),
    placeHolder: vscode.l10n.t("Which preset?"),
  });
  return chosen === undefined ? undefined : startOf(presets, chosen.file, workspace);
}

async function startOf(presets: PresetFolders, file: PresetFile, workspace: Workspace): Promise<StartingDraft> {
  const { draft, findings } = await presets.read(file, emptyDraft(workspace.location), workspace.id);
  return { draft, findings, source: vscode.l10n.t("the preset {0}", file.name) };
}
