import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { createHttpHeaders, createPipelineRequest, type HttpClient } from "@azure/core-rest-pipeline";
import { type Reply } from "../../support/simulated";
import { type Simulation } from "../../../src/simulator/simulation";

/** The real SDK on a simulation. `apiVersion` undefined: the one it sends by itself, 2022-10-01. */
export function sdkOn(
  simulation: Simulation,
  httpClient: HttpClient,
  subscription: string,
  apiVersion?: string,
): AzureMachineLearningWorkspaces {
  const options = { httpClient, ...(apiVersion === undefined ? {} : { apiVersion }) };
  const credential = { getToken: () => simulation.getToken({}) };
  return new AzureMachineLearningWorkspaces(credential, subscription.slice("/subscriptions/".length), options);
}

/** One plain request through an HTTP client, as the product's small REST client sends them. */
export async function request(
  simulation: Simulation,
  httpClient: HttpClient,
  method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Pick<Reply, "status" | "body">> {
  const { token } = await simulation.getToken({});
  const response = await httpClient.sendRequest(
    createPipelineRequest({
      method,
      url: new URL(path, "https://management.azure.com").href,
      headers: createHttpHeaders({ authorization: `Bearer ${token}`, "content-type": "application/json" }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  return { status: response.status, body: response.bodyAsText ? JSON.parse(response.bodyAsText) : undefined };
}
