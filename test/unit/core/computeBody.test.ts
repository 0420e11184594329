import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type IdentityDraft } from "../../../src/core/advancedDraft";
import { identityBody, identityPutBody, leftOut, writableBody } from "../../../src/core/computeBody";
import { AzureMlError } from "../../../src/core/errors";
import { aComputeAnswer, answeredIdentities, deployIdentity, trainIdentity } from "../../support/computeAnswers";

const system: IdentityDraft = { kind: "systemAssigned" };
const none: IdentityDraft = { kind: "none" };
const user = (...ids: (typeof trainIdentity)[]): IdentityDraft => ({ kind: "userAssigned", ids });

/** Every transition of azure-facts 2.5. */
const transitions: readonly [string, object | undefined, IdentityDraft][] = [
  ["none-to-system", answeredIdentities.none, system],
  ["none-to-user", answeredIdentities.none, user(trainIdentity)],
  ["system-to-user", answeredIdentities.system, user(trainIdentity, deployIdentity)],
  ["user-to-system", answeredIdentities.users, system],
  ["user-add", answeredIdentities.user, user(trainIdentity, deployIdentity)],
  ["user-remove", answeredIdentities.users, user(deployIdentity)],
  ["system-to-none", answeredIdentities.system, none],
  ["user-to-none", answeredIdentities.users, none],
];

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../golden/identity/${name}.json`, import.meta.url), "utf8"));
}

describe("the PUT that changes an identity", () => {
  it.each(transitions)("%s sends everything that GET gave and the new identity", (name, before, choice) => {
    expect(identityPutBody(aComputeAnswer(before), choice)).toEqual(golden(name));
  });

  it("lists the identities in the order of the form", () => {
    const { userAssignedIdentities } = identityBody(user(deployIdentity, trainIdentity));
    expect(Object.keys(userAssignedIdentities as object)).toEqual([deployIdentity, trainIdentity]);
  });

  it("sends nothing that only the service writes, and no nulls", () => {
    const text = JSON.stringify(identityPutBody(aComputeAnswer(answeredIdentities.system), none));
    for (const word of [
      "provisioning",
      "createdOn",
      "modifiedOn",
      "currentNode",
      "targetNode",
      "allocation",
      "errors",
    ]) {
      expect(text).not.toContain(word);
    }
    expect(text).not.toMatch(/null|principalId|clientId|tenantId|isAttached|resourceId|nodeStateCounts/);
  });

  it("sends the public key where GET gave it, never a password", () => {
    const answer = aComputeAnswer();
    const credentials = { adminUserName: "me", adminUserSshPublicKey: "ssh-rsa AAAA", adminUserPassword: "secret" };
    answer.properties.properties.userAccountCredentials = credentials as never;
    const body = identityPutBody(answer, system);
    expect(body).toMatchObject({
      properties: {
        properties: { userAccountCredentials: { adminUserName: "me", adminUserSshPublicKey: "ssh-rsa AAAA" } },
      },
    });
    expect(JSON.stringify(body)).not.toContain("secret");
  });

  it("leaves the credentials out when GET names no user", () => {
    const answer = aComputeAnswer();
    answer.properties.properties.userAccountCredentials = {} as never;
    expect(JSON.stringify(identityPutBody(answer, system))).not.toContain("userAccountCredentials");
  });

  it("keeps sku, image and a filled property bag", () => {
    const answer = aComputeAnswer();
    Object.assign(answer, { sku: { name: "Basic", tier: null } });
    Object.assign(answer.properties.properties, { virtualMachineImage: { id: "image" }, propertyBag: { a: [1] } });
    expect(identityPutBody(answer, system)).toMatchObject({
      sku: { name: "Basic" },
      properties: { properties: { virtualMachineImage: { id: "image" }, propertyBag: { a: [1] } } },
    });
  });

  it("leaves tags out while they are null, as right after create, and sends empty ones", () => {
    expect(identityPutBody({ ...aComputeAnswer(), tags: null }, system)).not.toHaveProperty("tags");
    expect(identityPutBody({ ...aComputeAnswer(), tags: {} }, system)).toHaveProperty("tags", {});
  });

  it.each([
    ["nothing", undefined],
    ["a text", "gpu-train"],
    ["another type of compute", withProperties({ computeType: "ComputeInstance" })],
    ["a write's own answer, whose priority is null", withCluster({ vmPriority: null })],
    ["an answer without size", withCluster({ vmSize: undefined })],
    ["an answer without a maximum", withCluster({ scaleSettings: { minNodeCount: 0 } })],
    ["an answer without region", { ...aComputeAnswer(), location: null }],
  ])("is refused for %s", (_what, answer) => {
    expect(() => identityPutBody(answer, system)).toThrow(AzureMlError);
    expect(() => identityPutBody(answer, system)).toThrow(/incomplete/);
  });

  it("does not change the answer it is made from", () => {
    const answer = aComputeAnswer(answeredIdentities.users);
    const before = JSON.stringify(answer);
    identityPutBody(answer, none);
    expect(JSON.stringify(answer)).toBe(before);
  });
});

describe("the writable part of an answer", () => {
  it("has the identity as a request spells it", () => {
    expect(writableBody(aComputeAnswer(answeredIdentities.users))["identity"]).toEqual({
      type: "UserAssigned",
      userAssignedIdentities: { [trainIdentity]: {}, [deployIdentity]: {} },
    });
    expect(writableBody(aComputeAnswer(answeredIdentities.system))["identity"]).toEqual({ type: "SystemAssigned" });
    expect(writableBody(aComputeAnswer())).not.toHaveProperty("identity");
  });

  it("stays the same while nodes come and go", () => {
    const later = withCluster({ currentNodeCount: 5, allocationState: "Resizing", errors: [{ code: "x" }] });
    expect(writableBody(later)).toEqual(writableBody(aComputeAnswer()));
  });
});

describe("what a PUT leaves out", () => {
  it("is nothing for a recorded answer: what it does not know is not set", () => {
    expect(leftOut(aComputeAnswer(answeredIdentities.user))).toEqual([]);
  });

  it("is named when it is set", () => {
    const answer = { ...withCluster({ enableBatchPrivateLink: true, newThing: "on" }), zones: ["1"] };
    expect(leftOut(answer)).toEqual([
      "zones",
      "properties.properties.enableBatchPrivateLink",
      "properties.properties.newThing",
    ]);
  });

  it.each([false, 0, "", null, {}, []])("is not named while it is %j", (value) => {
    expect(leftOut(withProperties({ newThing: value }))).toEqual([]);
  });
});

function withProperties(over: object) {
  const answer = aComputeAnswer();
  return { ...answer, properties: { ...answer.properties, ...over } };
}

function withCluster(over: object) {
  const answer = aComputeAnswer();
  return withProperties({ properties: { ...answer.properties.properties, ...over } });
}
