import { describe, expect, it } from "vitest";
import { type CloudSettings, chooseCloud } from "../../../src/azure/chooseCloud";
import { type Cloud, isLoopback } from "../../../src/azure/cloud";

const pem = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n";
const files: Record<string, string> = { "/ca.pem": pem, "/notes.txt": "hello" };
const readFile = async (path: string): Promise<string> => files[path] ?? Promise.reject(new Error("ENOENT"));

const choose = (settings: Partial<CloudSettings>): Promise<Cloud> =>
  chooseCloud({ choice: "automatic", custom: {}, sovereign: undefined, ...settings }, readFile);
const custom = (fields: object): Promise<Cloud> => choose({ choice: "custom", custom: fields });

describe("the cloud", () => {
  it.each([
    [undefined, "https://management.azure.com", "microsoft"],
    ["ChinaCloud", "https://management.chinacloudapi.cn", "microsoft-sovereign-cloud"],
    ["USGovernment", "https://management.usgovcloudapi.net", "microsoft-sovereign-cloud"],
    ["nonsense", "https://management.azure.com", "microsoft"],
  ])("follows VS Code's own setting when left to itself: %s", async (sovereign, resourceManager, provider) => {
    expect(await choose({ sovereign })).toMatchObject({ resourceManager, authenticationProvider: provider });
  });

  it("is the chosen one whatever VS Code's own setting says", async () => {
    expect((await choose({ choice: "public", sovereign: "ChinaCloud" })).name).toBe("public");
  });

  it("of a government has its own audience, login, web sites, and no retail prices", async () => {
    for (const choice of ["usGovernment", "china"] as const) {
      const cloud = await choose({ choice });
      const addresses = [cloud.audience, cloud.login, cloud.portal, cloud.studio, cloud.resourceManager];
      const end = choice === "china" ? /\.(cn|cn\/)$/ : /\.(us|net|net\/)$/;
      for (const address of addresses) expect(address).toMatch(end);
      expect(cloud.prices).toBeUndefined();
    }
  });
});

describe("a custom cloud", () => {
  it("is made of the addresses that were written, without slashes at their ends", async () => {
    expect(
      await custom({
        resourceManager: "https://arm.contoso.example/",
        login: "https://login.contoso.example",
        portal: "https://portal.contoso.example//",
        studio: "https://ml.contoso.example",
        audience: "https://audience.contoso.example/",
        caFile: "/ca.pem",
        authenticationProvider: "contoso",
      }),
    ).toEqual({
      name: "custom",
      resourceManager: "https://arm.contoso.example",
      login: "https://login.contoso.example",
      portal: "https://portal.contoso.example",
      studio: "https://ml.contoso.example",
      audience: "https://audience.contoso.example/",
      ca: pem,
      authenticationProvider: "contoso",
    });
  });

  it("asks for tokens of its own resource manager when no audience is given", async () => {
    expect((await custom({ resourceManager: "https://arm.example" })).audience).toBe("https://arm.example");
  });

  it.each(["http://127.0.0.1:8480", "http://localhost:8480", "http://[::1]:8480"])(
    "may speak plain http on this machine: %s",
    async (resourceManager) => {
      expect((await custom({ resourceManager })).resourceManager).toBe(resourceManager);
    },
  );

  it.each([
    ["nothing at all", undefined, "resourceManager"],
    ["no address", { resourceManager: "arm" }, "resourceManager"],
    ["plain http elsewhere", { resourceManager: "http://arm.example" }, "resourceManager"],
    ["a host that only begins like loopback", { resourceManager: "http://127.0.0.1.example" }, "resourceManager"],
    ["another protocol", { resourceManager: "ftp://127.0.0.1" }, "resourceManager"],
    ["a password in the address", { resourceManager: "https://a:b@arm.example" }, "resourceManager"],
    ["a query", { resourceManager: "https://arm.example?x=1" }, "resourceManager"],
    ["a plain login, even here", { resourceManager: "https://a.example", login: "http://localhost:1" }, "login"],
    ["a script as portal", { resourceManager: "https://a.example", portal: "javascript:alert(1)" }, "portal"],
    ["a file that is not there", { resourceManager: "https://a.example", caFile: "/none.pem" }, "caFile"],
    ["a file without certificates", { resourceManager: "https://a.example", caFile: "/notes.txt" }, "caFile"],
  ])("is refused with the field's name for %s", async (_name, fields, field) => {
    await expect(choose({ choice: "custom", custom: fields })).rejects.toMatchObject({
      kind: "invalid",
      code: "CustomCloud",
      message: expect.stringContaining(`in "${field}"`),
    });
  });
});

it.each([
  ["http://127.0.0.1:1", true],
  ["http://LOCALHOST", true],
  ["http://127.1.2.3", true],
  ["http://localhost.example", false],
  ["nonsense", false],
])("%s never leaves this machine: %s", (url, is) => {
  expect(isLoopback(url)).toBe(is);
});
