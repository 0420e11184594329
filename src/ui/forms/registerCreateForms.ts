import * as vscode from "vscode";
import { type Disposable } from "../../app/emitter";
import { type Targets } from "../pick/targets";
import { PresetFolders } from "../presets/presetFolders";
import { type CreateClusterParts, createClusterCases } from "./createClusterCases";
import { CreateClusterForms } from "./createClusterForm";
import { registerCreateCommands } from "./createCommands";

export interface CreateFormsParts extends Omit<CreateClusterParts, "presets"> {
  readonly targets: Targets;
  /** The person's own presets. */
  readonly presetFolder: vscode.Uri;
}

/** The create forms, and the commands that open them with a draft. A creation's end is told to its form. */
export function registerCreateForms(parts: CreateFormsParts): Disposable & { readonly forms: CreateClusterForms } {
  const { targets, changes, log } = parts;
  const presets = new PresetFolders(parts.presetFolder, vscode.workspace.fs);
  const forms = new CreateClusterForms(createClusterCases({ ...parts, presets }));
  const commands = registerCreateCommands({ targets, presets, open: forms.open.bind(forms), log });
  const outcomes = changes.onDidFinish(({ kind, cluster, error }) => {
    if (kind === "create") forms.creationEnded(cluster, error);
  });
  return {
    forms,
    dispose: () => {
      outcomes.dispose();
      commands.dispose();
      forms.dispose();
    },
  };
}
