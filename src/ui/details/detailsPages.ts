import * as vscode from "vscode";
import { type Disposable } from "../../app/emitter";
import { type Diagnosis } from "../../app/diagnoses";
import { type Logger } from "../../app/ports";
import { type Refresher } from "../../app/refresher";
import { type Watcher } from "../../app/watcher";
import { type ArmId, armKey, nameOf, sameArmId, workspaceOf } from "../../core/armId";
import { AzureMlError } from "../../core/errors";
import { type DetailsContract, detailsParsers, parseSavedDetails } from "../../protocol/details";
import { type FormKind, createFormPanel, drawForm } from "../forms/formPanel";
import { type FormLink, serve } from "../forms/serve";
import { type Remedies } from "../diagnosis/remedies";
import { report } from "../report";
import { type DetailsFacts, detailsView } from "./detailsView";
import { type NodeActions } from "./nodeActions";

export interface DetailsPageParts extends DetailsFacts {
  readonly extensionUri: vscode.Uri;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  readonly remedies: Remedies;
  readonly nodeActions: NodeActions;
  /** Resolves when somebody is signed in; undefined: nobody wants to. */
  readonly session: () => Promise<true | undefined>;
  readonly exportTimeline: (cluster: ArmId) => Promise<void>;
  readonly log: Logger;
}

const kind: FormKind = { viewType: "amlClusters.details", bundle: "details", icon: "details" };

/** Between two drawings of one page, so that a burst of changes is drawn once. */
const drawDelayMs = 100;

/** The pages of clusters: one tab each, which comes back after a window reload. */
export class DetailsPages implements Disposable {
  readonly #pages = new Map<string, Page>();
  readonly #serializer: Disposable;

  constructor(private readonly parts: DetailsPageParts) {
    this.#serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel, state) => {
        this.#restore(panel, state);
        return Promise.resolve();
      },
    });
  }

  /** Opens the cluster's page, or brings it to the front. @param diagnosing finds out at once what is wrong. */
  open(cluster: ArmId, diagnosing = false): void {
    const open = this.#pages.get(armKey(cluster));
    const page = open ?? this.#link(createFormPanel(kind, nameOf(cluster), this.parts.extensionUri), cluster);
    open?.panel.reveal();
    if (diagnosing) void page.diagnose().catch((error: unknown) => report(error, this.parts.log));
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const page of this.#pages.values()) page.dispose();
  }

  #restore(panel: vscode.WebviewPanel, state: unknown): void {
    let cluster: ArmId;
    try {
      cluster = parseSavedDetails(state).cluster;
    } catch {
      panel.dispose();
      return;
    }
    if (this.#pages.has(armKey(cluster))) {
      panel.dispose();
      return;
    }
    this.#link(panel, cluster);
    drawForm(panel, kind, nameOf(cluster), this.parts.extensionUri);
  }

  #link(panel: vscode.WebviewPanel, cluster: ArmId): Page {
    const page = new Page(panel, cluster, this.parts);
    this.#pages.set(armKey(cluster), page);
    panel.onDidDispose(() => {
      page.dispose();
      this.#pages.delete(armKey(cluster));
    });
    return page;
  }
}

