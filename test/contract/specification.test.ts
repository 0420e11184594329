import { existsSync } from "node:fs";
import { LiveValidator } from "oav/dist/lib/liveValidation/liveValidator.js";
import { beforeAll, describe, expect, test } from "vitest";
import { type Reply, simulated } from "../support/simulated";
import { request } from "./support/client";
import { driveEverything, driveFailures } from "./support/scenarios";
import { shapeOf } from "./support/shape";
import { readRecordings, specificationFolder, whyMissing } from "./support/shared";
import { listening, type Pair } from "./support/traffic";

const stable = "machinelearningservices/resource-manager/Microsoft.MachineLearningServices/stable";
const documents = (version: string): string[] => [
  `${stable}/${version}/machineLearningServices.json`,
  `${stable}/${version}/workspaceFeatures.json`,
  "resources/resource-manager/Microsoft.Authorization/stable/2020-05-01/locks.json",
  "msi/resource-manager/Microsoft.ManagedIdentity/stable/2023-01-31/ManagedIdentity.json",
  "resources/resource-manager/Microsoft.Resources/stable/2022-12-01/subscriptions.json",
  "resources/resource-manager/Microsoft.Resources/stable/2024-03-01/resources.json",
  "network/resource-manager/Microsoft.Network/stable/2024-01-01/virtualNetwork.json",
  "authorization/resource-manager/Microsoft.Authorization/stable/2022-04-01/authorization-RoleDefinitionsCalls.json",
  "authorization/resource-manager/Microsoft.Authorization/stable/2022-04-01/authorization-RoleAssignmentsCalls.json",
];

/**
 * What the real service trips over too, and nothing else: fields that the specification does not know but recorded answers
 * have (by the field and the object around it), PATCH's 202, and the missing nextLink of subscriptions and tenants.
 */
function isKnown(code: string, pair: Pair, paths: readonly string[]): boolean {
  if (code === "OBJECT_ADDITIONAL_PROPERTIES")
    return paths.length > 0 && paths.every((path) => recordedFields.has(fieldOf(path)));
  if (code === "INVALID_RESPONSE_CODE") return pair.method === "PATCH" && pair.status === 202;
  if (code === "OBJECT_MISSING_REQUIRED_PROPERTY") {
    return /\/(tenants|subscriptions)\?/.test(pair.url) && paths.every((path) => path === "/nextLink");
  }
  return false;
}

/** `/value/0/properties/imageVersion` → `properties.imageVersion`. */
function fieldOf(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && !/^\d+$/.test(part))
    .slice(-2)
    .join(".");
}

const recordedFields = new Set(
  readRecordings()
    .flatMap(({ exchanges }) => exchanges)
    .flatMap(({ response }) => [...shapeOf(response.body).keys()])
    .map((path) => fieldOf(path.replaceAll(/\[[^\]]*\]/g, "").replaceAll(".", "/"))),
);

/** Addresses that the validator does not find: in no document, or with a scope that it cannot take apart. */
const notInDocuments = [
  /\/computeOperationsStatus\//,
  /\/providers\/Microsoft\.MachineLearningServices\?api-version=2024-03-01$/,
  /\/workspaces\/[^/]+\/providers\/Microsoft\.Authorization\/permissions/,
];

let validators: ReadonlyMap<string, LiveValidator>;

