import * as vscode from "vscode";
import { type ClusterChanges } from "../../app/clusterChanges";
import { type Disposable } from "../../app/emitter";
import { type Logger } from "../../app/ports";
import { type ArmId, armKey, nameOf, sameArmId } from "../../core/armId";
import {
  type IdentityContract,
  type IdentityFormInit,
  type SavedIdentityForm,
  identityParsers,
  parseSavedIdentityForm,
} from "../../protocol/identity";
import { type FormKind, createFormPanel, drawForm } from "./formPanel";
import { IdentityHost, type IdentityUseCases } from "./identityHost";
import { type FormLink, serve } from "./serve";

export interface IdentityFormDeps extends IdentityUseCases {
  readonly extensionUri: vscode.Uri;
  readonly changes: Pick<ClusterChanges, "onDidFinish">;
  readonly log: Logger;
}

const kind: FormKind = { viewType: "amlClusters.identity", bundle: "identity", icon: "identity" };

/** The identity forms: one tab per cluster, which comes back after a window reload. Disposing leaves the tabs open. */
export class IdentityForms implements Disposable {
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #serializer: Disposable;

  constructor(private readonly deps: IdentityFormDeps) {
    this.#serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel, state) => {
        this.#restore(panel, state);
        return Promise.resolve();
      },
    });
  }

  /** Opens the cluster's form, or brings it to the front. */
  open(cluster: ArmId): void {
    const open = this.#panels.get(armKey(cluster));
    if (open === undefined) this.#link(createFormPanel(kind, titleOf(cluster), this.deps.extensionUri), cluster);
    else open.reveal();
  }

  dispose(): void {
    this.#serializer.dispose();
  }

  #restore(panel: vscode.WebviewPanel, state: unknown): void {
    const saved = savedFormOf(state);
    if (saved === undefined || this.#panels.has(armKey(saved.cluster))) {
      if (saved === undefined) this.deps.log.warn("Identity form: not restored, what it had kept cannot be read.");
      panel.dispose();
      return;
    }
    this.#link(panel, saved.cluster);
    drawForm(panel, kind, titleOf(saved.cluster), this.deps.extensionUri);
  }

  #link(panel: vscode.WebviewPanel, cluster: ArmId): void {
    const key = armKey(cluster);
    let link: FormLink<IdentityContract> | undefined;
    const host = new IdentityHost(cluster, this.deps, {
      tell: (form: IdentityFormInit) => link?.notify("form", form),
      close: () => {
        panel.dispose();
      },
    });
    link = serve<IdentityContract>(panel.webview, {
      init: (signal) => host.init(signal),
      handlers: host.handlers,
      parsers: identityParsers,
      texts: vscode.l10n.bundle,
      log: this.deps.log,
    });
    const finished = this.deps.changes.onDidFinish((outcome) => {
      if (!sameArmId(outcome.cluster, cluster)) return;
      void (outcome.kind === "update" ? host.ended(outcome.error) : host.reread());
    });
    this.#panels.set(key, panel);
    panel.onDidDispose(() => {
      finished.dispose();
      link?.dispose();
      link = undefined;
      this.#panels.delete(key);
    });
  }
}

/** What a form kept, unless another version wrote it. */
function savedFormOf(value: unknown): SavedIdentityForm | undefined {
  try {
    return parseSavedIdentityForm(value);
  } catch {
    return undefined;
  }
}

function titleOf(cluster: ArmId): string {
  return vscode.l10n.t("Identity · {0}", nameOf(cluster));
}
