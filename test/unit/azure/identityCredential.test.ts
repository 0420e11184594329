import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Cloud, publicCloud } from "../../../src/azure/cloud";
import { connect } from "../../../src/azure/connect";
import { type DeviceCode, automaticOrder, makeCredential } from "../../../src/azure/identityChain";
import {
  type IdentityAccount,
  type IdentityOptions,
  createIdentityAccount,
} from "../../../src/azure/identityCredential";
import { makeCertificate } from "../../../src/simulator/certificate";
import { type RunningServer, serveSimulation } from "../../../src/simulator/server";
import { type Simulation, startSimulation } from "../../../src/simulator/simulation";
import { generate } from "selfsigned";

const logged: string[] = [];
const line = (text: string): void => void logged.push(text);
const logger = { debug: line, info: line, warn: line, error: line };

let home: string;
let simulation: Simulation;
let server: RunningServer;
let cloud: Cloud;
let contoso: string;
let fabrikam: string;
const codes: DeviceCode[] = [];

/** What this machine may have set for a real sign-in. */
const variables = ["TENANT_ID", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_CERTIFICATE_PATH", "FEDERATED_TOKEN_FILE"];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "aml-identity-"));
  simulation = startSimulation({ clock: { now: () => Date.now() } });
  const tls = await makeCertificate(Date.now());
  writeFileSync(join(home, "ca.pem"), tls.cert);
  server = await serveSimulation(simulation, { port: 0, tls });
  cloud = {
    ...publicCloud,
    name: "custom",
    resourceManager: server.url,
    login: server.url,
    audience: server.url,
    prices: undefined,
    ca: tls.cert,
  };
  const tenants = (simulation.snapshot() as { state: { tenants: { tenantId: string }[] } }).state.tenants;
  [contoso = "", fabrikam = ""] = tenants.map(({ tenantId }) => tenantId);
});

afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true });
});

beforeEach(() => {
  logged.length = codes.length = 0;
  for (const name of variables) vi.stubEnv(`AZURE_${name}`, undefined);
  for (const name of ["IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT"]) vi.stubEnv(name, undefined);
  vi.stubEnv("PATH", "/usr/bin:/bin");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(join(home, "signed-in"), { force: true });
});

function account(method: IdentityOptions["method"], more: Partial<IdentityOptions> = {}): IdentityAccount {
  return createIdentityAccount({
    method,
    cloud,
    logger,
    showDeviceCode: (code) => void codes.push(code),
    ...more,
  });
}

/** Puts the stand-in for the Azure CLI on PATH. */
function installAz({ signedIn = true } = {}): void {
  const node = resolve(process.execPath, "..");
  vi.stubEnv("PATH", [resolve("test/support/bin"), node, "/usr/bin", "/bin"].join(delimiter));
  vi.stubEnv("STAND_IN_AZ_URL", server.url);
  vi.stubEnv("STAND_IN_AZ_CA", join(home, "ca.pem"));
  vi.stubEnv("STAND_IN_AZ_LOGIN", join(home, "signed-in"));
  if (signedIn) writeFileSync(join(home, "signed-in"), "");
}

function setService(tenantId = contoso): void {
  vi.stubEnv("AZURE_TENANT_ID", tenantId);
  vi.stubEnv("AZURE_CLIENT_ID", "11111111-2222-4333-8444-555555555555");
}

/** The subscriptions that the account sees over https, by the name of its certificate authority. */
async function subscriptionsOf(credential: IdentityAccount): Promise<readonly string[]> {
  const azureMl = connect({ credential, cloud, logger });
  const { subscriptions } = await azureMl.listSubscriptions();
  azureMl.dispose();
  return subscriptions.map(({ displayName }) => displayName);
}

const everything = ["Contoso ML Development", "Contoso ML Production", "Fabrikam Research"];

describe("each credential that works without Azure reads the simulator over https", () => {
  it("Azure CLI: the tool's sign-in opens every tenant", async () => {
    installAz();
    const cli = account("azureCli");
    expect(await subscriptionsOf(cli)).toEqual(everything);
    expect(cli.label).toBe("aiko.sato@contoso.example (Azure CLI)");
  });

  it("environment: a service principal by secret", async () => {
    setService();
    vi.stubEnv("AZURE_CLIENT_SECRET", "s3cret-of-the-test");
    expect(await subscriptionsOf(account("environment"))).toEqual(everything);
    expect(logged.join("\n")).not.toContain("s3cret");
  });

  it("environment: a service principal by certificate", async () => {
    setService();
    const { cert, private: key } = await generate([{ name: "commonName", value: "app" }], { keySize: 2048 });
    writeFileSync(join(home, "app.pem"), `${key}\n${cert}`);
    vi.stubEnv("AZURE_CLIENT_CERTIFICATE_PATH", join(home, "app.pem"));
    expect(await subscriptionsOf(account("environment"))).toEqual(everything);
  });

  it("workload identity: a federated token from a file", async () => {
    setService();
    writeFileSync(join(home, "federated"), "federated-token");
    vi.stubEnv("AZURE_FEDERATED_TOKEN_FILE", join(home, "federated"));
    expect(await subscriptionsOf(account("workloadIdentity"))).toEqual(everything);
  });

  it("managed identity: the endpoint of the machine", async () => {
    vi.stubEnv("IDENTITY_ENDPOINT", `${server.url}/msi/token`);
    vi.stubEnv("IDENTITY_HEADER", "machine");
    expect(await subscriptionsOf(account("managedIdentity"))).toContain("Contoso ML Development");
  });

  it("service principal: the secret that was typed in", async () => {
    const servicePrincipal = { tenantId: fabrikam, clientId: "app", clientSecret: "typed" };
    expect(await subscriptionsOf(account("servicePrincipal", { servicePrincipal }))).toContain("Fabrikam Research");
  });

  it("device code: shows the code only when somebody signs in, then renews silently", async () => {
    const device = account("deviceCode");
    await expect(device.getToken({})).rejects.toMatchObject({ kind: "notSignedIn" });
    expect(codes).toEqual([]);
    await device.signIn();
    expect(codes.map(({ userCode }) => userCode)).toEqual(["SIM4X7QPL"]);
    expect(await subscriptionsOf(device)).toEqual(everything.slice(0, 2));
    expect(codes.length).toBe(1);
    // Another tenant wants a sign-in of its own.
    await expect(device.getToken({ tenantId: fabrikam })).rejects.toMatchObject({ kind: "notSignedIn" });
    await device.signIn(fabrikam);
    expect(codes.length).toBe(2);
    expect(await subscriptionsOf(device)).toEqual(everything);
  });
});

