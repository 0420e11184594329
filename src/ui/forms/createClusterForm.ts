import * as vscode from "vscode";
import { type Disposable } from "../../app/emitter";
import { type Logger, type Memory } from "../../app/ports";
import { type ArmId, armId, armKey, nameOf, workspaceOf } from "../../core/armId";
import { type AzureMlError } from "../../core/errors";
import {
  type CreateClusterContract,
  type Creation,
  type SavedForm,
  type StartingDraft,
  createClusterParsers,
  parseSavedForm,
} from "../../protocol/createCluster";
import { CreateClusterHost, type CreateClusterUseCases } from "./createClusterHost";
import { type FormKind, createFormPanel, drawForm } from "./formPanel";
import { type FormLink, serve } from "./serve";

export interface CreateClusterFormDeps extends CreateClusterUseCases {
  readonly extensionUri: vscode.Uri;
  readonly log: Logger;
  /** Where drafts outlive their tab and the window; of this window, since others have forms of their own. */
  readonly memory: Memory;
  /** Names of all computes of the workspace, whenever they are read again. */
  onDidChangeNames?(workspace: ArmId, listener: (names: readonly string[]) => void): Disposable;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly host: CreateClusterHost;
  readonly notify: FormLink<CreateClusterContract>["notify"];
}

const kind: FormKind = { viewType: "amlClusters.createCluster", bundle: "create-cluster", icon: "create-cluster" };

/** The create forms: one tab per workspace, which comes back after a window reload. Disposing leaves the tabs open. */
export class CreateClusterForms implements Disposable {
  readonly #panels = new Map<string, OpenPanel>();
  readonly #serializer: Disposable;

  constructor(private readonly deps: CreateClusterFormDeps) {
    this.#serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel, state) => {
        this.#restore(panel, state);
        return Promise.resolve();
      },
    });
  }

  /** Opens the workspace's form, or brings it to the front. `start` takes the place of what is typed in it. */
  open(workspace: ArmId, start?: StartingDraft): void {
    const open = this.#panels.get(armKey(workspace));
    if (open === undefined) {
      this.#link(createFormPanel(kind, titleOf(workspace), this.deps.extensionUri), workspace, start);
      return;
    }
    if (start !== undefined) {
      open.host.startWith(start);
      open.notify("start", start);
    }
    open.panel.reveal();
  }

  /** Azure has come to an end with a creation of this or an earlier window: a failed one comes back as it was typed. */
  creationEnded(cluster: ArmId, error: AzureMlError | undefined): void {
    const workspace = workspaceOf(cluster);
    const sent = savedFormOf(this.deps.memory.get(sentKey(cluster)));
    void this.#remember(sentKey(cluster), undefined);
    const key = memoryKey(armKey(workspace));
    if (error !== undefined && sent !== undefined && this.deps.memory.get(key) === undefined) {
      void this.#remember(key, sent);
    }
    const open = this.#panels.get(armKey(workspace));
    if (open !== undefined) open.host.ended(cluster, error);
    else if (error !== undefined && sent !== undefined) this.#offerAgain(workspace, cluster);
  }

  dispose(): void {
    this.#serializer.dispose();
  }

  async #remember(key: string, saved: SavedForm | undefined): Promise<void> {
    try {
      await this.deps.memory.set(key, saved);
    } catch {
      this.deps.log.warn("Form: what was typed could not be kept for later.");
    }
  }

  #restore(panel: vscode.WebviewPanel, state: unknown): void {
    const saved = savedFormOf(state);
    if (saved === undefined) {
      this.deps.log.warn("Form: not restored, because what it had kept cannot be read.");
      panel.dispose();
      return;
    }
    const workspace = armId(saved.workspace);
    if (this.#panels.has(armKey(workspace))) {
      panel.dispose();
      return;
    }
    this.#link(panel, workspace);
    drawForm(panel, kind, titleOf(workspace), this.deps.extensionUri);
  }

  #link(panel: vscode.WebviewPanel, workspace: ArmId, start?: StartingDraft): void {
    const key = armKey(workspace);
    let link: FormLink<CreateClusterContract> | undefined;
    const host = new CreateClusterHost(workspace, this.deps, {
      tell: (creation) => {
        if (link === undefined) this.#tellWithoutForm(workspace, creation);
        else link.notify("creation", creation);
      },
      close: () => {
        panel.dispose();
      },
      keep: (saved) => void this.#remember(memoryKey(key), saved),
      kept: () => savedFormOf(this.deps.memory.get(memoryKey(key))),
      sent: (cluster) => {
        const saved = savedFormOf(this.deps.memory.get(memoryKey(key)));
        void this.#remember(sentKey(cluster), saved).then(() => this.#remember(memoryKey(key), undefined));
      },
    });
    if (start !== undefined) host.startWith(start);
    link = serve<CreateClusterContract>(panel.webview, {
      init: (signal) => host.init(signal),
      handlers: host.handlers,
      parsers: createClusterParsers,
      onDidInit: () => host.retell(),
      texts: vscode.l10n.bundle,
      log: this.deps.log,
    });
    const names = this.deps.onDidChangeNames?.(workspace, (takenNames) => {
      host.namesChanged(takenNames);
      link?.notify("takenNames", takenNames);
    });
    this.#panels.set(key, { panel, host, notify: (name, data) => link?.notify(name, data) });
    panel.onDidDispose(() => {
      names?.dispose();
      const closed = link;
      link = undefined;
      closed?.dispose();
      this.#panels.delete(key);
    });
  }

  /** The tab is closed; what went wrong is told where every write's end is told. */
  #offerAgain(workspace: ArmId, cluster: ArmId): void {
    const again = vscode.l10n.t("Open the form again");
    const message = vscode.l10n.t("What you had entered for {0} is still there.", nameOf(cluster));
    void vscode.window.showInformationMessage(message, again).then((chosen) => {
      if (chosen === again) this.open(workspace);
    });
  }

  /** The tab was closed while its cluster was being created: success shows in the tree, failure has to be said. */
  #tellWithoutForm(workspace: ArmId, creation: Creation): void {
    const reason = reasonOf(creation);
    if (reason === undefined) return;
    const again = vscode.l10n.t("Open the form again");
    const message = vscode.l10n.t("The compute cluster was not created in {0}: {1}", nameOf(workspace), reason);
    void vscode.window.showErrorMessage(message, again).then((chosen) => {
      if (chosen === again) this.open(workspace);
    });
  }
}

/** What a form kept, unless another version wrote it. */
function savedFormOf(value: unknown): SavedForm | undefined {
  try {
    return parseSavedForm(value);
  } catch {
    return undefined;
  }
}

function memoryKey(workspaceKey: string): string {
  return `createForm.${workspaceKey}`;
}

/** What was typed for a cluster whose creation is under way. */
function sentKey(cluster: ArmId): string {
  return `createForm.sent.${armKey(cluster)}`;
}

function titleOf(workspace: ArmId): string {
  return vscode.l10n.t("Create compute cluster · {0}", nameOf(workspace));
}

function reasonOf(creation: Creation): string | undefined {
  if (creation.kind === "failed") return creation.error.message;
  if (creation.kind !== "ended" || creation.result.accepted) return undefined;
  return creation.result.findings.find((finding) => finding.severity === "error")?.message;
}
