import { existsSync } from "node:fs";
import { LiveValidator } from "oav/dist/lib/liveValidation/liveValidator.js";
import { shapeOf } from "./shape";
import { readRecordings, specificationFolder } from "./shared";
import { type Pair } from "./traffic";

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

/** The documents of one version, ready to validate. */
export async function loadSpecification(version: string): Promise<LiveValidator> {
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
export async function violationsOf(validator: LiveValidator, pairs: readonly Pair[]): Promise<string[]> {
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

/** The same of requests alone, with nothing allowed. */
export async function requestViolationsOf(validator: LiveValidator, pairs: readonly Pair[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { method, url, requestHeaders: headers, requestBody } of pairs) {
    const query = Object.fromEntries(new URL(url).searchParams);
    const body = requestBody as Record<string, unknown>;
    const result = await validator.validateLiveRequest({ url, method: method.toLowerCase(), headers, query, body });
    const { runtimeException } = result;
    if (runtimeException !== undefined) lines.push(`${method} ${url}: ${runtimeException.message}`);
    for (const error of result.errors) lines.push(`${method} ${url}: ${error.code} ${error.message}`);
  }
  return lines;
}
