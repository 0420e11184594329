import { beforeEach, describe, expect, it } from "vitest";
import { type ChangeOutcome, ClusterChanges, type CreateOutcome } from "../../../src/app/clusterChanges";
import { ClusterStore } from "../../../src/app/clusterStore";
import { type AzureMl, type Memory } from "../../../src/app/ports";
import { Refresher } from "../../../src/app/refresher";
import { Sessions } from "../../../src/app/session";
import { Watcher } from "../../../src/app/watcher";
import { armId } from "../../../src/core/armId";
import { AzureMlError } from "../../../src/core/errors";
import { type PendingOperation } from "../../../src/core/operation";
import { aCluster, aDraft, aListing, aSubscriptionId, aVmSize, aWorkspace, aWorkspaceId } from "../../support/builders";
import { aQuota } from "../../support/draftBuilders";
import { deferred, fakeAzureMl } from "../../support/fakeAzureMl";
import { HandClock, settle } from "../../support/handClock";

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const scale = { minNodeCount: 1, maxNodeCount: 2, idleSecondsBeforeScaleDown: 300 };
const cluster = aCluster();
const refused = new AzureMlError({
  kind: "quotaExceeded",
  code: "ClusterMinNodesExceedCoreQuota",
  message: "0 vCPUs.",
});

let memory: Map<string, unknown>;
let sent: string[];
let clusters = [cluster];
let ends: ReturnType<typeof deferred<undefined>>[];

beforeEach(() => {
  memory = new Map();
  sent = [];
  clusters = [];
  ends = [];
});

function begun(kind: PendingOperation["kind"]): PendingOperation {
  sent.push(kind);
  return { kind, cluster: cluster.id, resumeToken: `https://management.azure.com/${kind}` };
}

async function window(over: Partial<AzureMl> = {}) {
  const clock = new HandClock();
  const sessions = new Sessions();
  const store = new ClusterStore();
  const watcher = new Watcher(new Refresher(sessions, store, clock), store, clock, () => 0);
  const storage: Memory = { get: (key) => memory.get(key), set: async (key, value) => void memory.set(key, value) };
  const changes = new ClusterChanges(sessions, store, watcher, storage, log);
  const outcomes: ChangeOutcome[] = [];
  changes.onDidFinish((outcome) => outcomes.push(outcome));
  const azureMl = fakeAzureMl({
    listVmSizes: () => Promise.resolve([aVmSize()]),
    getCluster: (id) => Promise.resolve(clusters.find((other) => other.id.toLowerCase() === id.toLowerCase())),
    listComputes: () => Promise.resolve(aListing(...clusters)),
    beginCreate: () => Promise.resolve(begun("create")),
    beginScale: () => Promise.resolve(begun("scale")),
    beginUpdate: () => Promise.resolve(begun("update")),
    beginDelete: () => Promise.resolve(begun("delete")),
    finish: () => {
      const end = deferred<undefined>();
      ends.push(end);
      return end.promise;
    },
    ...over,
  });
  await sessions.signIn("simulated", () => Promise.resolve({ label: "demo", azureMl }));
  store.setWorkspaces(aSubscriptionId, { value: [aWorkspace()], loading: false });
  store.setComputes(aWorkspaceId, { value: aListing(...clusters), loading: false });
  return { sessions, store, changes, outcomes };
}

const errorsOf = (outcome: CreateOutcome): readonly string[] =>
  outcome.accepted ? [] : outcome.findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
const aReadOnlyLock = {
  id: armId(`${aWorkspaceId}/providers/Microsoft.Authorization/locks/keep`),
  name: "keep",
  level: "readOnly",
  scope: aWorkspaceId,
  notes: "",
} as const;

