import { regions } from "./catalogue";
import { badRequest } from "./errors";

/**
 * Api-versions of Microsoft.MachineLearningServices that are answered, with their previews. 2022-05-01 is the oldest in the
 * recordings, 2025-09-01 the newest known; compute definitions are the same in all of them.
 */
const mlVersions = [
  "2022-05-01",
  "2022-10-01",
  "2023-04-01",
  "2023-10-01",
  "2024-04-01",
  "2024-10-01",
  "2025-06-01",
  "2025-09-01",
];

/** @throws ArmFailure 400 as ARM does for a missing or unknown api-version. */
export function checkApiVersion(path: string, version: string | null): string {
  if (version === null || version === "") {
    throw badRequest(
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  const match = /^(\d{4}-\d\d-\d\d)(-preview)?$/.exec(version);
  if (match?.[1] === undefined) {
    throw badRequest("InvalidApiVersionParameter", `The api-version '${version}' is invalid.`);
  }
  const type = mlTypeOf(path);
  if (type === undefined || mlVersions.includes(match[1])) return version;
  const supported = mlVersions.join(", ");
  if (type.startsWith("locations")) {
    const location = /\/locations\/([^/]+)/i.exec(path)?.[1] ?? "";
    throw badRequest(
      "NoRegisteredProviderFound",
      `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'. ` +
        `The supported api-versions are '${supported}'. The supported locations are '${regions.map((r) => r.name).join(", ")}'.`,
    );
  }
  throw badRequest(
    "InvalidResourceType",
    `The resource type '${type}' could not be found in the namespace 'Microsoft.MachineLearningServices' for api version ` +
      `'${version}'. The supported api-versions are '${supported}'.`,
  );
}

/** `workspaces/computes` for a compute, `locations/usages` for a usage list; undefined outside the provider. */
function mlTypeOf(path: string): string | undefined {
  const tail = /\/providers\/Microsoft\.MachineLearningServices\/(.+)$/i.exec(path)?.[1];
  if (tail === undefined || /\/providers\//i.test(tail)) return undefined;
  return tail
    .split("/")
    .filter((_, index) => index % 2 === 0)
    .join("/");
}
