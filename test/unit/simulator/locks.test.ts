import { describe, expect, test } from "vitest";
import { type Json } from "../../support/simulated";
import { stage, untilNodesAreUp, untilNodesHaveLeft } from "./stage";

const lock = (scope: string, name = "hold"): string =>
  `${scope}/providers/Microsoft.Authorization/locks/${name}?api-version=2020-05-01`;
const groupOf = (id: string): string => id.split("/").slice(0, 5).join("/");

describe("a read-only lock", () => {
  for (const where of ["subscription", "group", "workspace", "compute"] as const) {
    test(`on the ${where} refuses PUT, PATCH and DELETE at once, naming where it sits`, async () => {
      const { create, put, scale, remove, send, workspace, subscription, idOf, get } = stage();
      await create("cpu");
      const scope = { subscription, group: groupOf(workspace), workspace, compute: idOf("cpu") }[where];
      expect((await send("PUT", lock(scope), { properties: { level: "ReadOnly" } })).status).toBe(201);
      for (const reply of [await put("cpu"), await scale("cpu", { maxNodeCount: 1 }), await remove("cpu")]) {
        expect(reply).toMatchObject({ status: 409, body: { error: { code: "ScopeLocked" } } });
        expect(reply.body.error.message).toContain(`following scope(s) are locked: '${scope}'`);
      }
      expect((await get("cpu")).status).toBe(200);
    });
  }
});

describe("a delete lock", () => {
  test("refuses DELETE but not PATCH", async () => {
    const { create, scale, remove, simulation, workspace } = stage();
    await create("cpu");
    simulation.commands.setGroupLock(groupOf(workspace), "CanNotDelete");
    expect((await scale("cpu", { maxNodeCount: 2 })).status).toBe(202);
    const refused = await remove("cpu");
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain("cannot perform delete operation");
  });

  test("on the group leaves a shrunk cluster resizing 0 → 0 until it is removed", async () => {
    const { create, allocation, clock, simulation, idOf, workspace } = stage();
    await create("cpu");
    simulation.commands.runJob(idOf("cpu"), 2, 60);
    clock.advance(untilNodesAreUp + 60);
    simulation.commands.setGroupLock(groupOf(workspace), "CanNotDelete");
    clock.advance(86_400);
    expect(await allocation("cpu")).toBe("0/0 Resizing");
    simulation.commands.setGroupLock(groupOf(workspace), undefined);
    clock.advance(41);
    expect(await allocation("cpu")).toBe("0/0 Steady");
  });

  test("keeps a stuck cluster from growing", async () => {
    const { create, allocation, clock, simulation, idOf, workspace } = stage();
    simulation.commands.setGroupLock(groupOf(workspace), "CanNotDelete");
    await create("cpu");
    simulation.commands.runJob(idOf("cpu"), 1, 60);
    clock.advance(3_600);
    expect(await allocation("cpu")).toBe("0/0 Resizing");
    simulation.commands.setGroupLock(groupOf(workspace), undefined);
    clock.advance(41 + untilNodesAreUp);
    expect(await allocation("cpu")).toBe("1/1 Steady");
  });

  test("on the virtual network's group stops the scale-down of its clusters too", async () => {
    const { send, clock, simulation } = stage({ world: "demo" });
    const [development] = (await send("GET", "/subscriptions")).body.value;
    const id = `${development.id}/resourceGroups/rg-secure/providers/Microsoft.MachineLearningServices/workspaces/ml-private/computes/batch-private`;
    simulation.commands.runJob(id, 1, 60);
    clock.advance(untilNodesAreUp + 60);
    await send("PUT", lock(`${development.id}/resourceGroups/rg-secure`), { properties: { level: "CanNotDelete" } });
    clock.advance(120 + untilNodesHaveLeft);
    const { properties } = (await send("GET", id)).body.properties;
    expect(`${properties.currentNodeCount} ${properties.allocationState}`).toBe("0 Resizing");
  });
});

describe("the list of locks", () => {
  test("has inherited ones; at a group it has those below as well, unless asked for atScope()", async () => {
    const { send, workspace, subscription } = stage();
    const group = groupOf(workspace);
    await send("PUT", lock(subscription, "far"), { properties: { level: "CanNotDelete", notes: "n" } });
    await send("PUT", lock(workspace, "near"), { properties: { level: "CanNotDelete" } });
    const names = async (scope: string, filter = ""): Promise<string[]> =>
      (
        await send("GET", `${scope}/providers/Microsoft.Authorization/locks?api-version=2020-05-01${filter}`)
      ).body.value.map((one: Json) => one.name);
    expect(await names(workspace)).toEqual(["far", "near"]);
    expect(await names(group)).toEqual(["far", "near"]);
    expect(await names(group, "&$filter=atScope()")).toEqual(["far"]);
    expect((await send("DELETE", lock(subscription, "far"))).status).toBe(200);
    expect((await send("DELETE", lock(subscription, "far"))).status).toBe(204);
  });

  test("a level that there is not is refused", async () => {
    const { send, workspace } = stage();
    expect((await send("PUT", lock(workspace), { properties: { level: "Sticky" } })).status).toBe(400);
  });
});