describe("automatic", () => {
  it("names every way and its reason when nobody answers", async () => {
    vi.stubEnv("IDENTITY_ENDPOINT", `${server.url}/msi/token`);
    vi.stubEnv("IDENTITY_HEADER", "machine");
    const refusal = { code: "BadRequest", message: "No such identity." };
    const heal = simulation.faults.inject({ path: /^\/msi/, trouble: { kind: "status", status: 400, error: refusal } });
    // Its library keeps tokens for the whole process: another identity than above has none yet.
    const automatic = account("automatic", { clientId: "22222222-2222-4333-8444-555555555555" });
    const error = await automatic.getToken({}).catch((reason: unknown) => reason);
    heal();
    expect(error).toMatchObject({ kind: "notSignedIn", code: "NobodyAnswered" });
    expect(automatic.attempts.map(({ method }) => method)).toEqual(automaticOrder);
    for (const name of ["environment variables", "Azure CLI", "Azure PowerShell", "managed identity"]) {
      expect((error as Error).message).toContain(`${name}: `);
    }
  });

  it("says which one answered and why those before it did not", async () => {
    installAz();
    const automatic = account("automatic");
    await automatic.getToken({});
    expect(automatic.answeredBy).toBe("azureCli");
    expect(automatic.attempts.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "environment variables: Nothing here is set up for environment variables.",
      "workload identity: Nothing here is set up for workload identity.",
    ]);
    expect(logged.join("\n")).toContain("automatic chose azureCli; tried before: environment (");
  });

  it("keeps to the one that answered, until somebody signs in anew", async () => {
    installAz();
    const automatic = account("automatic");
    await automatic.getToken({});
    setService();
    vi.stubEnv("AZURE_CLIENT_SECRET", "secret");
    await automatic.getToken({});
    expect(automatic.answeredBy).toBe("azureCli");
    await automatic.signIn();
    expect(automatic.answeredBy).toBe("environment");
  });
});

describe("failures are named with what to do", () => {
  it.each([
    ["azureCli", "ToolMissing", "Azure CLI was not found on PATH."],
    ["azureDeveloperCli", "ToolMissing", "Azure Developer CLI was not found on PATH."],
    ["azurePowerShell", "ToolMissing", "Azure PowerShell was not found on PATH."],
    ["environment", "NotSetUp", "Nothing here is set up for environment variables."],
    ["workloadIdentity", "NotSetUp", "Nothing here is set up for workload identity."],
  ] as const)("%s without anything: %s", async (method, code, message) => {
    await expect(account(method).getToken({})).rejects.toMatchObject({ kind: "notSignedIn", code, message });
  });

  it("az that is not logged in names the command", async () => {
    installAz({ signedIn: false });
    await expect(account("azureCli").getToken({})).rejects.toMatchObject({
      code: "ToolSignedOut",
      message: "Azure CLI is not signed in, or not as this needs: run az login.",
    });
  });

  it("az is found signed in as soon as somebody has run az login", async () => {
    installAz({ signedIn: false });
    const cli = account("azureCli");
    await expect(cli.signIn()).rejects.toThrow();
    installAz();
    await cli.signIn();
    expect(await subscriptionsOf(cli)).toEqual(everything);
  });

  it("a claims challenge that the CLI cannot meet names the command that does", async () => {
    installAz();
    await expect(account("azureCli").getToken({ tenantId: contoso, claims: '{"x":1}' })).rejects.toMatchObject({
      code: "ToolSignedOut",
      message: expect.stringContaining(`--tenant ${contoso}`),
    });
  });

  it("a wrong secret by its number, and the secret in no log", async () => {
    setService();
    vi.stubEnv("AZURE_CLIENT_SECRET", "wrong");
    await expect(account("environment").getToken({})).rejects.toMatchObject({ code: "AADSTS7000215" });
  });

  it("a tenant that there is not", async () => {
    setService("00000000-0000-4000-8000-00000000dead");
    vi.stubEnv("AZURE_CLIENT_SECRET", "secret");
    await expect(account("environment").getToken({})).rejects.toMatchObject({ code: "AADSTS90002" });
  });

  it("a login that cannot be reached is a network failure", async () => {
    setService();
    vi.stubEnv("AZURE_CLIENT_SECRET", "secret");
    const offline = { ...cloud, login: "https://127.0.0.1:1" };
    await expect(account("environment", { cloud: offline }).getToken({})).rejects.toMatchObject({ kind: "network" });
  });

  it("browser: nobody is asked before somebody signs in", async () => {
    await expect(account("interactiveBrowser").getToken({})).rejects.toMatchObject({
      kind: "notSignedIn",
      message: "Nobody has signed in by browser in this window.",
    });
  });

  it("a service principal without its secret says so", () => {
    expect(() => makeCredential("servicePrincipal", { cloud, showDeviceCode: () => undefined })).toThrow(
      "No service principal has been given.",
    );
  });
});
