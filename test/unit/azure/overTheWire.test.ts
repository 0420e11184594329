import { type HttpClient, createDefaultHttpClient } from "@azure/core-rest-pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cloud, publicCloud } from "../../../src/azure/cloud";
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

  describe("through the client of a custom cloud", () => {
    function connectTo(cloud: Partial<Cloud>): AzureMl {
      const silent = (): void => undefined;
      return connect({
        credential: { label: "simulated", getToken: (request) => world.simulation.getToken(request) },
        cloud: { ...publicCloud, name: "custom", resourceManager: server.url, ...cloud },
        logger: { debug: silent, info: silent, warn: silent, error: silent },
        retryDelayMs: 0,
      });
    }

    it("its certificate authority is trusted", async () => {
      expect(await connectTo({ ca: certificate.cert }).listTenants()).toHaveLength(1);
    });

    it("without it nothing is", async () => {
      expect(await failureOf(connectTo({}).listTenants())).toMatchObject({ kind: "network" });
    });

    it("plain http works on this machine, for lists and for the SDK, challenge included", async () => {
      const plain = await serveSimulation(world.simulation, { port: 0 });
      try {
        const azureMl = connectTo({ resourceManager: plain.url });
        await azureMl.listSubscriptions();
        const heal = world.simulation.faults.inject({ path: /computes$/, trouble: { kind: "claims", claims: "{}" } });
        expect((await azureMl.listComputes(armId(world.workspace))).names).toEqual([]);
        heal();
      } finally {
        await plain.close();
      }
    });

    it("plain http to another machine carries no token", async () => {
      const asked: unknown[] = [];
      const silent = (): void => undefined;
      const azureMl = connect({
        credential: { label: "x", getToken: async () => ({ token: "secret", expiresOnTimestamp: Date.now() + 1e7 }) },
        cloud: { ...publicCloud, resourceManager: "http://arm.example" },
        httpClient: {
          sendRequest: async (request) => {
            asked.push(request.url);
            throw new Error("sent");
          },
        },
        logger: { debug: silent, info: silent, warn: silent, error: silent },
        retryDelayMs: 0,
      });
      expect((await failureOf(azureMl.listTenants())).message).toMatch(/non-TLS/);
      expect(asked).toEqual([]);
    });
  });
});
