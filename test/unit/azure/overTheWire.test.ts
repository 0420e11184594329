import { type HttpClient, createDefaultHttpClient } from "@azure/core-rest-pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicCloud } from "../../../src/azure/cloud";
import { connect } from "../../../src/azure/connect";
import { type AzureMl } from "../../../src/app/ports";
import { armId } from "../../../src/core/armId";
import { makeCertificate } from "../../../src/simulator/certificate";
import { type RunningServer, serveSimulation } from "../../../src/simulator/server";
import { aDraft } from "../../support/builders";
import { type Simulated, simulated } from "../../support/simulated";
import { failureOf } from "./scriptedHttp";

/** The adapter over real sockets and TLS, on the simulator as a server. */
describe("over the wire", () => {
  let world: Simulated;
  let server: RunningServer;
  let certificate: Awaited<ReturnType<typeof makeCertificate>>;

  beforeAll(async () => {
    world = simulated();
    certificate = await makeCertificate(Date.now());
    server = await serveSimulation(world.simulation, { port: 0, tls: certificate });
  });

  afterAll(() => server.close());

  function connectOver(ca: string | undefined, resourceManager = server.url): AzureMl {
    const plain = createDefaultHttpClient();
    const trusting: HttpClient = {
      sendRequest: (request) => {
        if (ca !== undefined) request.tlsSettings = { ca };
        return plain.sendRequest(request);
      },
    };
    const silent = (): void => undefined;
    return connect({
      credential: { label: "simulated", getToken: (request) => world.simulation.getToken(request) },
      cloud: { ...publicCloud, resourceManager },
      httpClient: trusting,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      clock: {
        now: () => world.clock.now(),
        sleep: async (ms) => world.clock.advance(ms / 1_000),
      },
      retryDelayMs: 0,
    });
  }

  it("a cluster is created, seen and deleted", async () => {
    const azureMl = connectOver(certificate.cert);
    const { subscriptions } = await azureMl.listSubscriptions();
    expect(subscriptions.map(({ id }) => id)).toEqual([world.subscription]);
    const workspace = await azureMl.getWorkspace(armId(world.workspace));
    const create = await azureMl.beginCreate(workspace, aDraft());
    expect(create.resumeToken.startsWith(server.url)).toBe(true);
    await azureMl.finish(create);
    expect((await azureMl.listComputes(workspace.id)).names).toEqual(["gpu-train"]);
    const remove = await azureMl.beginDelete(create.cluster);
    await azureMl.finish(remove!);
    expect(await azureMl.getCluster(create.cluster)).toBeUndefined();
  });

  it("a certificate that is not trusted is a network failure that says so", async () => {
    const failure = await failureOf(connectOver(undefined).listTenants());
    expect(failure).toMatchObject({ kind: "network" });
    expect(failure.message).toMatch(/^The certificate shown for 127\.0\.0\.1:\d+ is not trusted here\.$/);
  });

  it("a refused connection and an unknown name are network failures", async () => {
    const refused = await failureOf(connectOver(undefined, "https://127.0.0.1:1").listTenants());
    expect(refused).toMatchObject({ kind: "network", code: "ECONNREFUSED" });
    const unknown = await failureOf(connectOver(undefined, "https://no-such-host.invalid").listTenants());
    expect(unknown).toMatchObject({ kind: "network" });
    expect(unknown.message).toContain("no-such-host.invalid");
  });

  it("a request that is given up on its way ends as such", async () => {
    const stop = new AbortController();
    const given = failureOf(connectOver(certificate.cert).listTenants(stop.signal));
    stop.abort();
    expect((await given).name).toBe("AbortError");
  });
});
