import { request } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { type RunningServer, serveSimulation } from "../../../src/simulator/server";
import { type Json } from "../../support/simulated";
import { stage } from "./stage";

let server: RunningServer | undefined;
afterEach(() => server?.close());

interface WireAnswer {
  readonly status: number;
  readonly text: string;
}

function call(url: string, method = "GET", headers: Record<string, string> = {}, body = ""): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

describe("the simulator as a server", () => {
  for (const host of ["0.0.0.0", "::", "192.168.1.10", "example.com", ""]) {
    test(`refuses to listen on ${JSON.stringify(host)}`, async () => {
      await expect(serveSimulation(stage().simulation, { port: 0, host })).rejects.toThrow(/this machine only/);
    });
  }

  test("gives the Azure CLI its token and its subscriptions", async () => {
    const { simulation } = stage();
    server = await serveSimulation(simulation, { port: 0 });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const form = { "content-type": "application/x-www-form-urlencoded", metadata: "true" };
    const resource = "https://management.core.windows.net/";
    const token: Json = JSON.parse(
      (await call(`${server.url}/msi/token`, "POST", form, `resource=${encodeURIComponent(resource)}`)).text,
    );
    expect(token).toMatchObject({
      token_type: "Bearer",
      resource,
      expires_in: expect.stringMatching(/^\d+$/),
      expires_on: expect.stringMatching(/^\d+$/),
    });
    const authorization = { authorization: `Bearer ${token.access_token}` };
    const list: Json = JSON.parse(
      (await call(`${server.url}/subscriptions?api-version=2019-11-01`, "GET", authorization)).text,
    );
    expect(list.value).toMatchObject([{ displayName: "Contoso Test", tenantId: expect.any(String), state: "Enabled" }]);
  });

  test("names the host that was asked in next links and operation addresses", async () => {
    const on = stage({ switches: { pageSize: 1 } });
    await on.create("cpu-a");
    await on.create("cpu-b");
    server = await serveSimulation(on.simulation, { port: 0, host: "localhost" });
    const { token } = await on.simulation.getToken({});
    const authorization = { authorization: `Bearer ${token}` };
    const first: Json = JSON.parse(
      (await call(`${server.url}${on.workspace}/computes?api-version=2024-04-01`, "GET", authorization)).text,
    );
    expect(first.nextLink.startsWith(`${server.url}/`)).toBe(true);
    const second: Json = JSON.parse((await call(first.nextLink, "GET", authorization)).text);
    expect(second.value[0].name).toBe("cpu-b");
    expect(
      JSON.parse((await call(`${server.url}/api/retail/prices?$filter=armSkuName%20eq%20'Standard_D2s_v3'`)).text)
        .Count,
    ).toBe(42);
  });

  test("answers to this machine's names only", async () => {
    server = await serveSimulation(stage().simulation, { port: 0 });
    expect((await call(`${server.url}/subscriptions`, "GET", { host: "evil.example" })).status).toBe(421);
  });

  test("drops the connection when a fault says that the network is down, and refuses endless bodies", async () => {
    const { simulation } = stage();
    server = await serveSimulation(simulation, { port: 0 });
    simulation.faults.inject({ trouble: { kind: "network", code: "ECONNRESET", message: "reset" }, times: 1 });
    await expect(call(`${server.url}/subscriptions`)).rejects.toThrow(/socket hang up|ECONNRESET/);
    const long = call(`${server.url}/msi/token`, "POST", {}, "x".repeat(5 * 1024 * 1024));
    await expect(
      long.then(
        ({ status }) => status,
        () => 413,
      ),
    ).resolves.toBe(413);
  });

  test("a port in use is an error", async () => {
    const { simulation } = stage();
    server = await serveSimulation(simulation, { port: 0 });
    const port = Number(new URL(server.url).port);
    await expect(serveSimulation(simulation, { port })).rejects.toThrow(/EADDRINUSE/);
  });
});
