import * as vscode from "vscode";
import { type ClusterChanges } from "../app/clusterChanges";
import { type ClusterStore } from "../app/clusterStore";
import { type AzureMl, type Logger, type Memory } from "../app/ports";
import { type SessionSource, type Sessions } from "../app/session";
import { type Watcher } from "../app/watcher";
import { isAbort } from "../core/errors";
import { setContext } from "./contextKey";
import { readSetting } from "./settings";

export interface Connection {
  readonly label: string;
  readonly azureMl: AzureMl;
  /** Ends what outlives a request: called when the session has ended. */
  readonly close?: (() => void) | undefined;
}

/** One way to begin each kind of session. `interactive`: somebody asked for it and may be asked back. */
export type Connectors = Readonly<Record<SessionSource, (interactive: boolean) => Promise<Connection>>>;

export interface SessionControlParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly watcher: Watcher;
  readonly changes: ClusterChanges;
  readonly connectors: Connectors;
  /** Where the last session's source is remembered, over all windows. */
  readonly memory: Memory;
  readonly log: Logger;
}

const memoryKey = "session.source";

/** Begins and ends sessions, and takes up the last one when the extension starts. */
export class SessionControl implements vscode.Disposable {
  readonly #subscription: { dispose(): unknown };
  #resuming: Promise<void> = Promise.resolve();
  readonly #closers = new Map<AzureMl, () => void>();

  constructor(private readonly parts: SessionControlParts) {
    this.#subscription = parts.sessions.onDidChange((session) => {
      setContext("amlClusters.session", session.kind === "signedIn" ? session.source : session.kind);
      this.#closeOthers(session.kind === "signedIn" ? session.azureMl : undefined);
      if (session.kind === "signedIn") return;
      parts.watcher.clear();
      parts.store.clear();
    });
    setContext("amlClusters.session", "signedOut");
  }

  /** @throws AzureMlError, or an AbortError when the person gives up. */
  async start(source: SessionSource, interactive = true): Promise<void> {
    const { sessions, connectors, memory, changes, log } = this.parts;
    log.info(`Session: ${source}.`);
    await sessions.signIn(source, async () => {
      const connection = await connectors[source](interactive);
      if (connection.close !== undefined) this.#closers.set(connection.azureMl, connection.close);
      return connection;
    });
    if (sessions.current.kind !== "signedIn" || sessions.current.source !== source) return;
    changes.resume();
    await memory.set(memoryKey, source);
  }

  async end(): Promise<void> {
    this.parts.log.info("Session: signed out.");
    await this.parts.memory.set(memoryKey, "none");
    this.parts.sessions.signOut();
  }

  /** The account has gone elsewhere: nobody is signed in, but who comes back goes on. */
  lose(): void {
    this.parts.log.info("Session: the account was signed out elsewhere.");
    this.parts.sessions.signOut();
  }

  /** What the last session was; "none" after signing out. */
  get last(): unknown {
    return this.parts.memory.get(memoryKey);
  }

  /** Takes up the last session without asking anybody; what does not work out leaves the welcome text. */
  resume(): void {
    const source = this.#sourceToResume();
    if (source === undefined) return;
    this.#resuming = this.start(source, false).catch((error: unknown) => {
      if (!isAbort(error)) this.parts.log.warn(`Session: ${source} could not be resumed: ${String(error)}`);
    });
  }

  /** For commands that need somebody signed in: waits for a session that is being resumed, else offers to begin one. */
  async require(): Promise<true | undefined> {
    await this.#resuming;
    const { sessions } = this.parts;
    if (sessions.current.kind === "signedIn") return true;
    const signIn = vscode.l10n.t("Sign in");
    const simulate = vscode.l10n.t("Try the simulated subscription");
    const text = vscode.l10n.t("Sign in to see your compute clusters, or try the simulated subscription.");
    const chosen = await vscode.window.showInformationMessage(text, signIn, simulate);
    if (chosen === signIn) await this.start("microsoft");
    if (chosen === simulate) await this.start("simulated");
    return chosen === undefined ? undefined : true;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#closeOthers(undefined);
  }

  #closeOthers(current: AzureMl | undefined): void {
    for (const [azureMl, close] of this.#closers) {
      if (azureMl === current) continue;
      this.#closers.delete(azureMl);
      close();
    }
  }

  #sourceToResume(): SessionSource | undefined {
    const last = this.parts.memory.get(memoryKey);
    if (last === "microsoft" || last === "simulated") return last;
    // Whoever signed out means it, also where a setting would start the simulation.
    return last !== "none" && readSetting("amlClusters.simulation.startAutomatically") ? "simulated" : undefined;
  }
}
