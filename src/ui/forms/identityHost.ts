import * as l10n from "@vscode/l10n";
import { type IdentityChangeOutcome } from "../../app/identityChange";
import { type FoundIdentities, type Principal } from "../../app/identityFacts";
import { type IdentityDraft } from "../../core/advancedDraft";
import { type ArmId, nameOf, sameArmId } from "../../core/armId";
import { type ComputeCluster, isBusy } from "../../core/cluster";
import { identityPutBody, leftOut } from "../../core/computeBody";
import { AzureMlError, asAzureMlError, isAbort } from "../../core/errors";
import { type Finding } from "../../core/finding";
import { type IdentityPreview, previewIdentityChange } from "../../core/identityChange";
import { type BodyDifference, pathText } from "../../core/threeWay";
import { type Workspace } from "../../core/workspace";
import { type RoleCheck, roleAssignmentCommand } from "../../core/workspaceRoles";
import { type Handlers } from "../../protocol/channel";
import {
  type ApplyAnswer,
  type IdentityContract,
  type IdentityFormInit,
  type IdentityProgress,
  type PrincipalRoles,
  type RoleGrant,
  type ShownDifference,
} from "../../protocol/identity";
import { FormLeft, wireErrorOf } from "./serve";

/** A cluster as it is now, once mapped and once as Azure wrote it. */
export interface ReadCluster {
  readonly cluster: ComputeCluster;
  readonly json: unknown;
  readonly workspace: Workspace;
  readonly subscriptionName: string;
  readonly simulated: boolean;
  readonly gone: readonly ArmId[];
  /** Whether a write of ours is on its way. */
  readonly pending: boolean;
}

/** The use cases behind the form. Each throws AzureMlError, or an AbortError when `signal` fires. */
export interface IdentityUseCases {
  read(cluster: ArmId, signal?: AbortSignal): Promise<ReadCluster>;
  identities(cluster: ArmId, signal: AbortSignal): Promise<FoundIdentities>;
  check(cluster: ComputeCluster, choice: IdentityDraft, signal: AbortSignal): Promise<readonly Finding[]>;
  principals(cluster: ComputeCluster, choice: IdentityDraft, signal: AbortSignal): Promise<readonly Principal[]>;
  roles(workspace: Workspace, principal: Principal, signal: AbortSignal): Promise<readonly RoleCheck[]>;
  /** Asks the person; false when they said no. */
  confirmGrant(grant: RoleGrant, name: string): Promise<boolean>;
  grant(grant: RoleGrant, signal: AbortSignal): Promise<void>;
  /** Asks the person where something is lost; false when they said no. */
  confirmChange(cluster: ComputeCluster, preview: IdentityPreview): Promise<boolean>;
  /** Returns when Azure has accepted, or when somebody else was found to have changed the cluster. */
  change(cluster: ArmId, base: unknown, choice: IdentityDraft, signal: AbortSignal): Promise<IdentityChangeOutcome>;
  scaleToZero(cluster: ArmId): Promise<void>;
}

/** The panel, as far as its host needs it. */
export interface IdentityPanel {
  tell(form: IdentityFormInit): void;
  close(): void;
}

/** One open identity form, whether its tab is shown or hidden. */
export class IdentityHost {
  #read: ReadCluster | undefined;
  #revision = 0;
  #progress: IdentityProgress = { kind: "none" };
  #sending = false;
  /** What was shown, and so may be granted. */
  #principals: readonly PrincipalRoles[] = [];

