import { describe, expect, test } from "vitest";
import { defaultSwitches, type Switches } from "../../../src/simulator/switches";
import { clusterBody, type Stage, stage, untilNodesAreUp } from "./stage";

/**
 * Every open question: what a client sees with one answer and with the other. `look` says it in a few words, so a switch that
 * does nothing fails, and the type makes sure that none is left out.
 */
type Both<K extends keyof Switches> = {
  readonly [name in K]: {
    readonly answers: readonly [readonly [Switches[name], unknown], readonly [Switches[name], unknown]];
    readonly look: (on: Stage) => Promise<unknown>;
  };
};

const ssh = { userAccountCredentials: { adminUserName: "azureuser", adminUserPassword: "secret" } };
const systemIdentity = { identity: { type: "SystemAssigned" } };
const groupOf = (id: string): string => id.split("/").slice(0, 5).join("/");

const questions: Both<keyof Switches> = {
  sshUpdateWithoutCredentials: {
    answers: [
      ["accepted", 201],
      ["refused", 400],
    ],
    look: async ({ create, put }) => {
      await create("cpu", ssh);
      return (await put("cpu")).status;
    },
  },
  identityToNone: {
    answers: [
      ["accepted", undefined],
      ["refused", "SystemAssigned"],
    ],
    look: async ({ create, put, get }) => {
      await create("cpu", {}, systemIdentity);
      await put("cpu", {}, { identity: { type: "None" } });
      return (await get("cpu")).body.identity?.type;
    },
  },
  listHasNodeCounts: {
    answers: [
      [true, "object"],
      [false, "null"],
    ],
    look: async ({ create, send, workspace }) => {
      await create("cpu");
      const counts = (await send("GET", `${workspace}/computes`)).body.value[0].properties.properties.nodeStateCounts;
      return counts === null ? "null" : typeof counts;
    },
  },
  nodePaging: {
    answers: [
      ["get", 200],
      ["post", 405],
    ],
    look: async ({ send }) => {
      const [development] = (await send("GET", "/subscriptions")).body.value;
      const many = `${development.id}/resourceGroups/rg-vision/providers/Microsoft.MachineLearningServices/workspaces/vision/computes/grid-search`;
      const { nextLink } = (await send("POST", `${many}/listNodes`)).body;
      expect((await send("POST", nextLink)).body.nodes.length).toBeGreaterThan(0);
      return (await send("GET", nextLink)).status;
    },
  },
  quotaCountsUnprovisioned: {
    answers: [
      [false, 0],
      [true, 16],
    ],
    look: async ({ create, send, subscription }) => {
      await create("cpu", { scaleSettings: { maxNodeCount: 4 } });
      const location = `${subscription}/providers/Microsoft.MachineLearningServices/locations/westeurope`;
      return (await send("GET", `${location}/usages`)).body.value[1].currentValue;
    },
  },
  sameNameRecreate: {
    answers: [
      ["newSize", "STANDARD_D2S_V3"],
      ["keepsOldSize", "STANDARD_DS3_V2"],
    ],
    look: async ({ create, remove, get, clock }) => {
      await create("cpu");
      await remove("cpu");
      clock.advance(60);
      await create("cpu", { vmSize: "Standard_D2s_v3" });
      return (await get("cpu")).body.properties.properties.vmSize;
    },
  },
  readerMayListNodes: {
    answers: [
      [false, 403],
      [true, 200],
    ],
    look: async ({ send }) => {
      const [, production] = (await send("GET", "/subscriptions")).body.value;
      const id = `${production.id}/resourceGroups/rg-ml-production/providers/Microsoft.MachineLearningServices/workspaces/ml-production/computes/scoring`;
      const lowered = await loseOperatorRole(id);
      return lowered;
    },
  },
  stateCase: {
    answers: [
      ["asRecorded", "Steady"],
      ["lower", "steady"],
    ],
    look: async ({ create, get }) => {
      await create("cpu");
      return (await get("cpu")).body.properties.properties.allocationState;
    },
  },
  nameScope: {
    answers: [
      ["workspace", "Succeeded"],
      ["region", "Failed"],
    ],
    look: async ({ send, clock }) => {
      const [development] = (await send("GET", "/subscriptions")).body.value;
      const group = `${development.id}/resourceGroups/rg-secure/providers/Microsoft.MachineLearningServices/workspaces`;
      const id = `${group}/ml-private/computes/cpu-pipelines`;
      await send("PUT", id, clusterBody());
      clock.advance(10);
      return (await send("GET", id)).body.properties.provisioningState;
    },
  },
  descriptionUpdate: {
    answers: [
      ["ignored", null],
      ["accepted", "new"],
    ],
    look: async ({ create, send, get, idOf }) => {
      await create("cpu");
      const { properties, ...rest } = clusterBody() as { properties: object };
      await send("PUT", idOf("cpu"), { ...rest, properties: { ...properties, description: "new" } });
      return (await get("cpu")).body.properties.description;
    },
  },
  absentCompute: {
    answers: [
      ["ResourceNotFound", [404, "ResourceNotFound"]],
      ["UserError", [404, "UserError"]],
    ],
    look: async ({ get }) => {
      const { status, body } = await get("none");
      return [status, body.error.code];
    },
  },
  detachCluster: {
    answers: [
      ["refused", 400],
      ["deletes", 202],
    ],
    look: async ({ create, send, idOf }) => {
      await create("cpu");
      return (await send("DELETE", `${idOf("cpu")}?underlyingResourceAction=Detach`)).status;
    },
  },
  maxZero: {
    answers: [
      ["accepted", 202],
      ["refused", 400],
    ],
    look: async ({ create, scale }) => {
      await create("cpu");
      return (await scale("cpu", { maxNodeCount: 0 })).status;
    },
  },
  putWithoutIdentity: {
    answers: [
      ["keeps", "SystemAssigned"],
      ["removes", undefined],
    ],
    look: async ({ create, put, get }) => {
      await create("cpu", {}, systemIdentity);
      await put("cpu");
      return (await get("cpu")).body.identity?.type;
    },
  },
  concurrentWrites: {
    answers: [
      ["conflict", 409],
      ["accepted", 202],
    ],
    look: async ({ create, scale }) => {
      await create("cpu");
      await scale("cpu", { maxNodeCount: 2 });
      return (await scale("cpu", { maxNodeCount: 3 })).status;
    },
  },
  unchangedPatch: {
    answers: [
      ["accepted202", [202, true]],
      ["done200", [200, false]],
    ],
    look: async ({ create, scale }) => {
      await create("cpu");
      const { status, headers } = await scale("cpu", { maxNodeCount: 4 });
      return [status, "azure-asyncoperation" in headers];
    },
  },
  idleTimeForm: {
    answers: [
      ["canonical", "PT2M"],
      ["asSent", "PT120S"],
    ],
    look: async ({ create, get }) => {
      await create("cpu", { scaleSettings: { maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: "PT120S" } });
      return (await get("cpu")).body.properties.properties.scaleSettings.nodeIdleTimeBeforeScaleDown;
    },
  },
  preemptedNodesHoldQuota: {
    answers: [
      [false, 0],
      [true, 8],
    ],
    look: async ({ create, simulation, send, subscription, clock, idOf }) => {
      await create("low", { vmPriority: "LowPriority", scaleSettings: { maxNodeCount: 2, minNodeCount: 2 } });
      clock.advance(untilNodesAreUp);
      simulation.commands.preemptNodes(idOf("low"), 2);
      const location = `${subscription}/providers/Microsoft.MachineLearningServices/locations/westeurope`;
      const { value } = (await send("GET", `${location}/usages`)).body;
      return value.find((row: { name: { value: string } }) => row.name.value === "TotalLowPriorityCores").currentValue;
    },
  },
  createComparesQuota: {
    answers: [
      ["limit", "Succeeded"],
      ["remaining", "Failed"],
    ],
    look: async ({ create, get, simulation, subscription }) => {
      simulation.commands.exhaustQuota(subscription, "westeurope", "total");
      await create("cpu");
      return (await get("cpu")).body.properties.provisioningState;
    },
  },
  createUnderDeleteLock: {
    answers: [
      ["stuck", "0/0 Resizing"],
      ["rests", "0/0 Steady"],
    ],
    look: async ({ create, allocation, simulation, workspace }) => {
      simulation.commands.setGroupLock(groupOf(workspace), "CanNotDelete");
      await create("cpu");
      return allocation("cpu");
    },
  },
  readOnlyLockBlocksActions: {
    answers: [
      [false, 200],
      [true, 409],
    ],
    look: async ({ create, simulation, workspace, send, idOf }) => {
      await create("cpu");
      simulation.commands.setGroupLock(groupOf(workspace), "ReadOnly");
      return (await send("POST", `${idOf("cpu")}/listNodes`)).status;
    },
  },
  operationRetryAfterSeconds: {
    answers: [
      [undefined, undefined],
      [3, "3"],
    ],
    look: async ({ put, send }) => {
      const address = (await put("cpu")).headers["azure-asyncoperation"] ?? "";
      return (await send("GET", address)).headers["retry-after"];
    },
  },
  pageSize: {
    answers: [
      [50, 2],
      [1, 1],
    ],
    look: async ({ create, send, workspace }) => {
      await create("cpu-a");
      await create("cpu-b");
      return (await send("GET", `${workspace}/computes`)).body.value.length;
    },
  },
  emptyFirstPage: {
    answers: [
      [false, 1],
      [true, 0],
    ],
    look: async ({ create, send, workspace }) => {
      await create("cpu");
      return (await send("GET", `${workspace}/computes`)).body.value.length;
    },
  },
  throttling: {
    answers: [
      [true, true],
      [false, false],
    ],
    look: async ({ get }) => "x-ms-ratelimit-remaining-subscription-reads" in (await get("none")).headers,
  },
};

