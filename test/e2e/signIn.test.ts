import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { type Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { makeCertificate } from "../../src/simulator/certificate";
import { serveSimulation } from "../../src/simulator/server";
import { startSimulation } from "../../src/simulator/simulation";
import { useVscode } from "./support/useVscode";
import { notification, openClustersView, quickInput, runFromPalette, treeRow } from "./support/workbench";
import { world } from "./support/world";

const home = await mkdtemp(join(tmpdir(), "aml-sign-in-"));
const simulation = startSimulation({ clock: { now: () => Date.now() } });
const tls = await makeCertificate(Date.now());
const server = await serveSimulation(simulation, { port: 0, tls });
const { state } = simulation.snapshot() as { state: { tenants: readonly { tenantId: string }[] } };
const [contoso = ""] = state.tenants.map(({ tenantId }) => tenantId);

/** Whatever would leave this machine has to pass here, is written down and refused. */
const strangers: string[] = [];
const proxy = createServer((request, response) => {
  strangers.push(request.url ?? "");
  response.writeHead(502).end();
});
proxy.on("connect", (request, socket) => {
  strangers.push(request.url ?? "");
  socket.end("HTTP/1.1 502 Refused\r\n\r\n");
});
await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));

const files = { ca: join(home, "ca.pem"), signedIn: join(home, "az-login"), federated: join(home, "federated") };
await writeFile(files.ca, tls.cert);
await writeFile(files.federated, "federated-token");
const path = [resolve("test/support/bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter);
await writeFile(join(home, ".bash_profile"), `export PATH="${path}"\n`);
const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

/** What the extension host sees: a machine with ways to sign in set up, all of them at the simulator. */
const environment = {
  // VS Code takes PATH from the person's login shell, which reads the profile below.
  HOME: home,
  SHELL: "/bin/bash",
  STAND_IN_AZ_URL: server.url,
  STAND_IN_AZ_CA: files.ca,
  STAND_IN_AZ_LOGIN: files.signedIn,
  AZURE_TENANT_ID: contoso,
  AZURE_CLIENT_ID: "11111111-2222-4333-8444-555555555555",
  AZURE_CLIENT_SECRET: "secret-of-the-environment",
  AZURE_FEDERATED_TOKEN_FILE: files.federated,
  HTTPS_PROXY: proxyUrl,
  HTTP_PROXY: proxyUrl,
  NO_PROXY: "127.0.0.1,localhost",
};

afterAll(async () => {
  proxy.close();
  await server.close();
  await rm(home, { recursive: true });
});

describe("signing in, against a cloud of its own over https", () => {
  const vscode = useVscode({
    settings: {
      "amlClusters.signIn.method": "azureCli",
      "amlClusters.cloud.name": "custom",
      "amlClusters.cloud.custom": {
        resourceManager: server.url,
        login: server.url,
        caFile: files.ca,
      },
    },
    prepare: async () => {
      Object.assign(process.env, environment);
    },
  });

  const chooseMethod = async (page: Page, label: string): Promise<void> => {
    await runFromPalette(page, "AML Clusters: Choose How to Sign In");
    // The list is longer than the screen: typing brings the row into sight.
    await page.locator(".quick-input-widget .monaco-list-row", { hasText: "Automatic" }).waitFor();
    await quickInput(page).fill(label);
    const name = page.locator(".label-name", { hasText: label });
    await page.locator(".quick-input-widget .monaco-list-row", { has: name }).first().click();
  };
  const signedInBy = (page: Page, method: string): Promise<void> =>
    page.locator(`.statusbar-item [aria-label*="${method})"]`).first().waitFor();
  const clearNotifications = (page: Page): Promise<void> => runFromPalette(page, "Notifications: Clear All");

  it("an Azure CLI that is not signed in is named, with the command that signs it in", async () => {
    const { page, picture } = vscode();
    await openClustersView(page);
    await runFromPalette(page, "AML Clusters: Sign In to Azure");
    await notification(page, /Azure CLI is not signed in.*run az login/).waitFor();
    await picture("70-az-not-signed-in");
    await clearNotifications(page);
  });

  it("after az login its subscriptions of all tenants are there, with their tenants' names", async () => {
    const { page, picture } = vscode();
    await writeFile(files.signedIn, "");
    await runFromPalette(page, "AML Clusters: Sign In to Azure");
    await signedInBy(page, "Azure CLI");
    await treeRow(page, world.subscription, "Contoso").waitFor();
    await treeRow(page, "Fabrikam Research", "Fabrikam Labs").waitFor();
    await picture("71-azure-cli");
  });

  it.each([
    ["Environment variables", "environment variables"],
    ["Workload identity", "workload identity"],
  ])("by %s", async (label, method) => {
    const { page } = vscode();
    await chooseMethod(page, label);
    await signedInBy(page, method);
    await treeRow(page, world.subscription).waitFor();
  });

  it("has contacted no address of Azure, nor any other outside this machine", () => {
    expect(strangers.filter((host) => /azure|microsoft|windows\.net|live\.com|chinacloud/i.test(host))).toEqual([]);
  });
});