  readonly handlers: Handlers<IdentityContract> = {
    identities: (_, signal) => this.useCases.identities(this.cluster, signal),
    check: (choice, signal) => this.useCases.check(this.#known().cluster, choice, signal),
    body: async (choice) => {
      const { json } = this.#known();
      return Promise.resolve({ text: JSON.stringify(identityPutBody(json, choice), null, 2), leftOut: leftOut(json) });
    },
    roles: (choice, signal) => this.#roles(choice, signal),
    grant: (grant, signal) => this.#grant(grant, signal),
    apply: ({ choice, revision }, signal) => this.#apply(choice, revision, signal),
    scaleToZero: async () => {
      await this.useCases.scaleToZero(this.cluster);
      return null;
    },
    close: async () => {
      this.panel.close();
      return Promise.resolve(null);
    },
  };

  constructor(
    private readonly cluster: ArmId,
    private readonly useCases: IdentityUseCases,
    private readonly panel: IdentityPanel,
  ) {}

  async init(signal?: AbortSignal): Promise<IdentityFormInit> {
    this.#take(await this.useCases.read(this.cluster, signal));
    return this.#form();
  }

  /** A change of the cluster came to its end, perhaps one that a window before this had begun. */
  async ended(error: AzureMlError | undefined): Promise<void> {
    this.#progress = error === undefined ? { kind: "done" } : { kind: "failed", error: wireErrorOf(error) };
    await this.reread();
  }

  /** Reads again and tells the form; one that cannot be read keeps what it shows. */
  async reread(): Promise<void> {
    try {
      this.panel.tell(await this.init());
    } catch (error) {
      if (this.#read === undefined) return;
      if (this.#progress.kind === "none") return;
      // What became of the change is worth telling, even of a cluster that is gone since.
      if (this.#progress.kind === "done") this.#progress = { kind: "failed", error: wireErrorOf(error) };
      this.panel.tell(this.#form());
    }
  }

  #take(read: ReadCluster): void {
    this.#read = read;
    this.#revision += 1;
    if (read.pending && this.#progress.kind === "none") this.#progress = { kind: "waiting" };
  }

  #form(): IdentityFormInit {
    const { cluster, workspace, subscriptionName, simulated, gone } = this.#known();
    return {
      clusterId: cluster.id,
      clusterName: cluster.name,
      workspaceName: workspace.name,
      resourceGroup: workspace.resourceGroup,
      subscriptionName,
      simulated,
      identity: cluster.identity,
      gone,
      nodesUp: cluster.currentNodeCount,
      revision: this.#revision,
      blocked: this.#blocked(cluster),
      progress: this.#progress,
    };
  }

  #blocked(cluster: ComputeCluster): string | undefined {
    if (this.#progress.kind === "waiting") return undefined;
    if (cluster.provisioningState.toLowerCase() === "failed") {
      return l10n.t("Creating {0} has failed: give a new cluster the identity instead.", cluster.name);
    }
    return isBusy(cluster) ? l10n.t("{0} is being changed. Wait until that has ended.", cluster.name) : undefined;
  }

  async #apply(choice: IdentityDraft, revision: number, signal: AbortSignal): Promise<ApplyAnswer> {
    const { cluster, json } = this.#known();
    // Two presses, or a form that shows an older reading: neither may send.
    if (this.#sending || this.#progress.kind === "waiting") throw busy(cluster.name);
    if (revision !== this.#revision) return { kind: "changed", differences: [], init: this.#form() };
    this.#sending = true;
    this.#progress = { kind: "none" };
    try {
      const preview = previewIdentityChange(cluster.identity, choice, cluster.currentNodeCount);
      if (!preview.changed) throw nothingToDo(cluster.name);
      if (!(await this.useCases.confirmChange(cluster, preview))) return { kind: "declined" };
      const outcome = await this.useCases.change(this.cluster, json, choice, cancelOnly(signal));
      if (!outcome.accepted) {
        this.#take(await this.useCases.read(this.cluster, signal));
        return { kind: "changed", differences: outcome.differences.map(shown), init: this.#form() };
      }
      // It may have ended already, where Azure had nothing to wait for.
      if (this.#ongoing()) this.#progress = { kind: "waiting" };
      if (hasLeft(signal)) this.panel.tell(this.#form());
      return { kind: "accepted" };
    } finally {
      this.#sending = false;
    }
  }

  /** Read anew: the end may have come while Azure was being asked. */
  #ongoing(): boolean {
    return this.#progress.kind === "none";
  }

  async #roles(choice: IdentityDraft, signal: AbortSignal): Promise<readonly PrincipalRoles[]> {
    const { cluster, workspace } = this.#known();
    const principals = await this.useCases.principals(cluster, choice, signal);
    this.#principals = await Promise.all(principals.map((one) => this.#rolesOf(workspace, one, signal)));
    return this.#principals;
  }

  async #rolesOf(workspace: Workspace, principal: Principal, signal: AbortSignal): Promise<PrincipalRoles> {
    try {
      const roles = await this.useCases.roles(workspace, principal, signal);
      const withCommand = roles.map((check) => ({
        ...check,
        command: roleAssignmentCommand(check.role, principal.principalId, check.scope),
      }));
      return { ...principal, roles: withCommand };
    } catch (error) {
      if (isAbort(error)) throw error;
      return { ...principal, roles: [], problem: asAzureMlError(error).message };
    }
  }

  async #grant(grant: RoleGrant, signal: AbortSignal): Promise<{ granted: boolean }> {
    const principal = this.#principals.find(({ principalId }) => principalId === grant.principalId);
    const offered = principal?.roles.find(({ role, scope }) => role === grant.role && sameArmId(scope, grant.scope));
    if (principal === undefined || offered === undefined) throw notReady();
    if (!(await this.useCases.confirmGrant(grant, principal.name))) return { granted: false };
    await this.useCases.grant(grant, signal);
    return { granted: true };
  }

  #known(): ReadCluster {
    if (this.#read !== undefined) return this.#read;
    throw notReady();
  }
}

function shown({ path, kind, base, mine, theirs }: BodyDifference): ShownDifference {
  const text = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));
  return { path: pathText(path), kind, base: text(base), mine: text(mine), theirs: text(theirs) };
}

function notReady(): AzureMlError {
  return new AzureMlError({ kind: "invalid", message: l10n.t("The form is not ready yet.") });
}

function busy(name: string): AzureMlError {
  return new AzureMlError({
    kind: "conflict",
    message: l10n.t("{0} is still being changed. Wait until that has ended, then try again.", name),
  });
}

function nothingToDo(name: string): AzureMlError {
  return new AzureMlError({ kind: "invalid", message: l10n.t("{0} has this identity already.", name) });
}

/** The name of what a role is for, e.g. of a storage account. */
export function grantText({ role, scope }: RoleGrant, name: string): string {
  return l10n.t("Give {0} the role {1} on {2}?", name, role, nameOf(scope));
}

/** A signal that passes on a pressed Cancel, but not that the form was left: the change goes on then. */
function cancelOnly(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const pass = (): void => {
    if (!hasLeft(signal)) controller.abort(signal.reason);
  };
  if (signal.aborted) pass();
  else signal.addEventListener("abort", pass, { once: true });
  return controller.signal;
}

function hasLeft(signal: AbortSignal): boolean {
  return signal.reason instanceof FormLeft;
}