describe("creating", () => {
  it("shows the row at once, follows to the end and then shows what Azure's list says", async () => {
    const { changes, store, outcomes } = await window();
    expect(await changes.create(aWorkspace(), aDraft())).toEqual({ accepted: true, cluster: cluster.id });
    expect(store.cluster(cluster.id)?.provisioningState).toBe("Creating");
    expect(store.pending(cluster.id)?.kind).toBe("create");
    clusters = [cluster];
    ends[0]!.resolve(undefined);
    await settle();
    expect(store.cluster(cluster.id)?.provisioningState).toBe("Succeeded");
    expect(store.pending(cluster.id)).toBeUndefined();
    expect(outcomes).toEqual([{ kind: "create", cluster: cluster.id, error: undefined }]);
    expect(memory.get("operations.simulated")).toEqual([]);
  });

  it("never overwrites: a name that is there, in whatever case, is a finding and nothing is sent", async () => {
    clusters = [cluster];
    const { changes } = await window();
    const outcome = await changes.create(aWorkspace(), aDraft({ name: "GPU-Train" }));
    expect(errorsOf(outcome)).toEqual(["name.taken"]);
    expect(sent).toEqual([]);
  });

  it("takes a compute of another type for what it is: a taken name", async () => {
    const { changes } = await window({
      getCluster: () => Promise.reject(new AzureMlError({ kind: "invalid", message: "A compute instance." })),
    });
    expect(errorsOf(await changes.create(aWorkspace(), aDraft()))).toEqual(["name.taken"]);
    expect(sent).toEqual([]);
  });

  it("sends nothing for a draft with a fault, and asks Azure nothing for one that is wrong in itself", async () => {
    const { changes } = await window();
    const wrong = await changes.create(aWorkspace(), aDraft({ minNodeCount: 5, maxNodeCount: 2 }));
    expect(wrong).toMatchObject({ accepted: false, findings: [{ rule: "scale.order" }] });
    const absent = await changes.create(aWorkspace(), aDraft({ vmSize: "Standard_X1" }));
    expect(errorsOf(absent)).toEqual(["vmSize.notInRegion"]);
    expect(sent).toEqual([]);
  });

  it("goes on where no check can be made: each refusal is the check's own", async () => {
    const forbidden = () => Promise.reject(new AzureMlError({ kind: "forbidden", message: "No." }));
    const { changes } = await window({
      listVmSizes: forbidden,
      getQuota: forbidden,
      listLocks: forbidden,
      listPermissions: forbidden,
    });
    expect(await changes.create(aWorkspace(), aDraft())).toMatchObject({ accepted: true });
    expect(sent).toEqual(["create"]);
  });

  it("does not go on where the name cannot be looked up: the request could overwrite", async () => {
    const { changes } = await window({ getCluster: () => Promise.reject(refused) });
    await expect(changes.create(aWorkspace(), aDraft())).rejects.toBe(refused);
    expect(sent).toEqual([]);
  });

  it("stops at what was found out at the last moment: a lock, a right that is gone, a quota below one node", async () => {
    const locked = await window({ listLocks: () => Promise.resolve([aReadOnlyLock]) });
    expect(errorsOf(await locked.changes.create(aWorkspace(), aDraft()))).toEqual(["locks.readOnly"]);
    const reader = await window({ listPermissions: () => Promise.resolve([{ actions: ["*/read"], notActions: [] }]) });
    expect(errorsOf(await reader.changes.create(aWorkspace(), aDraft()))).toEqual(["rights.create"]);
    const poor = await window({ getQuota: () => Promise.resolve(aQuota(2)) });
    expect(errorsOf(await poor.changes.create(aWorkspace(), aDraft()))).toEqual(["quota.none"]);
    expect(sent).toEqual([]);
  });

  it("lets go of the row when Azure refuses, and passes the reason on", async () => {
    const { changes, store } = await window({ beginCreate: () => Promise.reject(refused) });
    await expect(changes.create(aWorkspace(), aDraft())).rejects.toBe(refused);
    expect(store.cluster(cluster.id)).toBeUndefined();
    expect(store.pending(cluster.id)).toBeUndefined();
  });

  it("that is asked twice at once sends one request", async () => {
    const { changes } = await window();
    const both = await Promise.allSettled([
      changes.create(aWorkspace(), aDraft()),
      changes.create(aWorkspace(), aDraft()),
    ]);
    expect(sent).toEqual(["create"]);
    expect(both.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("that fails later tells why, and the Failed cluster that Azure leaves behind shows", async () => {
    const { changes, store, outcomes } = await window();
    await changes.create(aWorkspace(), aDraft());
    clusters = [{ ...cluster, provisioningState: "Failed" }];
    ends[0]!.reject(refused);
    await settle();
    expect(outcomes).toEqual([{ kind: "create", cluster: cluster.id, error: refused }]);
    expect(store.cluster(cluster.id)?.provisioningState).toBe("Failed");
  });
});

describe("scaling and deleting", () => {
  beforeEach(() => (clusters = [cluster]));

  it("mark the row until Azure is done", async () => {
    const { changes, store, outcomes } = await window();
    await changes.scale(cluster.id, scale);
    expect(store.pending(cluster.id)?.kind).toBe("scale");
    ends[0]!.resolve(undefined);
    await settle();
    await changes.delete(cluster.id);
    expect(store.pending(cluster.id)?.kind).toBe("delete");
    clusters = [];
    ends[1]!.resolve(undefined);
    await settle();
    expect(store.cluster(cluster.id)).toBeUndefined();
    expect(outcomes.map(({ kind }) => kind)).toEqual(["scale", "delete"]);
  });

  it("allow one write at a time", async () => {
    const { changes } = await window();
    await changes.scale(cluster.id, scale);
    await expect(changes.delete(cluster.id)).rejects.toMatchObject({ kind: "conflict" });
    expect(sent).toEqual(["scale"]);
  });

  it("refuse bad numbers before anything is sent", async () => {
    const { changes } = await window();
    await expect(changes.scale(cluster.id, { ...scale, minNodeCount: 3 })).rejects.toThrow(/minimum/);
    expect(sent).toEqual([]);
  });

  it("that Azure has nothing to do for end at once", async () => {
    const { changes, store, outcomes } = await window({ beginDelete: () => Promise.resolve(undefined) });
    clusters = [];
    await changes.delete(cluster.id);
    expect(outcomes).toEqual([{ kind: "delete", cluster: cluster.id, error: undefined }]);
    expect(store.cluster(cluster.id)).toBeUndefined();
  });
});

describe("updating by a whole body", () => {
  beforeEach(() => (clusters = [cluster]));

  it("marks the row, goes on in the next window and tells how it ended", async () => {
    const { changes, store } = await window();
    await changes.update(cluster.id, { location: "westeurope" }, "identity systemAssigned");
    expect(store.pending(cluster.id)?.kind).toBe("update");
    await expect(changes.update(cluster.id, {}, "again")).rejects.toMatchObject({ kind: "conflict" });
    const second = await window();
    second.changes.resume();
    expect(second.store.pending(cluster.id)?.kind).toBe("update");
    ends[1]!.reject(refused);
    await settle();
    expect(second.outcomes).toEqual([{ kind: "update", cluster: cluster.id, error: refused }]);
    expect(sent).toEqual(["update"]);
  });

  it("lets go of the row when Azure refuses", async () => {
    const { changes, store } = await window({ beginUpdate: () => Promise.reject(refused) });
    await expect(changes.update(cluster.id, {}, "identity none")).rejects.toBe(refused);
    expect(store.pending(cluster.id)).toBeUndefined();
  });
});

describe("a window that closes while Azure works", () => {
  it("takes the write up again without sending it twice", async () => {
    const first = await window();
    await first.changes.create(aWorkspace(), aDraft());
    const second = await window();
    second.changes.resume();
    second.changes.resume();
    expect(second.store.pending(cluster.id)?.kind).toBe("create");
    expect(sent).toEqual(["create"]);
    clusters = [cluster];
    ends[1]!.resolve(undefined);
    await settle();
    expect(second.outcomes).toHaveLength(1);
    expect(memory.get("operations.simulated")).toEqual([]);
  });

  it("believes the list when Azure has forgotten the operation meanwhile", async () => {
    const first = await window();
    await first.changes.create(aWorkspace(), aDraft());
    clusters = [cluster];
    const gone = new AzureMlError({ kind: "notFound", message: "No such operation." });
    const second = await window({ finish: () => Promise.reject(gone) });
    second.changes.resume();
    await settle();
    expect(second.outcomes).toEqual([{ kind: "create", cluster: cluster.id, error: undefined }]);
  });

  it("keeps the write in mind over a sign-out, and tells a signed-out window nothing", async () => {
    const { changes, sessions, outcomes } = await window();
    await changes.create(aWorkspace(), aDraft());
    sessions.signOut();
    ends[0]!.resolve(undefined);
    await settle();
    expect(outcomes).toEqual([]);
    expect(memory.get("operations.simulated")).toHaveLength(1);
  });
});
