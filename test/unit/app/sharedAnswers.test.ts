import { beforeEach, describe, expect, it } from "vitest";
import { SharedAnswers, type SharedFolder, leaseMs } from "../../../src/app/sharedAnswers";
import { AzureMlError } from "../../../src/core/errors";
import { deferred } from "../../support/fakeAzureMl";
import { HandClock, settle } from "../../support/handClock";

class MemoryFolder implements SharedFolder {
  readonly files = new Map<string, string>();
  async read(name: string) {
    return this.files.get(name);
  }
  async write(name: string, text: string) {
    this.files.set(name, text);
  }
  async create(name: string, text: string) {
    if (this.files.has(name)) return false;
    this.files.set(name, text);
    return true;
  }
  async remove(name: string) {
    this.files.delete(name);
  }
}

let clock: HandClock;
let folder: MemoryFolder;
let asked: string[];
beforeEach(() => {
  clock = new HandClock();
  folder = new MemoryFolder();
  asked = [];
});

const aWindow = (name: string) => new SharedAnswers(folder, clock, (question) => question, name);
const asks = (name: string) => async () => (asked.push(name), name);

describe("several windows", () => {
  it("share one answer while it is fresh enough, and its time with it", async () => {
    const at = clock.now();
    const first = await aWindow("a").ask("q", { maxAgeMs: 48_000 }, asks("a"));
    await clock.advance(40_000);
    const second = await aWindow("b").ask("q", { maxAgeMs: 48_000 }, asks("b"));
    expect(second).toEqual({ value: "a", at });
    expect(first).toEqual(second);
    await clock.advance(10_000);
    expect((await aWindow("b").ask("q", { maxAgeMs: 48_000 }, asks("b"))).value).toBe("b");
    expect(asked).toEqual(["a", "b"]);
  });

  it("do not ask at once: the second waits for the first's answer", async () => {
    const slow = deferred<string>();
    const first = aWindow("a").ask("q", { maxAgeMs: 1_000 }, () => (asked.push("a"), slow.promise));
    await settle();
    const second = aWindow("b").ask("q", { maxAgeMs: 1_000 }, asks("b"));
    await clock.advance(2_000);
    slow.resolve("a");
    await clock.advance(1_000);
    expect((await second).value).toBe("a");
    expect((await first).value).toBe("a");
    expect(asked).toEqual(["a"]);
    expect([...folder.files.keys()]).toEqual(["q.json"]);
  });

  it("survive one that crashed while asking", async () => {
    folder.files.set("q.lease", JSON.stringify({ window: "gone", until: clock.now() + leaseMs }));
    const answer = aWindow("b").ask("q", { maxAgeMs: 1_000 }, asks("b"));
    await clock.advance(leaseMs - 1_000);
    expect(asked).toEqual([]);
    await clock.advance(2_000);
    expect((await answer).value).toBe("b");
  });

  it("wait together when Azure asks one of them to", async () => {
    const refusal = new AzureMlError({ kind: "throttled", message: "Too many.", retryAfterMs: 20_000 });
    await expect(aWindow("a").ask("q", { maxAgeMs: 0 }, () => Promise.reject(refusal))).rejects.toBe(refusal);
    await clock.advance(5_000);
    await expect(aWindow("b").ask("q", { maxAgeMs: 0 }, asks("b"))).rejects.toMatchObject({
      kind: "throttled",
      retryAfterMs: 15_000,
    });
    await clock.advance(15_001);
    expect((await aWindow("b").ask("q", { maxAgeMs: 0 }, asks("b"))).value).toBe("b");
  });

  it("ask Azure for a person at once, and publish that", async () => {
    await aWindow("a").ask("q", { maxAgeMs: 60_000 }, asks("a"));
    expect((await aWindow("b").ask("q", undefined, asks("b"))).value).toBe("b");
    expect((await aWindow("a").ask("q", { maxAgeMs: 60_000 }, asks("a"))).value).toBe("b");
  });

  it.each([["rubbish"], [JSON.stringify({ version: 99 })], [JSON.stringify({ version: 1, answer: { at: 9e15 } })]])(
    "take %s in the folder for nothing",
    async (text) => {
      folder.files.set("q.json", text);
      expect((await aWindow("a").ask("q", { maxAgeMs: 60_000 }, asks("a"))).value).toBe("a");
    },
  );

  it("ask each for itself where the folder does not work", async () => {
    const broken = () => Promise.reject(new Error("EROFS"));
    folder.read = folder.write = folder.create = folder.remove = broken;
    expect((await aWindow("a").ask("q", { maxAgeMs: 60_000 }, asks("a"))).value).toBe("a");
  });
});
