import { type ArmId } from "../../src/core/armId";
import { type UserAssignedIdentity } from "../../src/core/identity";
import { roleAssignmentCommand } from "../../src/core/workspaceRoles";
import { type ToHost, type ToView, type WireError } from "../../src/protocol/channel";
import { type IdentityDirectory, type IdentityFormInit, type PrincipalRoles } from "../../src/protocol/identity";
import { type ThemeName, applyTheme, themes } from "./themes";

/** What a test of the identity form changes, and reads afterwards. */
export interface IdentityHarness {
  readonly messages: ToHost[];
  init: IdentityFormInit;
  texts: Readonly<Record<string, string>> | undefined;
  initError: WireError | undefined;
  /** Answers by the name of the request: what is missing waits for `answer`; an object with `error` is a failure. */
  readonly answers: Record<string, unknown>;
  answer(name: string, output: unknown): void;
  tell(form: IdentityFormInit): void;
}

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const group = `${subscription}/resourceGroups/rg-ml`;
const idOf = (name: string): ArmId =>
  `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}` as ArmId;
const guid = (digit: number): string => "00000000-0000-4000-a000-000000000000".replaceAll("0", String(digit));

const identities: readonly UserAssignedIdentity[] = ["train", "deploy", "registry-pull"].map((name, index) => ({
  id: idOf(name),
  name,
  resourceGroup: "rg-ml",
  location: index === 0 ? "westeurope" : "japaneast",
  principalId: guid(index + 1),
  clientId: guid(index + 4),
}));

const directory: IdentityDirectory = {
  identities,
  subscriptionNames: { "11111111-1111-1111-1111-111111111111": "Research" },
};

const storage = `${group}/providers/Microsoft.Storage/storageAccounts/mlweststore` as ArmId;
const registry = `${group}/providers/Microsoft.ContainerRegistry/registries/crmlwest` as ArmId;
const roles: readonly PrincipalRoles[] = [
  {
    name: "train",
    principalId: guid(1),
    roles: [
      {
        resource: "storage",
        scope: storage,
        role: "Storage Blob Data Reader",
        purpose: "read data of datastores that keep no key",
        need: "usual",
        status: "granted",
        grantedBy: "Storage Blob Data Contributor",
        command: "",
      },
      {
        resource: "registry",
        scope: registry,
        role: "AcrPull",
        purpose: "pull images where the registry's admin user is off",
        need: "usual",
        status: "missing",
        command: roleAssignmentCommand("AcrPull", guid(1), registry),
      },
    ],
  },
];

const init: IdentityFormInit = {
  clusterId: `${group}/providers/Microsoft.MachineLearningServices/workspaces/ml-west/computes/gpu-train` as ArmId,
  clusterName: "gpu-train",
  workspaceName: "ml-west",
  resourceGroup: "rg-ml",
  subscriptionName: "Research",
  simulated: true,
  identity: {
    kind: "userAssigned",
    identities: [
      { id: idOf("train"), principalId: guid(1), clientId: guid(4) },
      { id: idOf("retired"), principalId: guid(9), clientId: guid(8) },
    ],
  },
  gone: [idOf("retired")],
  nodesUp: 2,
  revision: 1,
  progress: { kind: "none" },
};

/** A host in the page: `acquireVsCodeApi` as VS Code offers it, and answers by script. `?theme=` chooses the colours. */
class ScriptedHost implements IdentityHarness {
  readonly messages: ToHost[] = [];
  init = init;
  texts: Readonly<Record<string, string>> | undefined;
  initError: WireError | undefined;
  readonly answers: Record<string, unknown> = {
    identities: directory,
    check: [],
    body: { text: '{\n  "location": "westeurope"\n}', leftOut: ["properties.properties.enableBatchPrivateLink"] },
    roles,
    grant: { granted: true },
    scaleToZero: null,
    close: null,
  };
  readonly #open = new Map<string, number>();

  receive(message: ToHost): void {
    this.messages.push(message);
    if (message.type === "ready") this.#answerReady();
    else if (message.type === "cancel") this.#fail(message.id, { kind: "aborted", message: "" });
    else {
      this.#open.set(message.name, message.id);
      if (message.name in this.answers) this.answer(message.name, this.answers[message.name]);
    }
  }

  answer(name: string, output: unknown): void {
    const id = this.#open.get(name);
    if (id === undefined) return;
    if (typeof output === "object" && output !== null && "error" in output) this.#fail(id, output.error as WireError);
    else this.#post({ type: "response", id, ok: true, output });
  }

  tell(form: IdentityFormInit): void {
    this.#post({ type: "event", name: "form", data: form });
  }

  #answerReady(): void {
    this.#post({ type: "texts", texts: this.texts });
    if (this.initError === undefined) this.#post({ type: "init", init: this.init });
    else this.#post({ type: "initFailed", error: this.initError });
  }

  #fail(id: number, error: WireError): void {
    this.#post({ type: "response", id, ok: false, error });
  }

  #post(message: ToView): void {
    setTimeout(() => window.postMessage(JSON.parse(JSON.stringify(message)), "*"), 0);
  }
}

const host = new ScriptedHost();
const stateKey = "vscode-state";
const api = {
  postMessage: (message: unknown) => host.receive(JSON.parse(JSON.stringify(message)) as ToHost),
  getState: (): unknown => JSON.parse(sessionStorage.getItem(stateKey) ?? "null") ?? undefined,
  setState: (state: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(state)),
};

const asked = new URLSearchParams(location.search).get("theme") ?? "dark";
applyTheme(asked in themes ? (asked as ThemeName) : "dark");
Object.assign(window, { acquireVsCodeApi: () => api, identityHarness: host });
