import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Page } from "playwright-core";
import { type FormPage, type Forms, type OpenOptions, startForms } from "../support/formPage";

let forms: Forms;
let opened: FormPage[] = [];
beforeAll(async () => {
  forms = await startForms("create-cluster");
});
afterAll(() => forms.close());
afterEach(async () => {
  const complaints = opened.flatMap((form) => form.complaints);
  await Promise.all(opened.map(({ page }) => page.context().close()));
  opened = [];
  expect(complaints, "policy violations, exceptions and console errors").toEqual([]);
});

async function open(options?: OpenOptions): Promise<Page> {
  const form = await forms.open(options);
  opened.push(form);
  await form.page.locator("#create, #error").first().waitFor();
  return form.page;
}

const input = (page: Page, field: string) => page.locator(`#${field} input`);
const findings = (page: Page, field: string) => page.locator(`#${field}-findings`);
const requests = (page: Page, name: string) =>
  page.evaluate((wanted) => window.harness.messages.filter((m) => m.type === "request" && m.name === wanted), name);

/** Goes on by Tab, past the buttons of findings. @throws where the control cannot be reached so. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let tabs = 0; tabs < 30; tabs++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
  }
  throw new Error(`Tab does not lead to ${id}.`);
}

async function fill(page: Page, name = "gpu-2", size = "Standard_NC6s_v3"): Promise<void> {
  await input(page, "name").fill(name);
  await page.locator("#vmSize").fill(size);
  await page.locator("#vmSize").press("Enter");
}

describe("typing", () => {
  it("checks the name with every key once it says enough", async () => {
    const page = await open();
    await input(page, "name").pressSequentially("g");
    expect(await findings(page, "name").textContent()).not.toContain("Error");
    await input(page, "name").pressSequentially("_x");
    await expect.poll(() => findings(page, "name").textContent()).toContain("letters, digits and dashes only");
    await input(page, "name").fill("GPU-train");
    await expect.poll(() => findings(page, "name").textContent()).toContain('already has a compute named "GPU-train"');
    await input(page, "name").fill("gpu-train-2");
    await expect.poll(() => findings(page, "name").textContent()).not.toContain("Error");
  });

  it("shows the cost from minimum to maximum, and says so where the price is unknown", async () => {
    const page = await open();
    await fill(page);
    expect(await page.locator("#cost-floor").textContent()).toBe("$0.014 per hour");
    expect(await page.locator("#cost-ceiling").textContent()).toBe("$12.25 per hour");
    await input(page, "minNodeCount").fill("2");
    await expect.poll(() => page.locator("#cost-floor").textContent()).toBe("$6.13 per hour");
    await page.locator("vscode-radio[value=lowPriority]").click();
    await expect.poll(() => page.locator("#cost-floor").textContent()).toBe("$1.24 per hour");
    await fill(page, "gpu-2", "Standard_DS3_v2");
    expect(await page.locator(".cost").textContent()).toContain("Price unavailable for Standard_DS3_v2");
    expect(await page.locator(".cost").textContent()).not.toContain("$");
  });

  it("shows the cost in the wanted currency where a price in it is known, else in that of the price", async () => {
    const prepare = (): void => {
      window.harness.answers = {
        price: { retail: { dedicated: 450, lowPriority: 90, currency: "JPY" }, currency: "JPY" },
      };
    };
    const page = await open({ prepare });
    await fill(page);
    await expect.poll(() => page.locator(".cost").textContent()).toContain("¥450");
    const dollars = await open({ prepare: () => (window.harness.answers = { price: { currency: "JPY" } }) });
    await fill(dollars);
    await expect.poll(() => dollars.locator("#cost-ceiling").textContent()).toBe("$12.25 per hour");
  });

  it("warns of a maximum beyond quota, offers the one within, and stops where not one node fits", async () => {
    const page = await open();
    await fill(page);
    await input(page, "maxNodeCount").fill("9");
    await expect.poll(() => findings(page, "maxNodeCount").textContent()).toContain("will not reach 9 nodes");
    await findings(page, "maxNodeCount").getByRole("button", { name: "Set the maximum to 4" }).click();
    expect(await input(page, "maxNodeCount").inputValue()).toBe("4");
    await fill(page, "gpu-2", "Standard_NC24ads_A100_v4");
    await expect.poll(() => findings(page, "vmSize").textContent()).toContain("0 of 0 vCPUs left");
    await page.locator("#create").click();
    expect(await requests(page, "create")).toEqual([]);
  });

  it("warns of a region that is not the workspace's and reads its sizes", async () => {
    const page = await open();
    await page.locator("#location").click();
    await page.getByRole("option", { name: "East US" }).click();
    await expect.poll(() => findings(page, "location").textContent()).toContain("The workspace is in westeurope");
    await expect.poll(() => page.locator(".field-wide").textContent()).toContain("You may not read quota");
    expect(await requests(page, "sizes")).toMatchObject([
      { input: { region: "westeurope" } },
      { input: { region: "eastus" } },
    ]);
    await findings(page, "location").getByRole("button", { name: "Use westeurope" }).click();
    expect(await findings(page, "location").textContent()).not.toContain("Warning");
    expect(await page.locator("#location").evaluate((element) => (element as HTMLSelectElement).value)).toBe(
      "westeurope",
    );
    expect(await page.locator("#location").textContent()).toContain("West Europe");
  });

  it("offers a retry where a region's sizes cannot be read", async () => {
    const page = await open();
    await page.locator("#location").click();
    await page.getByRole("option", { name: "Japan East" }).click();
    await page.getByText("did not answer in time").waitFor();
    await page.getByRole("button", { name: "Retry" }).click();
    await expect.poll(async () => (await requests(page, "sizes")).length).toBe(3);
  });
});

describe("the list of sizes", () => {
  it("narrows with every key and chooses by click", async () => {
    const page = await open();
    await page.locator("#vmSize").click();
    await expect.poll(() => page.locator(".size-foot").textContent()).toBe("260 sizes");
    await page.locator("#vmSize").pressSequentially("gpu a100");
    await expect.poll(() => page.locator(".size-list").getByRole("option").count()).toBe(3);
    await page
      .getByRole("option", {
        name: /^Standard_NC48ads_A100_v4 48 vCPUs 2 × A100 80 GB GPUs 440 GB \$7.34 per hour no quota$/,
      })
      .click();
    expect(await page.locator("#vmSize").inputValue()).toBe("Standard_NC48ads_A100_v4");
    expect(await page.getByRole("listbox", { name: "VM sizes" }).count()).toBe(0);
  });

  it("is moved through by keyboard, tells which row is active, and lets Escape take it back", async () => {
    const page = await open();
    const field = page.locator("#vmSize");
    await field.focus();
    expect(await field.getAttribute("aria-expanded")).toBe("false");
    const active = () =>
      page.evaluate(() => {
        const id = document.getElementById("vmSize")?.getAttribute("aria-activedescendant");
        return id ? document.getElementById(id)?.querySelector(".size-name")?.textContent : undefined;
      });
    await field.press("ArrowDown");
    const first = await active();
    await field.press("End");
    const last = await active();
    expect(last).not.toBe(first);
    expect(await page.locator(".size-row.active").isVisible()).toBe(true);
    await field.press("PageUp");
    await field.press("Home");
    expect(await active()).toBe(first);
    await field.press("Escape");
    expect(await field.inputValue()).toBe("");
    expect(await field.getAttribute("aria-expanded")).toBe("false");
    await field.press("ArrowDown");
    await field.press("ArrowDown");
    await field.press("Enter");
    expect(await field.inputValue()).not.toBe("");
  });

  it("keeps up with typing over 260 rows", async () => {
    const page = await open();
    await page.locator("#vmSize").click();
    const times = await page.evaluate(() => {
      const field = document.getElementById("vmSize") as HTMLInputElement;
      return ["s", "st", "sta", "stan", "stand", ""].map((text) => {
        field.value = text;
        const start = performance.now();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        document.body.getBoundingClientRect();
        return performance.now() - start;
      });
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it("keeps a text that names no size and says so", async () => {
    const page = await open();
    await page.locator("#vmSize").fill("Standard_Imaginary_v9");
    await input(page, "minNodeCount").click();
    expect(await page.locator("#vmSize").inputValue()).toBe("Standard_Imaginary_v9");
    expect(await findings(page, "vmSize").textContent()).toContain(
      "Standard_Imaginary_v9 is not offered in westeurope",
    );
  });
});

describe("by keyboard alone", () => {
  it("a cluster is described and created", async () => {
    const page = await open();
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate(() => document.activeElement?.id ?? "");
    if ((await focused()) !== "name") await input(page, "name").focus();
    await page.keyboard.type("gpu-2");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("location");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Use westeurope");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("vmSize");
    await page.keyboard.type("nc12");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("compare");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("minNodeCount");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("1");
    await tabTo(page, "idleSecondsBeforeScaleDown");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("300");
    await tabTo(page, "advanced");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("description");
    await page.keyboard.type("for vision");
    await page.keyboard.press("Tab");
    await page.keyboard.type("team=vision");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("ssh-enabled");
    await page.keyboard.press("Space");
    await page.keyboard.press("Space");
    await tabTo(page, "create");
    await page.keyboard.press("Enter");
    await page.getByText("Asking Azure to create gpu-2").waitFor();
    expect(await requests(page, "create")).toMatchObject([
      {
        input: {
          name: "gpu-2",
          location: "eastus",
          vmSize: "Standard_NC12s_v3",
          vmPriority: "lowPriority",
          minNodeCount: 1,
          maxNodeCount: 4,
          idleSecondsBeforeScaleDown: 300,
          description: "for vision",
          tags: { team: "vision" },
          ssh: { enabled: false },
        },
      },
    ]);
  });

  it("a refused form leads to its first bad field, and each message belongs to its field", async () => {
    const page = await open();
    await input(page, "maxNodeCount").fill("0");
    await input(page, "maxNodeCount").press("Enter");
    await page.getByText("Nothing was sent: 3 fields need your attention.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("name");
    expect(await requests(page, "create")).toEqual([]);
    const described = async (role: "textbox" | "combobox", name: string): Promise<string> => {
      const snapshot = await page.locator("main").ariaSnapshot();
      expect(snapshot).toContain(name);
      const handle = role === "combobox" ? page.locator("#vmSize") : page.getByRole(role, { name });
      return handle.evaluate((element) => {
        const ids = (element.getAttribute("aria-describedby") ?? "").split(" ");
        const byId = ids.map((id) => document.getElementById(id)).filter((found) => found !== null);
        const elements = (element as HTMLElement & { ariaDescribedByElements?: Element[] | null })
          .ariaDescribedByElements;
        return [...(elements ?? byId)].map((found) => found.textContent.replaceAll(/\s+/g, " ")).join(" ");
      });
    };
    expect(await described("textbox", "Name")).toContain("Give the cluster a name.");
    expect(await described("textbox", "Maximum nodes")).toContain("Enter a whole number from 1");
    expect(await described("combobox", "VM size")).toContain("Choose a VM size.");
    expect(await page.getByRole("textbox", { name: "Name" }).getAttribute("aria-invalid")).toBe("true");
  });

  it("the accessibility tree carries the descriptions over the controls' shadow", async () => {
    const page = await open();
    await input(page, "name").fill("a_b");
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const field = nodes.find((node) => node.role?.value === "textbox" && node.name?.value === "Name");
    expect(field?.description?.value).toContain("Use letters, digits and dashes only.");
  });
});

describe("under Advanced", () => {
  async function openAdvanced(page: Page): Promise<void> {
    await fill(page);
    await page.locator("#advanced").click();
  }

  it("SSH asks for a key or a password only when it is wanted, warns of what it opens, and keeps no password", async () => {
    const page = await open();
    await openAdvanced(page);
    expect(await page.locator("#ssh-key").count()).toBe(0);
    await page.locator("#ssh-enabled").check();
    expect(await findings(page, "ssh-enabled").textContent()).toContain("open to the internet");
    await page.locator("#ssh-key").fill("-----BEGIN OPENSSH PRIVATE KEY-----");
    await expect.poll(() => findings(page, "ssh-key").textContent()).toContain("This is a private key");
    await page.locator("vscode-radio[value=password]").click();
    await input(page, "ssh-password").fill("weak");
    await expect.poll(() => findings(page, "ssh-password").textContent()).toContain("6 to 72 characters");
    await input(page, "ssh-password").fill("s3cret-Pass!");
    expect(await page.evaluate(() => sessionStorage.getItem("vscode-state"))).not.toContain("s3cret");
    expect(JSON.stringify(await requests(page, "keep"))).not.toContain("s3cret");
    await page.locator("#create").click();
    await expect
      .poll(() => requests(page, "create"))
      .toMatchObject([
        { input: { ssh: { enabled: true, credential: { kind: "password", password: "s3cret-Pass!" } } } },
      ]);
  });

  it("a key that the host made is taken, and where its private half lies is said", async () => {
    const page = await open();
    await openAdvanced(page);
    await page.locator("#ssh-enabled").check();
    await page.evaluate(() => {
      window.harness.answers = { makeKey: { publicKey: "ssh-rsa AAAA x", file: "/home/anna/.ssh/key" } };
    });
    await page.locator("#make-key").click();
    await expect.poll(() => page.locator("#ssh-key").inputValue()).toBe("ssh-rsa AAAA x");
    expect(await page.locator("#notice").textContent()).toContain("/home/anna/.ssh/key");
  });

  it("a subnet is chosen from the subscription's and checked; no public IP wants one", async () => {
    const page = await open();
    await openAdvanced(page);
    await page.locator("#nodePublicIp").uncheck();
    await expect.poll(() => findings(page, "nodePublicIp").textContent()).toContain("need a subnet");
    await page.locator("#network").click();
    await page.getByRole("option", { name: /vnet-ml \/ nodes/ }).click();
    await expect.poll(() => findings(page, "nodePublicIp").textContent()).not.toContain("need a subnet");
    await expect.poll(async () => (await requests(page, "choices")).length).toBe(1);
    await input(page, "maxNodeCount").fill("4");
    await expect.poll(() => findings(page, "network").textContent()).toContain("address");
  });

  it("one kind of identity is chosen, one or several of the user-assigned", async () => {
    const page = await open();
    await openAdvanced(page);
    await page.locator("vscode-radio[value=userAssigned]").click();
    await expect.poll(() => page.locator("#identity-findings").count()).toBe(1);
    await page.locator(".identity-row input").check();
    await page.locator("#create").click();
    await expect
      .poll(() => requests(page, "create"))
      .toMatchObject([{ input: { identity: { kind: "userAssigned", ids: [expect.stringContaining("trainer")] } } }]);
  });
});

describe("the checks beside the form", () => {
  it("tell of locks and rights with a way out, which the host takes", async () => {
    const page = await open({
      prepare: () => {
        const { workspace } = window.harness.init;
        window.harness.surroundings = {
          ...window.harness.surroundings,
          locks: [
            {
              id: `${workspace.id}/locks/keep` as never,
              name: "keep",
              level: "canNotDelete",
              scope: workspace.id,
              notes: "",
            },
          ],
          workspacePermissions: { unavailable: "You may not look." },
        };
      },
    });
    const checks = page.locator(".checks");
    await expect.poll(() => checks.textContent()).toContain('The delete lock "keep"');
    expect(await checks.textContent()).toContain("Your rights were not checked: You may not look.");
    await checks.getByRole("button", { name: "Show the lock" }).click();
    expect(await requests(page, "remedy")).toMatchObject([{ input: { kind: "openLock" } }]);
    await fill(page);
    await page.locator("#create").click();
    await expect.poll(async () => (await requests(page, "create")).length).toBe(1);
  });

  it("lead to the field that a finding is about", async () => {
    const page = await open();
    await fill(page);
    await input(page, "minNodeCount").fill("2");
    await page.locator(".check-link[data-field=minNodeCount]").first().click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("minNodeCount");
  });
});

describe("beyond typing", () => {
  it("regions are compared for the chosen size, and one of them is used", async () => {
    const page = await open();
    await fill(page);
    await page.locator("#compare").click();
    const table = page.locator(".compare table");
    await expect.poll(() => page.locator(".compare").textContent()).toContain("3 of 3 regions");
    expect(await table.textContent()).toContain("could not be read");
    await table.getByRole("button", { name: "Use East US" }).click();
    await expect.poll(() => findings(page, "location").textContent()).toContain("The workspace is in westeurope");
  });

  it("sizes are filtered, ordered and starred by keyboard, and the list stays meanwhile", async () => {
    const page = await open();
    await page.locator("#vmSize").focus();
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "filter-kind");
    await page.locator("#filter-kind").selectOption("gpu");
    await expect.poll(() => page.locator(".size-foot").textContent()).toBe("9 sizes");
    await page.locator("#size-order").selectOption("price");
    await page.locator("#vmSize").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("F2");
    await expect.poll(async () => (await requests(page, "favourites")).length).toBe(1);
    expect(await page.locator(".size-row.active").textContent()).toContain("favourite");
  });

  it("a draft from elsewhere fills the form and says what was lost", async () => {
    const page = await open();
    await page.evaluate(() => {
      const draft = {
        ...{ name: "copy-v2", location: "westeurope", vmSize: "Standard_NC6s_v3", vmPriority: "dedicated" as const },
        ...{ minNodeCount: 0, maxNodeCount: 2, idleSecondsBeforeScaleDown: 300, description: "<b>old</b>" },
        ...{ tags: { team: "a" }, network: { kind: "none" as const }, nodePublicIp: true, localAuthDisabled: false },
        ssh: { enabled: false, adminUserName: "azureuser", credential: { kind: "publicKey" as const, key: "" } },
        identity: { kind: "systemAssigned" as const },
      };
      const findings = [{ rule: "clone.x", severity: "warning" as const, message: "The subnet was left out." }];
      window.harness.tellStart({ draft, source: "the cluster gpu", findings });
    });
    await expect.poll(() => input(page, "name").inputValue()).toBe("copy-v2");
    expect(await page.locator("#notice").textContent()).toContain("The subnet was left out.");
    expect(await input(page, "description").inputValue()).toBe("<b>old</b>");
  });

  it("a cluster that Azure gave up brings the form back, with the reason at its field and the cluster to delete", async () => {
    const page = await open();
    await fill(page);
    await page.locator("#create").click();
    await page.evaluate(() => {
      const clusterId = `${window.harness.init.workspace.id}/computes/gpu-2` as never;
      window.harness.answerCreate({ accepted: true, clusterId });
      const error = { kind: "invalid", code: "InvalidSubnet", message: "The specified subnet is gone." };
      setTimeout(() => window.harness.tellCreation({ kind: "gaveUp", clusterId, error }), 50);
    });
    await page.locator("#error").waitFor();
    expect(await input(page, "name").inputValue()).toBe("gpu-2");
    await expect.poll(() => findings(page, "network").textContent()).toContain("The specified subnet is gone.");
    await page.locator("#delete-failed").click();
    await expect
      .poll(() => requests(page, "nextStep"))
      .toMatchObject([{ input: { step: "deleteFailed", clusterId: expect.stringContaining("gpu-2") } }]);
  });
});

describe("creating", () => {
  it("sends nothing twice, locks the fields, and ends with what comes next", async () => {
    const page = await open();
    await fill(page);
    await page.locator("#create").dblclick();
    await page.getByText("Asking Azure to create gpu-2").waitFor();
    expect(await requests(page, "create")).toHaveLength(1);
    expect(await page.locator(".fields").getAttribute("inert")).toBe("");
    await page.evaluate(() =>
      window.harness.answerCreate({
        accepted: true,
        clusterId:
          "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/gpu-2",
      }),
    );
    await page.getByRole("heading", { name: "Azure has accepted gpu-2" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("close");
    await page.getByRole("button", { name: "Create another" }).click();
    expect(await input(page, "name").inputValue()).toBe("");
    expect(await page.locator("#vmSize").inputValue()).toBe("Standard_NC6s_v3");
    await input(page, "name").fill("gpu-2");
    await expect.poll(() => findings(page, "name").textContent()).toContain("already has");
    await page.locator("vscode-button", { hasText: "Close" }).click();
    await expect.poll(async () => (await requests(page, "close")).length).toBe(1);
  });

  it("shows Azure's refusal beside its field and with the request id, and keeps everything typed", async () => {
    const page = await open();
    await fill(page);
    await page.locator("#create").click();
    await page.evaluate(() =>
      window.harness.answerCreate({
        kind: "quotaExceeded",
        code: "ClusterMinNodesExceedCoreQuota",
        message: "The subscription has no quota for <b>one</b> node.",
        requestId: "0f-77",
      }),
    );
    const card = page.locator("#error");
    await card.waitFor();
    expect(await card.textContent()).toContain("<b>one</b>");
    expect(await card.textContent()).toContain("0f-77");
    expect(await card.getByRole("button", { name: "Copy request id" }).count()).toBe(1);
    expect(await findings(page, "vmSize").textContent()).toContain("no quota for <b>one</b>");
    expect(await input(page, "name").inputValue()).toBe("gpu-2");
    await page.locator("#create").click();
    await expect.poll(async () => (await requests(page, "create")).length).toBe(2);
  });

  it("shows the host's findings at their fields", async () => {
    const page = await open();
    await fill(page);
    await page.locator("#create").click();
    await page.evaluate(() =>
      window.harness.answerCreate({
        accepted: false,
        findings: [{ rule: "name.taken", severity: "error", field: "name", message: "Somebody was faster." }],
      }),
    );
    await expect.poll(() => findings(page, "name").textContent()).toContain("Somebody was faster.");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("name");
  });

  it("can be cancelled and says what that means", async () => {
    const page = await open();
    await fill(page);
    await page.locator("#create").click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Stopped.").waitFor();
    expect(await page.evaluate(() => window.harness.messages.at(-1)?.type)).toBe("cancel");
    expect(await input(page, "name").inputValue()).toBe("gpu-2");
  });

  it("that began before the tab was hidden is shown when it is back", async () => {
    const page = await open();
    await page.evaluate(() => window.harness.tellCreation({ kind: "running", name: "gpu-7" }));
    await page.getByText("Asking Azure to create gpu-7").waitFor();
    expect(await page.getByRole("button", { name: "Cancel" }).count()).toBe(0);
    await page.evaluate(() =>
      window.harness.tellCreation({
        kind: "ended",
        result: {
          accepted: true,
          clusterId:
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/gpu-7",
        },
      }),
    );
    await page.getByRole("heading", { name: "Azure has accepted gpu-7" }).waitFor();
  });
});

describe("what was typed", () => {
  it("is there again after the tab was hidden or the window reloaded, nonsense included", async () => {
    const page = await open();
    await input(page, "name").fill("half_typ");
    await page.locator("#location").click();
    await page.getByRole("option", { name: "East US" }).click();
    await page.locator("#vmSize").fill("Standard_DS3_v2");
    await page.locator("#vmSize").press("Enter");
    await page.locator("vscode-radio[value=lowPriority]").click();
    await input(page, "maxNodeCount").fill("four");
    await page.reload();
    await page.locator("#create").waitFor();
    expect(await input(page, "name").inputValue()).toBe("half_typ");
    expect(await page.locator("#location").evaluate((element) => (element as HTMLSelectElement).value)).toBe("eastus");
    expect(await page.locator("#vmSize").inputValue()).toBe("Standard_DS3_v2");
    expect(await page.locator("#vmPriority").evaluate((element) => (element as HTMLInputElement).value)).toBe(
      "lowPriority",
    );
    expect(await page.locator("vscode-radio[value=lowPriority]").getAttribute("aria-checked")).toBe("true");
    expect(await input(page, "maxNodeCount").inputValue()).toBe("four");
    expect(await findings(page, "maxNodeCount").textContent()).toContain("Enter a whole number");
  });

  it("reaches the host with every change, so that a closed tab loses nothing", async () => {
    const page = await open();
    await input(page, "name").fill("gpu-2");
    await input(page, "idleSecondsBeforeScaleDown").fill("9x");
    const kept = await requests(page, "keep");
    expect(kept.at(-1)).toMatchObject({
      input: { version: 2, texts: { name: "gpu-2", idleSecondsBeforeScaleDown: "9x" } },
    });
  });

  it("goes only when the person starts over", async () => {
    const page = await open();
    await fill(page);
    await page.locator("#location").click();
    await page.getByRole("option", { name: "East US" }).click();
    await page.locator("vscode-radio[value=lowPriority]").click();
    await page.getByRole("button", { name: "Start over" }).click();
    await expect.poll(() => input(page, "name").inputValue()).toBe("");
    expect(await page.locator("#vmSize").inputValue()).toBe("");
    expect(await page.locator("#location").evaluate((element) => (element as HTMLSelectElement).value)).toBe(
      "westeurope",
    );
    expect(await page.locator("vscode-radio[value=dedicated]").getAttribute("aria-checked")).toBe("true");
    expect(await page.locator("vscode-radio[value=lowPriority]").getAttribute("aria-checked")).toBe("false");
  });

  it("is dropped when another version of the form had kept it", async () => {
    const page = await open({ prepare: () => sessionStorage.setItem("vscode-state", '{"version":0,"name":"x"}') });
    expect(await input(page, "name").inputValue()).toBe("");
  });
});

describe("the workspace", () => {
  it("that cannot be read is told with a retry", async () => {
    const page = await open({
      prepare: () => {
        window.harness.initError = { kind: "notSignedIn", message: "Sign in to see this workspace." };
      },
    });
    await page.getByText("Sign in to see this workspace.").waitFor();
    await page.evaluate(() => (window.harness.initError = undefined));
    await page.getByRole("button", { name: "Retry" }).click();
    await page.locator("#create").waitFor();
  });

  it("in another language is shown in it", async () => {
    const page = await open({
      lang: "ja",
      prepare: () => {
        window.harness.texts = { "Create compute cluster": "コンピューティング クラスターの作成", Name: "名前" };
      },
    });
    await page.getByRole("heading", { name: "コンピューティング クラスターの作成" }).waitFor();
    expect(await page.getByRole("textbox", { name: "名前" }).count()).toBe(1);
  });
});

describe("hostile inputs", () => {
  it.each([
    "<img src=x onerror=document.title='hit'>",
    "a".repeat(10_000),
    "😀🚀",
    "${7*7}",
    "'; DROP TABLE--",
    "\u202Egnp",
  ])("are only text (%#)", async (text) => {
    const page = await open();
    await input(page, "name").fill(text);
    await page.locator("#vmSize").fill(text);
    await input(page, "maxNodeCount").fill(text);
    await page.locator("#create").click();
    await page.locator(".summary").waitFor();
    expect(await page.title()).toBe("Form");
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(await requests(page, "create")).toEqual([]);
    expect(await input(page, "name").inputValue()).toBe(text);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBeLessThanOrEqual(0);
  });

  it("in names of Azure's are only text too", async () => {
    const page = await open({
      prepare: () => {
        const { init } = window.harness;
        const name = "<img src=x onerror=alert(1)>";
        window.harness.init = { ...init, subscriptionName: name, regions: [{ name: "westeurope", displayName: name }] };
      },
    });
    expect(await page.locator(".where").textContent()).toContain("<img src=x");
    expect(await page.locator("main img").count()).toBe(0);
  });
});

describe("the look", () => {
  const themes = ["dark", "light", "hc-dark", "hc-light"] as const;

  it.each(themes)("in %s has no accessibility fault that axe can find", async (theme) => {
    const page = await open({ theme });
    await fill(page);
    await input(page, "maxNodeCount").fill("9");
    await input(page, "idleSecondsBeforeScaleDown").fill("-1");
    await page.screenshot({ path: `test-output/webview/create-${theme}.png` });
    expect(await faults(page)).toEqual([]);
    await page.locator("#vmSize").click();
    await page.locator("#vmSize").fill("gpu");
    await page.locator("#vmSize").press("ArrowDown");
    await page.screenshot({ path: `test-output/webview/create-${theme}-sizes.png` });
    expect(await faults(page)).toEqual([]);
  });

  it.each([320, 300])("fits a panel of %d pixels", async (width) => {
    const page = await open({ width, height: 900 });
    await fill(page);
    await input(page, "maxNodeCount").fill("9");
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-output/webview/create-${width}.png`, fullPage: true });
    await page.locator("#vmSize").fill("gpu");
    await page.screenshot({ path: `test-output/webview/create-${width}-sizes.png`, fullPage: true });
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  it("of creating, accepted and refused is on record", async () => {
    const page = await open();
    await fill(page);
    await page.locator("#create").click();
    await page.getByText("Asking Azure").waitFor();
    await page.screenshot({ path: "test-output/webview/create-creating.png" });
    await page.evaluate(() =>
      window.harness.answerCreate({
        kind: "locked",
        code: "ScopeLocked",
        message: "The group rg-ml is locked.",
        requestId: "0f-77",
      }),
    );
    await page.locator("#error").waitFor();
    await page.screenshot({ path: "test-output/webview/create-refused.png" });
    expect(await faults(page)).toEqual([]);
    await page.evaluate(() =>
      window.harness.tellCreation({
        kind: "ended",
        result: {
          accepted: true,
          clusterId:
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/gpu-2",
        },
      }),
    );
    await page.getByRole("heading", { name: "Azure has accepted gpu-2" }).waitFor();
    await page.screenshot({ path: "test-output/webview/create-accepted.png" });
    expect(await faults(page)).toEqual([]);
  });
});

/** What axe-core finds, one line per rule; it looks into the controls' shadow trees too. */
async function faults(page: Page): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  return page.evaluate(async (script) => {
    const scope = window as unknown as { axe?: { run(): Promise<{ violations: AxeViolation[] }> } };
    interface AxeViolation {
      id: string;
      nodes: { html: string; failureSummary?: string }[];
    }
    if (scope.axe === undefined) {
      const nonce = document.querySelector("script")?.nonce ?? "";
      const element = Object.assign(document.createElement("script"), { textContent: script, nonce });
      document.head.append(element);
      element.remove();
    }
    const { violations = [] } = (await scope.axe?.run()) ?? {};
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`),
    );
  }, source);
}
