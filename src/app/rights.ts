import { type ArmId, armKey } from "../core/armId";
import { type Permission } from "../core/compute";
import { allows, rolesWith } from "../core/permissions";
import { type Clock } from "./ports";
import { type Sessions } from "./session";

/** A right that the account lacks, and the built-in roles that have it, the narrowest first. */
export interface MissingRight {
  readonly action: string;
  readonly scope: ArmId;
  readonly roles: readonly string[];
}

/** Azure may take an hour to let a new role count, and people wait for it: not longer than this. */
const freshMs = 5 * 60_000;

/** What the signed-in account may do, asked once per scope. Deny assignments and locks do not show in it. */
export class Rights {
  readonly #known = new Map<string, { readonly at: number; readonly permissions: Promise<readonly Permission[]> }>();

  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {
    sessions.onDidChange(() => this.#known.clear());
  }

  /**
   * @param scope a workspace or group: Azure answers for what lies in it.
   * @returns undefined when the account has the right, or when that cannot be told (its rights may not be read).
   */
  async missing(scope: ArmId, action: string): Promise<MissingRight | undefined> {
    const permissions = await this.#permissions(scope).catch(() => undefined);
    if (permissions === undefined || allows(permissions, action)) return undefined;
    return { action, scope, roles: rolesWith(action) };
  }

  #permissions(scope: ArmId): Promise<readonly Permission[]> {
    const known = this.#known.get(armKey(scope));
    const now = this.clock.now();
    if (known !== undefined && now - known.at < freshMs) return known.permissions;
    const { current } = this.sessions;
    if (current.kind !== "signedIn") return Promise.reject(new Error("Nobody is signed in."));
    const permissions = current.azureMl.listPermissions(scope);
    this.#known.set(armKey(scope), { at: now, permissions });
    permissions.catch(() => this.#known.delete(armKey(scope)));
    return permissions;
  }
}
