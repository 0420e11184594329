import * as vscode from "vscode";
import { type Disposable } from "../../app/emitter";
import { type Logger } from "../../app/ports";
import { type AdviceRule } from "../../core/advice";
import { type ArmId } from "../../core/armId";
import { type MoneyContract, type MoneyFacts, moneyParsers } from "../../protocol/money";
import { type FormKind, createFormPanel, drawForm } from "./formPanel";
import { serve } from "./serve";

/** What the money page can do. Each throws AzureMlError, or an AbortError when `signal` fires. */
export interface MoneyUseCases {
  /** What is known so far; reading the rest has begun. @throws AzureMlError `notSignedIn` when nobody is. */
  open(signal: AbortSignal): Promise<MoneyFacts>;
  /** Tells when something of it changes. */
  watch(listener: (facts: MoneyFacts) => void): Disposable;
  refresh(): void;
  openCost(cluster: ArmId): void;
  scaleToZero(clusters: readonly ArmId[]): Promise<void>;
  follow(cluster: ArmId, rule: AdviceRule): Promise<void>;
  /** @returns whether a file was written. */
  exportCsv(clusters: readonly ArmId[]): Promise<boolean>;
}

export interface MoneyPageDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: Logger;
  readonly useCases: MoneyUseCases;
}

const kind: FormKind = { viewType: "amlClusters.money", bundle: "money", icon: "cost" };

/** The money page: one tab, which comes back after a window reload. */
export class MoneyPage implements Disposable {
  readonly #serializer: Disposable;
  #panel: vscode.WebviewPanel | undefined;

  constructor(private readonly deps: MoneyPageDeps) {
    this.#serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel) => {
        if (this.#panel !== undefined) panel.dispose();
        else {
          this.#link(panel);
          drawForm(panel, kind, title(), this.deps.extensionUri);
        }
        return Promise.resolve();
      },
    });
  }

  open(): void {
    if (this.#panel === undefined) this.#link(createFormPanel(kind, title(), this.deps.extensionUri));
    else this.#panel.reveal();
  }

  dispose(): void {
    this.#serializer.dispose();
  }

  #link(panel: vscode.WebviewPanel): void {
    const { useCases, log } = this.deps;
    this.#panel = panel;
    let watching: Disposable | undefined;
    const link = serve<MoneyContract>(panel.webview, {
      init: (signal) => useCases.open(signal),
      handlers: {
        openCost: ({ cluster }) => {
          useCases.openCost(cluster);
          return Promise.resolve(null);
        },
        scaleToZero: ({ clusters }) => useCases.scaleToZero(clusters).then(() => null),
        follow: ({ cluster, rule }) => useCases.follow(cluster, rule).then(() => null),
        exportCsv: async ({ clusters }) => ({ saved: await useCases.exportCsv(clusters) }),
        refresh: () => {
          useCases.refresh();
          return Promise.resolve(null);
        },
      },
      parsers: moneyParsers,
      onDidInit: () => {
        watching ??= useCases.watch((facts) => link.notify("facts", facts));
      },
      texts: vscode.l10n.bundle,
      log,
    });
    const visibility = panel.onDidChangeViewState(() => {
      if (panel.visible) return;
      watching?.dispose();
      watching = undefined;
    });
    panel.onDidDispose(() => {
      visibility.dispose();
      watching?.dispose();
      link.dispose();
      this.#panel = undefined;
    });
  }
}

function title(): string {
  return vscode.l10n.t("What compute clusters cost");
}
