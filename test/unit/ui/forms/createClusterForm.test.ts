import { type WebviewPanelSerializer, Disposable, Uri, window } from "vscode";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { armId } from "../../../../src/core/armId";
import { AzureMlError } from "../../../../src/core/errors";
import { type CreateResult } from "../../../../src/protocol/createCluster";
import { CreateClusterForms } from "../../../../src/ui/forms/createClusterForm";
import { aDraft, aSavedForm, aVmSize, aWorkspace, aWorkspaceId } from "../../../support/builders";
import { quietCases } from "../../../support/createCases";
import { RecordingLog, settled } from "../../../support/fakeChannel";
import { FakeWebviewPanel, screen } from "../../../support/fakeScreen";

const saved = aSavedForm();

let serializer: WebviewPanelSerializer | undefined;
let answer: (result: CreateResult | Error) => void;
let names: ((names: readonly string[]) => void) | undefined;
const log = new RecordingLog();
const memory = new Map<string, unknown>();

function forms(): CreateClusterForms {
  return new CreateClusterForms({
    extensionUri: Uri.file("/extension"),
    log,
    memory: { get: (key) => memory.get(key), set: async (key, value) => void memory.set(key, value) },
    getInit: async (id) => ({
      workspace: aWorkspace({ id }),
      subscriptionName: "Research",
      simulated: false,
      locale: "en",
      regions: [{ name: "westeurope", displayName: "West Europe" }],
      takenNames: [],
      favouriteSizes: [],
      recentSizes: [],
    }),
    ...quietCases,
    sizes: async (_, region) => ({ region, vmSizes: [aVmSize()] }),
    create: () =>
      new Promise((resolve, reject) => {
        answer = (result) => (result instanceof Error ? reject(result) : resolve(result));
      }),
    onDidChangeNames: (_, listener) => {
      names = listener;
      return { dispose: () => (names = undefined) };
    },
  });
}

const panelAt = (index: number): FakeWebviewPanel => {
  const panel = screen.panels[index];
  if (panel === undefined) throw new Error(`There is no panel ${index}.`);
  return panel;
};

async function send(panel: FakeWebviewPanel, message: object): Promise<void> {
  panel.received.fire(message);
  await settled();
}

beforeEach(() => {
  memory.clear();
  screen.panels = [];
  screen.messages = [];
  screen.presses = [];
  vi.spyOn(window, "registerWebviewPanelSerializer").mockImplementation((_, given) => {
    serializer = given;
    return new Disposable(() => (serializer = undefined));
  });
});
afterEach(() => vi.restoreAllMocks());

describe("the create forms", () => {
  it("are one per workspace, named after it, whatever the case of its id", () => {
    const open = forms();
    open.open(aWorkspaceId);
    panelAt(0).isRevealed = false;
    open.open(armId(aWorkspaceId.replace("resourceGroups", "resourcegroups")));
    expect(screen.panels.map((panel) => panel.title)).toEqual(["Create compute cluster · ml-west"]);
    expect(panelAt(0).isRevealed).toBe(true);
    open.open(armId(aWorkspaceId.replace("ml-west", "ml-east")));
    expect(screen.panels).toHaveLength(2);
  });

  it("load nothing but what was built for webviews, and keep nothing when hidden", () => {
    forms().open(aWorkspaceId);
    const { html, options } = panelAt(0).webview;
    expect(html).toContain("default-src 'none'");
    expect(html).toMatch(/script-src 'nonce-[0-9a-f]{32}'/);
    expect(options).toMatchObject({ enableScripts: true, enableForms: false });
    expect(JSON.stringify(options)).toContain("/extension/dist/webview");
    expect(options).not.toHaveProperty("retainContextWhenHidden");
  });

  it("open again after their tab was closed, with what had been typed", async () => {
    const open = forms();
    open.open(aWorkspaceId);
    await send(panelAt(0), { type: "request", id: 1, name: "keep", input: saved });
    panelAt(0).dispose();
    open.open(aWorkspaceId);
    await send(panelAt(1), { type: "ready" });
    expect(panelAt(1).posted.at(-1)).toMatchObject({ type: "init", init: { saved } });
  });

  it("tell the form which names are taken, until it is closed", async () => {
    forms().open(aWorkspaceId);
    await send(panelAt(0), { type: "ready" });
    names?.(["gpu-train"]);
    expect(panelAt(0).posted.at(-1)).toEqual({ type: "event", name: "takenNames", data: ["gpu-train"] });
    panelAt(0).dispose();
    expect(names).toBeUndefined();
  });

  it("say in a message when a creation fails whose tab was closed, and open again from there", async () => {
    const open = forms();
    open.open(aWorkspaceId);
    await send(panelAt(0), { type: "ready" });
    await send(panelAt(0), { type: "request", id: 1, name: "create", input: aDraft() });
    panelAt(0).dispose();
    screen.presses.push("Open the form again");
    answer(new AzureMlError({ kind: "quotaExceeded", message: "No quota." }));
    await settled();
    expect(screen.messages.at(-1)).toMatchObject({
      text: "The compute cluster was not created in ml-west: No quota.",
    });
    expect(screen.panels).toHaveLength(2);
  });

  it("keep silent when that creation succeeds: the tree shows it", async () => {
    forms().open(aWorkspaceId);
    await send(panelAt(0), { type: "ready" });
    await send(panelAt(0), { type: "request", id: 1, name: "create", input: aDraft() });
    panelAt(0).dispose();
    answer({ accepted: true, clusterId: `${aWorkspaceId}/computes/gpu-train` });
    await settled();
    expect(screen.messages).toEqual([]);
  });
});

