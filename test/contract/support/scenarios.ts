import { type HttpClient } from "@azure/core-rest-pipeline";
import { type Simulation } from "../../../src/simulator/simulation";
import { type HandClock } from "../../support/simulated";
import { request } from "./client";

export interface Stage {
  readonly simulation: Simulation;
  readonly httpClient: HttpClient;
  readonly clock: HandClock;
  /** ARM ids of the small world. */
  readonly subscription: string;
  readonly workspace: string;
  readonly version: string;
}

type Method = "GET" | "PUT" | "PATCH" | "POST" | "DELETE";

/** Every operation that succeeds, with clusters of several kinds along their lives. */
export async function driveEverything(stage: Stage): Promise<void> {
  const { simulation, httpClient, clock, subscription, workspace, version } = stage;
  const group = workspace.split("/").slice(0, 5).join("/");
  const send = (method: Method, path: string, body?: unknown): Promise<unknown> =>
    request(
      simulation,
      httpClient,
      method,
      path.includes("api-version") ? path : `${path}?api-version=${version}`,
      body,
    );
  const location = `${subscription}/providers/Microsoft.MachineLearningServices/locations/westeurope`;
  const id = `${workspace}/computes/driven`;
  const body = clusterBody({ vmSize: "Standard_DS3_v2", scaleSettings: { maxNodeCount: 3, minNodeCount: 1 } });

  for (const path of ["/tenants", "/subscriptions", subscription, `${subscription}/locations`]) {
    await send("GET", `${path}?api-version=2022-12-01`);
  }
  for (const path of [
    `${subscription}/resourcegroups`,
    group,
    `${subscription}/providers/Microsoft.MachineLearningServices`,
  ]) {
    await send("GET", `${path}?api-version=2024-03-01`);
  }
  await send("GET", `${subscription}/providers/Microsoft.MachineLearningServices/workspaces`);
  await send("GET", `${group}/providers/Microsoft.MachineLearningServices/workspaces`);
  await send("GET", workspace);
  for (const name of ["usages", "vmSizes", "quotas"]) await send("GET", `${location}/${name}`);
  await send("POST", `${location}/updateQuotas`, { value: [quotaRow(workspace, 50), quotaRow(workspace, 5_000)] });

  await send("PUT", id, body);
  await send("GET", id);
  clock.advance(15);
  await send("GET", id);
  simulation.commands.runJob(id, 3);
  for (let minutes = 0; minutes < 5; minutes++) {
    clock.advance(40);
    await send("POST", `${id}/listNodes`);
    await send("GET", `${workspace}/computes`);
  }
  simulation.commands.makeNodeUnusable(id);
  await send("POST", `${id}/listNodes`);
  await send("PATCH", id, { properties: { properties: { scaleSettings: { maxNodeCount: 6 } } } });
  clock.advance(30);
  await send("PUT", id, { ...body, identity: { type: "SystemAssigned" }, tags: { team: "a" } });
  clock.advance(30);
  await send("GET", id);
  const lock = `${group}/providers/Microsoft.Authorization/locks/a-lock?api-version=2020-05-01`;
  await send("PUT", lock, { properties: { level: "CanNotDelete", notes: "for a test" } });
  await send("GET", `${id}/providers/Microsoft.Authorization/locks?api-version=2020-05-01`);
  await send("DELETE", lock);
  const elsewhere = [
    `${subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2023-01-31`,
    `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2023-01-31`,
    `${subscription}/providers/Microsoft.Network/virtualNetworks?api-version=2024-01-01`,
    `${group}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
    `${workspace}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
    `${subscription}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`,
  ];
  for (const path of elsewhere) await send("GET", path);
  await send("DELETE", `${id}?api-version=${version}&underlyingResourceAction=Delete`);
  clock.advance(90);
  await send("DELETE", `${id}?api-version=${version}&underlyingResourceAction=Delete`);
}

/** Operations that are refused, at once or in the end. */
export async function driveFailures(stage: Stage): Promise<void> {
  const { simulation, httpClient, clock, workspace, version } = stage;
  const group = workspace.split("/").slice(0, 5).join("/");
  const send = (method: Method, path: string, body?: unknown): Promise<unknown> =>
    request(simulation, httpClient, method, `${path}?api-version=${version}`, body);
  const id = `${workspace}/computes/failing`;
  await send("GET", id);
  await send("PUT", id, clusterBody({ vmSize: "Standard_NC6s_v3", scaleSettings: { maxNodeCount: 1 } }));
  clock.advance(20);
  await send("GET", id);
  await send("PUT", id, clusterBody({ vmSize: "Standard_B2s", scaleSettings: { maxNodeCount: 1 } }));
  clock.advance(20);
  await send("GET", id);
  await send("GET", `${workspace}/computes`);
  simulation.commands.setGroupLock(group, "ReadOnly");
  await send("PUT", id, clusterBody({ vmSize: "Standard_DS3_v2", scaleSettings: { maxNodeCount: 1 } }));
  simulation.commands.setGroupLock(group, undefined);
}

export function clusterBody(properties: object): object {
  return { location: "westeurope", properties: { computeType: "AmlCompute", properties } };
}

function quotaRow(workspace: string, limit: number): object {
  return {
    id: `${workspace}/quotas/standardDSv2Family`,
    type: "Microsoft.MachineLearningServices/workspaces/dedicatedCores/quotas",
    limit,
    unit: "Count",
  };
}
