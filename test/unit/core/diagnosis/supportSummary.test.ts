import { describe, expect, it } from "vitest";
import { diagnose } from "../../../../src/core/diagnosis/diagnose";
import { supportSummary } from "../../../../src/core/diagnosis/supportSummary";
import {
  aGroupId,
  aLock,
  anError,
  facts,
  minutesAgo,
  stuckAtZero,
  wholeFacts,
} from "../../../support/diagnosisBuilders";

describe("the support summary", () => {
  it("holds ids, states, times, errors and findings", () => {
    const given = wholeFacts(
      { ...stuckAtZero, errors: [anError("Odd", "Something.", ["AllocationFailed"])] },
      { locks: [aLock(aGroupId)] },
    );
    const text = supportSummary(given, diagnose(given));
    for (const part of [
      "compute cluster gpu-train",
      "Time: 2026-11-23T12:00:00.000Z",
      given.cluster.id,
      "Provisioning state: Succeeded",
      `Allocation state: resizing since ${minutesAgo(48)}`,
      "  - gpu-train has been resizing (0 → 0) for 48 minutes.",
      "  - AllocationFailed > Odd: Something.",
      '  - [likely] The lock "keep" holds the resource group rg-ml.',
    ]) {
      expect(text).toContain(part);
    }
  });

  it("holds nothing secret: no tags, accounts, keys, tokens or signed addresses", () => {
    const message =
      "Client 'ann@example.com' at https://x/op?sig=TOPSECRET with Bearer eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2ln, AccountKey=KEYKEY";
    const given = facts({ tags: { owner: "Bob" }, adminUserName: "root-ann", errors: [anError("Odd", message)] });
    const text = supportSummary(given, diagnose(given));
    expect(text).not.toMatch(/ann|example\.com|TOPSECRET|eyJ|KEYKEY|Bob/);
  });

  it("leaves out what there is none of", () => {
    const text = supportSummary(facts(), []);
    expect(text).not.toContain("Errors:");
    expect(text).not.toContain("undefined");
    expect(text).toContain("Workspace network: not known");
  });
});
