import { type ArmId } from "./armId";
import { type Finding } from "./finding";
import { noPublicIpNeedsNetwork } from "./preflight/network";
import { descriptionLength } from "./preflight/description";
import { userAssignedNeedsOne } from "./preflight/identity";
import { sshFindings } from "./preflight/ssh";
import { tagFindings } from "./preflight/tags";
import { type Workspace } from "./workspace";

/** How to sign in to a node. Secrets live in the form and in the one request, never in saved forms, presets or logs. */
export type SshCredential =
  { readonly kind: "publicKey"; readonly key: string } | { readonly kind: "password"; readonly password: string };

/** Everything but `enabled` only counts while SSH is enabled, and stays so that switching it off and on loses nothing. */
export interface SshDraft {
  readonly enabled: boolean;
  readonly adminUserName: string;
  readonly credential: SshCredential;
}

export type NetworkDraft = { readonly kind: "none" } | { readonly kind: "subnet"; readonly subnetId: ArmId };

/** One kind or the other, never both (azure-docs includes/aml-managed-identity-note.md @58f07eb). */
export type IdentityDraft =
  | { readonly kind: "none" }
  | { readonly kind: "systemAssigned" }
  | { readonly kind: "userAssigned"; readonly ids: readonly ArmId[] };

/** What the form holds under Advanced. */
export interface AdvancedDraft {
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly ssh: SshDraft;
  readonly network: NetworkDraft;
  /** `enableNodePublicIp`; without one, nodes are reached and reach out through the network alone. */
  readonly nodePublicIp: boolean;
  readonly identity: IdentityDraft;
  /** `disableLocalAuth`. */
  readonly localAuthDisabled: boolean;
}

/** The order of the form; findings name one of these, dots lead into the draft. */
export const draftFieldOrder = [
  "name",
  "location",
  "vmSize",
  "vmPriority",
  "minNodeCount",
  "maxNodeCount",
  "idleSecondsBeforeScaleDown",
  "description",
  "tags",
  "ssh.enabled",
  "ssh.adminUserName",
  "ssh.credential",
  "network",
  "nodePublicIp",
  "identity",
  "localAuthDisabled",
] as const;

/** SSH closed, no network of one's own, no identity: Azure's defaults, but for SSH (azure-facts 2.3: unsaid means open). */
export function emptyAdvancedDraft(): AdvancedDraft {
  return {
    description: "",
    tags: {},
    ssh: { enabled: false, adminUserName: "azureuser", credential: { kind: "publicKey", key: "" } },
    network: { kind: "none" },
    nodePublicIp: true,
    identity: { kind: "none" },
    localAuthDisabled: false,
  };
}

export interface AdvancedFacts {
  readonly workspace?: Workspace | undefined;
}

/** Findings of the advanced fields alone, in form order; runs on each keystroke and again in the host. */
export function validateAdvancedDraft(draft: AdvancedDraft, facts: AdvancedFacts = {}): readonly Finding[] {
  return [
    ...descriptionLength(draft.description),
    ...tagFindings(draft.tags),
    ...sshFindings(draft.ssh),
    ...noPublicIpNeedsNetwork(draft, facts.workspace),
    ...userAssignedNeedsOne(draft.identity),
  ];
}

/** The same draft without its password: what may be kept when the form is hidden or closed. A public key is no secret. */
export function withoutSecrets<D extends AdvancedDraft>(draft: D): D {
  if (draft.ssh.credential.kind !== "password") return draft;
  return { ...draft, ssh: { ...draft.ssh, credential: { kind: "password", password: "" } } };
}
