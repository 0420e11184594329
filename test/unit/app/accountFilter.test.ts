import { describe, expect, it } from "vitest";
import { AccountFilter } from "../../../src/app/accountFilter";
import { type AzureMl } from "../../../src/app/ports";
import { type SessionSource, Sessions } from "../../../src/app/session";

async function open(shared?: unknown, source: SessionSource = "microsoft", stored = new Map<string, unknown>()) {
  const sessions = new Sessions();
  await sessions.signIn(source, async () => ({ label: "x", azureMl: { dispose: () => undefined } as AzureMl }));
  const memory = {
    get: (key: string) => stored.get(key),
    set: async (key: string, value: unknown) => void stored.set(key, value),
  };
  return { sessions, stored, filter: new AccountFilter(sessions, memory, () => shared) };
}

const shown = (filter: AccountFilter): string =>
  ["a", "b", "c"].filter((subscriptionId) => filter.keeps({ subscriptionId })).join("");

describe("the subscriptions shown", () => {
  it("are all until somebody chooses", async () => {
    expect(shown((await open()).filter)).toBe("abc");
  });

  it("are those chosen, also in the next window, whatever the case of their ids", async () => {
    const { filter, stored } = await open();
    await filter.choose(["A", "c"]);
    expect(shown(filter)).toBe("ac");
    expect(shown((await open(undefined, "microsoft", stored)).filter)).toBe("ac");
  });

  it.each([[["t1/a", "t2/b"]], [["account/t1/a", "account/t2/b"]]])(
    "are those that other Azure extensions keep: %j",
    async (shared) => {
      expect(shown((await open(shared)).filter)).toBe("ab");
    },
  );

  it.each([[[]], ["t1/a"], [null], [[1, {}]]])(
    "are all when that selection is empty or no list: %j",
    async (shared) => {
      expect(shown((await open(shared)).filter)).toBe("abc");
    },
  );

  it("are our own choice where both exist, and theirs again when ours is dropped", async () => {
    const { filter } = await open(["t1/a"]);
    await filter.choose(["b"]);
    expect(shown(filter)).toBe("b");
    await filter.choose(undefined);
    expect(shown(filter)).toBe("a");
  });

  it("of the simulation are chosen apart, and no other extension has a say", async () => {
    const { filter, stored } = await open(["t1/a"], "simulated");
    expect(shown(filter)).toBe("abc");
    await filter.choose(["c"]);
    expect(shown((await open(undefined, "microsoft", stored)).filter)).toBe("abc");
  });
});

describe("a change", () => {
  it("is told; of the shared selection only while it counts", async () => {
    const { filter } = await open(["t1/a"]);
    let told = 0;
    filter.onDidChange(() => told++);
    filter.sharedChanged();
    expect(told).toBe(1);
    await filter.choose(["b"]);
    filter.sharedChanged();
    expect(told).toBe(2);
  });

  it("without anybody signed in does nothing", async () => {
    const { filter, sessions, stored } = await open();
    sessions.signOut();
    await filter.choose(["a"]);
    expect(stored.size).toBe(0);
  });
});
