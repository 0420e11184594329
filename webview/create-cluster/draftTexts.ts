import { type AdvancedDraft, type IdentityDraft } from "../../src/core/advancedDraft";
import { isArmId } from "../../src/core/armId";
import { type ClusterDraft } from "../../src/core/draft";
import { type DraftTexts } from "../../src/protocol/createCluster";

export function textsOf(draft: ClusterDraft): DraftTexts {
  const { ssh, identity, network } = draft;
  return {
    name: draft.name,
    location: draft.location,
    vmSize: draft.vmSize,
    vmPriority: draft.vmPriority,
    minNodeCount: String(draft.minNodeCount),
    maxNodeCount: String(draft.maxNodeCount),
    idleSecondsBeforeScaleDown: String(draft.idleSecondsBeforeScaleDown),
    description: draft.description,
    tags: Object.entries(draft.tags)
      .map(([name, value]) => `${name}=${value}`)
      .join("\n"),
    "ssh.enabled": String(ssh.enabled),
    "ssh.adminUserName": ssh.adminUserName,
    "ssh.method": ssh.credential.kind,
    "ssh.key": ssh.credential.kind === "publicKey" ? ssh.credential.key : "",
    "ssh.password": ssh.credential.kind === "password" ? ssh.credential.password : "",
    network: network.kind === "subnet" ? network.subnetId : "",
    nodePublicIp: String(draft.nodePublicIp),
    identity: identity.kind,
    "identity.ids": identity.kind === "userAssigned" ? identity.ids.join("\n") : "",
    localAuthDisabled: String(draft.localAuthDisabled),
  };
}

/** The draft that the texts mean; NaN for what is no whole number. Full-width digits count as digits. */
export function draftOf(texts: DraftTexts): ClusterDraft {
  return {
    name: texts.name,
    location: texts.location,
    vmSize: texts.vmSize,
    vmPriority: texts.vmPriority === "lowPriority" ? "lowPriority" : "dedicated",
    minNodeCount: wholeNumber(texts.minNodeCount),
    maxNodeCount: wholeNumber(texts.maxNodeCount),
    idleSecondsBeforeScaleDown: wholeNumber(texts.idleSecondsBeforeScaleDown),
    description: texts.description,
    tags: tagsOf(texts.tags),
    ssh: {
      enabled: texts["ssh.enabled"] === "true",
      adminUserName: texts["ssh.adminUserName"],
      credential:
        texts["ssh.method"] === "password"
          ? { kind: "password", password: texts["ssh.password"] }
          : { kind: "publicKey", key: texts["ssh.key"] },
    },
    network: networkOf(texts.network),
    nodePublicIp: texts.nodePublicIp !== "false",
    identity: identityOf(texts),
    localAuthDisabled: texts.localAuthDisabled === "true",
  };
}

/** One `name=value` per line; of a name that is there twice the last counts. A line without `=` is a name without value. */
export function tagsOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

function networkOf(text: string): AdvancedDraft["network"] {
  return isArmId(text) ? { kind: "subnet", subnetId: text } : { kind: "none" };
}

function identityOf(texts: DraftTexts): IdentityDraft {
  switch (texts.identity) {
    case "systemAssigned":
      return { kind: "systemAssigned" };
    case "userAssigned":
      return { kind: "userAssigned", ids: linesOf(texts["identity.ids"]).filter((id) => isArmId(id)) };
    default:
      return { kind: "none" };
  }
}

export function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function wholeNumber(text: string): number {
  const plain = text.normalize("NFKC").trim();
  return /^-?\d+$/.test(plain) ? Number(plain) : Number.NaN;
}