/** The switch that the stage under test has, for the one question that needs a world of its own. */
let current: Partial<Switches> = {};

/** Starts the demo again with the operator's role taken away, which leaves a plain Reader. */
async function loseOperatorRole(id: string): Promise<number> {
  const before = stage({ world: "demo" }).simulation.snapshot() as { state: { roles: { role: string }[] } };
  before.state.roles = before.state.roles.filter(({ role }) => role !== "AzureML Compute Operator");
  const reader = stage({ snapshot: before, switches: current });
  return (await reader.send("POST", `${id}/listNodes`)).status;
}

const inDemo: readonly (keyof Switches)[] = ["nodePaging", "readerMayListNodes", "nameScope"];

describe("open questions, answered either way", () => {
  for (const name of Object.keys(questions) as (keyof Switches)[]) {
    const { answers, look } = questions[name];
    for (const [answer, expected] of answers) {
      test(`${name}: ${String(answer)}`, async () => {
        current = { [name]: answer, ...(name === "nodePaging" ? { pageSize: 30 } : {}) };
        const on = stage({ switches: current, ...(inDemo.includes(name) ? { world: "demo" } : {}) });
        expect(await look(on)).toEqual(expected);
      });
    }
    test(`${name}: the first answer is the default`, () => {
      expect(defaultSwitches[name]).toBe(answers[0][0]);
    });
  }
});
