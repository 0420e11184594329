import { type LiveValidator } from "oav/dist/lib/liveValidation/liveValidator.js";
import { beforeAll, describe, expect, test } from "vitest";
import { type Reply, simulated } from "../support/simulated";
import { request } from "./support/client";
import { driveEverything, driveFailures } from "./support/scenarios";
import { specificationFolder, whyMissing } from "./support/shared";
import { loadSpecification, violationsOf } from "./support/specification";
import { listening, type Pair } from "./support/traffic";

let validators: ReadonlyMap<string, LiveValidator>;

describe.skipIf(whyMissing(specificationFolder) !== "")(`the specification${whyMissing(specificationFolder)}`, () => {
  beforeAll(async () => {
    const loaded = ["2022-10-01", "2024-04-01"].map(
      async (version) => [version, await loadSpecification(version)] as const,
    );
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

async function violations(version: string, pairs: readonly Pair[]): Promise<string[]> {
  const validator = validators.get(version);
  if (validator === undefined) throw new Error(`No documents of ${version} were loaded.`);
  return violationsOf(validator, pairs);
}
