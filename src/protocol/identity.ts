import { type IdentityDraft } from "../core/advancedDraft";
import { type ArmId, isArmId } from "../core/armId";
import { type Finding } from "../core/finding";
import { type ClusterIdentity, type UserAssignedIdentity } from "../core/identity";
import { readIdentityId } from "../core/identityChange";
import { type DifferenceKind } from "../core/threeWay";
import { type RoleCheck, type RoleName, roleDefinitions } from "../core/workspaceRoles";
import { type Contract, type Parsers, type WireError } from "./channel";
import { ProtocolError, asList, asNull, asNumber, asOneOf, asRecord, asText } from "./parse";

/** How the change stands that this form, or a window before it, has begun. */
export type IdentityProgress =
  | { readonly kind: "none" }
  /** Azure has accepted; it goes on without the form. */
  | { readonly kind: "waiting" }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly error: WireError };

/** A cluster's identity as it was read last. */
export interface IdentityFormInit {
  readonly clusterId: ArmId;
  readonly clusterName: string;
  readonly workspaceName: string;
  readonly resourceGroup: string;
  readonly subscriptionName: string;
  readonly simulated: boolean;
  readonly identity: ClusterIdentity;
  /** User-assigned ones that Azure does not find any more. */
  readonly gone: readonly ArmId[];
  /** Nodes that are up now. */
  readonly nodesUp: number;
  /** Counts readings: `apply` names the one that the person has seen. */
  readonly revision: number;
  /** Why nothing can be changed now, for the screen. */
  readonly blocked?: string | undefined;
  readonly progress: IdentityProgress;
}

/** Identities of the subscriptions in the cluster's tenant. */
export interface IdentityDirectory {
  readonly identities: readonly UserAssignedIdentity[];
  /** Lower-case subscription id → its name. */
  readonly subscriptionNames: Readonly<Record<string, string>>;
  /** Why some are missing, for the screen. */
  readonly problem?: string | undefined;
}

/** One value that is not the same in three bodies, as JSON texts; undefined where a body lacks it. */
export interface ShownDifference {
  readonly path: string;
  readonly kind: DifferenceKind;
  readonly base?: string | undefined;
  readonly mine?: string | undefined;
  readonly theirs?: string | undefined;
}

export type ApplyAnswer =
  | { readonly kind: "accepted" }
  /** The person said no to the question that was asked. */
  | { readonly kind: "declined" }
  /** Nothing was sent: somebody else has changed the cluster. `init` is how it is now. */
  | { readonly kind: "changed"; readonly differences: readonly ShownDifference[]; readonly init: IdentityFormInit };

/** A role that an identity has or lacks, and the command that gives it. */
export interface ShownRole extends RoleCheck {
  readonly command: string;
}

export interface PrincipalRoles {
  readonly name: string;
  readonly principalId: string;
  readonly roles: readonly ShownRole[];
  /** Why its roles could not be read, for the screen. */
  readonly problem?: string | undefined;
}

export interface RoleGrant {
  readonly principalId: string;
  readonly role: RoleName;
  readonly scope: ArmId;
}

export interface IdentityContract extends Contract {
  readonly init: IdentityFormInit;
  readonly requests: {
    readonly identities: { in: null; out: IdentityDirectory };
    /** Rights, locks and existence of what is chosen. */
    readonly check: { in: IdentityDraft; out: readonly Finding[] };
    /** What would be sent, and what Azure gave that cannot be sent. */
    readonly body: { in: IdentityDraft; out: { text: string; leftOut: readonly string[] } };
    readonly roles: { in: IdentityDraft; out: readonly PrincipalRoles[] };
    /** Asks the person first. */
    readonly grant: { in: RoleGrant; out: { granted: boolean } };
    /** Asks the person first. */
    readonly apply: { in: { choice: IdentityDraft; revision: number }; out: ApplyAnswer };
    readonly scaleToZero: { in: null; out: null };
    readonly close: { in: null; out: null };
  };
  readonly events: { readonly form: IdentityFormInit };
}

const mostIdentities = 50;
const longestId = 700;

function asChoice(input: unknown): IdentityDraft {
  const { kind } = asRecord(input, "choice", ["kind"], ["ids"]);
  const known = asOneOf(kind, "choice.kind", ["none", "systemAssigned", "userAssigned"]);
  if (known !== "userAssigned") {
    asRecord(input, "choice", ["kind"]);
    return { kind: known };
  }
  const { ids } = asRecord(input, "choice", ["kind", "ids"]);
  return { kind: known, ids: asList(ids, "choice.ids", mostIdentities).map(asIdentityId) };
}

function asIdentityId(value: unknown, index: number): ArmId {
  const path = `choice.ids[${index}]`;
  const id = readIdentityId(asText(value, path, longestId));
  if (id === undefined) throw new ProtocolError(path, "an identity's id");
  return id;
}

function asGrant(input: unknown): RoleGrant {
  const { principalId, role, scope } = asRecord(input, "grant", ["principalId", "role", "scope"]);
  const where = asText(scope, "grant.scope", longestId);
  if (!isArmId(where)) throw new ProtocolError("grant.scope", "a resource's id");
  return {
    principalId: asText(principalId, "grant.principalId", 100),
    role: asOneOf(role, "grant.role", Object.keys(roleDefinitions) as RoleName[]),
    scope: where,
  };
}

export const identityParsers: Parsers<IdentityContract> = {
  identities: asNull,
  check: asChoice,
  body: asChoice,
  roles: asChoice,
  grant: asGrant,
  apply: (input) => {
    const { choice, revision } = asRecord(input, "input", ["choice", "revision"]);
    return { choice: asChoice(choice), revision: asNumber(revision, "input.revision") };
  },
  scaleToZero: asNull,
  close: asNull,
};

/** What the form keeps over being hidden and over a window reload. */
export interface SavedIdentityForm {
  readonly version: 1;
  readonly cluster: ArmId;
  readonly choice: IdentityDraft;
}

/** @throws ProtocolError for what another version wrote, or for a cluster's id that is none: it becomes a path. */
export function parseSavedIdentityForm(input: unknown): SavedIdentityForm {
  const saved = asRecord(input, "form", ["version", "cluster", "choice"]);
  if (saved.version !== 1) throw new ProtocolError("form.version", "1");
  const id = asText(saved.cluster, "form.cluster", longestId);
  const pattern =
    /^\/subscriptions\/[\w-]+\/resourceGroups\/[\p{L}\p{N}_().-]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[\w.-]+\/computes\/[\w-]+$/iu;
  if (!isArmId(id) || !pattern.test(id) || /\/\.{1,2}(\/|$)/.test(id)) {
    throw new ProtocolError("form.cluster", "a cluster's id");
  }
  return { version: 1, cluster: id, choice: asChoice(saved.choice) };
}
