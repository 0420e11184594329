import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Page } from "playwright-core";
import type { IdentityHarness } from "../../webview/harness/identityHost";
import { accessFaults } from "../support/axe";
import { type FormPage, type Forms, type OpenOptions, startForms } from "../support/formPage";

declare global {
  interface Window {
    identityHarness: IdentityHarness;
  }
}

let forms: Forms;
let opened: FormPage[] = [];
beforeAll(async () => {
  forms = await startForms("identity", "identityHost");
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
  await form.page.locator("#apply, #error").first().waitFor();
  return form.page;
}

const requests = (page: Page, name: string) =>
  page.evaluate(
    (wanted) => window.identityHarness.messages.filter((m) => m.type === "request" && m.name === wanted),
    name,
  );
const kind = (page: Page, value: string) => page.locator(`vscode-radio[value=${value}]`);
const isDisabled = (page: Page) => page.locator("#apply").evaluate((button) => button.hasAttribute("disabled"));

describe("what the cluster has", () => {
  it("is shown whole, each value copyable, an identity that is gone marked", async () => {
    const page = await open();
    const now = page.locator("#now");
    for (const text of ["2 user-assigned identities", "train", "Client ID", "Principal ID", "Resource ID"]) {
      expect(await now.textContent()).toContain(text);
    }
    expect(await now.locator(".assigned", { hasText: "retired" }).textContent()).toContain("Does not exist any more");
    expect(await now.locator(".assigned").first().textContent()).not.toContain("Does not exist");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await now.getByRole("button", { name: "Copy Client ID" }).first().click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("44444444-4444-4444-a444-444444444444");
    expect(await isDisabled(page)).toBe(true);
  });

  it("that cannot be read says why and can be tried again", async () => {
    const page = await open({
      prepare: () => {
        window.identityHarness.initError = { kind: "notFound", message: "It is gone.", requestId: "r-1" };
      },
    });
    expect(await page.locator("#error").textContent()).toContain("It is gone.");
    await page.evaluate(() => void (window.identityHarness.initError = undefined));
    await page.getByRole("button", { name: "Retry" }).click();
    await page.locator("#apply").waitFor();
  });
});

describe("choosing", () => {
  it.each(["none", "systemAssigned", "userAssigned"] as const)(
    "begins with the cluster's own kind, %s",
    async (own) => {
      const form = await forms.open({
        prepare: `() => {
        const { init, answers } = window.identityHarness;
        delete answers.identities;
        window.identityHarness.init = { ...init, identity: { kind: "${own}", identities: [] } };
      }` as never,
      });
      opened.push(form);
      await form.page.locator("#apply").waitFor();
      await expect
        .poll(() => form.page.locator("vscode-radio[aria-checked=true]").getAttribute("current-value"))
        .toBe(own);
    },
  );

  it("offers one kind or the other and says why both are impossible", async () => {
    const page = await open();
    await kind(page, "systemAssigned").click();
    expect(await page.locator("vscode-radio[aria-checked=true]").count()).toBe(1);
    expect(await page.locator("#identity-hint").textContent()).toContain("One kind or the other");
    expect(await page.locator("#identity-search").count()).toBe(0);
    const preview = await page.locator("#preview").textContent();
    for (const text of ["Added: a system-assigned identity", "Removed: train, retired", "replacement"]) {
      expect(preview).toContain(text);
    }
    expect(await page.locator("#identity-findings").textContent()).toContain("2 nodes are up");
    await page.locator("#zero").click();
    await expect.poll(() => requests(page, "scaleToZero")).toHaveLength(1);
  });

  it("searches, adds, announces the default and warns that Azure keeps no order", async () => {
    const page = await open();
    await page.locator("#identity-search").fill("japaneast dep");
    expect(await page.locator(".identity-list li").count()).toBe(1);
    await page.locator(".identity-list input").first().check();
    expect(await page.locator("#identity-findings").textContent()).toContain("Azure does not promise which");
    await page
      .locator(".identity-chosen li", { hasText: "deploy" })
      .getByRole("button", { name: "Make default" })
      .click();
    expect(await page.locator(".identity-chosen li").first().textContent()).toContain("deploy");
    expect(await page.locator("#preview").textContent()).toContain("Default in jobs: deploy");
    await page.locator(".identity-chosen li", { hasText: "retired" }).getByRole("button", { name: "Remove" }).click();
    await expect.poll(async () => (await requests(page, "check")).length).toBe(1);
  });

  it("takes a pasted id and refuses what is none", async () => {
    const page = await open();
    const paste = page.locator("#identity-paste");
    await paste.fill("/subscriptions/x");
    await paste.press("Enter");
    expect(await page.locator("#identity-paste-problem").textContent()).toContain("not the resource ID");
    await paste.fill(
      "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/other",
    );
    await paste.press("Enter");
    expect(await page.locator(".identity-chosen").textContent()).toContain("other");
    expect(await paste.inputValue()).toBe("");
  });

  it("cannot be applied without one identity, nor against a right that is missing", async () => {
    const page = await open({
      prepare: () => {
        window.identityHarness.answers["check"] = [
          { rule: "rights.assign", severity: "error", field: "identity", message: "You may not assign deploy." },
        ];
      },
    });
    for (const name of ["train", "retired"]) {
      await page.locator(".identity-chosen li", { hasText: name }).getByRole("button", { name: "Remove" }).click();
    }
    expect(await page.locator("#identity-findings").textContent()).toContain("Choose at least one");
    expect(await isDisabled(page)).toBe(true);
    await page.locator(".identity-list label", { hasText: "deploy" }).click();
    await expect.poll(() => page.locator("#identity-findings").textContent()).toContain("You may not assign deploy.");
    expect(await isDisabled(page)).toBe(true);
    await page.getByRole("button", { name: "Undo my choice" }).click();
    expect(await page.locator(".identity-chosen li").count()).toBe(2);
    expect(await page.locator("#preview").count()).toBe(0);
  });
});

describe("applying", () => {
  it("shows the request before, sends the choice with the reading it is about, waits and tells the end", async () => {
    const page = await open();
    await kind(page, "none").click();
    await page.getByText("Request that will be sent").click();
    await expect.poll(() => page.locator("#preview pre").textContent()).toContain('"location"');
    expect(await page.locator("#preview").textContent()).toContain("enableBatchPrivateLink");
    await page.locator("#apply").click();
    await page.getByText("Asking Azure…").waitFor();
    expect(await requests(page, "apply")).toMatchObject([{ input: { choice: { kind: "none" }, revision: 1 } }]);
    await page.evaluate(() => window.identityHarness.answer("apply", { kind: "accepted" }));
    await page.locator("#waiting").waitFor();
    expect(await isDisabled(page)).toBe(true);
    await page.evaluate(() => {
      const { init } = window.identityHarness;
      window.identityHarness.tell({ ...init, identity: { kind: "none" }, revision: 2, progress: { kind: "done" } });
    });
    await page.locator("#done").waitFor();
    expect(await page.locator("#now").textContent()).toContain("no managed identity");
    expect(await page.locator("#preview").count()).toBe(0);
  });

  it("shows what somebody else changed, in three columns, and then sends against what is there now", async () => {
    const page = await open();
    await kind(page, "systemAssigned").click();
    await page.locator("#apply").click();
    await page.evaluate(() => {
      const { init } = window.identityHarness;
      window.identityHarness.answer("apply", {
        kind: "changed",
        differences: [
          {
            path: "identity.type",
            kind: "mine",
            base: '"UserAssigned"',
            mine: '"SystemAssigned"',
            theirs: '"UserAssigned"',
          },
          { path: "tags.team", kind: "theirs", base: '"a"', mine: '"a"', theirs: '"b"' },
        ],
        init: { ...init, revision: 5 },
      });
    });
    const table = page.locator("#differences");
    await table.waitFor();
    expect(await table.textContent()).toContain("nothing was sent");
    expect(await table.locator("tr", { hasText: "tags.team" }).locator("td").allTextContents()).toEqual([
      '"a"',
      '"a"',
      '"b"',
    ]);
    await page.screenshot({ path: "test-output/webview/identity-differences.png", fullPage: true });
    await page.locator("#apply").click();
    await expect
      .poll(async () => (await requests(page, "apply")).at(-1))
      .toMatchObject({
        input: { choice: { kind: "systemAssigned" }, revision: 5 },
      });
  });

  it.each([
    ["LinkedAuthorizationFailed", "forbidden", "Managed Identity Operator"],
    ["FailedIdentityOperation", "invalid", "Remove it from the list"],
    ["ScopeLocked", "locked", "Have the lock removed"],
    ["Conflict", "conflict", "Wait until that has ended"],
    ["ResourceNotFound", "notFound", "refresh the list"],
  ])("names %s, says what to do and leaves the form as it was", async (code, errorKind, advice) => {
    const page = await open();
    await kind(page, "systemAssigned").click();
    await page.locator("#apply").click();
    await page.evaluate(
      ([name, what]) =>
        window.identityHarness.answer("apply", { error: { kind: what, code: name, message: "Azure says no." } }),
      [code, errorKind],
    );
    await page.locator("#error").waitFor();
    const text = await page.locator("#error").textContent();
    for (const part of [code, "Azure says no.", advice]) expect(text).toContain(part);
    expect(await page.locator("vscode-radio[aria-checked=true]").getAttribute("current-value")).toBe("systemAssigned");
    expect(await isDisabled(page)).toBe(false);
  });

  it("can be stopped, and keeps the choice over a reload", async () => {
    const page = await open();
    await kind(page, "systemAssigned").click();
    await page.locator("#apply").click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Stopped.").waitFor();
    await page.reload();
    await page.locator("#apply").waitFor();
    expect(await page.locator("#preview").textContent()).toContain("system-assigned");
  });
});

describe("roles and code", () => {
  it("shows what an identity has and lacks, copies the command and gives a role", async () => {
    const page = await open();
    await page.locator("#show-roles").click();
    const row = page.locator(".roles li", { hasText: "AcrPull" });
    expect(await row.textContent()).toContain("Missing");
    expect(await page.locator(".roles li").first().textContent()).toContain(
      "by the role Storage Blob Data Contributor",
    );
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await row.getByRole("button", { name: "Copy command" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("az role assignment create");
    await row.getByRole("button", { name: "Give this role" }).click();
    await expect.poll(async () => (await requests(page, "roles")).length).toBe(2);
    expect(await requests(page, "grant")).toMatchObject([{ input: { role: "AcrPull" } }]);
  });

  it("gives Python with the default identity's client id", async () => {
    const page = await open();
    await page.getByText("ManagedIdentityCredential", { exact: true }).click();
    expect(await page.locator("#usage pre").first().textContent()).toContain('client_id="44444444-');
    expect(await page.locator("#usage").textContent()).toContain("DEFAULT_IDENTITY_CLIENT_ID");
  });
});

describe("everybody", () => {
  it("can change the identity by keyboard alone", async () => {
    const page = await open();
    await page.keyboard.press("Tab");
    for (let step = 0; step < 30; step++) {
      if (await page.evaluate(() => document.activeElement?.tagName === "VSCODE-RADIO")) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("ArrowUp");
    await expect
      .poll(() => page.locator("vscode-radio[aria-checked=true]").getAttribute("current-value"))
      .toBe("systemAssigned");
    for (let step = 0; step < 30; step++) {
      if (await page.evaluate(() => document.activeElement?.id === "apply")) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await expect.poll(() => requests(page, "apply")).toHaveLength(1);
  });

  it.each(["dark", "light", "hc-dark", "hc-light"] as const)("finds no access faults in %s", async (theme) => {
    const page = await open({ theme, height: 1600 });
    await page.locator(".identity-list label", { hasText: "deploy" }).click();
    await page.locator("#show-roles").click();
    await page.locator(".roles li").first().waitFor();
    await page.screenshot({ path: `test-output/webview/identity-${theme}.png`, fullPage: true });
    expect(await accessFaults(page)).toEqual([]);
  });

  it("fits a panel of 320 pixels", async () => {
    const page = await open({ width: 320, height: 1200 });
    await kind(page, "systemAssigned").click();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await page.screenshot({ path: "test-output/webview/identity-320.png", fullPage: true });
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
