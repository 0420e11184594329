import { describe, expect, it } from "vitest";
import { armId } from "../../../../src/core/armId";
import { type ClusterDraft } from "../../../../src/core/draft";
import { AzureMlError } from "../../../../src/core/errors";
import {
  type CreateClusterContract,
  type CreateResult,
  type SavedForm,
  createClusterParsers,
} from "../../../../src/protocol/createCluster";
import { CreateClusterHost } from "../../../../src/ui/forms/createClusterHost";
import { serve } from "../../../../src/ui/forms/serve";
import { aDraft, aSavedForm, aVmSize, aWorkspace, aWorkspaceId } from "../../../support/builders";
import { quietCases } from "../../../support/createCases";
import { FakeChannel, RecordingLog, settled } from "../../../support/fakeChannel";

const accepted: CreateResult = { accepted: true, clusterId: `${aWorkspaceId}/computes/gpu-train` };

/** An open form whose `create` waits for the test. */
async function openForm(over: { create?: () => Promise<CreateResult> } = {}) {
  const channel = new FakeChannel();
  const created: { draft: ClusterDraft; signal: AbortSignal; answer: PromiseWithResolvers }[] = [];
  let kept: SavedForm | undefined;
  let closed = 0;
  const link = (): void => {
    serve<CreateClusterContract>(channel, {
      init: (signal) => host.init(signal),
      handlers: host.handlers,
      parsers: createClusterParsers,
      onDidInit: () => host.retell(),
      texts: undefined,
      log: new RecordingLog(),
    });
  };
  const host = new CreateClusterHost(
    aWorkspaceId,
    {
      getInit: async () => ({
        workspace: aWorkspace(),
        subscriptionName: "Research",
        simulated: true,
        locale: "en",
        regions: [{ name: "westeurope", displayName: "West Europe" }],
        takenNames: ["taken"],
        favouriteSizes: [],
        recentSizes: [],
      }),
      ...quietCases,
      sizes: async (_, region) => ({
        region,
        vmSizes: [aVmSize(), aVmSize({ name: "Standard_M1", lowPriorityCapable: false })],
      }),
      create: (_, draft, signal) => {
        const answer = withResolvers();
        created.push({ draft, signal, answer });
        return over.create?.() ?? answer.promise;
      },
    },
    {
      tell: (creation) => void channel.postMessage({ type: "event", name: "creation", data: creation }),
      close: () => closed++,
      keep: (saved) => (kept = saved),
      kept: () => kept,
      sent: () => (kept = undefined),
    },
  );
  link();
  await channel.receive({ type: "ready" });
  let id = 0;
  const ask = async (name: string, input: unknown): Promise<void> =>
    channel.receive({ type: "request", id: id++, name, input });
  return { channel, created, host, ask, kept: () => kept, closed: () => closed };
}

