import { expect, test } from "vitest";
import { simulated } from "../../support/simulated";

const cluster = {
  location: "westeurope",
  properties: {
    computeType: "AmlCompute",
    properties: { vmSize: "Standard_DS3_v2", scaleSettings: { maxNodeCount: 4 } },
  },
};

test("a cluster can be created, seen in the list, given work and deleted", async () => {
  const { send, workspace, clock, simulation } = simulated();
  const id = `${workspace}/computes/cpu-one`;
  const created = await send("PUT", id, cluster);
  expect(created.status).toBe(201);
  const address = created.headers["azure-asyncoperation"] ?? "";
  expect(address.length).toBeGreaterThan(3_000);
  expect((await send("GET", address)).body).toEqual({ status: "InProgress" });
  clock.advance(10);
  expect((await send("GET", address)).body).toEqual({ status: "Succeeded", percentComplete: 100 });
  simulation.commands.runJob(id, 2);
  clock.advance(180);
  const list = await send("GET", `${workspace}/computes`);
  expect(list.body.value[0].properties.properties.nodeStateCounts.runningNodeCount).toBe(2);
  const gone = await send("DELETE", `${id}?underlyingResourceAction=Delete`);
  expect(gone.status).toBe(202);
  clock.advance(61);
  expect((await send("GET", id)).status).toBe(404);
});