describe("a creation that Azure gives up", () => {
  const cluster = armId(`${aWorkspaceId}/computes/gpu-train`);
  const gaveUp = new AzureMlError({ kind: "quotaExceeded", message: "No quota." });
  const create = async (open: CreateClusterForms): Promise<void> => {
    open.open(aWorkspaceId);
    await send(panelAt(0), { type: "ready" });
    await send(panelAt(0), { type: "request", id: 1, name: "keep", input: saved });
    await send(panelAt(0), { type: "request", id: 2, name: "create", input: aDraft() });
    answer({ accepted: true, clusterId: cluster });
    await settled();
  };

  it("brings back what was typed, in the open form and in one opened later, also by another window", async () => {
    const open = forms();
    await create(open);
    open.creationEnded(cluster, gaveUp);
    await settled();
    expect(panelAt(0).posted.at(-1)).toMatchObject({ name: "creation", data: { kind: "gaveUp", clusterId: cluster } });
    panelAt(0).dispose();
    forms().open(aWorkspaceId);
    await send(panelAt(1), { type: "ready" });
    expect(panelAt(1).posted.at(-1)).toMatchObject({ type: "init", init: { saved } });
  });

  it("offers the form again where its tab is closed", async () => {
    const open = forms();
    await create(open);
    panelAt(0).dispose();
    screen.presses.push("Open the form again");
    open.creationEnded(cluster, gaveUp);
    await settled();
    expect(screen.messages.at(-1)).toMatchObject({ text: "What you had entered for gpu-train is still there." });
    expect(screen.panels).toHaveLength(2);
  });

  it("leaves a new draft alone", async () => {
    const open = forms();
    await create(open);
    const other = aSavedForm({ savedAt: 2, texts: { ...saved.texts, name: "another" } });
    await send(panelAt(0), { type: "request", id: 3, name: "keep", input: other });
    open.creationEnded(cluster, gaveUp);
    await settled();
    await send(panelAt(0), { type: "ready" });
    expect(panelAt(0).posted).toContainEqual(
      expect.objectContaining({ type: "init", init: expect.objectContaining({ saved: other }) }),
    );
  });

  it("that succeeds leaves nothing behind", async () => {
    const open = forms();
    await create(open);
    open.creationEnded(cluster, undefined);
    await settled();
    expect(panelAt(0).posted.at(-1)).toMatchObject({ name: "creation", data: { kind: "ready" } });
    expect([...memory.values()].filter((value) => value !== undefined)).toEqual([]);
  });
});

describe("a draft of another version", () => {
  it("is left alone", async () => {
    memory.set(`createForm.${aWorkspaceId.toLowerCase()}`, { ...saved, version: 0 });
    forms().open(aWorkspaceId);
    await send(panelAt(0), { type: "ready" });
    expect(panelAt(0).posted.at(-1)).toMatchObject({ type: "init", init: { saved: undefined } });
  });
});

describe("after a window reload", () => {
  const restored = async (state: unknown): Promise<FakeWebviewPanel & { gone: boolean }> => {
    const panel = Object.assign(new FakeWebviewPanel("amlClusters.createCluster", ""), { gone: false });
    panel.onDidDispose(() => (panel.gone = true));
    await serializer?.deserializeWebviewPanel(panel as never, state);
    return panel;
  };

  it("a form is drawn into its old tab and answers there", async () => {
    const open = forms();
    const panel = await restored(saved);
    expect(panel.title).toBe("Create compute cluster · ml-west");
    await send(panel, { type: "ready" });
    expect(panel.posted.at(-1)).toMatchObject({ type: "init" });
    open.open(aWorkspaceId);
    expect(screen.panels).toEqual([]);
  });

  it.each([undefined, null, "x", { ...saved, version: 9 }, { ...saved, workspace: "/subscriptions/../x" }])(
    "a tab that kept %j is closed",
    async (state) => {
      forms();
      expect((await restored(state)).gone).toBe(true);
    },
  );

  it("a second tab of the same workspace is closed", async () => {
    forms();
    await restored(saved);
    expect((await restored(saved)).gone).toBe(true);
  });
});
