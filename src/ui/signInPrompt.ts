import * as vscode from "vscode";
import { type ClusterStore } from "../app/clusterStore";
import { type Disposable } from "../app/emitter";
import { type Logger } from "../app/ports";
import { type Refresher } from "../app/refresher";
import { type Sessions } from "../app/session";
import { type Watcher } from "../app/watcher";
import { type ArmId, subscriptionOf } from "../core/armId";
import { isAbort } from "../core/errors";
import { FailedAction, report } from "./report";
import { kindOf } from "./tree/nodes";

export interface SignInPromptParts {
  readonly sessions: Sessions;
  readonly store: ClusterStore;
  readonly refresher: Refresher;
  readonly watcher: Watcher;
  readonly signInTo: (tenantId: string | undefined) => Promise<void>;
  readonly log: Logger;
}

/**
 * When a token has expired or Azure wants another proof (MFA), asks once per tenant, however many rows fail for it, and then
 * reads again what was missing. Who closes the message is not asked again until a sign-in or another session.
 */
export class SignInPrompt implements Disposable {
  /** Tenants asked for → rows that wait for them. */
  readonly #asked = new Map<string, Set<ArmId>>();
  readonly #listening: readonly Disposable[];

  constructor(private readonly parts: SignInPromptParts) {
    this.#listening = [
      parts.store.onDidChange((change) => {
        if (change !== "all") for (const id of change) this.#look(id);
      }),
      parts.sessions.onDidChange(() => this.#asked.clear()),
    ];
  }

  dispose(): void {
    for (const listener of this.#listening) listener.dispose();
  }

  #look(id: ArmId): void {
    const { store } = this.parts;
    const kind = kindOf(id);
    const loadable =
      kind === "subscription" ? store.workspaces(id) : kind === "workspace" ? store.computes(id) : store.nodes(id);
    if (kind === undefined || loadable.error?.kind !== "notSignedIn") return;
    const tenantId = store.subscription(subscriptionOf(id))?.tenantId;
    const waiting = this.#asked.get(tenantId ?? "");
    if (waiting !== undefined) {
      waiting.add(id);
      return;
    }
    this.#asked.set(tenantId ?? "", new Set([id]));
    void this.#ask(tenantId).catch((error: unknown) => {
      if (!isAbort(error))
        void report(new FailedAction(vscode.l10n.t("The sign-in did not work."), error), this.parts.log);
    });
  }

  async #ask(tenantId: string | undefined): Promise<void> {
    const { store, signInTo } = this.parts;
    const tenant = store.account.value?.tenants.find((other) => other.tenantId === tenantId)?.displayName;
    const text =
      tenant === undefined
        ? vscode.l10n.t("Azure asks you to sign in again. Until then the rows show what was last known.")
        : vscode.l10n.t("{0} asks you to sign in again. Until then the rows show what was last known.", tenant);
    const signIn = vscode.l10n.t("Sign in");
    if ((await vscode.window.showWarningMessage(text, signIn)) !== signIn) return;
    const waiting = this.#asked.get(tenantId ?? "") ?? new Set();
    try {
      await signInTo(tenantId);
    } finally {
      this.#asked.delete(tenantId ?? "");
    }
    await Promise.all([...waiting].map((id) => this.#readAgain(id)));
  }

  async #readAgain(id: ArmId): Promise<unknown> {
    switch (kindOf(id)) {
      case "subscription":
        return this.parts.refresher.workspaces(id);
      case "workspace":
        return this.parts.watcher.refreshNow(id);
      case "cluster":
        return this.parts.refresher.nodes(id);
      case undefined:
        return undefined;
    }
  }
}