/** One open page. While it is seen it keeps its cluster fresh like an open row. */
class Page implements Disposable {
  readonly #link: FormLink<DetailsContract>;
  readonly #listening: Disposable[];
  readonly #shown: Promise<void>;
  #tellShown: () => void = () => undefined;
  #watching: readonly Disposable[] = [];
  #diagnosis: Diagnosis | undefined;
  #drawing: NodeJS.Timeout | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly cluster: ArmId,
    private readonly parts: DetailsPageParts,
  ) {
    const { store, diagnoses, timeline, log } = parts;
    this.#shown = new Promise((resolve) => (this.#tellShown = resolve));
    this.#diagnosis = diagnoses.get(cluster);
    this.#link = serve<DetailsContract>(panel.webview, {
      init: async () => {
        await this.#load();
        return detailsView(cluster, this.parts, this.#diagnosis);
      },
      parsers: detailsParsers,
      handlers: {
        refresh: async () => this.#done(parts.watcher.refreshNow(workspaceOf(cluster))),
        diagnose: async () => this.#done(this.diagnose()),
        remedy: async ({ at, cause, remedy }) => this.#done(this.#remedy(at, cause, remedy)),
        node: async ({ nodeId, action }) => this.#done(parts.nodeActions.run(cluster, nodeId, action)),
        json: async (_input, signal) => ({
          text: JSON.stringify(await parts.sessions.signedIn.azureMl.getClusterJson(cluster, signal), undefined, 2),
        }),
        copySummary: async () => this.#done(this.#copySummary()),
        exportTimeline: async () => this.#done(parts.exportTimeline(cluster)),
      },
      onDidInit: () => this.#tellShown(),
      texts: vscode.l10n.bundle,
      log,
    });
    const mine = (id: ArmId): boolean => sameArmId(id, cluster) || sameArmId(id, workspaceOf(cluster));
    this.#listening = [
      store.onDidChange((change) => {
        if (change === "all" || change.some(mine)) this.#drawSoon();
      }),
      store.onDidAnswer((workspace) => {
        if (mine(workspace)) this.#drawSoon();
      }),
      diagnoses.onDidChange((id) => {
        if (!sameArmId(id, cluster)) return;
        this.#diagnosis = diagnoses.get(cluster);
        this.#drawSoon();
      }),
      timeline.onDidChange((id) => {
        if (sameArmId(id, cluster)) this.#drawSoon();
      }),
      parts.sessions.onDidChange((session) => {
        this.#watch();
        if (session.kind !== "signedIn") this.#drawSoon();
      }),
      panel.onDidChangeViewState(() => this.#watch()),
    ];
    this.#watch();
  }

  async diagnose(): Promise<void> {
    await this.#load();
    this.#diagnosis = await this.parts.diagnoses.diagnose(this.cluster);
    this.#drawSoon();
  }

  dispose(): void {
    clearTimeout(this.#drawing);
    this.#link.dispose();
    for (const listener of [...this.#listening, ...this.#watching]) listener.dispose();
    this.#watching = [];
  }

  async #load(): Promise<void> {
    const { session, store, refresher, timeline } = this.parts;
    if ((await session()) === undefined) {
      throw new AzureMlError({ kind: "notSignedIn", message: vscode.l10n.t("Nobody is signed in.") });
    }
    await timeline.loaded;
    if (store.account.value === undefined) await refresher.account();
    if (store.cluster(this.cluster) === undefined) {
      const { value, error } = await refresher.computes(workspaceOf(this.cluster));
      if (value === undefined && error !== undefined) throw error;
    }
    if (store.cluster(this.cluster) !== undefined && store.nodes(this.cluster).value === undefined) {
      await refresher.nodes(this.cluster);
    }
  }

  /** A page in the background lets its cluster rest. */
  #watch(): void {
    const { watcher, sessions } = this.parts;
    const seen = this.panel.visible && sessions.current.kind === "signedIn";
    if (seen && this.#watching.length === 0) {
      const workspace = workspaceOf(this.cluster);
      this.#watching = [
        watcher.watchWorkspace(workspace),
        watcher.watchNodes(this.cluster),
        watcher.seen(`page ${armKey(this.cluster)}`),
      ];
    } else if (!seen) {
      for (const watching of this.#watching) watching.dispose();
      this.#watching = [];
    }
  }

  async #remedy(at: number, cause: number, remedy: number): Promise<void> {
    const diagnosis = this.#diagnosis;
    const action = diagnosis?.causes[cause]?.remedies[remedy];
    // What a page shows may be older than what is known here: then its buttons mean nothing any more.
    if (diagnosis === undefined || diagnosis.at !== at || action === undefined) {
      throw new AzureMlError({
        kind: "invalid",
        message: vscode.l10n.t("This was found out anew in the meantime. Choose again."),
      });
    }
    if (await this.parts.remedies.run(action, diagnosis)) await this.diagnose();
  }

  async #copySummary(): Promise<void> {
    const diagnosis = this.#diagnosis ?? (await this.parts.diagnoses.diagnose(this.cluster));
    await this.parts.remedies.copySummary(diagnosis);
  }

  #drawSoon(): void {
    this.#drawing ??= setTimeout(() => {
      this.#drawing = undefined;
      void this.#shown.then(() => {
        this.#link.notify("view", detailsView(this.cluster, this.parts, this.#diagnosis));
      });
    }, drawDelayMs);
  }

  /** What a person's request threw is told where all such failures are, and to the page as well. */
  async #done(work: Promise<unknown>): Promise<null> {
    try {
      await work;
    } catch (error) {
      throw error instanceof Error && error.cause instanceof AzureMlError ? error.cause : error;
    }
    return null;
  }
}