describe.skipIf(whyMissing(specificationFolder) !== "")(`the specification${whyMissing(specificationFolder)}`, () => {
  beforeAll(async () => {
    const loaded = ["2022-10-01", "2024-04-01"].map(async (version) => [version, await load(version)] as const);
    validators = new Map(await Promise.all(loaded));
  });

  for (const version of ["2022-10-01", "2024-04-01"]) {
    test(`everything that the small world answers keeps to the documents of ${version}`, async () => {
      const { simulation, httpClient, subscription, workspace, clock } = simulated();
      const wire = listening(httpClient);
      await driveEverything({ simulation, httpClient: wire.httpClient, clock, subscription, workspace, version });
      await driveFailures({ simulation, httpClient: wire.httpClient, clock, subscription, workspace, version });
      expect(wire.pairs.length).toBeGreaterThan(40);
      expect(await violations(version, wire.pairs)).toEqual([]);
    });

    test(`every list of the demo world keeps to the documents of ${version}`, async () => {
      const { simulation, httpClient, subscription } = simulated({ world: "demo" });
      const wire = listening(httpClient);
      const get = (path: string): Promise<Pick<Reply, "body">> => request(simulation, wire.httpClient, "GET", path);
      const list = `${subscription}/providers/Microsoft.MachineLearningServices/workspaces?api-version=${version}`;
      for (const workspace of (await get(list)).body.value) {
        const computes = await get(`${workspace.id}/computes?api-version=${version}`);
        for (const compute of computes.body.value) {
          await get(`${compute.id}?api-version=${version}`);
          if (compute.properties.computeType !== "AmlCompute") continue;
          await request(simulation, wire.httpClient, "POST", `${compute.id}/listNodes?api-version=${version}`);
        }
      }
      expect(wire.pairs.length).toBeGreaterThan(40);
      expect(await violations(version, wire.pairs)).toEqual([]);
    });
  }

  test("the validator does see a wrong answer", async () => {
    const { simulation, httpClient, workspace } = simulated();
    const wire = listening(httpClient);
    await request(simulation, wire.httpClient, "GET", `${workspace}?api-version=2024-04-01`);
    const [pair] = wire.pairs as [Pair];
    const wrong = { ...pair, body: { ...(pair.body as object), tags: "none", surprise: 1 } };
    expect((await violations("2024-04-01", [wrong])).length).toBeGreaterThan(0);
  });
});

async function load(version: string): Promise<LiveValidator> {
  const swaggerPaths = documents(version).map((path) => `${specificationFolder}/${path}`);
  const validator = new LiveValidator(
    {
      directory: specificationFolder,
      git: { shouldClone: false },
      isPathCaseSensitive: false,
      loadValidatorInInitialize: true,
      loadValidatorInBackground: false,
      excludedSwaggerPathsPattern: [],
      swaggerPathsPattern: documents(version).filter((path) => existsSync(`${specificationFolder}/${path}`)),
      swaggerPaths,
    },
    () => undefined,
  );
  await validator.initialize();
  return validator;
}

/** Lines that say what is wrong with which pair, without what is allowed. */
async function violations(version: string, pairs: readonly Pair[]): Promise<string[]> {
  const validator = validators.get(version);
  if (validator === undefined) throw new Error(`No documents of ${version} were loaded.`);
  const lines: string[] = [];
  for (const pair of pairs) {
    if (notInDocuments.some((pattern) => pattern.test(pair.url))) continue;
    const result = await validator.validateLiveRequestResponse({
      liveRequest: {
        url: pair.url,
        method: pair.method.toLowerCase(),
        headers: pair.requestHeaders,
        query: Object.fromEntries(new URL(pair.url).searchParams),
        body: pair.requestBody as Record<string, unknown>,
      },
      liveResponse: {
        statusCode: String(pair.status),
        headers: pair.headers,
        body: pair.body as Record<string, unknown>,
      },
    });
    const parts = [result.requestValidationResult, result.responseValidationResult];
    const name = `${pair.method} ${pair.status} ${pair.url.slice(0, 230)}`;
    for (const exception of [result, ...parts].map((part) => part.runtimeException)) {
      if (exception !== undefined) lines.push(`${name}: ${exception.code} ${exception.message}`);
    }
    for (const error of parts.flatMap((part) => part.errors)) {
      if (isKnown(error.code, pair, error.pathsInPayload)) continue;
      lines.push(`${name}: ${error.code} ${error.message} ${error.pathsInPayload.join(" ")}`);
    }
  }
  return [...new Set(lines)];
}
