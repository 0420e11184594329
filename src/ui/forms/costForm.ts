import * as vscode from "vscode";
import { type Disposable } from "../../app/emitter";
import { type Logger } from "../../app/ports";
import { type ScaleSettings } from "../../core/cluster";
import { type AdviceRule } from "../../core/advice";
import { type ArmId, armId, armKey, nameOf } from "../../core/armId";
import { type CostContract, type CostFacts, costParsers, parseSavedCostForm } from "../../protocol/cost";
import { type FormKind, createFormPanel, drawForm } from "./formPanel";
import { serve } from "./serve";

/** What the cost form of one cluster can do. Each throws AzureMlError, or an AbortError when `signal` fires. */
export interface CostUseCases {
  /** Everything known of the cluster, read first if need be. @throws AzureMlError `notFound` when it does not exist. */
  open(cluster: ArmId, signal: AbortSignal): Promise<CostFacts>;
  /** Tells when something of it changes, and keeps the cluster fresh; undefined: it is gone. */
  watch(cluster: ArmId, listener: (facts: CostFacts | undefined) => void): Disposable;
  apply(cluster: ArmId, scale: ScaleSettings): Promise<void>;
  follow(cluster: ArmId, rule: AdviceRule): Promise<void>;
  lowPriorityCopy(cluster: ArmId): Promise<void>;
  delete(cluster: ArmId): Promise<void>;
  openMoney(): void;
}

export interface CostFormsDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: Logger;
  readonly useCases: CostUseCases;
}

const kind: FormKind = { viewType: "amlClusters.cost", bundle: "cost", icon: "cost" };

/** The cost forms: one tab per cluster, which comes back after a window reload. Disposing leaves the tabs open. */
export class CostForms implements Disposable {
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #serializer: Disposable;

  constructor(private readonly deps: CostFormsDeps) {
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
    const cluster = clusterOf(state);
    if (cluster === undefined || this.#panels.has(armKey(cluster))) {
      if (cluster === undefined)
        this.deps.log.warn("Cost form: not restored, because what it had kept cannot be read.");
      panel.dispose();
      return;
    }
    this.#link(panel, cluster);
    drawForm(panel, kind, titleOf(cluster), this.deps.extensionUri);
  }

  #link(panel: vscode.WebviewPanel, cluster: ArmId): void {
    const { useCases, log } = this.deps;
    let watching: Disposable | undefined;
    const link = serve<CostContract>(panel.webview, {
      init: (signal) => useCases.open(cluster, signal),
      handlers: {
        apply: (scale) => useCases.apply(cluster, scale).then(toNull),
        follow: ({ rule }) => useCases.follow(cluster, rule).then(toNull),
        lowPriorityCopy: () => useCases.lowPriorityCopy(cluster).then(toNull),
        delete: () => useCases.delete(cluster).then(toNull),
        openMoney: () => {
          useCases.openMoney();
          return Promise.resolve(null);
        },
        close: () => {
          panel.dispose();
          return Promise.resolve(null);
        },
      },
      parsers: costParsers,
      onDidInit: () => {
        watching ??= useCases.watch(cluster, (facts) => {
          if (facts === undefined) link.notify("gone", null);
          else link.notify("facts", facts);
        });
      },
      texts: vscode.l10n.bundle,
      log,
    });
    const visibility = panel.onDidChangeViewState(() => {
      if (panel.visible) return;
      watching?.dispose();
      watching = undefined;
    });
    this.#panels.set(armKey(cluster), panel);
    panel.onDidDispose(() => {
      visibility.dispose();
      watching?.dispose();
      link.dispose();
      this.#panels.delete(armKey(cluster));
    });
  }
}

function toNull(): null {
  return null;
}

function titleOf(cluster: ArmId): string {
  return vscode.l10n.t("Cost · {0}", nameOf(cluster));
}

/** Which cluster a kept form was about, unless another version wrote it. */
function clusterOf(state: unknown): ArmId | undefined {
  try {
    return armId(parseSavedCostForm(state).cluster);
  } catch {
    return undefined;
  }
}
