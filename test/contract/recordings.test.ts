import { describe, expect, test } from "vitest";
import { handClock, type Reply, simulated, type Simulated } from "../support/simulated";
import { recordedWorld } from "./support/recordedWorld";
import { differences } from "./support/shape";
import { type Exchange, readRecordings, type Recording, recordingsFolder, whyMissing } from "./support/shared";

/** Exchanges that are about other services, or about rights that the replaying caller has. */
const outOfScope = [
  /Microsoft\.Sql\/servers\?/,
  /Microsoft\.Compute\/virtualMachines/,
  /Microsoft\.ResourceGraph/,
  /Microsoft\.Subscription\/aliases/,
  /Microsoft\.Network\/dnszones/,
];

/**
 * Headers of Azure's network and of older front ends, which the simulator does not send: front door (x-cache, x-msedge-ref),
 * telemetry (request-context, server-timing, x-aml-cluster: since renamed azureml-served-by-cluster), the transport's own,
 * and the hourly budget of before 2024, which had no global counterpart.
 */
const infrastructure = [
  "x-cache",
  "x-msedge-ref",
  "request-context",
  "server-timing",
  "x-aml-cluster",
  "transfer-encoding",
  "connection",
  "x-ms-original-request-ids",
];

/** Keys that the service has learnt since the recording of 2022 and 2023, which newer recordings have. */
const learntSince: Record<string, readonly RegExp[]> = {
  "computes-list.cli.json": olderThan2024(),
  "computes-list-type.cli.json": olderThan2024(),
  "aml-create-inprogress-delete.cli.json": olderThan2024(),
};

function olderThan2024(): RegExp[] {
  const keys = [
    "provisioningWarnings",
    "enableBatchPrivateLink",
    "enableNodePublicIp",
    "propertyBag",
    "creationTime",
    // compute instances, which newer recordings show with these
    "imageVersion|autologgerSettings|computeInstanceAuthorizationType|enableOSPatching|releaseQuotaOnStop|enableSSO",
    "dataMounts|dataDisks|containers|updateStatus|versions|customServices|osImageMetadata|schedules|operationTrigger",
    "identity|createdBy",
  ];
  return keys.map((key) => new RegExp(`^extra .*\\.(${key})\\b`));
}

/** Settings that the owner of a recorded compute instance had made; instances are only counted here. */
const ownSettings = [/computeInstanceAuthorizationType is null/, /schedules\.computeStartStop\[\]/];

/** Long enough for the operation to have ended, or short enough for it to be under way, as recorded (seconds). */
function pauseBefore({ request, response }: Exchange): number {
  if (!request.url.includes("computeOperationsStatus")) return 0;
  return (response.body as { status: string }).status === "InProgress" ? 2 : 60;
}

describe.skipIf(whyMissing(recordingsFolder) !== "")(`recorded Azure traffic${whyMissing(recordingsFolder)}`, () => {
  for (const recording of readRecordings()) {
    const exchanges = recording.exchanges.filter(({ request }) => !outOfScope.some((other) => other.test(request.url)));
    if (exchanges.length === 0) continue;
    test(`${recording.file} is answered alike: status, header names, body keys and types`, async () => {
      const world = simulated({ world: recordedWorld, clock: handClock() });
      const failures: string[] = [];
      let operation = "";
      for (const exchange of exchanges) {
        world.clock.advance(pauseBefore(exchange));
        const reply = await replay(world, exchange, operation);
        operation = reply.headers["azure-asyncoperation"] ?? operation;
        failures.push(...compare(recording, exchange, reply));
      }
      expect(failures).toEqual([]);
    });
  }
});

async function replay(world: Simulated, { request }: Exchange, operation: string): Promise<Reply> {
  const polls = request.url.includes("computeOperationsStatus");
  const url = polls ? operation : request.url.replace("api-version=0000-00-00", "api-version=2022-10-01");
  // The lock recordings hide what was sent.
  const level = request.url.includes("sqllock") ? "ReadOnly" : "CanNotDelete";
  const body =
    request.body === "mock_body" || (request.method === "PUT" && request.url.includes("/locks/"))
      ? { properties: { level, notes: "testNotes" } }
      : (request.body ?? undefined);
  return world.send(request.method, url, body);
}

function compare(recording: Recording, exchange: Exchange, reply: Reply): string[] {
  const what = `${exchange.request.method} ${new URL(exchange.request.url).pathname.split("/").slice(-3).join("/")}`;
  const { response } = exchange;
  if (response.status !== reply.status)
    return [`${what}: ${reply.status} ${JSON.stringify(reply.body)}, recorded ${response.status}`];
  const names = Object.keys(response.headers).filter((name) => !infrastructure.includes(name));
  const missing = names.filter((name) => reply.headers[name] === undefined);
  const unasked = ["azure-asyncoperation", "location", "retry-after"].filter(
    (name) => reply.headers[name] !== undefined && response.headers[name] === undefined,
  );
  const body = differences(response.body ?? undefined, reply.body, [
    ...(learntSince[recording.file] ?? []),
    ...ownSettings,
  ]);
  return [
    ...missing.map((name) => `${what}: header ${name} is missing`),
    ...unasked.map((name) => `${what}: header ${name} was not recorded`),
    ...body.map((line) => `${what}: ${line}`),
  ];
}

describe.skipIf(whyMissing(recordingsFolder) !== "")(`recorded values${whyMissing(recordingsFolder)}`, () => {
  const bodyOf = (file: string): { value: Record<string, unknown>[] } =>
    readRecordings().find((recording) => recording.file === file)?.exchanges[0]?.response.body as never;
  const eastus =
    "/subscriptions/0e745469-49f8-48c9-873b-24ca87143db1/providers/Microsoft.MachineLearningServices/locations/eastus";
  const start = (): Simulated => simulated({ world: recordedWorld });

  test("every recorded VM size is listed with the same facts and estimates", async () => {
    const ours = (await start().send("GET", `${eastus}/vmSizes`)).body.value;
    const recorded = bodyOf("vmsizes-list.excerpt.2024-04-01.json").value;
    expect(recorded.length).toBe(90);
    for (const size of recorded) expect(ours).toContainEqual(size);
  });

  test("usages come in the recorded order, with the recorded names, types, ids and limits", async () => {
    const ours = (await start().send("GET", `${eastus}/usages`)).body.value;
    const recorded = bodyOf("usages-list.2024-04-01.json").value;
    const timeless = (rows: Record<string, unknown>[]): unknown[] => rows.map((row) => ({ ...row, currentValue: 0 }));
    expect(timeless(ours)).toEqual(timeless(recorded));
  });

  test("quotas come in the recorded order, with the recorded names, types, ids and limits", async () => {
    const ours = (await start().send("GET", `${eastus}/quotas`)).body.value;
    expect(ours).toEqual(bodyOf("quotas-list.2024-04-01.json").value);
  });
});
