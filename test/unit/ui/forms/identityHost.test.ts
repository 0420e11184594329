import { describe, expect, it } from "vitest";
import { type IdentityChangeOutcome } from "../../../../src/app/identityChange";
import { armId, clusterId } from "../../../../src/core/armId";
import { type ComputeCluster } from "../../../../src/core/cluster";
import { AzureMlError } from "../../../../src/core/errors";
import { type RoleCheck } from "../../../../src/core/workspaceRoles";
import { type IdentityFormInit, identityParsers, parseSavedIdentityForm } from "../../../../src/protocol/identity";
import { IdentityHost, type IdentityUseCases } from "../../../../src/ui/forms/identityHost";
import { aCluster, aWorkspace, aWorkspaceId } from "../../../support/builders";
import { aComputeAnswer, deployIdentity, trainIdentity } from "../../../support/computeAnswers";

const id = clusterId(aWorkspaceId, "gpu-train");
const signal = new AbortController().signal;
const storage = armId(`${aWorkspaceId}/providers/Microsoft.Storage/storageAccounts/s`);
const role: RoleCheck = {
  resource: "storage",
  scope: storage,
  role: "Storage Blob Data Reader",
  purpose: "read",
  need: "usual",
  status: "missing",
};

function openHost(over: Partial<IdentityUseCases> = {}, cluster: Partial<ComputeCluster> = {}, pending = false) {
  const told: IdentityFormInit[] = [];
  const changed: unknown[] = [];
  const granted: unknown[] = [];
  const host = new IdentityHost(
    id,
    {
      read: async () => ({
        cluster: { ...aCluster(), id, name: "gpu-train", identity: { kind: "none" }, ...cluster },
        json: aComputeAnswer(),
        workspace: aWorkspace(),
        subscriptionName: "Research",
        simulated: true,
        gone: [],
        pending,
      }),
      identities: async () => ({ identities: [], subscriptionNames: {} }),
      check: async () => [],
      principals: async () => [{ name: "train", principalId: "p-1" }],
      roles: async () => [role],
      confirmGrant: async () => true,
      grant: async (grant) => void granted.push(grant),
      confirmChange: async () => true,
      change: async (...args): Promise<IdentityChangeOutcome> => {
        changed.push(args);
        return { accepted: true };
      },
      scaleToZero: async () => undefined,
      ...over,
    },
    { tell: (form) => told.push(form), close: () => undefined },
  );
  return { host, told, changed, granted };
}

const choice = { kind: "systemAssigned" } as const;