interface PromiseWithResolvers {
  promise: Promise<CreateResult>;
  resolve(result: CreateResult): void;
  reject(error: Error): void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve!: (result: CreateResult) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<CreateResult>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe("the create form's host", () => {
  it("hands a good draft on and its answer back", async () => {
    const { created, channel, ask } = await openForm();
    await ask("create", aDraft());
    created[0]?.answer.resolve(accepted);
    await settled();
    expect(created[0]?.draft).toEqual(aDraft());
    expect(channel.last).toMatchObject({ ok: true, output: accepted });
  });

  it.each<[string, Partial<ClusterDraft>, string]>([
    ["a bad name", { name: "-x-" }, "name.pattern"],
    ["a taken name", { name: "TAKEN" }, "name.taken"],
    ["another region", { location: "moonbase" }, "location.unknown"],
    ["no public address and no network", { nodePublicIp: false }, "network.noPublicIp"],
    ["no identity of the kind", { identity: { kind: "userAssigned", ids: [] } }, "identity.none"],
    ["min above max", { minNodeCount: 5 }, "scale.order"],
    ["a huge maximum", { maxNodeCount: 1e15 }, "scale.max"],
    ["part of a node", { maxNodeCount: 1.5 }, "scale.max"],
    ["no idle time", { idleSecondsBeforeScaleDown: 0 }, "scale.idle"],
  ])("answers %s with a finding and sends nothing", async (_, draft, rule) => {
    const { created, channel, ask } = await openForm();
    await ask("create", aDraft(draft));
    expect(channel.last).toMatchObject({
      ok: true,
      output: { accepted: false, findings: [{ rule, severity: "error" }] },
    });
    expect(created).toEqual([]);
  });

  it("reads sizes only of regions where clusters can be", async () => {
    const { channel, ask } = await openForm();
    await ask("sizes", { region: "eastus" });
    expect(channel.last).toMatchObject({ ok: false, error: { kind: "invalid" } });
  });

  it("creates one cluster at a time", async () => {
    const { created, channel, ask } = await openForm();
    await ask("create", aDraft());
    await ask("create", aDraft());
    expect(channel.last).toMatchObject({ ok: false, error: { kind: "conflict" } });
    expect(created).toHaveLength(1);
  });

  it("stops a creation when Cancel is pressed, but not when the tab is hidden", async () => {
    const { created, channel, ask } = await openForm();
    await ask("create", aDraft());
    await channel.receive({ type: "ready" });
    expect(created[0]?.signal.aborted).toBe(false);
    expect(channel.last).toMatchObject({ name: "creation", data: { kind: "running", name: "gpu-train" } });

    const other = await openForm();
    await other.ask("create", aDraft());
    await other.channel.receive({ type: "cancel", id: 0 });
    expect(other.created[0]?.signal.aborted).toBe(true);
  });

  it("tells the form that is shown again how its creation ended", async () => {
    const { created, channel, ask } = await openForm();
    await ask("create", aDraft());
    await channel.receive({ type: "ready" });
    created[0]?.answer.reject(new AzureMlError({ kind: "quotaExceeded", message: "No quota.", requestId: "r-9" }));
    await settled();
    const failed = { kind: "failed", error: { kind: "quotaExceeded", message: "No quota.", requestId: "r-9" } };
    expect(channel.last).toEqual({ type: "event", name: "creation", data: failed });
    await channel.receive({ type: "ready" });
    expect(channel.last).toEqual({ type: "event", name: "creation", data: failed });
  });

  it("keeps what is typed for a form opened later, until its cluster is created", async () => {
    const form = await openForm();
    const saved = aSavedForm();
    await form.ask("keep", saved);
    await form.channel.receive({ type: "ready" });
    expect(form.channel.last).toMatchObject({ type: "init", init: { saved } });
    await form.ask("create", aDraft());
    form.created[0]?.answer.resolve(accepted);
    await settled();
    expect(form.kept()).toBeUndefined();
  });

  it("knows names that came into use after it was opened", async () => {
    const { host, created, ask } = await openForm();
    host.namesChanged(["gpu-train"]);
    await ask("create", aDraft());
    expect(created).toEqual([]);
  });

  it("tells how a creation that Azure had accepted came to its end, and of no other", async () => {
    const { host, channel, created, ask } = await openForm();
    await ask("create", aDraft());
    created[0]?.answer.resolve(accepted);
    await settled();
    const error = new AzureMlError({ kind: "quotaExceeded", message: "No quota.", requestId: "r-1" });
    host.ended(armId(`${aWorkspaceId}/computes/other`), error);
    expect(channel.last).toMatchObject({ ok: true });
    host.ended(armId(`${aWorkspaceId}/computes/GPU-train`), error);
    expect(channel.last).toMatchObject({
      name: "creation",
      data: { kind: "gaveUp", error: { message: "No quota.", requestId: "r-1" } },
    });
    await channel.receive({ type: "ready" });
    expect(channel.last).toMatchObject({ data: { kind: "gaveUp" } });
  });

  it("begins with a draft that it was given, until something is typed", async () => {
    const { host, channel, ask } = await openForm();
    const start = { draft: aDraft({ name: "copy" }), source: "the cluster gpu", findings: [] };
    host.startWith(start);
    await channel.receive({ type: "ready" });
    expect(channel.last).toMatchObject({ type: "init", init: { start } });
    await ask("keep", aSavedForm());
    await channel.receive({ type: "ready" });
    expect(channel.last).toMatchObject({ type: "init", init: { start: undefined } });
  });

  it("takes steps only for clusters of its own workspace", async () => {
    const { channel, ask } = await openForm();
    const clusterId = `${aWorkspaceId.replace("ml-west", "ml-east")}/computes/gpu`;
    await ask("nextStep", { step: "deleteFailed", clusterId });
    expect(channel.last).toMatchObject({ ok: false });
  });

  it("closes when asked", async () => {
    const { ask, closed } = await openForm();
    await ask("close", null);
    expect(closed()).toBe(1);
  });
});
