import { beforeEach, describe, expect, it } from "vitest";
import { type AzureMl } from "../../../src/app/ports";
import { Rights } from "../../../src/app/rights";
import { Sessions } from "../../../src/app/session";
import { armId } from "../../../src/core/armId";
import { type Permission } from "../../../src/core/compute";
import { azureActions } from "../../../src/core/permissions";
import { HandClock } from "../../support/handClock";

const scope = armId("/subscriptions/1/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/ml-west");
const reader: Permission = { actions: ["*/read"], notActions: [] };
const owner: Permission = { actions: ["*"], notActions: [] };

let sessions: Sessions;
let clock: HandClock;
let rights: Rights;
let asked: number;
let answer: () => Promise<readonly Permission[]>;

beforeEach(async () => {
  sessions = new Sessions();
  clock = new HandClock();
  rights = new Rights(sessions, clock);
  asked = 0;
  answer = async () => [reader];
  await begin();
});

async function begin(): Promise<void> {
  const listPermissions = async (): Promise<readonly Permission[]> => {
    asked++;
    return answer();
  };
  await sessions.signIn("microsoft", async () => ({
    label: "x",
    azureMl: { listPermissions, dispose: () => undefined } as unknown as AzureMl,
  }));
}

describe("a missing right", () => {
  it("names the action and the built-in roles that have it", async () => {
    expect(await rights.missing(scope, azureActions.deleteClusters)).toEqual({
      action: "Microsoft.MachineLearningServices/workspaces/computes/delete",
      scope,
      roles: ["AzureML Compute Operator", "Contributor", "Owner"],
    });
  });

  it("is none for who has it", async () => {
    expect(await rights.missing(scope, azureActions.readClusters)).toBeUndefined();
    answer = async () => [owner];
    expect(await rights.missing(armId(`${scope}2`), azureActions.deleteClusters)).toBeUndefined();
  });

  it("is not claimed where the rights cannot be read, which is tried again", async () => {
    answer = async () => Promise.reject(new Error("403"));
    expect(await rights.missing(scope, azureActions.deleteClusters)).toBeUndefined();
    answer = async () => [reader];
    expect(await rights.missing(scope, azureActions.deleteClusters)).toBeDefined();
  });

  it("is asked for once in five minutes, and anew for another account", async () => {
    await rights.missing(scope, azureActions.deleteClusters);
    await rights.missing(scope, azureActions.writeClusters);
    expect(asked).toBe(1);
    await clock.advance(300_000);
    await rights.missing(scope, azureActions.writeClusters);
    expect(asked).toBe(2);
    await begin();
    await rights.missing(scope, azureActions.writeClusters);
    expect(asked).toBe(3);
  });

  it("is none that is known while nobody is signed in", async () => {
    sessions.signOut();
    expect(await rights.missing(scope, azureActions.writeClusters)).toBeUndefined();
    expect(asked).toBe(0);
  });
});