describe("the host of the identity form", () => {
  it("applies what was seen, waits, and tells the end with the cluster read anew", async () => {
    const { host, told, changed } = openHost();
    const { revision } = await host.init();
    expect(await host.handlers.apply({ choice, revision }, signal)).toEqual({ kind: "accepted" });
    expect(changed).toHaveLength(1);
    await expect(host.handlers.apply({ choice, revision }, signal)).rejects.toMatchObject({ kind: "conflict" });
    await host.ended(undefined);
    expect(told.at(-1)).toMatchObject({ progress: { kind: "done" }, revision: revision + 1 });
  });

  it("tells a failure that comes later and lets the person try again", async () => {
    const { host, told, changed } = openHost();
    const { revision } = await host.init();
    await host.handlers.apply({ choice, revision }, signal);
    await host.ended(new AzureMlError({ kind: "unknown", code: "InternalServerError", message: "No." }));
    expect(told.at(-1)?.progress).toMatchObject({ kind: "failed", error: { code: "InternalServerError" } });
    await host.handlers.apply({ choice, revision: told.at(-1)!.revision }, signal);
    expect(changed).toHaveLength(2);
  });

  it("sends nothing for an older reading, a choice that is there already, or a no", async () => {
    const { host, changed } = openHost({ confirmChange: async () => false });
    const { revision } = await host.init();
    expect(await host.handlers.apply({ choice, revision: revision - 1 }, signal)).toMatchObject({ kind: "changed" });
    expect(await host.handlers.apply({ choice, revision }, signal)).toEqual({ kind: "declined" });
    const none = host.handlers.apply({ choice: { kind: "none" }, revision }, signal);
    await expect(none).rejects.toMatchObject({ kind: "invalid" });
    expect(changed).toEqual([]);
  });

  it("shows what somebody else changed with three texts each", async () => {
    const { host } = openHost({
      change: async () => ({
        accepted: false,
        json: {},
        differences: [{ path: ["tags", "team"], kind: "theirs", base: "a", mine: "a", theirs: undefined }],
      }),
    });
    const { revision } = await host.init();
    expect(await host.handlers.apply({ choice, revision }, signal)).toMatchObject({
      kind: "changed",
      differences: [{ path: "tags.team", kind: "theirs", base: '"a"', mine: '"a"', theirs: undefined }],
      init: { revision: revision + 1 },
    });
  });

  it("takes up a change that a window before it began, and says why nothing can be changed", async () => {
    const pending = openHost({}, {}, true);
    expect((await pending.host.init()).progress).toEqual({ kind: "waiting" });
    const failed = await openHost({}, { provisioningState: "Failed" }).host.init();
    expect(failed.blocked).toContain("Creating gpu-train has failed");
    const busy = await openHost({}, { provisioningState: "Updating" }).host.init();
    expect(busy.blocked).toContain("is being changed");
  });

  it("shows the body with everything that GET gave", async () => {
    const { host } = openHost();
    await host.init();
    const { text } = await host.handlers.body({ kind: "userAssigned", ids: [trainIdentity] }, signal);
    expect(JSON.parse(text)).toMatchObject({ tags: { team: "vision" }, identity: { type: "UserAssigned" } });
  });

  it("gives only roles that it has shown, after asking", async () => {
    const { host, granted } = openHost();
    await host.init();
    const grant = { principalId: "p-1", role: "Storage Blob Data Reader", scope: storage } as const;
    await expect(host.handlers.grant(grant, signal)).rejects.toMatchObject({ kind: "invalid" });
    expect((await host.handlers.roles(choice, signal))[0]?.roles[0]?.command).toContain("az role assignment create");
    await expect(host.handlers.grant({ ...grant, role: "Owner" }, signal)).rejects.toMatchObject({ kind: "invalid" });
    expect(await host.handlers.grant(grant, signal)).toEqual({ granted: true });
    expect(granted).toEqual([grant]);
    const shy = openHost({ confirmGrant: async () => false });
    await shy.host.init();
    await shy.host.handlers.roles(choice, signal);
    expect(await shy.host.handlers.grant(grant, signal)).toEqual({ granted: false });
    expect(shy.granted).toEqual([]);
  });

  it("tells why roles could not be read beside the identity", async () => {
    const refused = new AzureMlError({ kind: "forbidden", message: "You may not read them." });
    const { host } = openHost({ roles: () => Promise.reject(refused) });
    await host.init();
    expect(await host.handlers.roles(choice, signal)).toMatchObject([{ roles: [], problem: "You may not read them." }]);
  });
});

describe("messages of the identity form", () => {
  it("are read strictly: ids become paths", () => {
    const ids = (...values: unknown[]) => identityParsers.check({ kind: "userAssigned", ids: values });
    expect(ids(trainIdentity, deployIdentity)).toEqual({ kind: "userAssigned", ids: [trainIdentity, deployIdentity] });
    for (const bad of ["", "x", `${trainIdentity}/../x`, `${trainIdentity}?a=b`, aWorkspaceId, 5]) {
      expect(() => ids(bad), String(bad)).toThrow();
    }
    expect(() => identityParsers.check({ kind: "none", ids: [] })).toThrow();
    expect(() => identityParsers.check({ kind: "both" })).toThrow();
    expect(() => identityParsers.apply({ choice: { kind: "none" } })).toThrow();
    expect(() => identityParsers.grant({ principalId: "p", role: "God", scope: storage })).toThrow();
  });

  it("kept over a reload are refused unless they name a cluster", () => {
    const saved = { version: 1, cluster: id, choice };
    expect(parseSavedIdentityForm(saved)).toEqual(saved);
    expect(() => parseSavedIdentityForm({ ...saved, cluster: `${id}/../other` })).toThrow();
    expect(() => parseSavedIdentityForm({ ...saved, version: 2 })).toThrow();
  });
});
