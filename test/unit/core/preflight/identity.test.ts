import { describe, expect, it } from "vitest";
import { armId } from "../../../../src/core/armId";
import { identityExists, severalIdentities, systemIdentityNote } from "../../../../src/core/preflight/identity";
import { aWorkspaceId } from "../../../support/builders";
import { anIdentityId } from "../../../support/draftBuilders";

const listed = [{ id: anIdentityId, name: "trainer", resourceGroup: "rg-ml", location: "westeurope" }];

describe("user-assigned identities", () => {
  it("exist, whatever their case (ARM answers their group in lower case)", () => {
    expect(identityExists(armId(anIdentityId.toLowerCase()), aWorkspaceId, listed)).toEqual([]);
  });

  it("are missing when their subscription's list lacks them", () => {
    expect(identityExists(armId(`${anIdentityId}2`), aWorkspaceId, listed)).toMatchObject([
      { rule: "identity.missing", severity: "error" },
    ]);
  });

  it("of another subscription are not judged by this one's list", () => {
    const other = armId(anIdentityId.replace(/1{8}-/, "22222222-"));
    expect(identityExists(other, aWorkspaceId, listed)).toMatchObject([
      { rule: "identity.elsewhere", severity: "unknown" },
    ]);
  });

  it("get a note when they are several", () => {
    expect(severalIdentities([])).toEqual([]);
    expect(severalIdentities([anIdentityId])).toEqual([]);
    expect(severalIdentities([anIdentityId, armId(`${anIdentityId}2`)])).toMatchObject([{ severity: "info" }]);
  });
});

describe("a system-assigned identity", () => {
  it("gets a note about its roles", () => {
    expect(systemIdentityNote({ kind: "systemAssigned" })).toMatchObject([{ severity: "info" }]);
    expect(systemIdentityNote({ kind: "none" })).toEqual([]);
  });
});
